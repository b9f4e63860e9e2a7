//! A fault, a proposal, and what becomes of it.

use super::super::kit::*;
use alloy_primitives::U256;

#[test]
fn a_fault_is_proposed_waits_for_the_veto_and_costs_the_bond_first() {
    let (mut world, id) = running();
    let alice = world.alice;

    let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
    assert_eq!(world.sequencer(id).status, Staking::Status::Jailed);
    assert_eq!(world.told(), (ether(800), U256::ZERO), "two thirds of 1,200 are the pool's");

    world.chain.advance(VETO_WINDOW);
    world.execute(proposal);

    // 10 % of 32,000: the bond of 2,000, then 1,200 of 30,000 at one ratio.
    let told = world.sequencer(id);
    assert_eq!((told.bond, told.delegated), (U256::ZERO, ether(28_800)));
    assert_eq!(world.worth(alice, id), ether(9_600));
    assert_eq!(world.told(), (U256::ZERO, ether(800)));

    let fund = world.suite.distributor;
    let before = world.metis(fund);
    world.does(world.keeper, Staking::forwardSlashedCall {});
    assert_eq!(world.metis(fund) - before, ether(3_200));
}

#[test]
fn a_veto_costs_nobody_anything_and_frees_at_once() {
    let (mut world, id) = running();
    let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
    world.reward(id, ether(32));

    world.veto(proposal);

    assert_eq!(world.sequencer(id).status, Staking::Status::Active);
    assert_eq!(world.worth(world.alice, id), ether(10_000));
    assert_eq!(world.earned(world.alice, id), ether(9), "what parked is paid");
    assert_eq!(world.told(), (U256::ZERO, U256::ZERO));
    world.delegate(world.alice, id, ether(1));
}
