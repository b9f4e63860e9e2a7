//! Deposits and redemptions wait for a loss that is pending, and not for ever.

use super::kit::*;

/// Calls of Alice and the queue that wait, and METIS that goes with them.
fn waiting(world: &World) -> [(Account, Bytes, U256); 4] {
    let receiver = world.alice.address;
    let stake = Hub::depositAndStakeCall { receiver, minShares: ZERO, tag: TAG };
    [
        (world.alice, encoded(&Hub::depositCall { receiver, tag: TAG }), ONE),
        (world.alice, encoded(&stake), ONE),
        (world.alice, encoded(&redeem_now(ether(1), receiver)), ZERO),
        (world.queue(), encoded(&Hub::fillCall { nominal: ether(1), assets: ether(1) }), ZERO),
    ]
}

#[test]
pub(super) fn deposits_and_redemptions_wait_until_that_second() {
    let mut world = world();
    let hub = world.hub;
    world.request(ether(100));
    world.settle(ZERO, ether(7), 60);
    let until = U256::from(world.chain.time() + 60);

    for seconds in [0, 58, 1] {
        world.chain.advance(seconds);
        for (caller, call, value) in waiting(&world) {
            let refused = Hub::LossPending { pending: ether(7), until };
            world.chain.send_raw(caller, hub, call).value(value).fails_with(refused);
        }
        let receiver = world.alice.address;
        assert_eq!(world.chain.view(hub, Hub::maxDepositCall { receiver }), ZERO);
        assert_eq!(world.max_redeem_now(world.alice), ZERO);
    }

    world.chain.advance(1);
    let receiver = world.alice.address;
    assert_eq!(world.pending(), (ether(7), 0));
    assert_eq!(world.chain.view(hub, Hub::maxDepositCall { receiver }), LIMIT - STAKE);
    assert_eq!(world.max_redeem_now(world.alice), DAILY);
    for (at, (caller, call, value)) in waiting(&world).into_iter().enumerate() {
        // There is no vault in this world.
        if at != 1 {
            world.chain.send_raw(caller, hub, call).value(value).ok();
        }
    }
}

#[test]
fn lifting_it_opens_everything_in_that_second() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    world.settle(ZERO, ether(7), days(3));
    world.settle(ZERO, ZERO, 0);

    assert_eq!(world.max_redeem_now(alice), DAILY);
    world.mint(alice, ONE);
    world.chain.send(alice, hub, redeem_now(DAILY, alice)).ok();
}

#[test]
fn nothing_else_waits() {
    let mut world = world();
    let (alice, allocator, hub) = (world.alice, world.allocator, world.hub);
    world.chain.send(alice, hub, redeem_now(DAILY, alice)).ok();
    world.place(ether(50));
    world.settle(ether(10), ether(7), days(3));
    world.donate(ONE);
    let receiver = alice.address;

    world.request(ether(1));
    world.chain.send(alice, hub, Hub::transferCall { to: world.bob.address, value: ONE }).ok();
    world.place(ether(1));
    let call = Hub::receiveUnbondedCall {};
    world.chain.send(allocator, hub, call).value(ether(1)).ok();
    let call = Hub::receiveBackingCall {};
    world.chain.send(allocator, hub, call).value(ether(1)).ok();
    let call = Hub::receiveRewardsCall { receiver };
    world.chain.send(allocator, hub, call).value(ether(1)).ok();
    world.chain.send(allocator, hub, Hub::collectFeesCall { receiver }).ok();
    world.chain.send(world.treasury, hub, Hub::sweepCall { receiver }).ok();
    world.settle(ether(1), ether(6), days(3));

    assert_eq!(world.pending().0, ether(6));
}

#[test]
pub(super) fn a_wait_lasts_14_days_whatever_the_allocator_says() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    let start = world.chain.time();

    for day in 0..14 {
        world.chain.warp_to(start + days(day));
        let call = settle(ZERO, ether(7), u64::MAX);
        world.chain.send(world.allocator, hub, call).ok();
        assert_eq!(world.pending(), (ether(7), start + PERIOD));
    }
    world.chain.warp_to(start + PERIOD - 1);
    let (pending, until) = (ether(7), U256::from(start + PERIOD));
    let refused = Hub::LossPending { pending, until };
    world.chain.send(alice, hub, redeem_now(ONE + ONE, alice)).fails_with(refused);

    for time in [start + PERIOD, start + APART - 1] {
        world.chain.warp_to(time);
        let call = settle(ZERO, ether(7), u64::MAX);
        world.chain.send(world.allocator, hub, call).ok();
        assert_eq!(world.pending(), (ether(7), 0));
        world.chain.send(alice, hub, redeem_now(ONE + ONE, alice)).ok();
        world.mint(alice, ONE);
    }

    world.chain.warp_to(start + APART);
    let call = settle(ZERO, ether(7), u64::MAX);
    world.chain.send(world.allocator, hub, call).ok();
    assert_eq!(world.pending(), (ether(7), start + APART + PERIOD));
}

#[test]
fn in_a_period_a_second_wait_may_begin_and_no_third() {
    let mut world = world();
    let start = world.chain.time();

    world.settle(ZERO, ONE, 100);
    world.chain.advance(100);
    world.settle(ZERO, ONE, days(20));
    assert_eq!(world.pending(), (ONE, start + PERIOD));
    world.settle(ZERO, ZERO, 0);

    world.settle(ZERO, ether(2), days(1));
    assert_eq!(world.pending(), (ether(2), 0), "it is told, and nobody waits");
    world.chain.warp_to(start + APART - 1);
    world.settle(ZERO, ether(2), days(1));
    assert_eq!(world.pending(), (ether(2), 0));
    world.chain.advance(1);
    world.settle(ZERO, ether(2), days(1));
    assert_eq!(world.pending(), (ether(2), start + APART + days(1)));
}

#[test]
fn a_wait_that_would_begin_and_end_at_once_is_none() {
    let mut world = world();
    let (allocator, hub) = (world.allocator, world.hub);
    let now = world.chain.time();

    for until in [0, now - 1, now] {
        world.chain.send(allocator, hub, settle(ZERO, ONE, until)).ok();
        assert_eq!(world.pending(), (ONE, 0));
    }
    // None of them was one of the two.
    world.chain.send(allocator, hub, settle(ZERO, ONE, now + 1)).ok();
    assert_eq!(world.pending(), (ONE, now + 1));
    world.chain.advance(1);
    world.settle(ZERO, ONE, 1);
    assert_eq!(world.pending(), (ONE, now + 2));
}

#[test]
fn what_is_over_is_forgotten_by_the_next_deposit_or_redemption() {
    const WAIT_SET: usize = 254;
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    let is_set = |world: &World| world.chain.storage(hub, TOTALS_SLOT).bit(WAIT_SET);

    world.settle(ZERO, ONE, 10);
    assert!(is_set(&world));
    world.chain.advance(10);
    assert!(is_set(&world));
    world.chain.send(alice, hub, redeem_now(DAILY, alice)).ok();
    assert!(!is_set(&world));

    world.settle(ZERO, ONE, 10);
    world.chain.advance(10);
    world.mint(alice, ONE);
    assert!(!is_set(&world));
}

#[test]
fn a_pause_and_a_wait_are_told_apart() {
    let mut world = world();
    let (alice, guardian, hub) = (world.alice, world.guardian, world.hub);
    let deposit = || Hub::depositCall { receiver: alice.address, tag: TAG };
    world.chain.send(guardian, hub, Hub::pauseCall { duration: 100 }).ok();
    world.settle(ZERO, ONE, 200);
    let now = world.chain.time();
    let (paused, until) = (U256::from(now + 100), U256::from(now + 200));

    let refused = Hub::EntriesPaused { until: paused };
    world.chain.send(alice, hub, deposit()).fails_with(refused);
    world.chain.send(guardian, hub, Hub::unpauseCall {}).ok();
    let refused = Hub::LossPending { pending: ONE, until };
    world.chain.send(alice, hub, deposit()).value(ONE).fails_with(refused);

    world.settle(ZERO, ZERO, 0);
    world.chain.send(alice, hub, deposit()).value(ONE).ok();
}

#[test]
fn the_queue_waits_with_the_hub() {
    let mut world = world();
    let (bob, queue) = (world.bob, world.suite.redemption_queue);
    world.request(ether(100));
    world.chain.advance(BATCH);
    world.settle(ZERO, ether(7), 100);
    let finalize = || Queue::finalizeCall { maxAssets: U256::MAX, maxBatches: U256::MAX };

    let until = U256::from(world.chain.time() + 100);
    let refused = Queue::LossPending { pending: ether(7), until };
    world.chain.send(bob, queue, finalize()).fails_with(refused);
    world.chain.advance(100);
    world.chain.send(bob, queue, finalize()).ok();

    assert_eq!(world.metis(queue), ether(100));
}
