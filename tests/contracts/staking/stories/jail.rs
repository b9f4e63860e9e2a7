//! What happens to rewards and to the bond while a sequencer sits in jail.

use alloy_primitives::U256;

use super::super::kit::*;

/// A reward that comes in jail, in METIS.
const REWARD: u64 = 80;

/// A sequencer in jail: bond 2,000, delegations of 18,000 by Alice, commission 10 %.
fn jailed() -> (World, U256, U256) {
    let mut world = world();
    let id = world.register(world.operator, world.signer, BOND);
    world.delegate(world.alice, id, ether(18_000));
    world.chain.advance(days(1));
    let proposal = world.propose(id, U256::from(100), EVIDENCE);
    (world, id, proposal)
}

/// What of a reward is Alice's: without commission, for 18,000 of 20,000, rounded down.
fn part() -> U256 {
    let rest = ether(REWARD) * U256::from(9) / U256::from(10);
    rest * U256::from(9) / U256::from(10)
}

#[test]
fn bond_that_comes_in_jail_gets_nothing_of_what_parked_before_it() {
    let (mut world, id, proposal) = jailed();
    world.reward(id, ether(REWARD));
    world.chain.advance(VETO_WINDOW);
    world.execute(proposal);
    // Forfeited is what parked before the slash; this came after it, still in jail.
    let staking = world.staking;
    let before = world.sequencer(id);
    world.reward(id, ether(REWARD));
    let rest = ether(REWARD) - ether(REWARD) / U256::from(10);
    let stake = before.bond + before.delegated;
    let expected = rest - rest * before.bond / stake;

    let increase = Staking::increaseBondCall { id };
    world.chain.send(world.operator, staking, increase).value(ether(90_000)).ok();
    world.chain.advance(JAIL);
    world.does(world.operator, Staking::unjailCall { id });

    let earned = world.earned(world.alice, id);
    assert!(earned <= expected && earned + U256::from(2) >= expected, "{earned}, not {expected}");
}

#[test]
fn a_commission_that_rises_in_jail_takes_nothing_of_what_parked_before_it() {
    let (mut world, id, proposal) = jailed();
    let call = Registry::announceCommissionCall { id, commissionBps: U256::from(1_500) };
    world.chain.send(world.operator, world.registry, call).ok();
    world.reward(id, ether(REWARD));

    world.chain.advance(days(8));
    let apply = Registry::applyCommissionCall { id };
    world.chain.send(world.operator, world.registry, apply).ok();
    world.chain.advance(days(1));
    world.lapse(proposal);
    world.does(world.operator, Staking::unjailCall { id });

    assert_eq!(world.earned(world.alice, id), part());
}

#[test]
fn a_bond_that_leaves_in_jail_keeps_its_part_of_what_parked_before() {
    let (mut world, id, proposal) = jailed();
    world.reward(id, ether(REWARD));

    world.does(world.operator, Staking::exitCall { id });
    world.veto(proposal);

    assert_eq!(world.earned(world.alice, id), part());
    let rewards = world.chain.view(world.staking, Staking::rewardsCall { id });
    assert_eq!(rewards.operator, ether(REWARD) - part());
}

#[test]
fn delegators_who_leave_in_jail_leave_their_part_to_those_that_stay() {
    let (mut world, id, proposal) = jailed();
    world.reward(id, ether(REWARD));
    world.does(world.keeper, Staking::accrueCall { id });

    world.undelegate(world.alice, id, ether(9_000));
    world.veto(proposal);

    assert_eq!(world.earned(world.alice, id), part());
}

#[test]
fn the_bond_waits_for_the_end_of_a_proposal_and_is_restored_then() {
    let (mut world, id, proposal) = jailed();
    let (operator, staking) = (world.operator, world.staking);
    let increase = Staking::increaseBondCall { id };
    let until = U256::from(world.chain.time() + VETO_WINDOW + EXECUTE_GRACE);
    let pending = Staking::SlashPending { id, until };

    world.chain.send(operator, staking, increase.clone()).value(ether(1)).fails_with(pending);

    world.chain.advance(VETO_WINDOW);
    world.execute(proposal);
    world.chain.send(operator, staking, increase).value(ether(1)).ok();
}

#[test]
fn an_owner_who_sold_loses_all_that_its_bond_in_scope_must_bear() {
    let mut world = world();
    let rival = world.rival;
    let id = world.register(world.operator, world.signer, BOND);
    world.delegate(world.alice, id, ether(38_000));
    world.chain.advance(days(1));
    world.does(world.operator, Staking::setOwnerCall { id, newOwner: rival.address });
    let unlock = Staking::requestBondUnlockCall { id, assets: BOND };
    let bucket = world.does(world.operator, unlock);
    world.does(rival, Staking::acceptOwnerCall { id });

    // 10 % of 40,000, of the bond side first: all of the bond that is leaving.
    world.slash(id);

    world.chain.warp_to(world.matures(id, bucket));
    assert_eq!(world.claimable(world.operator, id, bucket), U256::ZERO);
    assert_eq!(world.sequencer(id).bond, U256::ZERO);
}
