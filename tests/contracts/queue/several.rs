//! Several tickets at once.

use super::kit::*;
use alloy_primitives::{Address, U256};

/// Amounts that are all different.
fn nominals(count: u64) -> Vec<U256> {
    (1..=count).map(ether).collect()
}

#[test]
fn one_to_twenty_tickets_are_what_as_many_requests_make() {
    for count in 1..=MOST {
        let (mut together, mut apart) = (world(), world());
        let (alice, nominals) = (together.alice, nominals(count));

        let first = together.requests(alice, &nominals);
        for nominal in &nominals {
            apart.request(alice, *nominal);
        }

        assert_eq!(first, number(1, 1));
        assert_eq!(together.everything(), apart.everything(), "{count} tickets");
        let owner = alice.address;
        assert_eq!(together.told(Queue::balanceOfCall { owner }), word(count));
    }
}

#[test]
fn twenty_tickets_are_told_one_by_one_and_paid_for_in_one_piece() {
    let mut world = world();
    let (alice, bob, queue) = (world.alice, world.bob, world.queue);
    let nominals = nominals(MOST);
    let sum: U256 = nominals.iter().sum();
    world.mint(alice, sum);
    let closes = world.now() + word(LENGTH);
    let (caller, owner) = (alice.address, bob.address);

    let call = Queue::requestRedeemsCall { nominals: nominals.clone(), receiver: owner };
    let receipt = world.does(alice, call);

    assert_eq!(receipt.output, number(1, 1));
    let mut expected = vec![world.of_queue(&Queue::BatchOpened { batch: word(1), closes })];
    let mut requested = ZERO;
    for (place, nominal) in (1..).zip(nominals) {
        let ticket = number(1, place);
        requested += nominal;
        expected.push(world.of_queue(&Queue::Requested {
            caller,
            owner,
            ticket,
            nominal,
            requested,
        }));
        expected.push(world.moved(Address::ZERO, bob, ticket));
    }
    expected.push(world.paid(alice, queue, sum));
    world.assert_logs(&receipt, &expected);
    assert_eq!(world.nominal(queue), sum);
}

#[test]
fn none_and_twenty_one_tickets_are_refused() {
    let mut world = world();
    let alice = world.alice;
    world.mint(alice, ether(1_000));

    for count in [0, MOST + 1, 200] {
        let call = Queue::requestRedeemsCall { nominals: nominals(count), receiver: alice.address };
        let refused = Queue::CountInvalid { count: word(count), max: word(MOST) };
        world.refuses(alice, call, refused);
    }
    // Nobody is named before that.
    let receiver = Address::ZERO;
    let call = Queue::requestRedeemsCall { nominals: vec![], receiver };
    world.refuses(alice, call, Queue::ERC721InvalidReceiver { receiver });
}

#[test]
fn one_that_is_refused_stops_them_all() {
    let mut world = world();
    let alice = world.alice;
    let receiver = alice.address;
    world.mint(alice, ether(1_000));
    let request = |nominals: Vec<U256>| Queue::requestRedeemsCall { nominals, receiver };

    let nominal = LEAST - U256::ONE;
    let small = Queue::RequestTooSmall { nominal, min: LEAST };
    world.refuses(alice, request(vec![ether(1), ether(2), nominal]), small);
    let overflow = Queue::BatchOverflow { requested: LIMIT, nominal: LEAST, limit: LIMIT };
    world.refuses(alice, request(vec![LIMIT - LEAST, LEAST, LEAST]), overflow);
    let (sender, balance, needed) = (receiver, ether(1_000), ether(1_001));
    let poor = Queue::ERC20InsufficientBalance { sender, balance, needed };
    world.refuses(alice, request(vec![ether(1_000), ether(1)]), poor);
}

#[test]
fn a_call_that_meets_a_closed_batch_opens_one_for_all_of_its_tickets() {
    let mut world = world();
    let alice = world.alice;
    world.request(alice, ether(1));
    world.close();

    let first = world.requests(alice, &nominals(3));

    assert_eq!(first, number(2, 1));
    assert_eq!(world.batch(1), (Queue::State::Closed, [ether(1), ZERO, ZERO]));
    assert_eq!(world.batch(2), (Queue::State::Open, [ether(6), ZERO, ZERO]));
    assert_eq!(world.totals().tickets, 3);
}
