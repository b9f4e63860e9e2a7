//! Vetoing a proposal.

use super::super::kit::*;
use alloy_primitives::{B256, U256};

#[test]
pub(crate) fn a_veto_frees_the_sequencer_and_lifts_the_provision() {
    let (mut world, id) = running();
    let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
    let vetoer = world.vetoer.address;

    let receipt = world.veto(proposal);

    receipt.emitted(Court::SlashVetoed { proposal, id, vetoer });
    let nonce = world.sequencer(id).nonce;
    receipt.emitted(Staking::Released { id, nonce });
    let zero = U256::ZERO;
    receipt.emitted(Court::LossPushed { pool: world.pool, provisioned: zero, realised: zero });
    assert_eq!(receipt.events::<Staking::Unjailed>().len(), 1);
    assert_eq!(world.state(proposal), Court::State::Vetoed);
    assert_eq!(world.sequencer(id).status, Staking::Status::Active);
    assert_eq!((world.loss(), world.told()), ((zero, zero), (zero, zero)));
    let pool = world.pool;
    let provision = Court::provisionOfCall { proposal, pool };
    assert_eq!(world.chain.view(world.court, provision), zero);
    assert_eq!(world.chain.view(world.court, Court::pendingOfCall { id }), zero);
    let evidence = Court::proposalOfEvidenceCall { evidence: EVIDENCE };
    assert_eq!(world.chain.view(world.court, evidence), proposal, "it stays used");
    let (bond, delegated) = (world.sequencer(id).bond, world.sequencer(id).delegated);
    assert_eq!((bond, delegated), (BOND, ether(30_000)), "nothing was lost");
}

#[test]
pub(crate) fn a_veto_comes_within_its_window() {
    let (mut world, id) = running();
    let until = world.now() + U256::from(VETO_WINDOW);
    let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
    let (vetoer, court) = (world.vetoer, world.court);
    let call = Court::vetoCall { proposal };

    world.chain.advance(VETO_WINDOW - 1);
    let outcome = world.chain.send(vetoer, court, call.clone()).dry_run().map(drop);
    assert!(outcome.is_ok(), "{outcome:?}");
    world.chain.advance(1);
    let refused = Court::VetoTooLate { proposal, until };
    world.chain.send(vetoer, court, call).fails_with(refused);
}

#[test]
pub(crate) fn a_slasher_who_was_vetoed_waits_for_a_week() {
    let (mut world, id) = running();
    let other = world.register(world.rival, world.other_signer, BOND);
    let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
    world.veto(proposal);
    let until = world.now() + U256::from(WEEK);
    let slasher = world.slasher.address;
    let barred =
        |world: &World, id| world.chain.view(world.court, Court::barredUntilCall { slasher, id });
    assert_eq!((barred(&world, id), barred(&world, other)), (until, U256::ZERO));
    // Of a day that is not used.
    world.chain.advance(WEEK - 1);

    let call = world.proposal(id, MAX_SLASH, OTHER_EVIDENCE);
    let refused = Court::SlasherBarred { slasher, id, until };
    world.chain.send(world.slasher, world.court, call).fails_with(refused);
    world.propose(other, MAX_SLASH, B256::repeat_byte(9));

    world.chain.advance(1);
    assert_eq!(barred(&world, id), U256::ZERO);
    world.propose(id, MAX_SLASH, OTHER_EVIDENCE);
}

#[test]
fn only_vetoers_veto() {
    let (mut world, id) = running();
    let proposal = world.propose(id, MAX_SLASH, EVIDENCE);

    for caller in [world.slasher, world.admin, world.guardian, world.operator, world.keeper] {
        let refused = Court::AccessManagedUnauthorized { caller: caller.address };
        world.chain.send(caller, world.court, Court::vetoCall { proposal }).fails_with(refused);
    }
}

#[test]
pub(crate) fn what_has_ended_cannot_end_again() {
    let (mut world, id) = running();
    let vetoed = world.propose(id, U256::ONE, EVIDENCE);
    world.veto(vetoed);
    world.chain.advance(WEEK);
    let executed = world.propose(id, U256::ONE, OTHER_EVIDENCE);
    world.chain.advance(VETO_WINDOW);
    world.execute(executed);
    let lapsed = world.propose(id, U256::ONE, B256::repeat_byte(7));
    world.chain.advance(VETO_WINDOW + EXECUTE_GRACE);
    world.lapse(lapsed);

    let ended = [
        (U256::ZERO, Court::State::None),
        (U256::from(9), Court::State::None),
        (U256::MAX, Court::State::None),
        (vetoed, Court::State::Vetoed),
        (executed, Court::State::Executed),
        (lapsed, Court::State::Lapsed),
    ];
    let (court, keeper) = (world.court, world.keeper);
    for (proposal, state) in ended {
        assert_eq!(world.state(proposal), state);
        let refused = || Court::ProposalNotPending { proposal, state };
        let chain = &mut world.chain;
        chain.send(world.vetoer, court, Court::vetoCall { proposal }).fails_with(refused());
        chain.send(keeper, court, Court::executeCall { proposal }).fails_with(refused());
        chain.send(keeper, court, Court::lapseCall { proposal }).fails_with(refused());
    }
}
