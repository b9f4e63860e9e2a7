//! Executing a proposal.

use super::super::kit::*;
use super::propose::PART;
use alloy_primitives::U256;

#[test]
pub(crate) fn an_execution_takes_what_was_held_and_tells_the_pools() {
    let (mut world, id) = running();
    let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
    world.chain.advance(VETO_WINDOW);
    let caller = world.keeper.address;

    let receipt = world.execute(proposal);

    receipt.emitted(Court::SlashExecuted { proposal, id, caller });
    let slashed = Staking::Slashed {
        id,
        bondLoss: ether(2_000),
        delegatedLoss: ether(1_200),
        forfeited: U256::ZERO,
        slashed: ether(3_200),
        nonce: world.sequencer(id).nonce,
    };
    receipt.emitted(slashed);
    let (provisioned, realised) = (U256::ZERO, ether(PART));
    receipt.emitted(Court::LossPushed { pool: world.pool, provisioned, realised });
    assert_eq!(receipt.logs.len(), 3);
    assert_eq!(world.state(proposal), Court::State::Executed);
    assert_eq!((world.loss(), world.told()), ((provisioned, realised), (provisioned, realised)));
    let position = Staking::positionCall { account: world.pool, id };
    assert_eq!(world.chain.view(world.staking, position).assets, ether(20_000 - PART));
    assert_eq!(world.sequencer(id).bond, U256::ZERO);
    assert_eq!(world.sequencer(id).delegated, ether(28_800));
    assert_eq!(world.sequencer(id).status, Staking::Status::Jailed);
    assert_eq!(world.chain.view(world.court, Court::pendingOfCall { id }), U256::ZERO);
}

#[test]
pub(crate) fn an_execution_waits_for_the_veto() {
    let (mut world, id) = running();
    let from = world.now() + U256::from(VETO_WINDOW);
    let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
    let call = Court::executeCall { proposal };
    let refused = || Court::ExecutionTooEarly { proposal, from };

    world.chain.send(world.keeper, world.court, call.clone()).fails_with(refused());
    world.chain.advance(VETO_WINDOW - 1);
    world.chain.send(world.keeper, world.court, call.clone()).fails_with(refused());
    world.chain.advance(1);
    world.chain.send(world.keeper, world.court, call).ok();
}

#[test]
pub(crate) fn an_execution_comes_within_its_grace() {
    let (mut world, id) = running();
    let until = world.now() + U256::from(VETO_WINDOW + EXECUTE_GRACE);
    let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
    let call = Court::executeCall { proposal };

    world.chain.advance(VETO_WINDOW + EXECUTE_GRACE - 1);
    let outcome = world.chain.send(world.keeper, world.court, call.clone()).dry_run().map(drop);
    assert!(outcome.is_ok(), "{outcome:?}");
    world.chain.advance(1);
    let refused = Court::ExecutionTooLate { proposal, until };
    world.chain.send(world.keeper, world.court, call).fails_with(refused);
}

#[test]
fn losses_of_several_slashes_add_up() {
    let (mut world, id) = running();
    let first = world.propose(id, U256::from(800), EVIDENCE);
    world.chain.advance(VETO_WINDOW);
    world.execute(first);
    let realised = world.loss().1;

    let second = world.propose(id, U256::from(200), OTHER_EVIDENCE);
    let provisioned = world.loss().0;
    assert!(!realised.is_zero() && !provisioned.is_zero());
    world.chain.advance(VETO_WINDOW);
    world.execute(second);

    let (left, total) = world.loss();
    assert_eq!(left, U256::ZERO);
    let lost = total - realised;
    assert!(lost <= provisioned && lost + U256::from(2) > provisioned, "{lost} of {provisioned}");
    assert_eq!(world.told(), (left, total));
}
