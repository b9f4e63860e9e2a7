//! Losses: recognised, pending, lifted.

use super::kit::*;

#[test]
pub(super) fn a_loss_lowers_what_is_placed_and_is_missing_from_then_on() {
    let mut world = world();
    let (allocator, hub) = (world.allocator, world.hub);
    world.place(ether(400));
    let (loss, placed) = (ether(30), ether(370));

    let receipt = world.chain.send(allocator, hub, settle(loss, ZERO, 0)).ok();

    let (shortfall, pending, until) = (loss, ZERO, ZERO);
    let settled = Hub::Settled { loss, placed, shortfall, pending, until };
    world.assert_logs(&receipt, &[event(&settled)]);
    assert_eq!(world.books(), Books::new(STAKE, ether(600), placed));
    assert_eq!(world.chain.view(hub, Hub::shortfallCall {}), loss);
    assert_eq!(world.pending(), (ZERO, 0));
    assert_eq!(world.metis(hub), ether(600));
}

#[test]
fn what_is_pending_is_told_and_waited_for() {
    let mut world = world();
    let (allocator, hub) = (world.allocator, world.hub);
    let (time, pending) = (world.chain.time() + days(3), ether(7));

    let receipt = world.chain.send(allocator, hub, settle(ZERO, pending, time)).ok();

    let until = U256::from(time);
    let settled = Hub::Settled { loss: ZERO, placed: ZERO, shortfall: ZERO, pending, until };
    world.assert_logs(&receipt, &[event(&settled)]);
    assert_eq!(world.pending(), (pending, time));
    assert_eq!(world.books(), Books::new(STAKE, STAKE, ZERO), "nothing is lost yet");

    let receipt = world.chain.send(allocator, hub, settle(ZERO, ZERO, u64::MAX)).ok();

    let (pending, until) = (ZERO, ZERO);
    let settled = Hub::Settled { loss: ZERO, placed: ZERO, shortfall: ZERO, pending, until };
    world.assert_logs(&receipt, &[event(&settled)]);
    assert_eq!(world.pending(), (ZERO, 0));
}

#[test]
fn only_the_allocator_settles() {
    let mut world = world();
    let (hub, allocator) = (world.hub, world.allocator.address);

    for caller in [world.alice, world.queue(), world.guardian, Account::at(Address::ZERO)] {
        let refused = Hub::CallerNotAllocator { caller: caller.address, allocator };
        let call = settle(U256::MAX, ONE, u64::MAX);
        world.chain.send(caller, hub, call).fails_with(refused);
    }
}

#[test]
fn not_more_is_lost_than_is_placed_whatever_is_pending() {
    let mut world = world();
    let (allocator, hub) = (world.allocator, world.hub);
    world.place(ether(5));

    for assets in [ether(5) + ONE, LIMIT + ONE, U256::ONE << 128, U256::MAX] {
        let refused = Hub::PlacedTooSmall { assets, placed: ether(5) };
        let call = settle(assets, ether(1), u64::MAX);
        world.chain.send(allocator, hub, call).fails_with(refused);
    }
    assert_eq!(world.pending(), (ZERO, 0));
    world.chain.send(allocator, hub, settle(ether(5), ZERO, 0)).ok();
    assert_eq!(world.books(), Books::new(STAKE, ether(995), ZERO));
}

#[test]
fn what_is_pending_fits_84_bits_whatever_is_told() {
    let mut world = world();
    let (allocator, hub) = (world.allocator, world.hub);
    let end = world.chain.time() + PERIOD;

    for pending in [LIMIT, LIMIT + ONE, U256::ONE << 128, U256::MAX] {
        let call = Hub::settleCall { loss: ZERO, pending, until: U256::MAX };
        world.chain.send(allocator, hub, call).ok();
        assert_eq!(world.pending(), (LIMIT, end));
    }
}

#[test]
fn everything_placed_may_be_lost_and_emetis_then_stands_for_the_buffer() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    world.place(STAKE);
    world.settle(STAKE, ZERO, 0);

    assert_eq!(world.books(), Books::new(STAKE, ZERO, ZERO));
    world.chain.send(alice, hub, redeem_now(DAILY, alice)).fails_with(Hub::AssetsZero {});
    assert_eq!(world.max_redeem_now(alice), ZERO);
}
