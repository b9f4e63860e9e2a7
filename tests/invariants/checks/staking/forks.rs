//! What is tried on forks: every proposal can end, leaving does not pay, registration is open.

use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::SolCall;
use emetis::Chain;
use emetis::campaign::{Tally, Violation};

use super::super::super::action::staking::{Party, ProofFlaw, StakingAction, Sum};
use super::super::super::encode::staking::staking_call;
use super::super::super::model::staking::{Bench, LIVE_LIMIT, METIS, Money, Part, State, Status};
use super::super::super::spec::{SLA_2, SLA_3, SOL_5};
use super::super::super::world::World;
use super::super::super::world::staking::SeenSequencer;
use super::chance;

/// Code that fails without data.
const REFUSES: &[u8] = &[0x5f, 0x5f, 0xfd];

/// SLA-2: each proposal that is pending can be vetoed or executed in its time, and lapses after it.
pub fn proposals_end(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let stage = &world.stage;
    let (council, mallory) =
        (stage.crew.account(Party::Council), stage.crew.account(Party::Mallory));
    let court = stage.crew.program(Part::Court);
    let pending = stage.story.proposals.iter().enumerate();
    // A call in the court's name, which the court never makes, may have ended a hold behind its back.
    let meddled = |id: u64| stage.story.meddled.contains(&id);
    let pending =
        pending.filter(|(_, proposal)| proposal.end == State::Pending && !meddled(proposal.id));
    for (place, _) in pending {
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
            // No pool stops it.
            for pool in Party::POOLS {
                fork.set_code(stage.crew.address(pool), Bytes::from_static(REFUSES));
            }
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

/// How a holder leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leaves {
    Never,
    /// Never, and the proposal is made when the fault is nearly too old.
    NeverLate,
    BeforeProposal,
    AfterProposal,
    /// A half each time.
    InParts,
    /// Before a late proposal, when it is nearly out; what is free by then is claimed.
    AndClaims,
}

/// Whose stake it is.
#[derive(Clone, Copy, Debug)]
enum Holder {
    Delegator(Party),
    Owner(Address),
}

/// SLA-3: who leaves between a fault and the execution of its slash loses what a stayer loses.
pub fn no_dodge(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let stage = &world.stage;
    let mut chance = chance::of(world, 3);
    let candidates = stage.seen.all().filter(|sequencer| !sequencer.is_held());
    let Some(sequencer) = candidates.max_by_key(|sequencer| sequencer.delegated) else {
        return Ok(());
    };
    let id = U256::from(sequencer.id);
    let able = |holder: &Party| sequencer.position(*holder).assets >= METIS;
    let mut holders: Vec<_> =
        Party::HOLDERS.into_iter().filter(able).map(Holder::Delegator).collect();
    let is_free = !(sequencer.is(Status::Exiting) || sequencer.is(Status::Exited));
    if is_free && !sequencer.bond.is_zero() {
        holders.push(Holder::Owner(sequencer.owner));
    }
    if holders.is_empty() {
        return Ok(());
    }
    let holder = holders[chance.below(holders.len() as u64) as usize];
    let room = stage.view(&world.chain, Part::Court, Bench::roomOfCall { id });
    if room.is_zero() {
        return Ok(());
    }
    let play = |leaves| Play { world, id, holder, bps: room, leaves }.run();
    let Some(stayed) = play(Leaves::Never) else { return Ok(()) };
    let ways = [Leaves::BeforeProposal, Leaves::AfterProposal, Leaves::InParts, Leaves::AndClaims];
    for leaves in ways {
        // What had left long before is out by then, whoever stays.
        let stayed =
            if leaves == Leaves::AndClaims { play(Leaves::NeverLate) } else { Some(stayed) };
        let (Some(stayed), Some(left)) = (stayed, play(leaves)) else { continue };
        // A bucket of its own rounds once more.
        let fair = left <= stayed + U256::from(3);
        tally.check(SLA_3, fair, || {
            format!("{holder:?} keeps {left} of {id} if it leaves {leaves:?}, {stayed} if it stays")
        })?;
    }
    Ok(())
}

/// A slash of a fault of this moment, during which a holder leaves in some way.
struct Play<'a> {
    world: &'a World,
    id: U256,
    holder: Holder,
    bps: U256,
    leaves: Leaves,
}

impl Play<'_> {
    /// What the holder has after it, if it can be played.
    fn run(&self) -> Option<U256> {
        const EVIDENCE: u8 = 0xee;
        let (stage, id, bps) = (&self.world.stage, self.id, self.bps);
        let mut fork = self.world.chain.clone();
        let fault = U256::from(fork.time());
        fork.advance(1);
        match self.leaves {
            Leaves::Never | Leaves::NeverLate | Leaves::AfterProposal => {}
            Leaves::BeforeProposal | Leaves::AndClaims => self.leave(&mut fork, 1)?,
            Leaves::InParts => self.leave(&mut fork, 2)?,
        }
        if matches!(self.leaves, Leaves::NeverLate | Leaves::AndClaims) {
            fork.advance(stage.seen.rules.period.saturating_sub(2));
        }
        fork.advance(1);
        let evidence = alloy_primitives::B256::repeat_byte(EVIDENCE);
        let propose = Bench::proposeSlashCall { id, bps, faultTime: fault, evidence };
        let court = stage.crew.program(Part::Court);
        let council = stage.crew.account(Party::Council);
        // Evidence of this day may have been used, or the council barred.
        let proposal = fork.send(council, court, propose).run().ok()?.output;
        match self.leaves {
            Leaves::AfterProposal => self.leave(&mut fork, 1)?,
            Leaves::InParts => self.leave(&mut fork, 1)?,
            _ => {}
        }
        let told = fork.try_view(court, Bench::proposalOfCall { proposal }).ok()?;
        let until = told.vetoUntil.saturating_to();
        let claimed = match self.leaves {
            Leaves::AndClaims => {
                fork.warp_to(until);
                self.claim(&mut fork)
            }
            _ => U256::ZERO,
        };
        fork.warp_to(until);
        fork.send(council, court, Bench::executeCall { proposal }).run().ok()?;
        self.worth(&mut fork).map(|worth| worth + claimed)
    }

    fn account(&self) -> Address {
        match self.holder {
            Holder::Delegator(party) => self.world.stage.crew.address(party),
            Holder::Owner(owner) => owner,
        }
    }

    /// A part of what the holder has begins to unbond.
    fn leave(&self, fork: &mut Chain, part: u64) -> Option<()> {
        let (id, account, part) = (self.id, self.account(), U256::from(part));
        let staking = self.world.stage.crew.program(Part::Staking);
        let outcome = match self.holder {
            Holder::Delegator(_) => {
                let call = Money::positionCall { account, id };
                let shares = fork.try_view(staking, call).ok()?.shares / part;
                fork.send(account, staking, Money::undelegateCall { id, shares }).run().map(|_| ())
            }
            Holder::Owner(_) => {
                let assets = fork.try_view(staking, Money::sequencerCall { id }).ok()?.bond / part;
                let call = Money::requestBondUnlockCall { id, assets };
                fork.send(account, staking, call).run().map(|_| ())
            }
        };
        outcome.ok()
    }

    /// Claims what of the latest bucket is free.
    fn claim(&self, fork: &mut Chain) -> U256 {
        let (id, account) = (self.id, self.account());
        let staking = self.world.stage.crew.program(Part::Staking);
        let told = fork.try_view(staking, Money::sequencerCall { id });
        let buckets = told.map(|told| vec![told.bucket]).unwrap_or_default();
        let receiver = Address::repeat_byte(0x77);
        let call = Money::claimUnlockedCall { id, buckets, receiver };
        fork.send(account, staking, call).run().map_or(U256::ZERO, |receipt| receipt.output)
    }

    /// What the holder has at stake and in buckets, once all have matured.
    fn worth(&self, fork: &mut Chain) -> Option<U256> {
        /// Longer than any unbonding, in seconds.
        const LONGER: u64 = 62 * 86_400;
        let (id, account) = (self.id, self.account());
        let staking = self.world.stage.crew.program(Part::Staking);
        let sequencer = fork.try_view(staking, Money::sequencerCall { id }).ok()?;
        let position = fork.try_view(staking, Money::positionCall { account, id }).ok()?;
        let mut worth = match self.holder {
            Holder::Delegator(_) => position.assets,
            // What it has delegated to itself is the same in every play.
            Holder::Owner(_) => position.assets + sequencer.bond,
        };
        fork.advance(LONGER);
        let mut number = sequencer.bucket;
        while !number.is_zero() {
            let entry = fork.try_view(staking, Money::entryCall { account, id, number }).ok()?;
            worth += entry.claimable;
            number = fork.try_view(staking, Money::bucketCall { id, number }).ok()?.previous;
        }
        Some(worth)
    }
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
    let live = stage.seen.all().filter(leaves).count();
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
