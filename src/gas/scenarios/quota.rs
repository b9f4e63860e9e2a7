//! Operations of the quota, and delegations of a pool.

use alloy_primitives::{Address, U256};

use super::{Part, Scenario, scenario};
use crate::gas::stage::Stage;
use crate::interfaces::ISequencerQuota as Quota;
use crate::{days, ether};

/// What was set before is changed, as the curator does again and again; the first time a slot is new.
pub(super) const ALL: &[Scenario] = &[
    scenario("staking: delegate, pool", |stage, _| {
        let pool = ready(stage);
        stage.pool_delegation(pool, 10)
    })
    .of(Part::Staking)
    .within(99_000),
    scenario("staking: delegate, pool, new position", |stage, _| {
        stage.sequencers(2);
        stage.delegators(2);
        let pool = stage.granted_pool(2);
        stage.pool_delegation(pool, 10)
    })
    .of(Part::Staking),
    scenario("quota: setGrant, raised", |stage, _| {
        let pool = ready(stage);
        stage.curation(grant(pool, 60_000))
    })
    .of(Part::Quota)
    .within(50_000),
    scenario("quota: setGrant, lowered", |stage, _| {
        let pool = ready(stage);
        stage.curation(grant(pool, 20_000))
    })
    .of(Part::Quota)
    .within(50_000),
    scenario("quota: setGrant, for the first time", |stage, _| {
        stage.curation(grant(stage.reenterer, 20_000))
    })
    .of(Part::Quota),
    scenario("quota: setScores", |stage, _| {
        stage.sequencers(1);
        stage.curates(scores(6_000));
        stage.chain.advance(days(2));
        stage.curation(scores(7_000))
    })
    .of(Part::Quota)
    .within(50_000),
    scenario("quota: setScores, for the first time", |stage, _| {
        stage.sequencers(1);
        stage.curation(scores(6_000))
    })
    .of(Part::Quota),
    scenario("quota: lowerLimits", |stage, _| {
        let low = Quota::lowerLimitsCall {
            operatorShareBps: U256::from(1_500),
            operatorFloor: ether(90_000),
            poolShareBps: U256::from(3_000),
            poolFloor: ether(300_000),
            poolCap: ether(900_000),
            directShareBps: U256::from(4_000),
            churnBps: U256::from(90),
        };
        stage.curation(low)
    })
    .of(Part::Quota)
    .within(50_000),
    scenario("quota: planAllocation over 64 sequencers, as a transaction", |stage, _| {
        stage.sequencers(64);
        let pool = stage.granted_pool(64);
        stage.tx(
            stage.alice,
            stage.suite.quota,
            Quota::planAllocationCall { pool, assets: ether(1_000_000) },
        )
    })
    .of(Part::Quota)
    .within(3_000_000),
];

/// Two sequencers, delegators, and a pool that has delegated to the first.
fn ready(stage: &mut Stage) -> Address {
    stage.sequencers(2);
    stage.delegators(2);
    let pool = stage.granted_pool(2);
    let tx = stage.pool_delegation(pool, 100);
    stage.make(&tx);
    pool
}

fn grant(pool: Address, metis: u64) -> Quota::setGrantCall {
    Quota::setGrantCall { pool, id: U256::ONE, assets: ether(metis) }
}

fn scores(score: u64) -> Quota::setScoresCall {
    let score = U256::from(score);
    Quota::setScoresCall { id: U256::ONE, operations: score, market: score }
}
