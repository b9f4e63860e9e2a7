//! What an account may delegate to one sequencer: as staking and the quota would say, to the wei.

use super::kit::*;
use Quota::Reason;
use alloy_primitives::{Address, U256};

/// What is told is accepted, and a wei more is not.
#[track_caller]
fn holds(world: &World, who: Address, id: U256, assets: U256, reason: Reason) {
    assert_eq!(world.room(who, id), (assets, reason));
    let attempt = |assets: U256| {
        let mut world = world.clone();
        if who == world.pool {
            world.pool_delegation(id, assets).dry_run().is_ok()
        } else {
            world.delegation(id, assets).dry_run().is_ok()
        }
    };
    assert!(assets.is_zero() || attempt(assets), "what is told is refused");
    assert!(!attempt(assets + U256::ONE), "more than is told is accepted");
}

#[test]
fn a_pools_room_is_bound_by_each_cap_in_turn() {
    let (mut world, id) = granted();
    let pool = world.pool;
    holds(&world, pool, id, ether(50_000), Reason::SequencerFull);

    world.grant(id, 20_000);
    holds(&world, pool, id, ether(20_000), Reason::GrantExceeded);
    world.pool_delegates(id, ether(7));
    holds(&world, pool, id, ether(19_993), Reason::GrantExceeded);

    world.curates(Quota::setPoolCapCall { pool, assets: ether(1_007) });
    holds(&world, pool, id, ether(1_000), Reason::PoolFull);

    let low = Quota::setLimitsCall {
        operatorShareBps: U256::ZERO,
        operatorFloor: ether(10_107),
        ..limits()
    };
    world.curates(lower(low));
    holds(&world, pool, id, ether(100), Reason::GroupFull);
}

#[test]
fn a_direct_positions_room_is_bound_by_each_cap_in_turn() {
    let (mut world, id) = granted();
    let alice = world.alice.address;
    holds(&world, alice, id, ether(30_000), Reason::SequencerDirectFull);

    world.delegates(id, ether(1_000));
    holds(&world, alice, id, ether(29_000), Reason::SequencerDirectFull);

    world.pool_delegates(id, ether(40_000));
    holds(&world, alice, id, ether(9_000), Reason::SequencerFull);

    let mut world = super::kit::world();
    let owners = ["olga", "otto", "omar", "oscar"];
    let ids = owners.map(|owner| world.register(owner, 10_000));
    for id in &ids[..3] {
        world.delegates(*id, ether(30_000));
    }
    holds(&world, alice, ids[3], ether(10_000), Reason::DirectFull);
}

#[test]
fn a_bond_carries_twenty_times_itself() {
    let mut world = world();
    let id = world.register("olga", 2_000);
    world.grant(id, GRANT);
    world.chain.advance(RAISE_DELAY);

    holds(&world, world.pool, id, ether(38_000), Reason::BondTooSmall);
    world.pool_delegates(id, ether(38_000));
    holds(&world, world.pool, id, U256::ZERO, Reason::BondTooSmall);
    holds(&world, world.alice.address, id, U256::ZERO, Reason::BondTooSmall);
}

#[test]
fn there_is_no_room_where_nothing_enters() {
    let (mut world, id) = granted();
    let pool = world.pool;
    for id in [U256::ZERO, word(9), U256::from(1_u64 << 32) + U256::ONE, U256::MAX] {
        holds(&world, pool, id, U256::ZERO, Reason::SequencerUnknown);
    }
    let mut jailed = world.clone();
    jailed.propose(id);
    holds(&jailed, pool, id, U256::ZERO, Reason::SequencerClosed);

    let owner = world.chain.account("olga");
    world.chain.send(owner, world.staking, Staking::exitCall { id }).ok();
    holds(&world, pool, id, U256::ZERO, Reason::SequencerClosed);
}

#[test]
fn a_position_from_before_its_registration_is_direct() {
    let (mut world, id) = granted();
    let late = create(&mut world.chain, "Pool");
    world.chain.deal(late, WEALTH);
    let (staking, call) = (world.staking, Staking::delegateCall { id });
    world.as_pool(late, staking, call, ether(5)).ok();
    world.chain.send(world.curator, staking, Staking::registerPoolCall { pool: late }).ok();

    assert_eq!(world.room(late, id), (ether(29_995), Reason::SequencerDirectFull));
    assert_eq!(world.allocation(late, ether(100)), []);
    let told = world.told(Quota::strandedCall { pool: late, assets: ether(100) });
    assert_eq!((told.left, told.reason), (ether(100), Reason::SequencerClosed));
}
