//! SAF-4: what the lens tells of groups and pools is what the pure core makes of stake as it was seen.

use std::collections::BTreeMap;

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::ILens as Lens;
use emetis_common::quota::concentration::Concentration;

use super::super::super::super::action::staking::Party;
use super::super::super::super::model::staking::{Part, Rule};
use super::super::super::super::spec::SAF_4;
use super::super::super::super::world::World;

/// Measures of some stakes as the lens tells them: stake of all, of the largest, its share, the fewest
/// that have a third and a half, the Herfindahl index.
fn measures(stakes: &[U256]) -> [U256; 6] {
    let core: Vec<u128> = stakes.iter().map(|stake| stake.saturating_to()).collect();
    let made = Concentration::of_down(&core);
    let all = stakes.iter().fold(U256::ZERO, |sum, stake| sum + *stake);
    let largest = stakes.iter().copied().max().unwrap_or_default();
    let [bps, third, half, herfindahl] =
        [made.largest_bps, made.third, made.half, made.herfindahl].map(U256::from);
    [all, largest, bps, third, half, herfindahl]
}

/// Both measures.
pub(super) fn tells(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    groups(tally, world)?;
    pools(tally, world)
}

fn groups(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let (stage, chain) = (&world.stage, &world.chain);
    let leader = |member: U256| stage.view(chain, Part::Quota, Rule::groupOfCall { member }).leader;
    let live = |id: &u64| stage.seen.live.contains(id);
    let mut parts = BTreeMap::<U256, U256>::new();
    for sequencer in stage.seen.all().filter(|sequencer| live(&sequencer.id)) {
        parts.entry(leader(sequencer.group)).or_default();
    }
    for sequencer in stage.seen.all() {
        if let Some(part) = parts.get_mut(&leader(sequencer.group)) {
            *part += sequencer.stake();
        }
    }
    parts.retain(|_, stake| !stake.is_zero());
    let stakes: Vec<U256> = parts.values().copied().collect();
    let expected = measures(&stakes);
    let told = ask(world, Lens::concentrationCall {});
    let found =
        [told.stake, told.largestStake, told.largestBps, told.third, told.half, told.herfindahl];
    let elsewhere = stage.seen.totals[0] - expected[0];
    let is_largest = parts.get(&told.largest).copied().unwrap_or_default() == told.largestStake;
    let same = found == expected && told.elsewhere == elsewhere && is_largest;
    tally.check(SAF_4, same && told.count == U256::from(parts.len()), || {
        format!("groups hold {parts:?}, {elsewhere} is elsewhere; the lens tells {told:?}")
    })?;
    let told = ask(world, Lens::groupsCall {});
    let listed: BTreeMap<U256, U256> = told.leaders.into_iter().zip(told.stakes).collect();
    tally.check(SAF_4, listed == parts, || {
        format!("groups hold {parts:?}, the lens lists {listed:?}")
    })
}

fn pools(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let stage = &world.stage;
    let [all, bonds, pooled, ..] = stage.seen.totals;
    let mut parts = BTreeMap::<Address, U256>::new();
    for (pool, (registered, stake, _)) in Party::POOLS.into_iter().zip(&stage.seen.pools) {
        if *registered {
            parts.insert(stage.crew.address(pool), *stake);
        }
    }
    let direct = all - bonds - pooled;
    parts.insert(Address::ZERO, direct);
    parts.retain(|_, stake| !stake.is_zero());
    let stakes: Vec<U256> = parts.values().copied().collect();
    let told = ask(world, Lens::poolConcentrationCall {});
    let found =
        [told.stake, told.largestStake, told.largestBps, told.third, told.half, told.herfindahl];
    tally.check(SAF_4, found == measures(&stakes) && told.direct == direct, || {
        format!("pools hold {parts:?}, the lens tells {told:?}")
    })
}

fn ask<C: SolCall>(world: &World, call: C) -> C::Return {
    let lens = world.stage.crew.lens;
    match world.stage.views.ask(&world.chain, lens, call.abi_encode()) {
        Ok(answer) => C::abi_decode_returns(&answer).expect("the lens answers as its ABI says"),
        Err(failure) => panic!("the lens fails: {failure:?}"),
    }
}
