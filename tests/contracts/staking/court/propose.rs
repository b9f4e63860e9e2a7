//! Proposing a slash.

use super::super::kit::*;
use alloy_primitives::{Address, B256, U256};

/// What the pool may lose by a slash of 10 %: the bond bears 2,000 METIS of 3,200, delegations the
/// rest, of which the pool has two thirds.
pub(crate) const PART: u64 = 800;

#[test]
pub(crate) fn a_proposal_jails_holds_and_tells_the_pools() {
    let (mut world, id) = running();
    let (slasher, now) = (world.slasher.address, world.now());
    let veto_until = now + U256::from(VETO_WINDOW);
    let execute_until = veto_until + U256::from(EXECUTE_GRACE);
    let fault = now - U256::from(3_600);
    let call = Court::proposeSlashCall { id, bps: MAX_SLASH, faultTime: fault, evidence: EVIDENCE };

    let receipt = world.chain.send(world.slasher, world.court, call).ok();

    let proposal = U256::ONE;
    assert_eq!(receipt.output, proposal);
    let proposed = Court::SlashProposed {
        proposal,
        id,
        slasher,
        bps: MAX_SLASH,
        faultTime: fault,
        evidence: EVIDENCE,
        vetoUntil: veto_until,
        executeUntil: execute_until,
    };
    let nonce = world.sequencer(id).nonce;
    let (bond, delegated) = (ether(2_000), ether(1_200));
    let held =
        Staking::Held { id, bondLoss: bond, delegatedLoss: delegated, until: execute_until, nonce };
    let pushed =
        Court::LossPushed { pool: world.pool, provisioned: ether(PART), realised: U256::ZERO };
    receipt.emitted(proposed).emitted(held).emitted(pushed);
    assert_eq!(receipt.logs.len(), 3);

    let told = world.chain.view(world.court, Court::proposalOfCall { proposal });
    assert_eq!((told.state, told.id, told.slasher), (Court::State::Pending, id, slasher));
    assert_eq!((told.bps, told.faultTime, told.evidence), (MAX_SLASH, fault, EVIDENCE));
    assert_eq!((told.vetoUntil, told.executeUntil), (veto_until, execute_until));
    let chain = &world.chain;
    assert_eq!(chain.view(world.court, Court::pendingOfCall { id }), proposal);
    assert_eq!(chain.view(world.court, Court::countCall {}), proposal);
    let used = Court::proposalOfEvidenceCall { evidence: EVIDENCE };
    assert_eq!(chain.view(world.court, used), proposal);
    assert_eq!(world.room(id), U256::ZERO);
    assert_eq!(
        (world.loss(), world.told()),
        ((ether(PART), U256::ZERO), (ether(PART), U256::ZERO))
    );
    assert_eq!(chain.view(world.pool, IPool::tellerCall {}), world.court);
    let pool = world.pool;
    assert_eq!(chain.view(world.court, Court::provisionOfCall { proposal, pool }), ether(PART));
    let hold = chain.view(world.staking, Staking::holdOfCall { id });
    assert_eq!((hold.bondLoss, hold.delegatedLoss, hold.until), (bond, delegated, execute_until));
    let sequencer = world.sequencer(id);
    assert_eq!(sequencer.status, Staking::Status::Jailed);
    assert_eq!(sequencer.jailedUntil, now + U256::from(JAIL));
}

#[test]
fn what_is_no_proposal_is_all_zeros() {
    let (mut world, id) = running();
    world.propose(id, U256::ONE, EVIDENCE);

    for proposal in [U256::ZERO, U256::from(2), U256::MAX, (U256::ONE << 32) + U256::ONE] {
        let told = world.chain.view(world.court, Court::proposalOfCall { proposal });
        assert_eq!(
            (told.state, told.id, told.slasher),
            (Court::State::None, U256::ZERO, Address::ZERO)
        );
        assert_eq!((told.vetoUntil, told.executeUntil), (U256::ZERO, U256::ZERO));
        assert_eq!((told.bps, told.faultTime, told.evidence), (U256::ZERO, U256::ZERO, B256::ZERO));
        let call = Court::provisionOfCall { proposal, pool: world.pool };
        assert_eq!(world.chain.view(world.court, call), U256::ZERO);
    }
    for id in [U256::ZERO, U256::from(9), U256::MAX] {
        assert_eq!(world.chain.view(world.court, Court::pendingOfCall { id }), U256::ZERO);
    }
    let evidence = OTHER_EVIDENCE;
    let unused = Court::proposalOfEvidenceCall { evidence };
    assert_eq!(world.chain.view(world.court, unused), U256::ZERO);
}

#[test]
fn only_slashers_propose() {
    let (mut world, id) = running();
    let call = world.proposal(id, MAX_SLASH, EVIDENCE);

    for caller in [world.admin, world.vetoer, world.guardian, world.operator, world.keeper] {
        let refused = Court::AccessManagedUnauthorized { caller: caller.address };
        world.chain.send(caller, world.court, call.clone()).fails_with(refused);
    }
}

#[test]
fn a_proposal_needs_a_sequencer_and_evidence() {
    let (mut world, id) = running();
    let (slasher, court) = (world.slasher, world.court);

    for id in [U256::ZERO, U256::from(2), U256::MAX, (U256::ONE << 32) + U256::ONE] {
        let call = world.proposal(id, MAX_SLASH, EVIDENCE);
        let unknown = Court::SequencerUnknown { id };
        world.chain.send(slasher, court, call).fails_with(unknown);
    }
    let call = world.proposal(id, MAX_SLASH, B256::ZERO);
    world.chain.send(slasher, court, call).fails_with(Court::EvidenceZero {});
}

#[test]
pub(crate) fn a_fault_is_not_before_registration_nor_to_come() {
    let (mut world, id) = running();
    let (slasher, court, now) = (world.slasher, world.court, world.now());
    let registered = world.sequencer(id).registered;
    let at = |fault| Court::proposeSlashCall {
        faultTime: fault,
        ..world.proposal(id, MAX_SLASH, EVIDENCE)
    };
    // The year 3000 among them.
    let wrong = [
        registered - U256::ONE,
        U256::ZERO,
        now + U256::ONE,
        U256::from(32_503_680_000_u64),
        U256::MAX,
    ];
    let calls: Vec<_> = wrong.into_iter().map(|fault| (fault, at(fault))).collect();
    let good = [at(registered), at(now)];

    for (fault, call) in calls {
        let refused = Court::FaultTimeInvalid { faultTime: fault, min: registered, max: now };
        world.chain.send(slasher, court, call).fails_with(refused);
    }
    for call in good {
        let outcome = world.chain.send(slasher, court, call).dry_run().map(drop);
        assert!(outcome.is_ok(), "{outcome:?}");
    }
}

#[test]
fn a_fault_is_not_longer_ago_than_the_unbonding_period() {
    let (mut world, id) = running();
    let (slasher, court) = (world.slasher, world.court);
    world.chain.advance(days(30));
    let (now, period) = (world.now(), U256::from(days(21)));
    let at = |fault| Court::proposeSlashCall {
        faultTime: fault,
        ..world.proposal(id, MAX_SLASH, EVIDENCE)
    };
    let (early, late) = (at(now - period - U256::ONE), at(now - period));

    let fault = now - period - U256::ONE;
    let refused = Court::FaultTimeInvalid { faultTime: fault, min: now - period, max: now };
    world.chain.send(slasher, court, early).fails_with(refused);
    world.chain.send(slasher, court, late).ok();
}

#[test]
pub(crate) fn evidence_serves_once() {
    let (mut world, id) = running();
    let other = world.register(world.rival, world.other_signer, BOND);
    let proposal = world.propose(id, U256::ONE, EVIDENCE);
    world.chain.advance(VETO_WINDOW);
    world.execute(proposal);

    for id in [id, other] {
        let call = world.proposal(id, U256::ONE, EVIDENCE);
        let refused = Court::EvidenceUsed { evidence: EVIDENCE, proposal };
        world.chain.send(world.slasher, world.court, call).fails_with(refused);
    }
}

#[test]
pub(crate) fn the_fault_of_a_day_is_slashed_once() {
    let (mut world, id) = running();
    let other = world.register(world.rival, world.other_signer, BOND);
    // The second half of a day is left.
    let noon = world.chain.time().next_multiple_of(days(1)) + hours(12);
    world.chain.warp_to(noon);
    let proposal = world.propose(id, U256::ONE, EVIDENCE);
    world.chain.advance(hours(12) - 1);
    let same_day = world.proposal(id, U256::ONE, OTHER_EVIDENCE);
    world.chain.advance(1);
    let next_day = world.proposal(id, U256::ONE, OTHER_EVIDENCE);
    world.chain.advance(VETO_WINDOW);
    world.execute(proposal);

    let (slasher, court) = (world.slasher, world.court);
    let elsewhere = Court::proposeSlashCall { id: other, ..same_day.clone() };
    let outcome = world.chain.send(slasher, court, elsewhere).dry_run().map(drop);
    assert!(outcome.is_ok(), "another sequencer has days of its own: {outcome:?}");
    let refused = Court::EvidenceUsed { evidence: OTHER_EVIDENCE, proposal };
    world.chain.send(slasher, court, same_day).fails_with(refused);
    world.chain.send(slasher, court, next_day).ok();
}

#[test]
fn one_proposal_is_pending_at_a_time() {
    let (mut world, id) = running();
    let until = world.now() + U256::from(VETO_WINDOW + EXECUTE_GRACE);
    world.propose(id, U256::ONE, EVIDENCE);
    let refused = || Court::SlashPending { id, until };

    for wait in [days(1), VETO_WINDOW + EXECUTE_GRACE - days(1) - 1] {
        world.chain.advance(wait);
        let call = world.proposal(id, U256::ONE, OTHER_EVIDENCE);
        world.chain.send(world.slasher, world.court, call).fails_with(refused());
    }
}

#[test]
fn sequencers_have_proposals_of_their_own() {
    let (mut world, id) = running();
    let other = world.register(world.rival, world.other_signer, BOND);

    let first = world.propose(id, MAX_SLASH, EVIDENCE);
    let second = world.propose(other, MAX_SLASH, OTHER_EVIDENCE);

    assert_eq!((first, second), (U256::ONE, U256::from(2)));
    assert_eq!(world.chain.view(world.court, Court::pendingOfCall { id }), first);
    assert_eq!(world.chain.view(world.court, Court::pendingOfCall { id: other }), second);
    assert_eq!(world.loss(), (ether(PART), U256::ZERO), "the pool has nothing in the other");
}
