//! What the queue tells, at every stage of a ticket.

use super::kit::*;
use alloy_primitives::{Address, U256};

/// Batches that `ahead` adds up.
const MAX_AHEAD: u64 = 1_024;
/// Places that `ticketsOf` looks at.
const MAX_PLACES: u64 = 256;

/// Two closed batches and an open one: Alice 100 and Bob 50, Carol 30, Alice 20.
fn stage() -> (World, [U256; 4]) {
    let mut world = world();
    let (alice, bob, carol) = (world.alice, world.bob, world.carol);
    let first = world.request(alice, ether(100));
    let second = world.request(bob, ether(50));
    world.close();
    let third = world.request(carol, ether(30));
    world.close();
    let fourth = world.request(alice, ether(20));
    (world, [first, second, third, fourth])
}

#[track_caller]
fn assert_ahead(world: &World, tickets: [U256; 4], metis: [u64; 4]) {
    let told = tickets.map(|ticket| world.told(Queue::aheadCall { ticket }));
    assert_eq!(told, metis.map(ether));
}

#[track_caller]
fn assert_waiting(world: &World, due: u64, closed: u64) {
    let told = [world.told(Queue::dueCall {}), world.told(Queue::closedDueCall {})];
    assert_eq!((told, world.totals().due), ([due, closed].map(ether), ether(due)));
}

#[test]
fn what_waits_is_told_in_all_in_closed_batches_and_before_a_ticket() {
    let (mut world, tickets) = stage();
    assert_waiting(&world, 200, 180);
    assert_ahead(&world, tickets, [150, 150, 180, 200]);

    world.fill(ether(60));
    assert_waiting(&world, 140, 120);
    assert_ahead(&world, tickets, [90, 90, 120, 140]);
    world.fill(ether(90));
    assert_waiting(&world, 50, 30);
    assert_ahead(&world, tickets, [0, 0, 30, 50]);
    world.claim(world.alice, tickets[0]);
    world.finalize();
    assert_waiting(&world, 20, 0);
    assert_ahead(&world, tickets, [0, 0, 0, 20]);
    world.cancel(world.alice, tickets[3]);
    assert_waiting(&world, 0, 0);
    assert_ahead(&world, tickets, [0; 4]);
}

#[test]
fn a_ticket_and_its_batch_are_told_in_every_state() {
    use Queue::State::{Closed, Filled, None, Open};
    let (mut world, [first, second, _, fourth]) = stage();
    let alice = world.alice;
    let told = |world: &World, ticket| {
        let told = world.ticket(ticket);
        let claimable = world.told(Queue::claimableCall { ticket });
        assert_eq!(claimable, told.claimable);
        (told.owner, told.batch, told.state, [told.nominal, told.claimed, told.claimable])
    };
    let is =
        |batch: u64, state, metis: [u64; 3]| (alice.address, word(batch), state, metis.map(ether));

    assert_eq!(told(&world, first), is(1, Closed, [100, 0, 0]));
    assert_eq!(told(&world, fourth), is(3, Open, [20, 0, 0]));
    world.fill(ether(30));
    assert_eq!(told(&world, first), is(1, Closed, [100, 0, 20]));
    assert_eq!(world.batch(1), (Closed, [150, 30, 30].map(ether)));
    world.claim(alice, first);
    assert_eq!(told(&world, first), is(1, Closed, [100, 20, 0]));
    world.fill(ether(120));
    assert_eq!(told(&world, first), is(1, Filled, [100, 20, 80]));
    assert_eq!(world.batch(1), (Filled, [150, 150, 150].map(ether)));
    world.claim(alice, first);
    let gone = (Address::ZERO, ZERO, None, [ZERO; 3]);
    assert_eq!(told(&world, first), gone);
    assert_eq!(world.ticket(second).claimable, ether(50));

    let never = [ZERO, U256::ONE, number(1, 0), number(1, 3), number(4, 1), number(0, 1)];
    let beyond = [U256::ONE << 64, first | U256::ONE << 64, ALL];
    for ticket in never.into_iter().chain(beyond) {
        assert_eq!(told(&world, ticket), gone, "{ticket}");
        assert_eq!(world.told(Queue::aheadCall { ticket }), ZERO, "{ticket}");
    }
    for batch in [ZERO, word(4), word(LAST), word(LAST + 2), U256::ONE << 64, ALL] {
        let told = world.told(Queue::batchOfCall { batch });
        let figures = [told.nominal, told.filledNominal, told.filledAssets];
        assert_eq!((told.state, figures), (None, [ZERO; 3]), "{batch}");
    }
}

#[test]
fn tickets_of_an_owner_are_found_among_the_places_looked_at() {
    let mut world = world();
    let (alice, bob) = (world.alice, world.bob);
    for _ in 0..15 {
        world.requests(alice, &[LEAST; 18]);
        world.requests(bob, &[LEAST; 2]);
    }
    let of = |world: &World, owner: Address, batch: U256, first: U256, count: U256| {
        world.told(Queue::ticketsOfCall { owner, batch, first, count })
    };
    let places = |first: u64, count: u64| {
        let mine = (first..first + count).filter(|place| (place - 1) % 20 < 18);
        mine.map(|place| number(1, place)).collect::<Vec<_>>()
    };
    let (mine, one) = (alice.address, U256::ONE);

    assert_eq!(of(&world, mine, one, one, word(40)), places(1, 40));
    assert_eq!(of(&world, mine, one, word(17), word(5)), places(17, 5));
    assert_eq!(of(&world, bob.address, one, one, word(20)), [number(1, 19), number(1, 20)]);
    for count in [word(MAX_PLACES), word(MAX_PLACES + 1), U256::ONE << 32, ALL] {
        assert_eq!(of(&world, mine, one, one, count), places(1, MAX_PLACES));
    }
    assert_eq!(of(&world, mine, one, word(257), ALL), places(257, 300 - 256));
    // There is no place 0, and none after the last.
    assert_eq!(of(&world, mine, one, ZERO, word(2)), places(1, 1));
    let nothing = Vec::<U256>::new();
    assert_eq!(of(&world, mine, one, word(LAST), ALL), nothing);
    assert_eq!(of(&world, mine, one, word(LAST + 2), ALL), nothing);
    assert_eq!(of(&world, mine, word(LAST + 2), one, ALL), nothing);
    assert_eq!(of(&world, mine, word(2), one, ALL), nothing);
    assert_eq!(of(&world, Address::ZERO, one, one, ALL), nothing);
    assert_eq!(of(&world, mine, one, one, ZERO), nothing);
    // What ended is not there.
    world.cancel(alice, number(1, 2));
    assert_eq!(of(&world, mine, one, one, word(3)), [number(1, 1), number(1, 3)]);
}

#[test]
fn beyond_1_024_batches_all_that_waits_is_told_to_be_ahead() {
    let mut world = world();
    let alice = world.alice;
    let mut tickets = Vec::new();
    for batch in [1, MAX_AHEAD, MAX_AHEAD + 1, MAX_AHEAD + 2] {
        // As if there had been as many, and nothing in those that follow the one before.
        let counted = world.request(alice, ether(1));
        world.cancel(alice, counted);
        world.set_numbers(batch, 1);
        world.set_batch(batch, ZERO, 0, 0);
        tickets.push(world.request(alice, ether(batch)));
        assert_eq!(tickets.last(), Some(&number(batch, 1)));
        world.close();
    }

    let told: Vec<_> =
        tickets.into_iter().map(|ticket| world.told(Queue::aheadCall { ticket })).collect();

    let all = 1 + 3 * MAX_AHEAD + 3;
    assert_eq!(told, [1, 1 + MAX_AHEAD, all, all].map(ether));
    world.finalize();
    let ticket = number(MAX_AHEAD + 1, 1);
    assert_eq!(world.totals().front, 2);
    assert_eq!(world.told(Queue::aheadCall { ticket }), ether(2 * MAX_AHEAD + 1));
}
