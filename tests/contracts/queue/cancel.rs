//! A ticket of the open batch ends for nothing.

use super::kit::*;
use alloy_primitives::{Address, U256};

/// What Alice asks for.
const NOMINAL: u64 = 5;

pub(super) fn a_ticket_is_cancelled() {
    let mut world = world();
    let (alice, bob, carol, queue) = (world.alice, world.bob, world.carol, world.queue);
    let ticket = world.request(alice, ether(NOMINAL));
    let other = world.request(bob, ether(2));
    let books = world.books();
    let before = world.totals();

    let receipt = world.does(alice, Queue::cancelCall { ticket, receiver: carol.address });

    let (caller, receiver, nominal, due) = (alice.address, carol.address, ether(NOMINAL), ether(2));
    assert_eq!(receipt.output, nominal);
    let expected = [
        world.of_queue(&Queue::Cancelled { caller, receiver, ticket, nominal, requested: due }),
        world.moved(alice, Address::ZERO, ticket),
        world.paid(queue, carol, nominal),
    ];
    world.assert_logs(&receipt, &expected);
    assert_eq!(world.totals(), Totals { due, ..before });
    assert_eq!(world.batch(1), (Queue::State::Open, [due, ZERO, ZERO]));
    assert_eq!([world.nominal(carol), world.nominal(queue)], [nominal, due]);
    assert_eq!(world.told(Queue::balanceOfCall { owner: caller }), ZERO);
    assert_eq!(world.books(), books);
    let gone = Queue::ERC721NonexistentToken { tokenId: ticket };
    world.refuses(alice, Queue::cancelCall { ticket, receiver }, gone.clone());
    world.refuses(alice, Queue::claimCall { ticket, receiver }, gone);
    // Nobody gets its number again, and the others get all of the batch.
    assert_eq!(world.request(alice, ether(1)), number(1, 3));
    world.close();
    world.finalize();
    assert_eq!(world.claim(bob, other), ether(2));
}

#[test]
fn a_ticket_of_the_open_batch_is_cancelled_and_its_emetis_comes_back() {
    a_ticket_is_cancelled();
}

#[test]
fn owner_approved_and_operator_cancel_and_nobody_else() {
    let mut origin = world();
    let (alice, bob, carol, keeper) = (origin.alice, origin.bob, origin.carol, origin.keeper);
    let ticket = origin.request(alice, ether(NOMINAL));
    origin.does(alice, Queue::approveCall { to: bob.address, tokenId: ticket });
    let operator = carol.address;
    origin.does(alice, Queue::setApprovalForAllCall { operator, approved: true });
    let call = || Queue::cancelCall { ticket, receiver: keeper.address };

    for who in [alice, bob, carol] {
        let mut world = origin.clone();
        world.does(who, call());
        assert_eq!(world.nominal(keeper), ether(NOMINAL));
    }
    let operator = keeper.address;
    let refused = Queue::ERC721InsufficientApproval { operator, tokenId: ticket };
    origin.refuses(keeper, call(), refused);
}

#[test]
fn emetis_goes_to_anybody_but_nobody_and_the_hub() {
    let mut world = world();
    let (alice, queue) = (world.alice, world.queue);
    let ticket = world.request(alice, ether(NOMINAL));

    for receiver in [Address::ZERO, world.hub] {
        let call = Queue::cancelCall { ticket, receiver };
        world.refuses(alice, call, Queue::ERC20InvalidReceiver { receiver });
    }
    // Into the queue it is given away, as by any transfer to it.
    world.does(alice, Queue::cancelCall { ticket, receiver: queue });
    assert_eq!((world.nominal(queue), world.totals().due), (ether(NOMINAL), ZERO));
    let mine = world.request(alice, ether(1));
    world.close();
    assert_eq!(world.finalize(), (ether(1), ether(1)));
    assert_eq!(world.claim(alice, mine), ether(1));
    assert_eq!(world.nominal(queue), ether(NOMINAL));
}

pub(super) fn a_closed_batch() {
    let mut world = world();
    let (alice, receiver) = (world.alice, world.bob.address);
    let ticket = world.request(alice, ether(NOMINAL));
    world.request(alice, ether(NOMINAL));
    let call = || Queue::cancelCall { ticket, receiver };
    let refused = || Queue::BatchNotOpen { batch: U256::ONE };
    let closes = world.totals().closes;
    world.chain.warp_to(closes - 1);
    world.clone().does(alice, call());

    world.chain.warp_to(closes);
    world.refuses(alice, call(), refused());
    world.request(alice, ether(NOMINAL));
    world.refuses(alice, call(), refused());
}

#[test]
fn a_ticket_of_a_closed_batch_stays_from_the_second_on() {
    a_closed_batch();
}

pub(super) fn a_batch_filled_in_part() {
    let mut world = world();
    let (alice, receiver) = (world.alice, world.bob.address);
    let ticket = world.request(alice, ether(NOMINAL));
    let call = || Queue::cancelCall { ticket, receiver };
    let refused = || Queue::BatchNotOpen { batch: U256::ONE };
    world.close();

    world.fill(U256::ONE);
    world.refuses(alice, call(), refused());
    world.fill(ether(1));
    world.refuses(alice, call(), refused());
    world.finalize();
    world.refuses(alice, call(), refused());
}

#[test]
fn a_ticket_of_a_batch_that_is_filled_in_part_or_whole_stays() {
    a_batch_filled_in_part();
}

#[test]
fn what_is_wrong_with_a_ticket_comes_before_what_is_wrong_with_its_batch() {
    let mut world = world();
    let (alice, keeper) = (world.alice, world.keeper);
    let ticket = world.request(alice, ether(NOMINAL));
    world.close();
    let receiver = Address::ZERO;

    let other = number(1, 2);
    let nowhere = Queue::ERC721NonexistentToken { tokenId: other };
    world.refuses(keeper, Queue::cancelCall { ticket: other, receiver }, nowhere);
    let operator = keeper.address;
    let refused = Queue::ERC721InsufficientApproval { operator, tokenId: ticket };
    world.refuses(keeper, Queue::cancelCall { ticket, receiver }, refused);
    let closed = Queue::BatchNotOpen { batch: U256::ONE };
    world.refuses(alice, Queue::cancelCall { ticket, receiver }, closed);
}

#[test]
fn a_request_and_its_cancellation_leave_nothing_but_a_number() {
    let mut world = world();
    let (alice, bob) = (world.alice, world.bob);
    let before = world.everything();
    let ticket = world.request(alice, ether(NOMINAL));
    world.does(alice, Queue::approveCall { to: bob.address, tokenId: ticket });
    let totals = world.totals();

    world.cancel(alice, ticket);
    let nominal = ether(NOMINAL);
    assert_eq!(world.nominal(alice), nominal);

    // But for the batch that was opened.
    let words = |slots: &[(U256, U256)]| slots.iter().filter(|(_, word)| *word != ZERO).count();
    assert_eq!(words(&world.everything()[0].0), words(&before[0].0) + 1);
    assert_eq!(world.totals(), Totals { due: ZERO, ..totals });
}
