//! Closed batches are filled in order.

use super::kit::*;
use alloy_primitives::{Address, Log, U256};

/// Batches that one call fills at most.
const MOST_BATCHES: u64 = 16;

fn finalize(max_assets: U256, max_batches: U256) -> Queue::finalizeCall {
    Queue::finalizeCall { maxAssets: max_assets, maxBatches: max_batches }
}

/// What a filled batch shows: how much of it, what is left of it, and of everything.
fn filled(world: &World, batch: u64, metis: u64, left: u64, due: u64) -> [Log; 2] {
    let [nominal, left, due] = [metis, left, due].map(ether);
    let (first, last) = (number(batch, 1), number(batch, LAST));
    let number = word(batch);
    [
        world.of_queue(&Queue::BatchFilled { batch: number, nominal, assets: nominal, left, due }),
        world.of_queue(&Queue::BatchMetadataUpdate { _fromTokenId: first, _toTokenId: last }),
    ]
}

/// What the hub shows of so much METIS.
fn redeemed(world: &World, metis: u64) -> [Log; 2] {
    let ([supply, buffer, _], nominal) = (world.books(), ether(metis));
    [
        world.of_hub(&Hub::Filled { nominal, assets: nominal, supply, buffer }),
        world.paid(world.queue, Address::ZERO, nominal),
    ]
}

/// Three closed batches of Alice, of 10, 20 and 30, and an open one of 40.
fn stage() -> World {
    let mut world = world();
    for metis in [10, 20, 30, 40] {
        if world.totals().batch > 0 {
            world.close();
        }
        world.request(world.alice, ether(metis));
    }
    world
}

#[test]
fn closed_batches_are_filled_in_order_and_the_open_one_is_not() {
    let mut world = stage();
    let (keeper, queue) = (world.keeper, world.queue);
    let ([supply, buffer, _], before) = (world.books(), world.totals());
    assert_eq!([supply, buffer, before.due], [ether(100); 3]);

    let receipt = world.does(keeper, finalize(ALL, ALL));

    assert_eq!((receipt.output.nominal, receipt.output.assets), (ether(60), ether(60)));
    let expected = [
        redeemed(&world, 60),
        filled(&world, 1, 10, 0, 90),
        filled(&world, 2, 20, 0, 70),
        filled(&world, 3, 30, 0, 40),
    ];
    world.assert_logs(&receipt, expected.as_flattened());
    let (due, escrow) = (ether(40), ether(60));
    assert_eq!(world.totals(), Totals { due, escrow, front: 4, ..before });
    assert_eq!(world.books(), [ether(40), ether(40), ZERO]);
    assert_eq!((world.metis(queue), world.nominal(queue)), (escrow, due));
    assert_eq!(world.batch(4), (Queue::State::Open, [due, ZERO, ZERO]));
}

pub(super) fn one_after_the_other() {
    let mut world = stage();
    let keeper = world.keeper;
    // What there is METIS for, what it fills of which batch, and what waits then.
    let calls = [(4, 1, 6, 96), (1, 1, 5, 95), (5, 1, 0, 90), (19, 2, 1, 71), (1, 2, 0, 70)];

    for (metis, batch, left, due) in calls {
        let receipt = world.does(keeper, finalize(ether(metis), ALL));
        let expected = [redeemed(&world, metis), filled(&world, batch, metis, left, due)];
        world.assert_logs(&receipt, expected.as_flattened());
        let front = if left == 0 { batch + 1 } else { batch };
        assert_eq!((world.totals().front, world.totals().due), (front, ether(due)));
        let state = if left == 0 { Queue::State::Filled } else { Queue::State::Closed };
        assert_eq!(world.batch(batch).0, state);
    }
    let figures = |metis: [u64; 3]| metis.map(ether);
    assert_eq!(world.batch(1), (Queue::State::Filled, figures([10, 10, 10])));
    assert_eq!(world.batch(2), (Queue::State::Filled, figures([20, 20, 20])));
    assert_eq!(world.batch(3), (Queue::State::Closed, figures([30, 0, 0])));
    assert_eq!(world.totals().escrow, ether(30));
}

#[test]
fn a_batch_is_filled_in_parts_and_the_next_begins_when_it_is_done() {
    one_after_the_other();
}

#[test]
fn a_call_that_ends_one_batch_goes_on_with_the_next() {
    let mut world = stage();
    let keeper = world.keeper;

    let receipt = world.does(keeper, finalize(ether(25), ALL));

    let expected =
        [redeemed(&world, 25), filled(&world, 1, 10, 0, 90), filled(&world, 2, 15, 5, 75)];
    world.assert_logs(&receipt, expected.as_flattened());
    assert_eq!((world.totals().front, world.totals().escrow), (2, ether(25)));
}

pub(super) fn sixteen_batches_at_most() {
    let mut origin = world();
    let count = MOST_BATCHES + 2;
    for _ in 0..count {
        origin.request(origin.alice, ether(1));
        origin.close();
    }
    let keeper = origin.keeper;
    let nothing = Queue::NothingToFinalize { due: ether(count), available: ether(count) };
    origin.refuses(keeper, finalize(ALL, ZERO), nothing);

    let cases = [
        (U256::ONE, 1),
        (word(MOST_BATCHES - 1), MOST_BATCHES - 1),
        (word(MOST_BATCHES), MOST_BATCHES),
        (word(MOST_BATCHES + 1), MOST_BATCHES),
        (word(LAST + 2), MOST_BATCHES),
        (ALL, MOST_BATCHES),
    ];
    for (max_batches, batches) in cases {
        let mut world = origin.clone();
        let told = world.does(keeper, finalize(ALL, max_batches)).output;
        assert_eq!((told.nominal, told.assets), (ether(batches), ether(batches)));
        assert_eq!(world.totals().front, batches + 1);
    }
    origin.finalize();
    assert_eq!(origin.finalize(), (ether(2), ether(2)));
}

#[test]
fn a_call_fills_sixteen_batches_at_most() {
    sixteen_batches_at_most();
}

#[test]
fn a_call_takes_as_much_metis_as_it_is_told_to_the_wei() {
    let origin = stage();
    let keeper = origin.keeper;
    let one = U256::ONE;
    let mut none = origin.clone();
    let nothing = Queue::NothingToFinalize { due: ether(60), available: ZERO };
    none.refuses(keeper, finalize(ZERO, ALL), nothing);

    let cases = [
        (one, one, 1),
        (ether(10) - one, ether(10) - one, 1),
        (ether(10), ether(10), 2),
        (ether(10) + one, ether(10) + one, 2),
        (ether(60), ether(60), 4),
        (ether(60) + one, ether(60), 4),
        (ALL, ether(60), 4),
    ];
    for (max_assets, assets, front) in cases {
        let mut world = origin.clone();
        let told = world.does(keeper, finalize(max_assets, ALL)).output;
        assert_eq!((told.nominal, told.assets), (assets, assets));
        assert_eq!((world.totals().front, world.totals().escrow), (front, assets));
        assert_eq!(world.metis(world.queue), assets);
    }
}

#[test]
fn the_buffer_is_all_there_is_to_fill_with() {
    let mut world = world();
    let (alice, keeper) = (world.alice, world.keeper);
    world.mint(alice, ether(100));
    world.place(ether(100));
    let (nominal, receiver) = (ether(50), alice.address);
    world.does(alice, Queue::requestRedeemCall { nominal, receiver });
    world.close();

    let nothing = |metis| Queue::NothingToFinalize { due: ether(metis), available: ZERO };
    world.refuses(keeper, finalize(ALL, ALL), nothing(50));
    world.bring_back(ether(30));
    assert_eq!(world.finalize(), (ether(30), ether(30)));
    world.refuses(keeper, finalize(ALL, ALL), nothing(20));
    world.bring_back(ether(70));
    assert_eq!(world.finalize(), (ether(20), ether(20)));
    // What is left is everybody's.
    assert_eq!(world.books(), [ether(50), ether(50), ZERO]);
}

pub(super) fn an_open_batch() {
    let mut world = world();
    let keeper = world.keeper;
    let nothing = |metis| Queue::NothingToFinalize { due: ZERO, available: ether(metis) };
    world.refuses(keeper, finalize(ALL, ALL), nothing(0));
    world.request(world.alice, ether(7));

    world.refuses(keeper, finalize(ALL, ALL), nothing(7));
    let closes = world.totals().closes;
    world.chain.warp_to(closes - 1);
    world.refuses(keeper, finalize(ALL, ALL), nothing(7));
    let of_two = Queue::NothingToFinalize { due: ZERO, available: ether(2) };
    world.refuses(keeper, finalize(ether(2), ALL), of_two);
    world.chain.warp_to(closes);
    assert_eq!(world.finalize(), (ether(7), ether(7)));
    world.refuses(keeper, finalize(ALL, ALL), nothing(0));
}

#[test]
fn an_open_batch_is_never_filled() {
    an_open_batch();
}

pub(super) fn only_the_hub_pays() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    let caller = alice.address;
    let before = world.everything();

    for value in [ZERO, ether(1)] {
        let call = world.chain.send(alice, world.queue, Queue::receiveFillCall {}).value(value);
        call.fails_with(Queue::CallerNotHub { caller, hub });
    }
    assert_eq!(world.everything(), before);
}

#[test]
fn only_the_hub_brings_metis_for_a_fill() {
    only_the_hub_pays();
}
