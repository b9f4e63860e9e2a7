//! QTA-3 and QTA-4: plans give what is asked for as far as it fits, in order, METIS by METIS.

use std::collections::BTreeMap;

use alloy_primitives::{Address, U256};
use emetis::Chain;
use emetis::campaign::{Step, Tally, Violation};

use super::super::super::super::action::staking::Party;
use super::super::super::super::encode::staking::words;
use super::super::super::super::model::largest;
use super::super::super::super::model::staking::policy::plan::Plan;
use super::super::super::super::model::staking::{METIS, Money, Part, Rule, Status};
use super::super::super::super::spec::{QTA_3, QTA_4};
use super::super::super::super::world::World;
use super::super::super::super::world::staking::Stage;
use super::super::chance;
use super::ground::ground;
use super::{is_asked, told};

/// Plans for somebody, of some amount.
pub(super) fn made(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let (stage, mut chance) = (&world.stage, chance::of(world, 7));
    let party = Party::HOLDERS[chance.below(Party::HOLDERS.len() as u64) as usize];
    let account = stage.crew.address(party);
    // 1 METIS after the other takes its time.
    let few = stage.seen.live.len() <= 8;
    let assets =
        METIS * U256::from(1 + chance.below(9)) + chance.amount(largest(if few { 77 } else { 72 }));
    let live = &stage.seen.live;
    let books = ground(stage, &world.chain, &stage.seen, live, account);

    let call = Rule::planAllocationCall { pool: account, assets };
    let plan = stage.view(&world.chain, Part::Quota, call);
    let plan: Plan = listed(plan.ids, plan.amounts);
    let total = sum(&plan);
    let whole = plan.values().all(|amount| (*amount % METIS).is_zero());
    tally.check(QTA_3, total <= assets && whole, || {
        format!("of {assets} wei {} is planned to go to {plan:?}", total)
    })?;
    let expected = books.plan_allocation(account, assets);
    tally.check(QTA_4, plan == expected, || {
        format!("{}: {assets} wei go to {plan:?}, expected {expected:?}", party.label())
    })?;
    if total + METIS <= assets {
        fills(tally, world, account, &plan)?;
    }

    let call = Rule::planReleaseCall { pool: account, assets };
    let plan = stage.view(&world.chain, Part::Quota, call);
    let plan: Plan = listed(plan.ids, plan.amounts);
    let total = sum(&plan);
    let held = |id: &u64| stage.seen.sequencer(U256::from(*id)).map(|found| found.position(party));
    let all = live.iter().filter_map(held).fold(U256::ZERO, |sum, held| sum + held.assets);
    let enough = total < assets + METIS && (total + METIS > assets.min(all));
    tally.check(QTA_3, enough, || {
        format!("{}: {total} of {assets} wei come from {plan:?}, of {all}", party.label())
    })?;
    idle_first(tally, world, party, &plan)?;
    let expected = books.plan_release(account, assets);
    tally.check(QTA_4, plan == expected, || {
        format!("{}: {assets} wei come from {plan:?}, expected {expected:?}", party.label())
    })
}

/// A plan for less than was asked for leaves no room for 1 METIS more: carried out on a fork.
fn fills(tally: &mut Tally, world: &World, account: Address, plan: &Plan) -> Result<(), Violation> {
    let stage = &world.stage;
    let mut fork = world.chain.clone();
    for (id, amount) in plan {
        let id = U256::from(*id);
        if !fits(stage, &fork, account, id, *amount) {
            return Ok(());
        }
        fork.deal(account, *amount);
        let delegate = Money::delegateCall { id };
        let staking = stage.crew.program(Part::Staking);
        let outcome = fork.send(account, staking, delegate).value(*amount).run();
        tally.check(QTA_3, outcome.is_ok(), || {
            let data = outcome.as_ref().err().map(emetis::Failure::data).unwrap_or_default();
            let error = fork.names().error(&data);
            format!("{amount} wei were planned for {id}, it refuses: {error}")
        })?;
    }
    let closed = Rule::Reason::SequencerClosed as u8;
    // Caps are measured before an entry: they have grown by their shares of what came.
    let limits = words(&told(&fork, stage, Rule::limitsCall {}));
    let share = [limits[0], limits[2], limits[5], U256::from(500)].into_iter().max();
    let grown = sum(plan) * share.unwrap_or_default() / U256::from(10_000) + U256::ONE;
    for id in &stage.seen.live {
        let room = told(&fork, stage, Rule::roomCall { pool: account, id: U256::from(*id) });
        // A position of another kind than the account's next is not planned for.
        let other_kind = is_of_other_kind(stage, account, *id);
        let full = room.assets < METIS + grown || room.reason as u8 <= closed || other_kind;
        tally.check(QTA_3, full, || {
            format!("{id} has room for {} wei more than {plan:?}", room.assets)
        })?;
    }
    Ok(())
}

/// Whether what an account has with a sequencer counts otherwise than what it opens now.
fn is_of_other_kind(stage: &Stage, account: Address, id: u64) -> bool {
    let mut holders = Party::HOLDERS.into_iter();
    let Some(party) = holders.find(|party| stage.crew.address(*party) == account) else {
        return false;
    };
    let place = Party::POOLS.into_iter().position(|pool| pool == party);
    let registered = place.is_some_and(|place| stage.seen.pools[place].0);
    let found = stage.seen.sequencer(U256::from(id)).map(|found| found.position(party));
    found.is_some_and(|held| registered && !held.shares.is_zero() && !held.pooled)
}

/// What is not Active is left first.
fn idle_first(
    tally: &mut Tally,
    world: &World,
    party: Party,
    plan: &Plan,
) -> Result<(), Violation> {
    let stage = &world.stage;
    let status = |id: u64| {
        let call = Money::statusCall { id: U256::from(id) };
        stage.view(&world.chain, Part::Staking, call) as u8
    };
    let is_active = |id: u64| status(id) == Status::Active as u8;
    if !plan.keys().any(|id| is_active(*id)) {
        return Ok(());
    }
    for id in stage.seen.live.iter().copied().filter(|id| !is_active(*id)) {
        let Some(sequencer) = stage.seen.sequencer(U256::from(id)) else { continue };
        let (held, taken) = (sequencer.position(party).assets, plan.get(&id).copied());
        tally.check(QTA_3, taken.unwrap_or_default() == held, || {
            format!("{plan:?} leaves Active ones before {id}, where {held} wei are")
        })?;
    }
    Ok(())
}

/// Whether a step of a plan can be carried out: the quota is asked, entries are not paused, and the
/// books hold it.
pub fn is_carried_out(world: &World, account: Address, id: U256, amount: U256) -> bool {
    is_asked(&world.stage, &world.chain) && fits(&world.stage, &world.chain, account, id, amount)
}

/// Whether staking takes so much but for the quota.
fn fits(stage: &Stage, chain: &Chain, account: Address, id: U256, amount: U256) -> bool {
    let staking = stage.crew.program(Part::Staking);
    let paused = chain.try_view(staking, Money::pausedUntilCall {});
    let Ok(told) = chain.try_view(staking, Money::sequencerCall { id }) else { return false };
    let Ok(held) = chain.try_view(staking, Money::positionCall { account, id }) else {
        return false;
    };
    let Ok(totals) = chain.try_view(staking, Money::totalsCall {}) else { return false };
    let minted = match (told.shares.is_zero(), told.delegated.is_zero()) {
        (true, _) => amount,
        (false, true) => return false,
        (false, false) => amount * told.shares / told.delegated,
    };
    let shares = told.shares + minted;
    let worth = (held.shares + minted) * (told.delegated + amount) / shares.max(U256::ONE);
    paused.is_ok_and(|until| until.is_zero())
        && is_asked(stage, chain)
        && shares <= largest(88)
        // Where slashes left shares that do not divide 1 METIS it is a wei less.
        && worth >= METIS
        && totals.ledger + amount <= largest(84)
}

/// A step of a plan was carried out.
pub fn carried_out(
    tally: &mut Tally,
    expected: bool,
    step: &Step,
    (id, amount): (U256, U256),
) -> Result<(), Violation> {
    tally.check(QTA_3, step.accepted || !expected, || {
        format!("{amount} wei were planned for {id}, it refuses")
    })
}

fn listed(ids: Vec<U256>, amounts: Vec<U256>) -> BTreeMap<u64, U256> {
    ids.into_iter().map(|id| id.saturating_to()).zip(amounts).collect()
}

fn sum(plan: &Plan) -> U256 {
    plan.values().fold(U256::ZERO, |sum, part| sum + *part)
}
