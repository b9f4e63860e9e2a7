//! Limits: the admin sets them, the curator lowers them.

use super::kit::*;
use alloy_primitives::U256;
use emetis::interfaces::IAccessManager as Manager;

/// How to set a limit.
type Place = fn(&mut Quota::setLimitsCall, U256);

/// The places of the limits, in the interface's order, and their bounds.
fn places() -> [(Place, U256); 7] {
    let bps = word(10_000);
    [
        (|limits, value| limits.operatorShareBps = value, bps),
        (|limits, value| limits.operatorFloor = value, LIMIT),
        (|limits, value| limits.poolShareBps = value, bps),
        (|limits, value| limits.poolFloor = value, LIMIT),
        (|limits, value| limits.poolCap = value, LIMIT),
        (|limits, value| limits.directShareBps = value, bps),
        (|limits, value| limits.churnBps = value, bps),
    ]
}

fn words(world: &World) -> [U256; 7] {
    let told = world.told(Quota::limitsCall {});
    [
        told.operatorShareBps,
        told.operatorFloor,
        told.poolShareBps,
        told.poolFloor,
        told.poolCap,
        told.directShareBps,
        told.churnBps,
    ]
}

#[test]
fn the_admin_sets_limits() {
    let mut world = world();
    let old = limits();
    let new = Quota::setLimitsCall {
        operatorShareBps: word(10_000),
        operatorFloor: ether(1),
        poolShareBps: U256::ZERO,
        poolFloor: ether(19_342_813),
        poolCap: ether(2),
        directShareBps: word(1),
        churnBps: word(10_000),
    };

    let receipt = world.chain.send(world.admin, world.quota, new.clone()).ok();

    receipt.emitted(Quota::LimitsChanged {
        oldOperatorShareBps: old.operatorShareBps,
        newOperatorShareBps: new.operatorShareBps,
        oldOperatorFloor: old.operatorFloor,
        newOperatorFloor: new.operatorFloor,
        oldPoolShareBps: old.poolShareBps,
        newPoolShareBps: new.poolShareBps,
        oldPoolFloor: old.poolFloor,
        newPoolFloor: new.poolFloor,
        oldPoolCap: old.poolCap,
        newPoolCap: new.poolCap,
        oldDirectShareBps: old.directShareBps,
        newDirectShareBps: new.directShareBps,
        oldChurnBps: old.churnBps,
        newChurnBps: new.churnBps,
    });
    let expected = [
        new.operatorShareBps,
        new.operatorFloor,
        new.poolShareBps,
        new.poolFloor,
        new.poolCap,
        new.directShareBps,
        new.churnBps,
    ];
    assert_eq!(words(&world), expected);
}

#[test]
fn the_admin_waits_for_two_days_once_the_suite_is_set_up() {
    let mut world = world();
    world.chain.advance(days(1));
    let call = Quota::setLimitsCall { churnBps: word(200), ..limits() };

    let data = alloy_sol_types::SolCall::abi_encode(&call).into();
    let schedule = Manager::scheduleCall { target: world.quota, data, when: Default::default() };
    let manager = world.suite.access_manager;
    let scheduled = world.chain.send(world.admin, manager, schedule).ok().output;
    let refused = Manager::AccessManagerNotReady { operationId: scheduled.operationId };
    world.chain.advance(days(2) - 1);
    world.chain.send(world.admin, world.quota, call.clone()).fails_with(refused);
    world.chain.advance(1);
    world.chain.send(world.admin, world.quota, call).ok();

    assert_eq!(words(&world)[6], word(200));
}

#[test]
fn each_limit_is_within_its_bounds_and_amounts_are_whole_metis() {
    let mut world = world();

    for (place, max) in places() {
        let mut bad = vec![max + U256::ONE, U256::MAX];
        if max == LIMIT {
            bad.extend([U256::ONE, ether(1) - U256::ONE, LIMIT]);
        }
        for value in bad {
            let mut call = limits();
            place(&mut call, value);
            let refused = Quota::ParameterInvalid { value, min: U256::ZERO, max };
            world.chain.send(world.admin, world.quota, call.clone()).fails_with(refused.clone());
            world.chain.send(world.curator, world.quota, lower(call)).fails_with(refused);
        }
    }
}

#[test]
pub(super) fn the_curator_lowers_and_never_raises() {
    for (at, (place, max)) in places().into_iter().enumerate() {
        let mut world = world();
        let step = if max == LIMIT { ether(1) } else { U256::ONE };
        let limit = words(&world)[at];
        let with = |value| {
            let mut call = limits();
            place(&mut call, value);
            lower(call)
        };

        let value = limit + step;
        let refused = Quota::LimitRaised { value, limit };
        world.chain.send(world.curator, world.quota, with(value)).fails_with(refused);
        world.curates(with(limit));
        world.curates(with(limit - step));

        assert_eq!(words(&world)[at], limit - step);
        let refused = Quota::LimitRaised { value: limit, limit: limit - step };
        world.chain.send(world.curator, world.quota, with(limit)).fails_with(refused);
    }
}

#[test]
fn a_limit_that_is_lowered_holds_at_once() {
    let (mut world, id) = granted();
    world.pool_delegates(id, ether(5_000));

    let floor = Quota::setLimitsCall { poolCap: ether(5_000), ..limits() };
    world.curates(lower(floor));

    let pool = world.pool;
    let refused = Quota::PoolFull { pool, stake: ether(5_001), cap: ether(5_000) };
    world.pool_delegation(id, ether(1)).fails_with(refused);
}
