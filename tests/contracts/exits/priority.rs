//! What the queue is owed comes first.

use super::kit::*;

#[test]
pub(super) fn what_waits_in_the_queue_is_not_redeemed_at_once() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    // The queue is owed all of the buffer but 5 METIS, from the first moment on.
    world.request(ether(595));
    world.place(ether(400));
    let more = ether(5) + ONE;

    let refused = Hub::BufferTooSmall { assets: more, available: ether(5) };
    world.chain.send(alice, hub, redeem_now(more, alice)).fails_with(refused);
    assert_eq!(world.max_redeem_now(alice), ether(5));
    world.chain.send(alice, hub, redeem_now(ether(5), alice)).ok();

    assert_eq!(world.max_redeem_now(alice), ZERO);
    let refused = Hub::BufferTooSmall { assets: ONE + ONE, available: ZERO };
    world.chain.send(alice, hub, redeem_now(ONE + ONE, alice)).fails_with(refused);
}

#[test]
pub(super) fn what_waits_in_the_queue_is_not_placed() {
    let mut world = world();
    let (allocator, hub) = (world.allocator, world.hub);
    world.request(ether(700));
    let more = ether(300) + ONE;

    let refused = Hub::BufferTooSmall { assets: more, available: ether(300) };
    world.chain.send(allocator, hub, place(more)).fails_with(refused);
    world.chain.send(allocator, hub, place(ether(300))).ok();

    let refused = Hub::BufferTooSmall { assets: ONE, available: ZERO };
    world.chain.send(allocator, hub, place(ONE)).fails_with(refused);
}

#[test]
fn what_is_cancelled_or_filled_is_owed_no_longer() {
    let mut world = world();
    let (alice, hub, queue) = (world.alice, world.hub, world.suite.redemption_queue);
    world.request(ether(995));
    assert_eq!(world.max_redeem_now(alice), ether(5));

    let (ticket, receiver) = ((ONE << 32) + ONE, alice.address);
    world.chain.send(alice, queue, Queue::cancelCall { ticket, receiver }).ok();
    assert_eq!(world.max_redeem_now(alice), DAILY);

    world.request(ether(995));
    world.chain.advance(BATCH);
    assert_eq!(world.max_redeem_now(alice), ether(5), "it is due, closed or not");
    world.finalize();
    assert_eq!(world.books(), Books::new(ether(5), ether(5), ZERO));
    world.chain.send(alice, hub, redeem_now(ether(5) / U256::from(100), alice)).ok();
}

#[test]
fn a_queue_that_is_owed_more_than_there_is_leaves_nothing() {
    let mut world = world();
    let (allocator, alice, hub) = (world.allocator, world.alice, world.hub);
    world.place(ether(800));
    world.request(ether(700));

    let refused = Hub::BufferTooSmall { assets: ONE, available: ZERO };
    world.chain.send(allocator, hub, place(ONE)).fails_with(refused);
    assert_eq!(world.max_redeem_now(alice), ZERO);

    // Not until more than it is owed has come back.
    let call = || Hub::receiveUnbondedCall {};
    world.chain.send(allocator, hub, call()).value(ether(500)).ok();
    assert_eq!(world.max_redeem_now(alice), ZERO);
    world.chain.send(allocator, hub, call()).value(ether(1)).ok();
    assert_eq!(world.max_redeem_now(alice), ether(1));
}

#[test]
fn what_is_owed_is_not_forgotten_for_want_of_gas() {
    let mut world = world();
    let (alice, allocator, hub) = (world.alice, world.allocator, world.hub);
    world.request(STAKE - ether(1));
    world.place(ether(1));
    let redeem = Hub::BufferTooSmall { assets: ONE + ONE, available: ZERO };
    let placed = Hub::BufferTooSmall { assets: ONE, available: ZERO };
    let (mut starved, mut refused) = (0, 0);

    for gas in (26_000..80_000).step_by(500) {
        let calls = [
            (alice, encoded(&redeem_now(ONE + ONE, alice)), &redeem),
            (allocator, encoded(&place(ONE)), &placed),
        ];
        for (caller, call, error) in calls {
            let outcome = world.chain.send_raw(caller, hub, call).gas(gas).run();
            let failure = outcome.expect_err("nothing of the buffer is free");
            if failure.is(error) {
                refused += 1;
            } else {
                assert!(failure.data().is_empty(), "{failure:?}");
                starved += 1;
            }
        }
    }

    assert!(starved > 20 && refused > 20, "{starved} starved, {refused} were refused");
}
