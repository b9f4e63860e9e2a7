//! A sequencer changes hands.

use super::super::kit::*;

#[test]
fn a_sequencer_is_handed_over_in_two_steps_with_its_bond_and_group() {
    let (mut world, id) = running();
    let (operator, rival) = (world.operator, world.rival);
    let group = world.sequencer(id).group;

    world.does(operator, Staking::setOwnerCall { id, newOwner: rival.address });
    assert_eq!(world.chain.view(world.staking, Staking::ownerOfCall { id }), operator.address);
    world.does(rival, Staking::acceptOwnerCall { id });

    assert_eq!(world.chain.view(world.staking, Staking::ownerOfCall { id }), rival.address);
    assert_eq!(world.sequencer(id).group, group);
    let refused = Staking::CallerNotOwner { caller: operator.address, owner: rival.address };
    world.chain.send(operator, world.staking, Staking::exitCall { id }).fails_with(refused);
    world.does(rival, Staking::exitCall { id });
    let bucket = world.latest(id);
    world.chain.warp_to(world.matures(id, bucket));
    assert_eq!(world.claim(rival, id, bucket), BOND);
}
