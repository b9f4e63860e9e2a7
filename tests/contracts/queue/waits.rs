//! While a loss is pending nothing is filled, and everything else goes on.

use super::kit::*;
use alloy_primitives::U256;

/// What may be lost.
const PENDING: u64 = 40;
/// For how long that is open, in seconds.
const WAIT: u64 = days(2);

#[test]
fn a_fill_waits_for_a_pending_loss_to_the_second() {
    let mut world = world();
    let (alice, keeper) = (world.alice, world.keeper);
    world.mint(alice, ether(900));
    world.place(ether(900));
    let ticket = world.request(alice, ether(100));
    world.close();
    world.fill(ether(10));
    let until = world.now() + word(WAIT);
    world.settle(ZERO, ether(PENDING), until);
    let finalize = || Queue::finalizeCall { maxAssets: ALL, maxBatches: ALL };
    let pending = || Queue::LossPending { pending: ether(PENDING), until };

    world.refuses(keeper, finalize(), pending());
    // Claims, requests and cancellations do not wait.
    assert_eq!(world.claim(alice, ticket), ether(10));
    let (nominal, receiver) = (ether(2), alice.address);
    let other = world.does(alice, Queue::requestRedeemCall { nominal, receiver }).output;
    world.cancel(alice, other);
    world.chain.warp_to(until.to::<u64>() - 1);
    world.refuses(keeper, finalize(), pending());
    world.chain.warp_to(until.to());
    assert_eq!(world.finalize(), (ether(90), ether(90)));
}

#[test]
fn what_there_is_nothing_for_is_told_before_a_wait() {
    let mut world = world();
    let until = world.now() + word(WAIT);
    world.settle(ZERO, U256::ONE, until);

    let nothing = Queue::NothingToFinalize { due: ZERO, available: ZERO };
    let call = Queue::finalizeCall { maxAssets: ALL, maxBatches: ALL };
    world.refuses(world.keeper, call, nothing);
}

#[test]
fn when_the_loss_is_booked_fills_go_on_at_what_is_left() {
    let mut world = world();
    let alice = world.alice;
    world.mint(alice, ether(900));
    world.place(ether(900));
    let ticket = world.request(alice, ether(100));
    world.close();
    let until = world.now() + word(WAIT);
    world.settle(ZERO, ether(100), until);
    world.chain.advance(days(1));

    world.lose(ether(100));

    assert_eq!(world.finalize(), (ether(100), ether(90)));
    assert_eq!(world.claim(alice, ticket), ether(90));
}
