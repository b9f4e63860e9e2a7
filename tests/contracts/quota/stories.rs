//! Attacks on the quota, with their numbers: what each can reach.

use super::check::four_pools;
use super::kit::*;
use alloy_primitives::U256;
use alloy_sol_types::SolCall;

/// Shrink the total to push a pool over its share: a whale leaves, and the pool is above its cap.
/// What it has stays, it leaves as it likes, and it only stops growing.
#[test]
fn a_total_that_shrinks_stops_a_pool_from_growing_and_takes_nothing() {
    let (mut world, id) = four_pools(20_000);
    let (pool, staking) = (world.pool, world.staking);
    world.pool_delegates(id, ether(49_000));
    let next = id + U256::ONE;
    // 33 % of 199,000 METIS are more than the absolute cap of 60,000.
    assert_eq!(world.room(pool, next), (ether(11_000), Quota::Reason::PoolFull));

    // Another pool leaves with its 40,000 METIS.
    let whale = world.chain.view(staking, Staking::poolsCall {})[1];
    let shares = ether(40_000);
    world
        .as_pool(whale, staking, Staking::undelegateCall { id: U256::ONE, shares }, U256::ZERO)
        .ok();

    assert_eq!(world.worth(pool, id), ether(49_000), "the pool has what it had");
    let total = world.chain.view(staking, Staking::totalsCall {}).stake;
    assert_eq!(total, ether(159_000));
    // Two others are left, so the share does not bind; then the curator lowers the absolute cap.
    assert_eq!(world.room(pool, next), (ether(11_000), Quota::Reason::PoolFull));
    let low = Quota::setLimitsCall { poolFloor: ether(10_000), poolCap: ether(40_000), ..limits() };
    world.curates(lower(low));
    assert_eq!(world.room(pool, next), (U256::ZERO, Quota::Reason::PoolFull));
    let refused = Quota::PoolFull { pool, stake: ether(49_001), cap: ether(40_000) };
    world.pool_delegation(next, ether(1)).fails_with(refused);
    let shares = ether(49_000);
    let exit = Staking::undelegateCall { id, shares };
    world.as_pool(pool, staking, exit, U256::ZERO).ok();
    assert_eq!(world.worth(pool, id), U256::ZERO);
}

/// Fill every cap as "direct": whoever delegates by themselves fills half of each sequencer and half of
/// everything, and pools keep the other half.
#[test]
fn direct_positions_leave_half_to_pools() {
    let mut world = world();
    let owners = ["olga", "otto", "omar", "oscar", "odin"];
    let ids = owners.map(|owner| world.register(owner, 10_000));
    for id in ids {
        world.grant(id, GRANT);
    }
    world.chain.advance(RAISE_DELAY);

    // The attacker fills what it can, again and again.
    for _ in 0..3 {
        for id in ids {
            let (room, _) = world.room(world.alice.address, id);
            if room > ether(1) {
                world.delegates(id, room);
            }
        }
    }

    let direct: U256 = ids.iter().map(|id| world.worth(world.alice.address, *id)).sum();
    assert_eq!(direct, ether(100_000), "of 50,000 METIS of bonds and itself: the floor");
    let pool = world.pool;
    let headroom = world.told(Quota::headroomCall { pool });
    assert_eq!(headroom, ether(5 * 50_000 - 100_000), "all that is left of every cap");
    for (id, amount) in world.allocation(pool, U256::MAX) {
        assert!(amount >= ether(20_000), "{amount} in {id}");
        world.pool_delegates(id, amount);
    }
}

/// 64 registrations in history: ids that have gone cost nobody anything, and plans see those that live.
#[test]
fn sixty_four_registrations_in_history_do_not_stand_in_the_way() {
    let mut world = world();
    for at in 0..64 {
        let owner = format!("gone {at}");
        let id = world.register(&owner, 2_000);
        let owner = Account::named(&owner);
        world.chain.send(owner, world.staking, Staking::exitCall { id }).ok();
    }
    let ids: Vec<_> = (0..64).map(|at| world.register(&format!("live {at}"), 3_000)).collect();
    for id in &ids {
        world.grant(*id, GRANT);
    }
    world.chain.advance(RAISE_DELAY);
    assert_eq!(ids[0], word(65));

    let plan = world.allocation(world.pool, ether(6_400));

    let expected: Vec<_> = ids.iter().map(|id| (*id, ether(100))).collect();
    assert_eq!(plan, expected);
    let pool = world.pool;
    assert_eq!(world.room(pool, word(3)), (U256::ZERO, Quota::Reason::SequencerClosed));
}

/// Skip the operator cap: one operator splits into sequencers of one owner, then of many owners.
#[test]
pub(super) fn an_operator_that_splits_is_under_one_cap_once_the_curator_says_so() {
    let mut world = world();
    let same = [0; 3].map(|_| world.register("olga", 3_000));
    let others =
        ["olga's left hand", "olga's right hand"].map(|owner| world.register(owner, 3_000));
    for id in same.iter().chain(&others) {
        world.grant(*id, GRANT);
    }
    world.chain.advance(RAISE_DELAY);

    // Three sequencers of one owner: 100,000 METIS, not 180,000.
    world.pool_delegates(same[0], ether(57_000));
    world.pool_delegates(same[1], ether(34_000));
    let cap = ether(100_000);
    let refused = Quota::GroupFull { group: word(1), stake: ether(100_001), cap };
    world.pool_delegation(same[2], ether(1)).fails_with(refused);
    // Two owners more: 60,000 METIS each, until the curator groups them, at once.
    world.pool_delegates(others[0], ether(57_000));
    world.curates(Quota::groupCall { into: word(1), member: word(2) });
    world.curates(Quota::groupCall { into: word(1), member: word(3) });
    let refused = Quota::GroupFull { group: word(1), stake: ether(163_001), cap };
    world.pool_delegation(others[1], ether(1)).fails_with(refused);
    // What there is stays.
    assert_eq!(world.worth(world.pool, others[0]), ether(57_000));
}

/// Let the quota veto an exit: a quota that refuses everything, burns gas or is no program stops entries,
/// and nobody who leaves asks it.
#[test]
fn no_quota_vetoes_an_exit() {
    let refuses_all: [&[u8]; 4] = [&[0x5f, 0x5f, 0xfd], &[0xfe], &[0x5b, 0x5f, 0x56], &[0x00]];
    for code in refuses_all {
        let (mut world, id) = granted();
        world.delegates(id, ether(1_000));
        world.pool_delegates(id, ether(1_000));
        world.chain.set_code(world.quota, code.to_vec().into());

        let quota = world.quota;
        world.delegation(id, ether(1)).fails_with(Staking::QuotaUnavailable { quota });
        let (alice, pool, staking) = (world.alice, world.pool, world.staking);
        let exit = Staking::undelegateCall { id, shares: ether(1_000) };
        let bucket = world.chain.send(alice, staking, exit.clone()).ok().output.bucket;
        world.as_pool(pool, staking, exit, U256::ZERO).ok();
        world.chain.advance(days(22));
        let claim = |receiver| Staking::claimUnlockedCall { id, buckets: vec![bucket], receiver };
        let paid = world.chain.send(alice, staking, claim(alice.address)).ok().output;
        assert_eq!(paid, ether(1_000));
        world.as_pool(pool, staking, claim(pool), U256::ZERO).ok();
    }
}

/// Use up the churn: a pool that moves in circles moves what its bucket holds a day, and leaving for
/// users draws nothing.
#[test]
fn churn_bounds_moves_and_no_exit() {
    let (mut world, id) = granted();
    world.pool_delegates(id, ether(50_000));
    let (pool, staking, quota) = (world.pool, world.staking, world.quota);
    let draw = |assets| Quota::drawCall { id, assets };
    world.as_pool(pool, quota, draw(ether(20_000)), U256::ZERO).ok();
    let refused = Quota::ChurnExceeded { assets: U256::ONE, left: U256::ZERO };
    world.as_pool(pool, quota, draw(U256::ONE), U256::ZERO).fails_with(refused);

    let exit = Staking::undelegateCall { id, shares: ether(50_000) };
    world.as_pool(pool, staking, exit, U256::ZERO).ok();
}

/// Farm scores: a perfect record of one sequencer raises its cap by what the other two sides allow, and
/// no further.
#[test]
fn a_perfect_record_alone_raises_a_cap_to_70_400_metis_at_most() {
    let mut world = world();
    let id = world.register("olga", 10_000);
    for _ in 0..100 {
        world.batch(&[id], &[100], &[100]).ok();
    }

    let told = world.told(Quota::scoresOfCall { id });
    assert_eq!(told.technical, word(9_993));
    assert_eq!(world.told(Quota::compositeOfCall { id }), word(6_298));
    assert_eq!(world.told(Quota::capOfCall { id }), ether(70_384));
    let data = Quota::capOfCall { id }.abi_encode();
    assert_eq!(data.len(), 36);
}
