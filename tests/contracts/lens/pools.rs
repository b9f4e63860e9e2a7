//! Concentration over pools and direct positions.

use super::kit::*;
use alloy_primitives::{Address, U256};

/// Two sequencers with 20,000 METIS of bond each, and three pools without stake.
fn three() -> (World, [U256; 2], [Address; 3]) {
    let mut world = world();
    let ids = ["olga", "otto"].map(|owner| world.register(owner, 20_000));
    let pools = [(); 3].map(|()| world.pool(&ids));
    (world, ids, pools)
}

#[test]
fn nothing_delegated_is_not_concentrated_whatever_the_bonds() {
    let (world, ..) = three();

    assert_eq!(world.pool_concentration(), Measures::default());
    assert_eq!(world.pools(), []);
}

#[test]
pub(super) fn direct_positions_are_one_part_and_bonds_are_none() {
    let (mut world, [first, second], _) = three();
    world.delegation(first, ether(3_000)).ok();
    let bob = world.chain.account("bob");
    world.chain.deal(bob, WEALTH);
    let call = Staking::delegateCall { id: second };
    world.chain.send(bob, world.staking, call).value(ether(2_000)).ok();

    let told = Measures { apart: 5_000, ..alone(Address::ZERO, 5_000) };
    assert_eq!(world.pool_concentration(), told);
    assert_eq!(world.pools(), [(Address::ZERO, 5_000)]);
}

#[test]
pub(super) fn pools_are_measured_against_each_other_and_direct_positions() {
    let (mut world, [first, second], [one, two, three]) = three();
    world.pool_delegation(one, first, ether(4_000)).ok();
    world.pool_delegation(two, first, ether(6_000)).ok();
    world.pool_delegation(two, second, ether(2_000)).ok();
    world.pool_delegation(three, second, ether(3_000)).ok();
    world.delegation(second, ether(5_000)).ok();

    assert_eq!(world.pools(), [(one, 4_000), (two, 8_000), (three, 3_000), (Address::ZERO, 5_000)]);
    let told = Measures {
        count: 4,
        stake: 20_000,
        apart: 5_000,
        largest: (two, 8_000),
        bps: 4_000,
        fewest: (1, 2),
        // 2,000² + 4,000² + 1,500² + 2,500²
        herfindahl: 28_500_000,
    };
    assert_eq!(world.pool_concentration(), told);
}

#[test]
fn of_equal_parts_the_pool_that_is_listed_first_is_the_largest() {
    let (mut world, [id, _], [one, two, three]) = three();
    world.delegation(id, ether(3_000)).ok();
    world.pool_delegation(three, id, ether(3_000)).ok();
    world.pool_delegation(two, id, ether(3_000)).ok();

    assert_eq!(world.pool_concentration().largest, (two, 3_000));
    // The last takes the place of one that is removed.
    world.chain.send(world.curator, world.staking, Staking::removePoolCall { pool: one }).ok();
    assert_eq!(world.pool_concentration().largest, (three, 3_000));
    assert_eq!(world.pools(), [(three, 3_000), (two, 3_000), (Address::ZERO, 3_000)]);
}

#[test]
fn sixteen_pools_count_all_of_them() {
    let mut world = world();
    let ids: Vec<_> = (0..4).map(|at| world.register(&format!("operator {at}"), 20_000)).collect();
    let pools: Vec<_> = (0..16).map(|_| world.pool(&ids)).collect();
    for (at, pool) in (0..).zip(&pools) {
        world.pool_delegation(*pool, ids[at % 4], ether(1_000 + at as u64)).ok();
    }

    let told = world.pools();
    let expected: Vec<_> = pools.iter().copied().zip(1_000..).collect();
    assert_eq!(told, expected);
    let told = world.pool_concentration();
    assert_eq!((told.count, told.stake, told.apart), (16, 16_120, 0));
    assert_eq!((told.largest, told.fewest), ((pools[15], 1_015), (6, 8)));
}
