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
