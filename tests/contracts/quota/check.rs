//! Every cap with real staking: accepted up to the wei, and one wei beyond refused by its name.

use super::kit::*;
use alloy_primitives::{Address, U256};

/// Figures without any stake.
fn figures(world: &World) -> Quota::Figures {
    Quota::Figures {
        pool: Address::ZERO,
        id: U256::ONE,
        assets: ether(1),
        group: U256::ONE,
        sequencerStake: U256::ZERO,
        sequencerBond: U256::ZERO,
        sequencerDirect: U256::ZERO,
        groupStake: U256::ZERO,
        poolStake: U256::ZERO,
        pairStake: U256::ZERO,
        directStake: U256::ZERO,
        totalStake: U256::ZERO,
        activationThreshold: ether(20_000),
        maxLock: world.chain.view(world.staking, Staking::parametersCall {}).maxLock,
    }
}

#[test]
pub(super) fn a_sequencer_is_filled_to_what_its_scores_allow() {
    let (mut world, id) = granted();
    let cap = ether(NEWCOMER_CAP);

    let refused = Quota::SequencerFull { id, stake: cap + U256::ONE, cap };
    world.pool_delegation(id, beyond(50_000)).fails_with(refused.clone());
    world.pool_delegates(id, ether(50_000));
    world.pool_delegation(id, U256::ONE).fails_with(refused);
}

#[test]
fn better_scores_make_room_two_days_later() {
    let (mut world, id) = granted();
    world.pool_delegates(id, ether(50_000));
    let full = word(10_000);
    world.curates(Quota::setScoresCall { id, operations: full, market: full });
    world.chain.advance(RAISE_DELAY);

    // The mean of 5,000, 10,000 and 10,000 is 7,937.
    let cap = ether(20_000) + ether(80_000) * word(7_937) / full;
    assert_eq!(world.told(Quota::capOfCall { id }), cap);
    let more = cap - ether(60_000);
    let refused = Quota::SequencerFull { id, stake: cap + U256::ONE, cap };
    world.pool_delegation(id, more + U256::ONE).fails_with(refused);
    world.pool_delegates(id, more);
}

#[test]
pub(super) fn an_operator_holds_100_000_metis_while_that_is_more_than_a_fifth() {
    let mut world = world();
    let ids = [world.register("olga", 10_000), world.register("olga", 10_000)];
    for id in ids {
        world.grant(id, GRANT);
    }
    world.chain.advance(RAISE_DELAY);
    world.pool_delegates(ids[0], ether(50_000));

    let cap = ether(100_000);
    let refused = Quota::GroupFull { group: word(1), stake: cap + U256::ONE, cap };
    world.pool_delegation(ids[1], beyond(30_000)).fails_with(refused.clone());
    world.pool_delegates(ids[1], ether(30_000));
    world.pool_delegation(ids[1], U256::ONE).fails_with(refused);
}

#[test]
pub(super) fn a_pool_holds_what_it_was_granted() {
    let mut world = world();
    let id = world.register("olga", 10_000);
    world.grant(id, 20_000);
    world.chain.advance(RAISE_DELAY);

    let grant = ether(20_000);
    let refused = Quota::GrantExceeded { id, stake: grant + U256::ONE, grant };
    world.pool_delegation(id, grant + U256::ONE).fails_with(refused.clone());
    world.pool_delegates(id, grant);
    world.pool_delegation(id, U256::ONE).fails_with(refused);
}

#[test]
fn a_pool_holds_its_absolute_cap() {
    let mut world = world();
    let ids = [world.register("olga", 10_000), world.register("otto", 10_000)];
    for id in ids {
        world.grant(id, GRANT);
    }
    let pool = world.pool;
    world.curates(Quota::setPoolCapCall { pool, assets: ether(70_000) });
    world.chain.advance(RAISE_DELAY);
    world.pool_delegates(ids[0], ether(50_000));

    let cap = ether(70_000);
    let refused = Quota::PoolFull { pool, stake: cap + U256::ONE, cap };
    world.pool_delegation(ids[1], beyond(20_000)).fails_with(refused.clone());
    world.pool_delegates(ids[1], ether(20_000));
    world.pool_delegation(ids[1], U256::ONE).fails_with(refused);
}

#[test]
pub(super) fn direct_positions_hold_half_of_a_sequencers_cap() {
    let (mut world, id) = granted();

    let cap = ether(30_000);
    let refused = Quota::SequencerDirectFull { id, stake: cap + U256::ONE, cap };
    world.delegation(id, cap + U256::ONE).fails_with(refused.clone());
    world.delegates(id, cap);
    world.delegation(id, U256::ONE).fails_with(refused);
    world.pool_delegates(id, ether(20_000));
}

#[test]
pub(super) fn direct_positions_hold_half_of_everything_or_100_000_metis() {
    let mut world = world();
    let owners = ["olga", "otto", "omar", "oscar"];
    let ids = owners.map(|owner| world.register(owner, 10_000));
    for id in &ids[..3] {
        world.delegates(*id, ether(30_000));
    }

    let cap = ether(100_000);
    let refused = Quota::DirectFull { stake: cap + U256::ONE, cap };
    world.delegation(ids[3], beyond(10_000)).fails_with(refused.clone());
    world.delegates(ids[3], ether(10_000));
    world.delegation(ids[3], U256::ONE).fails_with(refused);
}

/// A pool with 45,000 METIS against three others with stake of their own, and a floor of 10,000 METIS for
/// each: whether the share binds depends on the third largest of the others.
pub(super) fn four_pools(third: u64) -> (World, U256) {
    let mut world = world();
    let floor =
        Quota::setLimitsCall { poolFloor: ether(10_000), poolCap: ether(60_000), ..limits() };
    world.chain.send(world.admin, world.quota, floor).ok();
    let others = [0; 3].map(|_| world.another_pool());
    let ids: Vec<_> = (0..6).map(|at| world.register(&format!("operator {at}"), 10_000)).collect();
    for (id, pool) in ids.iter().zip(others) {
        world.grant_to(pool, *id, GRANT);
    }
    for id in &ids[3..] {
        world.grant(*id, GRANT);
    }
    world.chain.advance(RAISE_DELAY);
    let staking = world.staking;
    for ((id, pool), metis) in ids.iter().zip(others).zip([40_000, 30_000, third]) {
        world.as_pool(pool, staking, Staking::delegateCall { id: *id }, ether(metis)).ok();
    }
    (world, ids[3])
}

#[test]
pub(super) fn a_pools_share_binds_while_four_hold_five_percent() {
    // 150,000 METIS: 5 % are 7,500, a third is 49,500.
    let (mut world, id) = four_pools(20_000);
    let pool = world.pool;

    let total = world.chain.view(world.staking, Staking::totalsCall {}).stake;
    assert_eq!(total, ether(150_000));
    // The third of the others is 12,500 beyond 5 %, which comes off 60,000: the share is what is left.
    let cap = ether(49_500);
    let refused = Quota::PoolFull { pool, stake: cap + U256::ONE, cap };
    world.pool_delegation(id, cap + U256::ONE).fails_with(refused);
    assert_eq!(world.room(pool, id), (ether(49_500), Quota::Reason::PoolFull));
    world.pool_delegates(id, cap);
}

#[test]
pub(super) fn a_pools_share_begins_to_bind_wei_by_wei() {
    // 140,001 METIS: 5 % are 7,000.05, and the third of the others is 3,000.95 beyond it.
    let (mut world, id) = four_pools(10_001);
    let pool = world.pool;

    let cap = ether(60_000) - (ether(10_001) - ether(140_001) / word(20));
    assert_eq!(world.room(pool, id), (ether(50_000), Quota::Reason::SequencerFull));
    world.pool_delegates(id, ether(30_000));
    // As much more in all as the pool put in: its share of the line moves with it.
    let other = id + U256::ONE;
    let total = world.chain.view(world.staking, Staking::totalsCall {}).stake;
    let cap_then = ether(60_000) - (ether(10_001) - total / word(20));
    assert_eq!(cap_then - cap, ether(30_000) / word(20));
    let left = cap_then - ether(30_000);
    assert_eq!(world.room(pool, other), (left, Quota::Reason::PoolFull));
    world.pool_delegates(other, left);
}

#[test]
fn the_first_cap_that_is_met_is_told() {
    let world = world();
    let mut all = figures(&world);
    all.pool = world.pool;
    all.assets = U256::MAX;
    let max = U256::from(u128::MAX);

    let refused = |figures: &Quota::Figures| {
        let call = Quota::checkCall { figures: figures.clone() };
        world.chain.clone().send(world.keeper, world.quota, call).dry_run().unwrap_err()
    };
    let id = U256::ONE;
    let full = Quota::SequencerFull { id, stake: max, cap: ether(60_000) };
    assert!(refused(&all).is(&full));
    all.assets = ether(60_000);
    all.groupStake = ether(40_001);
    let full = Quota::GroupFull { group: id, stake: ether(100_001), cap: ether(100_000) };
    assert!(refused(&all).is(&full));
    all.groupStake = U256::ZERO;
    all.poolStake = ether(940_001);
    let pool = world.pool;
    let full = Quota::PoolFull { pool, stake: ether(1_000_001), cap: ether(1_000_000) };
    assert!(refused(&all).is(&full));
    all.poolStake = U256::ZERO;
    let full = Quota::GrantExceeded { id, stake: ether(60_000), grant: U256::ZERO };
    assert!(refused(&all).is(&full));
    all.pool = Address::ZERO;
    let full = Quota::SequencerDirectFull { id, stake: ether(60_000), cap: ether(30_000) };
    assert!(refused(&all).is(&full));
    all.assets = ether(30_000);
    all.directStake = ether(70_001);
    let full = Quota::DirectFull { stake: ether(100_001), cap: ether(100_000) };
    assert!(refused(&all).is(&full));
}

#[test]
fn a_yes_is_the_selector_of_the_question() {
    let world = world();

    let magic = world.told(Quota::checkCall { figures: figures(&world) });

    assert_eq!(magic, <Quota::checkCall as alloy_sol_types::SolCall>::SELECTOR);
}

#[test]
fn a_number_that_nobody_can_have_is_no_question() {
    let mut world = world();
    let good = figures(&world);

    for figures in [
        Quota::Figures { id: U256::MAX, ..good.clone() },
        Quota::Figures { group: U256::from(1_u128 << 64), ..good },
    ] {
        let call = Quota::checkCall { figures };
        let selector = <Quota::checkCall as alloy_sol_types::SolCall>::SELECTOR.into();
        let refused = Quota::ArgumentsInvalid { selector, size: word(4 + 14 * 32) };
        world.chain.send(world.keeper, world.quota, call).fails_with(refused);
    }
}

#[test]
fn what_is_above_a_cap_stays_and_does_not_grow() {
    let (mut world, id) = granted();
    world.pool_delegates(id, ether(50_000));
    let zero = U256::ZERO;

    world.curates(Quota::setScoresCall { id, operations: zero, market: zero });

    let refused = Quota::SequencerFull { id, stake: beyond(60_000), cap: ether(20_000) };
    world.pool_delegation(id, U256::ONE).fails_with(refused);
    assert_eq!(world.worth(world.pool, id), ether(50_000));
    let shares = ether(50_000);
    let (pool, staking) = (world.pool, world.staking);
    world.as_pool(pool, staking, Staking::undelegateCall { id, shares }, zero).ok();
}

#[test]
fn the_worst_question_is_answered_within_the_gas_that_staking_gives() {
    let mut world = world();
    // 16 groups under one cap, 16 pools with stake, a pool's own cap, and an answer that depends on the others.
    for _ in 0..15 {
        world.another_pool();
    }
    let pools = world.chain.view(world.staking, Staking::poolsCall {});
    let ids: Vec<_> = (0..16).map(|at| world.register(&format!("operator {at}"), 3_000)).collect();
    let low = Quota::setLimitsCall { poolFloor: ether(1), poolShareBps: word(100), ..limits() };
    world.curates(lower(low));
    for (id, pool) in ids.iter().zip(&pools) {
        world.grant_to(*pool, *id, GRANT);
    }
    let (pool, staking) = (world.pool, world.staking);
    world.grant_to(pool, ids[15], GRANT);
    world.curates(Quota::setPoolCapCall { pool, assets: ether(900_000) });
    world.chain.advance(RAISE_DELAY);
    for member in 2..=16 {
        world.curates(Quota::groupCall { into: word(1), member: word(member) });
    }
    for (id, pool) in ids.iter().zip(&pools) {
        world.as_pool(*pool, staking, Staking::delegateCall { id: *id }, ether(2_000)).ok();
    }

    let delegation = world.pool_delegation(ids[15], ether(1_000)).traced().ok();

    let staking_frame = &delegation.trace.as_ref().unwrap().calls[0];
    let asked = staking_frame.calls.iter().find(|call| call.target == world.quota).unwrap();
    let questions = asked.calls.len();
    assert_eq!(questions, 15 + 1 + 15, "groups but one, the list, pools but one");
    println!("worst question: {} gas", asked.gas_used);
    assert!(asked.gas_used < 200_000, "{}", asked.gas_used);
}

#[test]
fn a_group_that_cannot_be_is_nobodys_whatever_its_lowest_bits() {
    let mut world = world();
    world.register("olga", 10_000);
    world.curates(Quota::groupCall { into: word(1), member: word(2) });
    let (group, cap) = (word((1 << 32) + 2), ether(100_000));
    let figures = Quota::Figures { group, groupStake: cap, ..figures(&world) };

    let refused = Quota::GroupFull { group, stake: cap + ether(1), cap };
    let nobody = world.chain.account("nobody");
    world.chain.send(nobody, world.quota, Quota::checkCall { figures }).fails_with(refused);
}
