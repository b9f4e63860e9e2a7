//! eMETIS in, a ticket out.

use super::kit::*;
use alloy_primitives::{Address, U256};

/// What Alice asks for.
const NOMINAL: u64 = 5;

#[test]
fn a_request_opens_a_batch_and_gives_a_ticket() {
    let mut world = world();
    let (alice, bob, queue) = (world.alice, world.bob, world.queue);
    let (nominal, ticket) = (ether(NOMINAL), number(1, 1));
    let requested = nominal;
    world.mint(alice, ether(7));
    let allow = Hub::approveCall { spender: queue, value: nominal };
    world.chain.send(alice, world.hub, allow).ok();
    let (before, metis) = (world.books(), world.metis(alice));
    let closes = world.now() + word(LENGTH);

    let call = Queue::requestRedeemCall { nominal, receiver: bob.address };
    let receipt = world.does(alice, call);

    assert_eq!(receipt.output, ticket);
    let (caller, owner, due) = (alice.address, bob.address, nominal);
    let expected = [
        world.of_queue(&Queue::BatchOpened { batch: word(1), closes }),
        world.of_queue(&Queue::Requested { caller, owner, ticket, nominal, requested }),
        world.moved(Address::ZERO, bob, ticket),
        world.paid(alice, queue, nominal),
    ];
    world.assert_logs(&receipt, &expected);
    let told = world.ticket(ticket);
    assert_eq!((told.owner, told.batch, told.state), (owner, word(1), Queue::State::Open));
    assert_eq!([told.nominal, told.claimed, told.claimable], [nominal, ZERO, ZERO]);
    assert_eq!(world.batch(1), (Queue::State::Open, [nominal, ZERO, ZERO]));
    let (front, batch, tickets) = (1, 1, 1);
    let closes = closes.to();
    assert_eq!(world.totals(), Totals { due, escrow: ZERO, front, batch, closes, tickets });
    assert_eq!([world.nominal(alice), world.nominal(queue)], [ether(2), nominal]);
    assert_eq!((world.books(), world.metis(alice)), (before, metis));
    let (owner, spender) = (alice.address, queue);
    assert_eq!(world.chain.view(world.hub, Hub::allowanceCall { owner, spender }), ZERO);
}

fn a_second_ticket() {
    let mut world = world();
    let (alice, bob, queue) = (world.alice, world.bob, world.queue);
    world.request(alice, ether(NOMINAL));
    world.chain.advance(minutes(10));
    let before = world.totals();
    world.mint(bob, LEAST);

    let call = Queue::requestRedeemCall { nominal: LEAST, receiver: bob.address };
    let receipt = world.does(bob, call);

    let (caller, owner, ticket) = (bob.address, bob.address, number(1, 2));
    let (nominal, due) = (LEAST, ether(NOMINAL) + LEAST);
    let expected = [
        world.of_queue(&Queue::Requested { caller, owner, ticket, nominal, requested: due }),
        world.moved(Address::ZERO, bob, ticket),
        world.paid(bob, queue, nominal),
    ];
    world.assert_logs(&receipt, &expected);
    assert_eq!(world.totals(), Totals { due, tickets: 2, ..before });
    assert_eq!(world.batch(1), (Queue::State::Open, [due, ZERO, ZERO]));
    assert_eq!(world.told(Queue::dueCall {}), due);
}

#[test]
fn a_second_ticket_joins_the_batch_and_opens_nothing() {
    a_second_ticket();
}

#[test]
fn less_than_a_hundredth_of_a_metis_is_not_worth_a_ticket() {
    let mut world = world();
    let alice = world.alice;
    world.mint(alice, ether(1));

    for nominal in [ZERO, U256::ONE, LEAST - U256::ONE] {
        let call = Queue::requestRedeemCall { nominal, receiver: alice.address };
        world.refuses(alice, call, Queue::RequestTooSmall { nominal, min: LEAST });
    }
    let call = Queue::requestRedeemCall { nominal: LEAST, receiver: alice.address };
    assert_eq!(world.does(alice, call).output, number(1, 1));
}

#[test]
fn what_is_requested_in_a_batch_fits_84_bits_to_the_wei() {
    let mut world = world();
    let alice = world.alice;
    let receiver = alice.address;
    let overflow =
        |requested: U256, nominal: U256| Queue::BatchOverflow { requested, nominal, limit: LIMIT };
    for nominal in [LIMIT + U256::ONE, U256::from(u128::MAX), U256::from(u128::MAX) + LEAST, ALL] {
        let call = Queue::requestRedeemCall { nominal, receiver };
        world.refuses(alice, call, overflow(ZERO, nominal));
    }
    world.request(alice, LEAST);
    world.mint(alice, LEAST + LEAST);
    world.set_batch(1, LIMIT - LEAST, world.totals().closes, 1);

    let call = |nominal| Queue::requestRedeemCall { nominal, receiver };
    let nominal = LEAST + U256::ONE;
    world.refuses(alice, call(nominal), overflow(LIMIT - LEAST, nominal));
    world.does(alice, call(LEAST));
    world.refuses(alice, call(LEAST), overflow(LIMIT, LEAST));
    assert_eq!(world.batch(1).1, [LIMIT, ZERO, ZERO]);
}

#[test]
fn a_ticket_goes_to_anybody_but_nobody_and_the_queue_and_is_not_offered() {
    let mut world = world();
    let alice = world.alice;
    world.mint(alice, ether(1));

    for receiver in [Address::ZERO, world.queue] {
        let call = Queue::requestRedeemCall { nominal: LEAST, receiver };
        world.refuses(alice, call, Queue::ERC721InvalidReceiver { receiver });
        let call = Queue::requestRedeemsCall { nominals: vec![LEAST], receiver };
        world.refuses(alice, call, Queue::ERC721InvalidReceiver { receiver });
    }
    // Which says yes to nothing.
    let refuser = world.fixture("Refuser");
    for receiver in [refuser, world.hub] {
        let call = Queue::requestRedeemCall { nominal: LEAST, receiver };
        let ticket = world.does(alice, call).output;
        assert_eq!(world.told(Queue::ownerOfCall { tokenId: ticket }), receiver);
    }
}

#[test]
fn the_hub_says_who_has_not_enough_or_has_not_allowed_it() {
    let mut world = world();
    let (alice, queue, hub) = (world.alice, world.queue, world.hub);
    let receiver = alice.address;
    world.mint(alice, ether(1));
    let call = || Queue::requestRedeemCall { nominal: ether(2), receiver };

    let (sender, balance, needed) = (alice.address, ether(1), ether(2));
    world.refuses(alice, call(), Queue::ERC20InsufficientBalance { sender, balance, needed });
    let allow = Hub::approveCall { spender: queue, value: ether(1) };
    world.chain.send(alice, hub, allow).ok();
    let (spender, allowance) = (queue, ether(1));
    let refused = Queue::ERC20InsufficientAllowance { spender, allowance, needed };
    world.refuses(alice, call(), refused);
}

#[test]
fn of_all_that_is_wrong_with_a_request_the_first_is_named() {
    let mut world = world();
    let keeper = world.keeper;
    let request = |nominal, receiver| Queue::requestRedeemCall { nominal, receiver };
    let nobody = Address::ZERO;
    let beyond = LIMIT + U256::ONE;
    let now = world.chain.time();
    world.request(world.alice, LEAST);
    let closes = world.totals().closes;
    world.set_batch(1, LEAST, closes, LAST);

    world.refuses(keeper, request(ZERO, nobody), Queue::ERC721InvalidReceiver { receiver: nobody });
    let small = Queue::RequestTooSmall { nominal: ZERO, min: LEAST };
    world.refuses(keeper, request(ZERO, keeper.address), small);
    let exhausted = Queue::BatchesExhausted { batch: word(1) };
    world.refuses(keeper, request(beyond, keeper.address), exhausted);
    world.set_batch(1, LEAST, closes, 1);
    let overflow = Queue::BatchOverflow { requested: LEAST, nominal: beyond, limit: LIMIT };
    world.refuses(keeper, request(beyond, keeper.address), overflow);
    let (spender, allowance, needed) = (world.queue, ZERO, LEAST);
    let refused = Queue::ERC20InsufficientAllowance { spender, allowance, needed };
    world.refuses(keeper, request(LEAST, keeper.address), refused);
    assert_eq!(world.chain.time(), now);
}

#[test]
fn the_last_numbers_of_all_are_given_and_none_after_them() {
    let mut world = world();
    let alice = world.alice;
    let batch = LAST;
    world.set_numbers(batch - 1, batch - 1);
    world.set_batch(batch - 1, ZERO, ZERO.to(), 7);
    assert_eq!(world.request(alice, LEAST), number(batch - 1, 8));
    world.close();

    assert_eq!(world.request(alice, LEAST), number(batch, 1));
    world.set_batch(batch, LEAST, world.totals().closes, LAST - 1);
    assert_eq!(world.request(alice, LEAST), number(batch, LAST));
    assert_eq!(world.told(Queue::ownerOfCall { tokenId: word(u64::MAX) }), alice.address);

    let call = || Queue::requestRedeemCall { nominal: LEAST, receiver: alice.address };
    let exhausted = || Queue::BatchesExhausted { batch: word(batch) };
    world.refuses(alice, call(), exhausted());
    world.close();
    world.refuses(alice, call(), exhausted());
}
