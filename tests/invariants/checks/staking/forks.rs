//! What is tried on forks: every proposal can end, leaving does not pay, registration is open.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;
use emetis::Chain;
use emetis::campaign::{Tally, Violation};

use super::super::super::action::staking::{Party, ProofFlaw, StakingAction, Sum};
use super::super::super::encode::staking::staking_call;
use super::super::super::model::staking::{Bench, LIVE_LIMIT, METIS, Money, Part, State, Status};
use super::super::super::spec::{SLA_2, SLA_3, SOL_5};
use super::super::super::world::World;
use super::super::super::world::staking::{SeenSequencer, Stage};
use super::chance;

/// SLA-2: each proposal that is pending can be vetoed or executed in its time, and lapses after it.
pub fn proposals_end(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let stage = &world.stage;
    let (council, mallory) =
        (stage.crew.account(Party::Council), stage.crew.account(Party::Mallory));
    let court = stage.crew.program(Part::Court);
    let pending = stage.story.proposals.iter().enumerate();
    for (place, _) in pending.filter(|(_, proposal)| proposal.end == State::Pending) {
        let proposal = U256::from(place + 1);
        let told = stage.view(&world.chain, Part::Court, Bench::proposalOfCall { proposal });
        let (veto_until, until) =
            (told.vetoUntil.saturating_to::<u64>(), told.executeUntil.saturating_to::<u64>());
        let now = world.chain.time();
        let ends: [(u64, u64, Address, Vec<u8>); 3] = [
            (now, veto_until, council.address, Bench::vetoCall { proposal }.abi_encode()),
            (
                veto_until.max(now),
                until,
                mallory.address,
                Bench::executeCall { proposal }.abi_encode(),
            ),
            (until.max(now), u64::MAX, mallory.address, Bench::lapseCall { proposal }.abi_encode()),
        ];
        for (from, _, caller, data) in ends.into_iter().filter(|(from, to, ..)| from < to) {
            let mut fork = world.chain.clone();
            fork.warp_to(from);
            let outcome = fork.send_raw(caller, court, data.clone()).run();
            tally.check(SLA_2, outcome.is_ok(), || {
                let error = outcome.as_ref().err().map(emetis::Failure::data).unwrap_or_default();
                let names = fork.names();
                format!("{} fails at {from}: {}", names.call(&data), names.error(&error))
            })?;
        }
    }
    Ok(())
}

/// When a delegator leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leaves {
    Never,
    BeforeProposal,
    AfterProposal,
}

/// SLA-3: who leaves between a fault and the execution of its slash loses what a stayer loses.
pub fn no_dodge(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let stage = &world.stage;
    let mut chance = chance::of(world, 3);
    let candidates = stage.seen.sequencers.iter().filter(|sequencer| !sequencer.is_held());
    let Some(sequencer) = candidates.max_by_key(|sequencer| sequencer.delegated) else {
        return Ok(());
    };
    let id = U256::from(sequencer.id);
    let holders: Vec<_> = Party::HOLDERS
        .into_iter()
        .filter(|holder| sequencer.position(*holder).assets >= METIS)
        .collect();
    if holders.is_empty() {
        return Ok(());
    }
    let holder = holders[chance.below(holders.len() as u64) as usize];
    let room = stage.view(&world.chain, Part::Court, Bench::roomOfCall { id });
    if room.is_zero() {
        return Ok(());
    }
    let fault = world.chain.time();
    let mut lefts = Vec::new();
    for leaves in [Leaves::Never, Leaves::BeforeProposal, Leaves::AfterProposal] {
        let Some(left) = play(world, id, holder, room, fault, leaves) else { return Ok(()) };
        lefts.push((leaves, left));
    }
    let stayed = lefts[0].1;
    for (leaves, left) in lefts {
        // A bucket of its own rounds once more.
        let fair = left <= stayed + U256::from(2);
        tally.check(SLA_3, fair, || {
            format!(
                "{} keeps {left} of {id} if it leaves {leaves:?}, {stayed} if it stays",
                holder.label()
            )
        })?;
    }
    Ok(())
}

/// A slash of a fault of this moment, during which a holder leaves. What it has after it.
fn play(
    world: &World,
    id: U256,
    holder: Party,
    bps: U256,
    fault: u64,
    leaves: Leaves,
) -> Option<U256> {
    const EVIDENCE: u8 = 0xee;
    let stage = &world.stage;
    let account = stage.crew.address(holder);
    let mut fork = world.chain.clone();
    let shares = stage.seen.sequencer(id)?.position(holder).shares;
    let staking = stage.crew.program(Part::Staking);
    let leave = |fork: &mut Chain| {
        fork.send(account, staking, Money::undelegateCall { id, shares }).run().ok().map(|_| ())
    };
    fork.advance(1);
    if leaves == Leaves::BeforeProposal {
        leave(&mut fork)?;
    }
    fork.advance(1);
    let evidence = alloy_primitives::B256::repeat_byte(EVIDENCE);
    let propose = Bench::proposeSlashCall { id, bps, faultTime: U256::from(fault), evidence };
    let court = stage.crew.program(Part::Court);
    let council = stage.crew.account(Party::Council);
    // Evidence of this day may have been used, or the council barred.
    let proposal = fork.send(council, court, propose).run().ok()?.output;
    if leaves == Leaves::AfterProposal {
        leave(&mut fork)?;
    }
    let told = fork.try_view(court, Bench::proposalOfCall { proposal }).ok()?;
    fork.warp_to(told.vetoUntil.saturating_to());
    fork.send(council, court, Bench::executeCall { proposal }).run().ok()?;
    worth(stage, &mut fork, id, account)
}

/// What an account has at stake and in buckets, once all have matured.
fn worth(stage: &Stage, fork: &mut Chain, id: U256, account: Address) -> Option<U256> {
    /// Longer than any unbonding, in seconds.
    const LONGER: u64 = 62 * 86_400;
    let staking = stage.crew.program(Part::Staking);
    let position = fork.try_view(staking, Money::positionCall { account, id }).ok()?;
    fork.advance(LONGER);
    let mut number = fork.try_view(staking, Money::sequencerCall { id }).ok()?.bucket;
    let mut worth = position.assets;
    while !number.is_zero() {
        let entry = fork.try_view(staking, Money::entryCall { account, id, number }).ok()?;
        worth += entry.claimable;
        number = fork.try_view(staking, Money::bucketCall { id, number }).ok()?.previous;
    }
    Some(worth)
}

/// SOL-5: anyone registers while fewer than 64 are live and entries are not paused.
pub fn registration_is_open(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    /// A signer that no action draws.
    const SIGNER: u8 = 99;
    let stage = &world.stage;
    let paused = stage.view(&world.chain, Part::Staking, Money::pausedUntilCall {});
    let fits = stage.seen.totals[3] + stage.seen.rules.min_bond < U256::ONE << 84;
    let leaves = |sequencer: &&SeenSequencer| {
        !sequencer.is(Status::Exiting) && !sequencer.is(Status::Exited)
    };
    let live = stage.seen.sequencers.iter().filter(leaves).count();
    if live >= LIVE_LIMIT || !paused.is_zero() || !fits {
        return Ok(());
    }
    let register = StakingAction::Register {
        caller: Party::Mallory,
        signer: SIGNER,
        bond: Sum::MinBond(0),
        recipient: Party::Mallory,
        commission: 0,
        flaw: ProofFlaw::None,
        displaced: None,
    };
    let call = staking_call(stage, &world.chain, &register);
    let mut fork = world.chain.clone();
    let program = stage.crew.program(call.to);
    let outcome = fork.send_raw(call.caller, program, call.data).value(call.value).run();
    tally.check(SOL_5, outcome.is_ok(), || {
        let error = outcome.as_ref().err().map(emetis::Failure::data).unwrap_or_default();
        format!("nobody can register: {}", fork.names().error(&error))
    })
}
