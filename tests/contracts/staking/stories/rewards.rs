//! Rewards: who gets them, and who does not.

use alloy_primitives::U256;

use super::super::kit::*;

const WEI: U256 = U256::ONE;

/// Popsicle: shares moved, and the claim on rewards did not move with them.
#[test]
fn delegating_and_undelegating_move_nobodys_rewards() {
    let (mut world, id) = running();
    let (alice, bob) = (world.alice, world.person("bob"));
    world.reward(id, ether(32));
    let before = world.earned(alice, id);

    let shares = world.delegate(bob, id, ether(5_000));
    let joined = (world.earned(alice, id), world.earned(bob, id));
    world.reward(id, ether(37));
    let (mine, his) = (world.earned(alice, id), world.earned(bob, id));
    world.undelegate(bob, id, shares);
    let left = (world.earned(alice, id), world.earned(bob, id));

    // 90 % of 32 on a stake of 32,000, then 90 % of 37 on 37,000.
    assert!(ether(9) - before <= WEI, "{before}");
    assert_eq!(joined, (before, U256::ZERO));
    assert!(ether(18) - mine <= U256::from(2), "{mine}");
    assert!(his - left.1 <= WEI && left.0 == mine, "{left:?}");
}

/// Synthetix: rewards that came while nobody had staked were stuck.
#[test]
fn rewards_that_come_without_stake_are_the_operators_once_there_is_stake() {
    let mut world = world();
    let id = world.register(world.operator, world.signer, BOND);
    world.does(world.operator, Staking::requestBondUnlockCall { id, assets: BOND });
    world.reward(id, ether(7));

    let parked = world.chain.view(world.staking, Staking::rewardsCall { id });
    let increase = Staking::increaseBondCall { id };
    world.chain.send(world.operator, world.staking, increase).value(BOND).ok();
    world.delegate(world.alice, id, ether(1_000));

    assert_eq!((parked.parked, parked.operator), (ether(7), U256::ZERO));
    assert_eq!(world.earned(world.alice, id), U256::ZERO);
    let receiver = world.operator.address;
    let call = Staking::claimCommissionCall { id, receiver };
    assert_eq!(world.does(world.operator, call), ether(7));
}

/// A flash delegation around a notification: who comes after it earns nothing of it, and who comes
/// before it cannot leave with its METIS for three weeks.
#[test]
fn a_flash_delegation_round_a_notification_does_not_come_back() {
    let (mut world, id) = running();
    let (late, early) = (world.person("late"), world.person("early"));

    let shares = world.delegate(early, id, ether(5_000));
    world.reward(id, ether(37));
    let others = world.delegate(late, id, ether(3_000));
    let bucket = world.undelegate(early, id, shares);
    world.undelegate(late, id, others);

    assert_eq!(world.earned(late, id), U256::ZERO);
    let call = claim_of(id, bucket, early.address);
    world.chain.send(early, world.staking, call).fails_with(Staking::NothingToClaim {});
    assert!(world.matures(id, bucket) >= world.chain.time() + PERIOD);
}

/// Metis: one recipient that reverted stopped a batch for all.
#[test]
fn one_recipient_that_reverts_stops_nobodys_rewards() {
    let mut world = world();
    let refuser = create(&mut world.chain, "Refuser");
    let first = world.register(world.operator, world.signer, BOND);
    let second = world.register(world.rival, world.other_signer, BOND);
    let call = Staking::setRewardRecipientCall { id: first, rewardRecipient: refuser };
    world.does(world.operator, call);

    let fund = world.suite.distributor;
    world.chain.deal(fund, WEALTH);
    let (ids, amounts) = (vec![first, second], vec![ether(3), ether(5)]);
    let call = Staking::notifyRewardsCall { ids, amounts };
    world.chain.send(fund, world.staking, call).value(ether(8)).ok();

    let receiver = world.rival.address;
    let call = Staking::claimCommissionCall { id: second, receiver };
    assert_eq!(world.does(world.rival, call), ether(5));
}

/// What parks in jail is split on a veto as if there had been none, and goes to the fund on an
/// executed slash.
#[test]
fn rewards_that_park_in_jail_are_split_on_a_veto_and_forfeited_by_a_slash() {
    let (mut vetoed, id) = running();
    let proposal = vetoed.propose(id, MAX_SLASH, EVIDENCE);
    vetoed.reward(id, ether(32));
    let held = vetoed.earned(vetoed.alice, id);
    let mut slashed = vetoed.clone();

    vetoed.veto(proposal);
    slashed.chain.advance(VETO_WINDOW);
    slashed.execute(proposal);

    assert_eq!(held, U256::ZERO);
    assert!(ether(9) - vetoed.earned(vetoed.alice, id) <= WEI);
    assert_eq!(slashed.earned(slashed.alice, id), U256::ZERO);
    let forwarded = slashed.does(slashed.keeper, Staking::forwardSlashedCall {});
    assert_eq!(forwarded, ether(3_200 + 32));
}

/// Whoever has left a sequencer in jail has left its rewards there: they must reach somebody once the
/// jail is open, as "below 1 METIS delegated, all of it is the operator's".
#[test]
fn rewards_that_park_in_jail_reach_somebody_after_everybody_has_left() {
    let (mut world, id) = running();
    let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
    world.reward(id, ether(32));
    world.does(world.operator, Staking::exitCall { id });
    world.undelegate(world.alice, id, ether(10_000));
    world.does(world.pool, Staking::undelegateCall { id, shares: ether(20_000) });

    world.veto(proposal);

    let told = world.asks(Staking::rewardsCall { id });
    assert_eq!((told.parked, told.operator), (U256::ZERO, ether(32)));
}

/// The same for what comes to a sequencer that has exited: it never has stake again.
#[test]
fn a_reward_of_a_sequencer_that_has_exited_is_refused_or_reaches_somebody() {
    let mut world = world();
    let id = world.register(world.operator, world.signer, BOND);
    world.does(world.operator, Staking::exitCall { id });
    let fund = world.suite.distributor;
    world.chain.deal(fund, WEALTH);

    let call = Staking::notifyRewardsCall { ids: vec![id], amounts: vec![ether(7)] };
    let outcome = world.chain.send(fund, world.staking, call).value(ether(7)).run();
    world.does(world.keeper, Staking::accrueCall { id });

    let told = world.asks(Staking::rewardsCall { id });
    assert!(outcome.is_err() || told.operator == ether(7), "{} are parked", told.parked);
}
