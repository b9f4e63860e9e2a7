//! What was never asked for changes nothing, and only that leaves.

use super::super::fixtures::{IRefuser, Refusal};
use super::kit::*;
use alloy_primitives::Address;

/// METIS that somebody forces on the queue.
const DONATION: u64 = 9;

/// Alice's 100 in a closed batch, and Bob's 10 in the open one.
fn stage() -> World {
    let mut world = world();
    world.request(world.alice, ether(100));
    world.close();
    world.request(world.bob, ether(10));
    world
}

pub(super) fn metis_that_is_given() {
    let mut quiet = stage();
    let mut world = quiet.clone();
    let (alice, ticket) = (world.alice, number(1, 1));
    world.donate(ether(DONATION));

    for world in [&mut quiet, &mut world] {
        assert_eq!(world.fill(ether(30)), (ether(30), ether(30)));
        assert_eq!(world.totals().escrow, ether(30));
        assert_eq!(world.claim(alice, ticket), ether(30));
        assert_eq!(world.finalize(), (ether(70), ether(70)));
    }

    let [given, not] = [&world, &quiet].map(|world| world.everything());
    assert_eq!((&given[0].0, &given[1]), (&not[0].0, &not[1]));
    assert_eq!(world.metis(world.queue), quiet.metis(quiet.queue) + ether(DONATION));
}

#[test]
fn metis_that_is_forced_on_the_queue_changes_nothing_but_its_balance() {
    metis_that_is_given();
}

#[test]
fn emetis_that_is_sent_to_the_queue_changes_nothing_and_stays() {
    let mut world = stage();
    let (alice, bob, queue) = (world.alice, world.bob, world.queue);
    let before = (world.totals(), world.batch(1), world.batch(2));
    world.mint(queue, ether(DONATION));
    assert_eq!((world.totals(), world.batch(1), world.batch(2)), before);

    assert_eq!(world.finalize(), (ether(100), ether(100)));
    assert_eq!(world.claim(alice, number(1, 1)), ether(100));
    assert_eq!(world.cancel(bob, number(2, 1)), ether(10));

    assert_eq!(world.nominal(queue), ether(DONATION));
    let nothing = Queue::NothingToFinalize { due: ZERO, available: ether(10 + DONATION) };
    let call = Queue::finalizeCall { maxAssets: ALL, maxBatches: ALL };
    world.refuses(world.keeper, call, nothing);
}

#[test]
fn metis_that_is_plainly_sent_is_refused() {
    let mut world = stage();
    let queue = world.queue;

    for data in [vec![], vec![1, 2, 3, 4, 5]] {
        let selector = data.first_chunk().copied().unwrap_or_default().into();
        let refused = Queue::SelectorUnknown { selector, size: word(data.len() as u64) };
        world.chain.send_raw(world.alice, queue, data).value(ether(1)).fails_with(refused);
    }
    assert_eq!(world.metis(queue), ZERO);
}

pub(super) fn only_donations_are_swept() {
    let mut world = stage();
    let (treasury, alice, carol, queue) = (world.treasury, world.alice, world.carol, world.queue);
    let receiver = carol.address;
    let sweep = || Queue::sweepCall { receiver };
    let none = |metis| Queue::DonationsZero { balance: ether(metis), escrow: ether(metis) };
    world.refuses(treasury, sweep(), none(0));
    world.finalize();
    world.refuses(treasury, sweep(), none(100));
    world.donate(ether(DONATION));
    let metis = world.metis(carol);

    let receipt = world.does(treasury, sweep());

    let (caller, assets, escrow) = (treasury.address, ether(DONATION), ether(100));
    assert_eq!(receipt.output, assets);
    let told = Queue::Swept { caller, receiver, assets, escrow };
    world.assert_logs(&receipt, &[world.of_queue(&told)]);
    assert_eq!((world.metis(carol), world.metis(queue)), (metis + assets, escrow));
    world.refuses(treasury, sweep(), none(100));
    assert_eq!(world.claim(alice, number(1, 1)), ether(100));
    assert_eq!(world.metis(queue), ZERO);
}

#[test]
fn only_what_was_given_is_swept() {
    only_donations_are_swept();
}

#[test]
fn dust_of_rounding_is_no_donation() {
    let mut world = world();
    let (alice, treasury) = (world.alice, world.treasury);
    world.mint(alice, ether(7));
    world.place(ether(7));
    world.requests(alice, &[ether(1); 3]);
    world.close();
    world.lose(word(1));
    world.finalize();
    for place in 1..=3 {
        world.claim(alice, number(1, place));
    }

    let dust = world.totals().escrow;
    assert!(dust > ZERO && dust <= word(3), "{dust} wei");
    let none = Queue::DonationsZero { balance: dust, escrow: dust };
    world.refuses(treasury, Queue::sweepCall { receiver: alice.address }, none);
}

#[test]
fn a_sweep_goes_to_anybody_but_nobody_and_the_queue_who_takes_it() {
    let mut world = stage();
    let (treasury, keeper) = (world.treasury, world.keeper);
    world.donate(ether(DONATION));

    for receiver in [Address::ZERO, world.queue] {
        let refused = Queue::ReceiverInvalid { receiver };
        world.refuses(treasury, Queue::sweepCall { receiver }, refused);
    }
    let receiver = world.fixture("Refuser");
    for refusal in [Refusal::Revert, Refusal::Silent, Refusal::BurnGas, Refusal::Bomb] {
        let answer = IRefuser::answerCall { mode: refusal as u8, size: word(1_000) };
        world.chain.send(keeper, receiver, answer).ok();
        let failed = Queue::PaymentFailed { receiver, assets: ether(DONATION) };
        world.refuses(treasury, Queue::sweepCall { receiver }, failed);
    }
    let shut = Queue::AccessManagedUnauthorized { caller: keeper.address };
    world.refuses(keeper, Queue::sweepCall { receiver: keeper.address }, shut);
}
