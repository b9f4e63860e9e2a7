//! Using up churn: how much moves in any window, and whose bucket it is.

use super::super::kit::*;
use super::books::Books;
use super::squat::several;
use alloy_primitives::{Bytes, U256};

/// What a day's churn is while there is little stake, in METIS.
const DAILY: u64 = 20_000;

impl World {
    pub(super) fn draw_as(
        &mut self,
        pool: alloy_primitives::Address,
        id: U256,
        assets: U256,
    ) -> emetis::Call<'_, Bytes> {
        let quota = self.quota;
        self.as_pool(pool, quota, Quota::drawCall { id, assets }, U256::ZERO)
    }

    fn churn(&self, pool: alloy_primitives::Address) -> (U256, U256) {
        let told = self.told(Quota::churnOfCall { pool });
        (told.left, told.daily)
    }
}

/// Three Active sequencers, and 60,000 METIS of the pool's in them.
fn active() -> (World, U256) {
    let (mut world, ids) = several(3, GRANT);
    for id in &ids {
        world.pool_delegates(*id, ether(20_000));
    }
    (world, ids[0])
}

/// The last second of a day, and the first of the next: midnight fills no bucket.
#[test]
pub(in super::super) fn midnight_refills_nothing() {
    let (mut world, id) = active();
    let pool = world.pool;
    let time = world.chain.time();
    world.chain.advance(days(1) - 1 - time % days(1));
    assert_eq!((world.chain.time() + 1) % days(1), 0);

    world.draw_as(pool, id, ether(DAILY)).ok();
    world.chain.advance(1);

    let left = ether(DAILY) / word(86_400);
    let assets = left + U256::ONE;
    world.draw_as(pool, id, assets).fails_with(Quota::ChurnExceeded { assets, left });
}

/// In any window of `w` seconds at most `daily * (1 + w / 86,400)`: in 24 hours twice a day's churn, to
/// which a second's is missing until they are over, and in n days n + 1 times.
#[test]
pub(in super::super) fn a_window_of_n_days_moves_n_plus_one_days_of_churn() {
    let (mut world, id) = active();
    let (pool, daily) = (world.pool, ether(DAILY));
    world.draw_as(pool, id, daily).ok();

    world.chain.advance(days(1) - 1);
    let left = daily - daily / word(86_400) - U256::ONE;
    assert_eq!(world.churn(pool), (left, daily));
    world.draw_as(pool, id, daily).fails_with(Quota::ChurnExceeded { assets: daily, left });
    world.chain.advance(1);
    world.draw_as(pool, id, daily).ok();
    let mut drawn = daily * word(2);
    // Whatever the parts: at every seven hours all that is there.
    for hour in (7..=24 * 7_u64).step_by(7) {
        world.chain.advance(hours(7));
        let left = world.churn(pool).0;
        world.draw_as(pool, id, left).ok();
        drawn += left;
        assert_eq!(drawn, daily * word(2) + daily * word(hour) / word(24), "after {hour} hours");
    }
    assert_eq!(drawn, daily * word(9), "eight days, nine days' churn");
}

/// A bucket is a pool's own: neither another pool nor a stranger draws on it, and who has drawn all of
/// theirs took nothing of it.
#[test]
pub(in super::super) fn nobody_draws_on_anothers_bucket() {
    let (mut world, id) = active();
    let (pool, other, alice) = (world.pool, world.another_pool(), world.alice);
    let draw = Quota::drawCall { id, assets: U256::ONE };
    let unknown = Quota::PoolUnknown { pool: alice.address };
    world.chain.send(alice, world.quota, draw).fails_with(unknown);

    world.draw_as(other, id, ether(DAILY)).ok();

    assert_eq!(world.churn(other), (U256::ZERO, ether(DAILY)));
    assert_eq!(world.churn(pool), (ether(DAILY), ether(DAILY)));
    world.draw_as(pool, id, ether(DAILY)).ok();
}

/// Raising all stake raises what moves in a day by a hundredth of it, and shrinking it lowers that by as
/// little, never below 20,000 METIS.
#[test]
fn a_days_churn_moves_by_a_hundredth_of_all_stake() {
    let (mut world, ids) = several(40, GRANT);
    let pool = world.pool;
    for (at, id) in ids.iter().enumerate().skip(1) {
        let other = if at % 13 == 1 {
            world.another_pool()
        } else {
            Books::read(&world).pools.last().unwrap().0
        };
        world.grant_to(other, *id, GRANT);
    }
    world.chain.advance(RAISE_DELAY);
    let pools = Books::read(&world).pools;
    for (at, id) in ids.iter().enumerate().skip(1) {
        enters(&mut world, pools[1 + (at - 1) / 13].0, *id, ether(45_000)).ok();
    }
    // 2,155,000 METIS of all stake.
    assert_eq!(world.churn(pool).1, ether(21_550));

    let whale = somebody(&mut world, "whale", 100_000);
    for id in &ids[1..21] {
        enters(&mut world, whale, *id, ether(5_000)).ok();
    }
    assert_eq!(world.churn(pool).1, ether(22_550));
    for id in &ids[1..21] {
        leaves(&mut world, whale, *id, ether(5_000)).ok();
    }
    assert_eq!(world.churn(pool).1, ether(21_550));
}
