//! What pools move between sequencers.

use super::kit::*;
use alloy_primitives::U256;

fn churn(world: &World) -> (U256, U256) {
    let told = world.told(Quota::churnOfCall { pool: world.pool });
    (told.left, told.daily)
}

impl World {
    fn draw(&mut self, id: U256, assets: U256) -> emetis::Call<'_, alloy_primitives::Bytes> {
        let (pool, quota) = (self.pool, self.quota);
        self.as_pool(pool, quota, Quota::drawCall { id, assets }, U256::ZERO)
    }
}

/// An Active sequencer in which the pool has 50,000 METIS.
fn active() -> (World, U256) {
    let (mut world, id) = granted();
    world.pool_delegates(id, ether(50_000));
    assert_eq!(world.sequencer(id).status, Staking::Status::Active);
    (world, id)
}

#[test]
pub(super) fn a_pool_moves_what_its_bucket_holds() {
    let (mut world, id) = active();
    let (pool, full) = (world.pool, ether(20_000));
    assert_eq!(churn(&world), (full, full), "of little stake the threshold");

    let assets = ether(20_001);
    world.draw(id, assets).fails_with(Quota::ChurnExceeded { assets, left: full });
    let receipt = world.draw(id, ether(12_000)).ok();

    let left = ether(8_000);
    receipt.emitted(Quota::Drawn { pool, id, assets: ether(12_000), left });
    assert_eq!(U256::from_be_slice(&receipt.output), left);
    let assets = left + U256::ONE;
    world.draw(id, assets).fails_with(Quota::ChurnExceeded { assets, left });
    world.draw(id, left).ok();
    assert_eq!(churn(&world), (U256::ZERO, full));
}

#[test]
fn a_bucket_refills_within_a_day() {
    let (mut world, id) = active();
    world.draw(id, ether(20_000)).ok();

    world.chain.advance(hours(6));
    assert_eq!(churn(&world).0, ether(5_000));
    let (assets, left) = (beyond(5_000), ether(5_000));
    world.draw(id, assets).fails_with(Quota::ChurnExceeded { assets, left });
    world.chain.advance(hours(18) - 1);
    assert_eq!(churn(&world).0, ether(20_000) - ether(20_000) / word(86_400) - U256::ONE);
    world.chain.advance(1);
    assert_eq!(churn(&world).0, ether(20_000));
    world.chain.advance(days(30));
    assert_eq!(churn(&world).0, ether(20_000));
}

#[test]
pub(super) fn leaving_a_sequencer_that_is_not_active_is_free() {
    let (mut world, id) = active();
    world.propose(id);

    let receipt = world.draw(id, ether(50_000)).ok();

    assert!(receipt.logs.is_empty());
    assert_eq!(U256::from_be_slice(&receipt.output), ether(20_000));
    assert_eq!(churn(&world).0, ether(20_000));
}

#[test]
pub(super) fn who_is_no_pool_draws_nothing() {
    let (mut world, id) = active();
    let (pool, call) = (world.alice.address, Quota::drawCall { id, assets: U256::ONE });

    world.chain.send(pool, world.quota, call).fails_with(Quota::PoolUnknown { pool });
}

#[test]
fn nobody_draws_on_a_sequencer_that_is_not_there() {
    let (mut world, _) = active();

    for id in [U256::ZERO, word(2), U256::MAX] {
        world.draw(id, U256::ONE).fails_with(Quota::SequencerUnknown { id });
    }
}

#[test]
fn each_pool_has_a_bucket_of_its_own() {
    let (mut world, id) = active();
    let other = world.another_pool();
    world.draw(id, ether(20_000)).ok();

    let (quota, call) = (world.quota, Quota::drawCall { id, assets: ether(20_000) });
    world.as_pool(other, quota, call, U256::ZERO).ok();
}

#[test]
fn a_bucket_grows_with_the_limit() {
    let (mut world, id) = granted();
    world.pool_delegates(id, ether(50_000));

    // The admin's first day is over: as its second call two days later.
    let churn_bps = Quota::setLimitsCall { churnBps: word(10_000), ..limits() };
    let manager = world.suite.access_manager;
    let data: alloy_primitives::Bytes = alloy_sol_types::SolCall::abi_encode(&churn_bps).into();
    let schedule = emetis::interfaces::IAccessManager::scheduleCall {
        target: world.quota,
        data,
        when: Default::default(),
    };
    world.chain.send(world.admin, manager, schedule).ok();
    world.chain.advance(days(2));
    world.chain.send(world.admin, world.quota, churn_bps).ok();

    let full = ether(60_000);
    assert_eq!(churn(&world), (full, full), "all there is, and as a full one it stays full");
}
