//! Batches by the clock.

use super::kit::*;
use alloy_primitives::{Uint, keccak256};
use alloy_sol_types::SolValue;

/// The shortest batch, in seconds.
const SHORTEST: u64 = minutes(10);
/// The longest, in seconds.
const LONGEST: u64 = days(1);

pub(super) fn a_batch_closes_by_itself() {
    let mut world = world();
    let (alice, bob) = (world.alice, world.bob);
    let closes = world.chain.time() + LENGTH;
    let first = world.request(alice, ether(3));

    world.chain.warp_to(closes - 1);
    assert_eq!(world.batch(1).0, Queue::State::Open);
    assert_eq!(world.request(bob, ether(1)), number(1, 2));
    world.chain.warp_to(closes);
    assert_eq!(world.batch(1), (Queue::State::Closed, [ether(4), ZERO, ZERO]));
    assert_eq!(world.ticket(first).state, Queue::State::Closed);
    assert_eq!(world.told(Queue::closedDueCall {}), ether(4));
    world.mint(bob, ether(2));
    let receiver = bob.address;
    let call = Queue::requestRedeemCall { nominal: ether(2), receiver };
    let receipt = world.does(bob, call);

    assert_eq!(receipt.output, number(2, 1));
    let closes = closes + LENGTH;
    receipt.emitted(Queue::BatchOpened { batch: word(2), closes: word(closes) });
    let totals = Totals { due: ether(6), front: 1, batch: 2, closes, tickets: 1, escrow: ZERO };
    assert_eq!(world.totals(), totals);
    assert_eq!(world.batch(2), (Queue::State::Open, [ether(2), ZERO, ZERO]));
    assert_eq!(world.told(Queue::closedDueCall {}), ether(4));
}

#[test]
fn a_batch_closes_by_itself_to_the_second() {
    a_batch_closes_by_itself();
}

#[test]
fn a_batch_opens_with_its_first_ticket_however_long_nobody_came() {
    let mut world = world();
    world.request(world.alice, ether(1));
    world.chain.advance(days(30));

    let ticket = world.request(world.bob, ether(1));

    assert_eq!(ticket, number(2, 1));
    assert_eq!(world.totals().closes, world.chain.time() + LENGTH);
}

pub(super) fn an_emptied_batch_begins_anew() {
    for later in [minutes(10), LENGTH - 1, LENGTH, days(9)] {
        let mut world = world();
        let (alice, bob) = (world.alice, world.bob);
        let start = world.chain.time();
        let gone = [world.request(alice, ether(1)), world.request(alice, ether(2))];
        for ticket in gone {
            world.cancel(alice, ticket);
        }
        world.chain.warp_to(start + later);
        assert_eq!(world.batch(1), (Queue::State::Open, [ZERO; 3]), "{later} s later");
        let nothing = Queue::NothingToFinalize { due: ZERO, available: ether(3) };
        let call = Queue::finalizeCall { maxAssets: ALL, maxBatches: ALL };
        world.refuses(world.keeper, call, nothing);
        world.mint(bob, ether(5));

        let (nominal, receiver) = (ether(5), bob.address);
        let receipt = world.does(bob, Queue::requestRedeemCall { nominal, receiver });

        // The same number, the next place, and all of its time.
        assert_eq!(receipt.output, number(1, 3), "{later} s later");
        let closes = start + later + LENGTH;
        receipt.emitted(Queue::BatchOpened { batch: word(1), closes: word(closes) });
        assert_eq!(world.totals().closes, closes);
        world.chain.warp_to(closes - 1);
        assert_eq!(world.batch(1), (Queue::State::Open, [ether(5), ZERO, ZERO]));
        world.chain.warp_to(closes);
        assert_eq!(world.batch(1).0, Queue::State::Closed);
        assert_eq!(world.finalize(), (ether(5), ether(5)));
    }
}

#[test]
fn a_batch_whose_tickets_were_all_cancelled_begins_anew_under_its_number() {
    an_emptied_batch_begins_anew();
}

#[test]
fn a_batch_that_keeps_a_ticket_keeps_its_time() {
    let mut world = world();
    let (alice, bob) = (world.alice, world.bob);
    let gone = world.request(alice, ether(1));
    world.request(bob, ether(1));
    let closes = world.totals().closes;
    world.chain.advance(minutes(10));
    world.cancel(alice, gone);

    world.request(alice, ether(1));

    assert_eq!(world.totals().closes, closes);
}

pub(super) fn batches_last_as_long_as_admin_says() {
    let mut world = world();
    let (admin, alice) = (world.admin, world.alice);
    world.request(alice, ether(1));
    let closes = world.totals().closes;
    let set = |length| Queue::setBatchLengthCall { length };
    for length in [ZERO, word(SHORTEST - 1), word(LONGEST + 1), word(1 << 24), ALL] {
        let (value, min, max) = (length, word(SHORTEST), word(LONGEST));
        world.refuses(admin, set(length), Queue::ParameterInvalid { value, min, max });
    }

    let mut old = LENGTH;
    for length in [SHORTEST, LONGEST, LENGTH] {
        let receipt = world.does(admin, set(word(length)));
        let (old_length, new_length) = (word(old), word(length));
        let told = Queue::BatchLengthChanged { oldLength: old_length, newLength: new_length };
        world.assert_logs(&receipt, &[world.of_queue(&told)]);
        assert_eq!(world.told(Queue::batchLengthCall {}), new_length);
        old = length;
    }
    // The one that is open stays as it is, and the next is as told now.
    world.does(admin, set(word(SHORTEST)));
    assert_eq!(world.totals().closes, closes);
    world.request(alice, ether(1));
    assert_eq!(world.totals().closes, closes);
    world.close();
    world.request(alice, ether(1));
    assert_eq!(world.totals().closes, closes + SHORTEST);
}

#[test]
fn batches_that_open_later_last_ten_minutes_to_a_day_as_admin_says() {
    batches_last_as_long_as_admin_says();
}

#[test]
fn after_its_first_day_admin_announces_another_length() {
    let mut world = world();
    let (admin, manager, target) = (world.admin, world.suite.access_manager, world.queue);
    world.chain.advance(days(1));
    let call = Queue::setBatchLengthCall { length: word(SHORTEST) };
    let told = (admin.address, target, encoded(&call)).abi_encode_params();
    let refused = Queue::AccessManagerNotScheduled { operationId: keccak256(told) };
    world.refuses(admin, call.clone(), refused);

    let (data, when) = (encoded(&call), Uint::ZERO);
    world.chain.send(admin, manager, Manager::scheduleCall { target, data, when }).ok();
    world.chain.advance(days(2));
    world.does(admin, call);
    assert_eq!(world.told(Queue::batchLengthCall {}), word(SHORTEST));
}
