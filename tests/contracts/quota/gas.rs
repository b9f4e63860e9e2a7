//! What the quota costs whoever delegates.

use super::kit::*;
use alloy_primitives::{Bytes, U256};
use alloy_sol_types::{SolCall, sol};
use emetis::gas::measure;

sol! {
    interface IBatcher {
        struct Call {
            address target;
            uint256 value;
            bytes data;
        }
        function batch(Call[] calls, bool atomic) external payable;
    }
}

/// What asking the quota may cost a delegation, in gas.
const ASKING: u64 = 12_000;
/// What a transaction costs by itself, in gas.
const BASE: u64 = 21_000;
/// What a plan may cost beyond its delegations, in gas.
const PLAN: u64 = 60_000;

#[test]
fn the_quota_adds_at_most_12_000_gas_to_a_delegation() {
    let rows = measure(programs());

    for key in ["staking: delegate", "staking: delegate, pool"] {
        let row = rows.iter().find(|row| row.key == key).expect("it is measured");
        // The only call that a delegation makes is the question.
        println!("{key}: {} gas of {} for the quota", row.breakdown.calls, row.gas);
        assert!(row.breakdown.calls <= ASKING, "{key}: {}", row.breakdown.calls);
    }
}

#[test]
fn a_plan_of_k_sequencers_costs_k_delegations_and_60_000_gas() {
    let mut world = world();
    let ids: Vec<_> = (0..16).map(|at| world.register(&format!("operator {at}"), 10_000)).collect();
    let pool = create(&mut world.chain, "Batcher");
    world.chain.deal(pool, WEALTH);
    let staking = world.staking;
    world.chain.send(world.curator, staking, Staking::registerPoolCall { pool }).ok();
    for id in &ids {
        world.grant_to(pool, *id, GRANT);
    }
    world.chain.advance(RAISE_DELAY);
    // A pool that is no newcomer: it and everybody's books are there.
    let batch = |plan: &[(U256, U256)]| {
        let calls = plan.iter().map(|(id, amount)| IBatcher::Call {
            target: staking,
            value: *amount,
            data: Bytes::from(Staking::delegateCall { id: *id }.abi_encode()),
        });
        IBatcher::batchCall { calls: calls.collect(), atomic: true }
    };
    let first = world.allocation(pool, ether(1_600));
    assert_eq!(first.len(), 16);
    world.chain.send(world.keeper, pool, batch(&first)).ok();
    let call = Staking::delegateCall { id: ids[0] };
    let mut alone = world.chain.clone();
    let delegate = alone.send(Account::at(pool), staking, call).value(ether(7)).ok().gas_used;

    for k in [1, 4, 16] {
        let plan: Vec<_> = ids[..k].iter().map(|id| (*id, ether(10))).collect();
        let gas = world.chain.clone().send(world.keeper, pool, batch(&plan)).ok().gas_used;

        let most = k as u64 * (delegate - BASE) + PLAN;
        println!("a plan of {k}: {gas} gas of {most}, {delegate} by itself");
        assert!(gas <= most, "{k}: {gas} of {most}");
    }
}

/// A slot that was never written costs 22,100 gas instead of the 5,000 of one that is changed. With the
/// transaction and the event that leaves no room for asking the authority: were its three slots free, its
/// account and the quota's slot with its address alone would be too much.
#[test]
fn a_first_write_is_above_50_000_gas_by_its_new_slot() {
    const BUDGET: u64 = 50_000;
    const NEW: u64 = 22_100;
    const CHANGED: u64 = 5_000;
    const COLD: u64 = 2_100;
    let rows = measure(programs());
    let row = |key: &str| rows.iter().find(|row| row.key == key).expect("it is measured");

    for (first, again) in [
        ("quota: setGrant, for the first time", "quota: setGrant, raised"),
        ("quota: setScores, for the first time", "quota: setScores"),
    ] {
        let (first, again) = (row(first), row(again));
        println!("{}: {} gas, {:?}", first.key, first.gas, first.breakdown);
        assert_eq!(first.breakdown.storage - again.breakdown.storage, NEW - CHANGED);
        // But for a branch or two nothing else differs.
        assert!((first.gas - again.gas).abs_diff(NEW - CHANGED) < 10);
        assert!(first.gas - 3 * COLD > BUDGET, "{}", first.gas);
    }

    let (mut world, id) = granted();
    let pool = world.pool;
    let call = Quota::setGrantCall { pool, id, assets: ether(20_000) };
    let receipt = world.chain.send(world.curator, world.quota, call).traced().ok();
    let asked = &receipt.trace.as_ref().unwrap().calls[0];
    assert_eq!(asked.target, world.suite.access_manager);
    let calls = &asked.program.as_ref().unwrap().host_calls;
    let loads = calls.iter().filter(|call| call.name == "storage_load_bytes32").count();
    assert_eq!(loads, 3, "the target's settings, the function's role, the member");
}
