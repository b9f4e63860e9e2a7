//! Proposals that nobody executes in time.

use super::super::kit::*;
use alloy_primitives::U256;

/// Longest life of a proposal, in seconds.
const LIFE: u64 = VETO_WINDOW + EXECUTE_GRACE;

#[test]
fn a_proposal_whose_time_is_over_is_cleared_away() {
    let (mut world, id) = running();
    let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
    let jailed_until = world.sequencer(id).jailedUntil;
    world.chain.advance(LIFE);
    let caller = world.keeper.address;
    assert_eq!(world.state(proposal), Court::State::Lapsed, "told before it is done");
    assert_eq!(world.chain.view(world.court, Court::pendingOfCall { id }), U256::ZERO);

    let receipt = world.lapse(proposal);

    receipt.emitted(Court::SlashLapsed { proposal, id, caller });
    let zero = U256::ZERO;
    receipt.emitted(Court::LossPushed { pool: world.pool, provisioned: zero, realised: zero });
    assert_eq!(world.state(proposal), Court::State::Lapsed);
    assert_eq!((world.loss(), world.told()), ((zero, zero), (zero, zero)));
    let sequencer = world.sequencer(id);
    assert_eq!((sequencer.status, sequencer.jailedUntil), (Staking::Status::Jailed, jailed_until));
    assert_eq!((sequencer.bond, sequencer.delegated), (BOND, ether(30_000)));
}

#[test]
pub(crate) fn a_proposal_does_not_lapse_while_it_can_be_executed() {
    let (mut world, id) = running();
    let from = world.now() + U256::from(LIFE);
    let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
    let refused = || Court::LapseTooEarly { proposal, from };
    let call = Court::lapseCall { proposal };

    for wait in [0, VETO_WINDOW, EXECUTE_GRACE - 1] {
        world.chain.advance(wait);
        world.chain.send(world.keeper, world.court, call.clone()).fails_with(refused());
    }
}

#[test]
fn what_a_lapsed_proposal_used_can_be_used_again() {
    let (mut world, id) = running();
    let call = world.proposal(id, MAX_SLASH, EVIDENCE);
    let proposal = world.chain.send(world.slasher, world.court, call.clone()).ok().output;
    world.chain.advance(LIFE);
    world.lapse(proposal);
    let evidence = Court::proposalOfEvidenceCall { evidence: EVIDENCE };
    assert_eq!(world.chain.view(world.court, evidence.clone()), U256::ZERO);

    // The same fault, on the same evidence.
    let second = world.chain.send(world.slasher, world.court, call).ok().output;

    assert_eq!(world.chain.view(world.court, evidence), second);
}

#[test]
fn a_new_proposal_clears_an_old_one_away_first() {
    let (mut world, id) = running();
    let first = world.propose(id, MAX_SLASH, EVIDENCE);
    world.chain.advance(LIFE);
    let call = world.proposal(id, MAX_SLASH, EVIDENCE);

    let receipt = world.chain.send(world.slasher, world.court, call).ok();

    let (second, caller) = (receipt.output, world.slasher.address);
    receipt.emitted(Court::SlashLapsed { proposal: first, id, caller });
    assert_eq!(receipt.events::<Court::SlashProposed>().len(), 1);
    assert_eq!(receipt.events::<Court::LossPushed>().len(), 1, "the pool is told once");
    assert_eq!(
        (world.state(first), world.state(second)),
        (Court::State::Lapsed, Court::State::Pending)
    );
    assert_eq!(world.chain.view(world.court, Court::pendingOfCall { id }), second);
    assert_eq!(world.room(id), U256::ZERO);
    assert_eq!((world.loss().0, world.told().0), (ether(800), ether(800)));
}

#[test]
fn a_sequencer_that_left_jail_by_itself_stops_no_lapse() {
    let (mut world, id) = running();
    // Enough that the bond suffices on its own later.
    let proposal = world.propose(id, U256::ONE, EVIDENCE);
    world.chain.advance(LIFE);
    let unjail = Staking::unjailCall { id };
    world.chain.send(world.operator, world.staking, unjail).ok();

    world.lapse(proposal);

    assert_eq!(world.state(proposal), Court::State::Lapsed);
    assert_eq!(world.sequencer(id).status, Staking::Status::Active);
    assert_eq!(world.loss(), (U256::ZERO, U256::ZERO));
}
