//! QTA-5: no cap jumps, so nobody with a little stake can do to others what they could not with much.

use alloy_primitives::{Address, U256};
use alloy_sol_types::{SolCall, SolError};
use emetis::Chain;
use emetis::campaign::{Tally, Violation};

use super::super::super::super::action::staking::{AMOUNTS, Party};
use super::super::super::super::encode::staking::words;
use super::super::super::super::model::largest;
use super::super::super::super::model::staking::{Money, Part, Rule};
use super::super::super::super::spec::QTA_5;
use super::super::super::super::world::World;
use super::super::super::super::world::staking::Stage;
use super::super::chance;

/// A cap that all stake moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Group,
    Pool(Address),
    Direct,
}

/// Every such cap.
fn kinds(stage: &Stage) -> Vec<Kind> {
    let pools = Party::POOLS.into_iter().map(|pool| Kind::Pool(stage.crew.address(pool)));
    pools.chain([Kind::Group, Kind::Direct]).collect()
}

/// A cap if so much were all stake: a question that it refuses tells it. None if another refuses.
fn cap(chain: &Chain, stage: &Stage, kind: Kind, total: U256) -> Option<U256> {
    let none = U256::ZERO;
    let full = |is: bool| if is { largest(84) } else { none };
    let figures = Rule::Figures {
        pool: if let Kind::Pool(pool) = kind { pool } else { Address::ZERO },
        id: none,
        assets: U256::ONE,
        group: none,
        sequencerStake: none,
        sequencerBond: none,
        sequencerDirect: none,
        groupStake: full(kind == Kind::Group),
        poolStake: full(matches!(kind, Kind::Pool(_))),
        pairStake: none,
        directStake: full(kind == Kind::Direct),
        totalStake: total,
        activationThreshold: largest(84),
        maxLock: largest(84),
    };
    let call = Rule::checkCall { figures }.abi_encode();
    let quota = stage.crew.program(Part::Quota);
    let refusal = chain.clone().send_raw(quota, quota, call).dry_run().err()?.data();
    match kind {
        Kind::Group => Rule::GroupFull::abi_decode(&refusal).ok().map(|told| told.cap),
        Kind::Pool(_) => Rule::PoolFull::abi_decode(&refusal).ok().map(|told| told.cap),
        Kind::Direct => Rule::DirectFull::abi_decode(&refusal).ok().map(|told| told.cap),
    }
}

/// One wei more of all stake moves no cap by more than a wei, wherever that is.
pub(super) fn in_theory(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let (stage, mut chance) = (&world.stage, chance::of(world, 5));
    // Where four pools begin to matter: a twentieth of all is what one of them has.
    let pool = chance.below(stage.seen.pools.len() as u64) as usize;
    let line = stage.seen.pools[pool].1 * U256::from(20);
    // Where a share is as much as a floor, or a cap.
    let limits = words(&stage.view(&world.chain, Part::Quota, Rule::limitsCall {}));
    let (amount, share) = (limits[AMOUNTS[chance.below(3) as usize]], chance.below(3) as usize);
    let share = limits[[0, 2, 5][share]].max(U256::ONE);
    let total = match chance.below(8) {
        0 => stage.seen.totals[0],
        1 => chance.amount(largest(84)),
        2 | 3 => beside(amount * U256::from(10_000) / share, chance.below(3)),
        4 | 5 => beside(amount * U256::from(1 + chance.below(8)), chance.below(3)),
        _ => beside(line, chance.below(25)),
    };
    for kind in kinds(stage) {
        let (Some(was), Some(is)) = (
            cap(&world.chain, stage, kind, total),
            cap(&world.chain, stage, kind, total + U256::ONE),
        ) else {
            continue;
        };
        tally.check(QTA_5, was.abs_diff(is) <= U256::ONE, || {
            format!("one wei beside {total} moves the cap of {kind:?} from {was} to {is}")
        })?;
    }
    Ok(())
}

/// Just above an amount, or less.
fn beside(amount: U256, less: u64) -> U256 {
    (amount + U256::ONE).saturating_sub(U256::from(less))
}

/// Stake that leaves moves no cap by more than that.
pub(super) fn in_practice(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let (stage, mut chance) = (&world.stage, chance::of(world, 6));
    let holders: Vec<_> = stage
        .seen
        .all()
        .flat_map(|sequencer| {
            Party::HOLDERS.map(|holder| (holder, sequencer.id, sequencer.position(holder).shares))
        })
        .filter(|(.., shares)| !shares.is_zero())
        .collect();
    if holders.is_empty() {
        return Ok(());
    }
    let (holder, id, shares) = holders[chance.below(holders.len() as u64) as usize];
    let shares = if chance.below(2) == 0 { shares } else { chance.amount(shares) };
    let mut fork = world.chain.clone();
    let undelegate = Money::undelegateCall { id: U256::from(id), shares };
    let staking = stage.crew.program(Part::Staking);
    // Less than 1 METIS must not be left.
    let Ok(left) = fork.send(stage.crew.account(holder), staking, undelegate).run() else {
        return Ok(());
    };
    let (total, moved) = (stage.seen.totals[0], left.output.assets);
    for kind in kinds(stage) {
        let (Some(was), Some(is)) =
            (cap(&world.chain, stage, kind, total), cap(&fork, stage, kind, total - moved))
        else {
            continue;
        };
        tally.check(QTA_5, was.abs_diff(is) <= moved, || {
            format!("{moved} wei that left {id} move the cap of {kind:?} from {was} to {is}")
        })?;
    }
    Ok(())
}
