//! Grants of pairs, and pools' own caps.

use super::kit::*;
use alloy_primitives::U256;

fn grant(world: &World, id: U256) -> (U256, U256, U256) {
    let told = world.told(Quota::grantOfCall { pool: world.pool, id });
    (told.assets, told.nextAssets, told.effective)
}

fn cap(world: &World) -> (U256, U256, U256) {
    let told = world.told(Quota::poolCapOfCall { pool: world.pool });
    (told.assets, told.nextAssets, told.effective)
}

#[test]
pub(super) fn a_grant_is_raised_two_days_later() {
    let mut world = world();
    let id = world.register("olga", 10_000);
    let (pool, zero, effective) = (world.pool, U256::ZERO, world.now() + word(RAISE_DELAY));
    let assets = ether(20_000);

    let receipt = world.curates(Quota::setGrantCall { pool, id, assets });

    receipt.emitted(Quota::GrantChanged {
        pool,
        id,
        oldAssets: zero,
        newAssets: assets,
        effective,
    });
    assert_eq!(grant(&world, id), (zero, assets, effective));
    world.chain.advance(RAISE_DELAY - 1);
    let refused = Quota::GrantExceeded { id, stake: ether(1), grant: zero };
    world.pool_delegation(id, ether(1)).fails_with(refused);
    world.chain.advance(1);
    assert_eq!(grant(&world, id), (assets, zero, zero));
    world.pool_delegates(id, assets);
}

#[test]
fn a_grant_is_lowered_at_once_and_what_waits_is_dropped() {
    let (mut world, id) = granted();
    let (pool, zero) = (world.pool, U256::ZERO);
    world.grant(id, 50_000);
    assert_eq!(grant(&world, id), (ether(50_000), zero, zero));
    world.grant(id, 80_000);
    let assets = ether(50_000);

    let receipt = world.curates(Quota::setGrantCall { pool, id, assets });

    let effective = world.now();
    receipt.emitted(Quota::GrantChanged {
        pool,
        id,
        oldAssets: assets,
        newAssets: assets,
        effective,
    });
    world.chain.advance(RAISE_DELAY);
    assert_eq!(grant(&world, id), (assets, zero, zero));
}

#[test]
fn a_grant_is_nothing_or_what_metis_decides_on() {
    let mut world = world();
    let (pool, id) = (world.pool, U256::ONE);
    let (min, max) = (ether(20_000), ether(100_000));

    for value in [U256::ONE, min - U256::ONE, max + U256::ONE, U256::MAX] {
        let refused = Quota::ParameterInvalid { value, min, max };
        let call = Quota::setGrantCall { pool, id, assets: value };
        world.chain.send(world.curator, world.quota, call).fails_with(refused);
    }
    for assets in [min, max, U256::ZERO] {
        world.curates(Quota::setGrantCall { pool, id, assets });
    }
    for id in [U256::ZERO, U256::from(1_u64 << 32)] {
        let refused = Quota::SequencerUnknown { id };
        let call = Quota::setGrantCall { pool, id, assets: min };
        world.chain.send(world.curator, world.quota, call).fails_with(refused);
    }
}

#[test]
fn a_grant_is_of_one_pair() {
    let (mut world, id) = granted();
    let other = world.register("otto", 10_000);
    let stranger = world.another_pool();

    let refused = Quota::GrantExceeded { id: other, stake: ether(1), grant: U256::ZERO };
    world.pool_delegation(other, ether(1)).fails_with(refused);
    let refused = Quota::GrantExceeded { id, stake: ether(1), grant: U256::ZERO };
    let (staking, call) = (world.staking, Staking::delegateCall { id });
    world.as_pool(stranger, staking, call, ether(1)).fails_with(refused);
}

#[test]
fn a_pool_has_the_cap_of_all_until_it_has_its_own() {
    let (mut world, id) = granted();
    let (pool, zero, all) = (world.pool, U256::ZERO, ether(1_000_000));
    assert_eq!(cap(&world), (all, zero, zero));

    let assets = ether(30_000) + U256::ONE;
    let receipt = world.curates(Quota::setPoolCapCall { pool, assets });

    let effective = world.now();
    receipt.emitted(Quota::PoolCapChanged { pool, oldAssets: all, newAssets: assets, effective });
    assert_eq!(cap(&world), (assets, zero, zero));
    world.pool_delegates(id, assets);
    let refused = Quota::PoolFull { pool, stake: assets + U256::ONE, cap: assets };
    world.pool_delegation(id, U256::ONE).fails_with(refused);
    let other = world.another_pool();
    let told = world.told(Quota::poolCapOfCall { pool: other });
    assert_eq!(told.assets, all, "the other pool's is that of all");
}

#[test]
fn a_pools_own_cap_is_raised_two_days_later() {
    let mut world = world();
    let (pool, zero, all) = (world.pool, U256::ZERO, ether(1_000_000));
    let effective = world.now() + word(RAISE_DELAY);

    let receipt = world.curates(Quota::setPoolCapCall { pool, assets: LIMIT });

    receipt.emitted(Quota::PoolCapChanged { pool, oldAssets: all, newAssets: LIMIT, effective });
    world.chain.advance(RAISE_DELAY - 1);
    assert_eq!(cap(&world), (all, LIMIT, effective));
    world.chain.advance(1);
    assert_eq!(cap(&world), (LIMIT, zero, zero));
}

#[test]
fn a_pools_own_cap_is_below_2_to_the_84() {
    let mut world = world();
    let pool = world.pool;

    for value in [LIMIT + U256::ONE, U256::MAX] {
        let refused = Quota::ParameterInvalid { value, min: U256::ZERO, max: LIMIT };
        let call = Quota::setPoolCapCall { pool, assets: value };
        world.chain.send(world.curator, world.quota, call).fails_with(refused);
    }
}
