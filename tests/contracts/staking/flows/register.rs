//! From a key to work, and out again.

use super::super::kit::*;
use alloy_primitives::U256;

#[test]
fn a_sequencer_registers_gets_stake_works_and_leaves_with_its_bond() {
    let mut world = world();
    let operator = world.operator;
    let before = world.metis(operator);

    let id = world.register(operator, world.signer, BOND);
    assert_eq!(world.sequencer(id).status, Staking::Status::Candidate);
    assert_eq!(before - world.metis(operator), BOND);

    // From 20,000 METIS of stake on.
    world.delegate(world.alice, id, ether(17_999));
    assert_eq!(world.sequencer(id).status, Staking::Status::Candidate);
    world.delegate(world.alice, id, ether(1));
    assert_eq!(world.sequencer(id).status, Staking::Status::Active);

    world.does(operator, Staking::exitCall { id });
    assert_eq!(world.sequencer(id).status, Staking::Status::Exiting);
    let bucket = world.latest(id);
    world.undelegate(world.alice, id, ether(18_000));
    assert_eq!(world.sequencer(id).status, Staking::Status::Exited);

    world.chain.warp_to(world.matures(id, bucket));
    assert_eq!(world.claim(operator, id, bucket), BOND);
    assert_eq!(world.claim(world.alice, id, bucket), ether(18_000));
    assert_eq!(world.metis(operator), before);
    assert_eq!(world.metis(world.staking), U256::ZERO);
}
