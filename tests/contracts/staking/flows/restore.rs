//! From jail back to work.

use super::super::kit::*;
use alloy_primitives::U256;

#[test]
fn a_slashed_sequencer_sits_out_its_term_restores_its_bond_and_works_again() {
    let (mut world, id) = running();
    let (operator, staking) = (world.operator, world.staking);
    world.slash(id);
    let until = U256::from(world.chain.time() - VETO_WINDOW + JAIL);

    let unjail = Staking::unjailCall { id };
    let running_term = Staking::JailTermRunning { id, until };
    world.chain.send(operator, staking, unjail.clone()).fails_with(running_term);
    world.chain.warp_to(until.to());
    let short = Staking::BondTooSmall { bond: U256::ZERO, needed: BOND };
    world.chain.send(operator, staking, unjail.clone()).fails_with(short);

    let increase = Staking::increaseBondCall { id };
    world.chain.send(operator, staking, increase).value(BOND).ok();
    world.does(operator, unjail);

    assert_eq!(world.sequencer(id).status, Staking::Status::Active);
    world.delegate(world.alice, id, ether(1));
}
