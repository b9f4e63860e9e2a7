//! A ticket in, METIS out.

use super::kit::*;
use alloy_primitives::{Address, U256};

/// A filled batch of Alice's 100 and Bob's 50.
fn stage() -> (World, [U256; 2]) {
    let (mut world, tickets) = closed();
    world.finalize();
    (world, tickets)
}

/// The same before it is filled.
fn closed() -> (World, [U256; 2]) {
    let mut world = world();
    let tickets = [world.request(world.alice, ether(100)), world.request(world.bob, ether(50))];
    world.close();
    (world, tickets)
}

pub(super) fn a_claim_ends_a_ticket() {
    let (mut world, [ticket, _]) = stage();
    let (alice, carol, queue) = (world.alice, world.carol, world.queue);
    let (before, metis) = (world.totals(), world.metis(carol));

    let receipt = world.does(alice, Queue::claimCall { ticket, receiver: carol.address });

    let (caller, receiver, assets, escrow) = (alice.address, carol.address, ether(100), ether(50));
    assert_eq!(receipt.output, assets);
    let expected = [
        world.of_queue(&Queue::Claimed { caller, receiver, ticket, assets, escrow }),
        world.moved(alice, Address::ZERO, ticket),
    ];
    world.assert_logs(&receipt, &expected);
    assert_eq!(world.metis(carol), metis + assets);
    assert_eq!(world.totals(), Totals { escrow, ..before });
    assert_eq!(world.metis(queue), escrow);
    assert_eq!(world.told(Queue::balanceOfCall { owner: caller }), ZERO);
    let gone = Queue::ERC721NonexistentToken { tokenId: ticket };
    world.refuses(alice, Queue::claimCall { ticket, receiver }, gone);
}

#[test]
fn a_claim_of_a_filled_batch_pays_and_ends_the_ticket() {
    a_claim_ends_a_ticket();
}

pub(super) fn a_part_is_claimed_once() {
    let (mut world, [ticket, other]) = closed();
    let (alice, bob) = (world.alice, world.bob);
    let (caller, receiver) = (alice.address, alice.address);
    let not_filled = || Queue::TicketNotFilled { ticket };
    let call = || Queue::claimCall { ticket, receiver };
    world.fill(ether(30));

    let receipt = world.does(alice, call());

    let (assets, escrow) = (ether(20), ether(10));
    let expected = [
        world.of_queue(&Queue::Claimed { caller, receiver, ticket, assets, escrow }),
        world.of_queue(&Queue::MetadataUpdate { _tokenId: ticket }),
    ];
    world.assert_logs(&receipt, &expected);
    assert_eq!(world.ticket(ticket).claimed, assets);
    world.refuses(alice, call(), not_filled());
    // Of 3 wei more two thirds are Alice's.
    world.fill(U256::from(3));
    assert_eq!(world.claim(alice, ticket), U256::from(2));
    world.refuses(alice, call(), not_filled());
    // Of one more nothing is whole.
    world.fill(U256::ONE);
    world.refuses(alice, call(), not_filled());
    world.finalize();
    assert_eq!(world.claim(alice, ticket), ether(80) - U256::from(2));
    assert_eq!(world.claim(bob, other), ether(50));
    assert_eq!((world.totals().escrow, world.metis(world.queue)), (ZERO, ZERO));
}

#[test]
fn what_is_filled_in_part_is_claimed_in_part_and_once() {
    a_part_is_claimed_once();
}

pub(super) fn who_may_claim() {
    let (mut origin, [ticket, _]) = stage();
    let (alice, bob, carol, keeper) = (origin.alice, origin.bob, origin.carol, origin.keeper);
    origin.does(alice, Queue::approveCall { to: bob.address, tokenId: ticket });
    let operator = carol.address;
    origin.does(alice, Queue::setApprovalForAllCall { operator, approved: true });
    let call = || Queue::claimCall { ticket, receiver: keeper.address };

    for who in [alice, bob, carol] {
        let mut world = origin.clone();
        world.does(who, call());
        assert_eq!(world.metis(keeper), ether(100));
        assert_eq!(world.told(Queue::balanceOfCall { owner: alice.address }), ZERO);
    }
    let operator = keeper.address;
    let refused = Queue::ERC721InsufficientApproval { operator, tokenId: ticket };
    origin.refuses(keeper, call(), refused);
    let call = Queue::claimsCall { tickets: vec![ticket], receiver: operator };
    let refused = Queue::ERC721InsufficientApproval { operator, tokenId: ticket };
    origin.refuses(keeper, call, refused);
}

#[test]
fn owner_approved_and_operator_claim_and_nobody_else() {
    who_may_claim();
}

pub(super) fn before_a_fill() {
    let mut world = world();
    let alice = world.alice;
    let receiver = alice.address;
    let ticket = world.request(alice, ether(1));
    let call = || Queue::claimCall { ticket, receiver };
    let not_filled = || Queue::TicketNotFilled { ticket };

    assert_eq!(world.told(Queue::claimableCall { ticket }), ZERO);
    world.refuses(alice, call(), not_filled());
    world.close();
    world.refuses(alice, call(), not_filled());
    world.refuses(alice, Queue::claimsCall { tickets: vec![ticket], receiver }, not_filled());
}

#[test]
fn nothing_is_claimed_before_a_fill() {
    before_a_fill();
}

#[test]
fn metis_goes_to_anybody_but_nobody_and_the_queue() {
    let (mut world, [ticket, _]) = stage();
    let keeper = world.keeper;

    for receiver in [Address::ZERO, world.queue] {
        // Before anything of the ticket is looked at.
        let refused = Queue::ReceiverInvalid { receiver };
        world.refuses(keeper, Queue::claimCall { ticket, receiver }, refused.clone());
        let call = Queue::claimsCall { tickets: vec![], receiver };
        world.refuses(keeper, call, refused);
    }
}

#[test]
fn several_tickets_of_several_batches_are_paid_in_one_piece() {
    let (mut world, [first, _]) = stage();
    let (alice, carol) = (world.alice, world.carol);
    let second = world.request(alice, ether(10));
    let third = world.request(alice, ether(30));
    world.close();
    world.fill(ether(20));
    let metis = world.metis(carol);

    let tickets = vec![third, first, second];
    let receipt = world.does(alice, Queue::claimsCall { tickets, receiver: carol.address });

    assert_eq!(receipt.output, ether(120));
    let (caller, receiver) = (alice.address, carol.address);
    let claimed = |ticket, metis: u64, left: u64| {
        let (assets, escrow) = (ether(metis), ether(left));
        world.of_queue(&Queue::Claimed { caller, receiver, ticket, assets, escrow })
    };
    let updated = |ticket| world.of_queue(&Queue::MetadataUpdate { _tokenId: ticket });
    let expected = [
        claimed(third, 15, 155),
        updated(third),
        claimed(first, 100, 55),
        world.moved(alice, Address::ZERO, first),
        claimed(second, 5, 50),
        updated(second),
    ];
    world.assert_logs(&receipt, &expected);
    assert_eq!((world.metis(carol), world.metis(world.queue)), (metis + ether(120), ether(50)));
}

#[test]
fn one_to_twenty_tickets_are_claimed_at_once_each_of_them_once() {
    let mut world = world();
    let alice = world.alice;
    let receiver = alice.address;
    world.requests(alice, &[LEAST; 20]);
    world.requests(alice, &[LEAST; 1]);
    world.close();
    world.finalize();
    let all: Vec<_> = (1..=21).map(|place| number(1, place)).collect();

    for tickets in [vec![], all.clone()] {
        let (count, max) = (word(tickets.len() as u64), word(MOST));
        let call = Queue::claimsCall { tickets, receiver };
        world.refuses(alice, call, Queue::CountInvalid { count, max });
    }
    let twice = Queue::claimsCall { tickets: vec![all[0], all[1], all[0]], receiver };
    world.refuses(alice, twice, Queue::ERC721NonexistentToken { tokenId: all[0] });
    let before = world.metis(alice);
    world.does(alice, Queue::claimsCall { tickets: all[..20].to_vec(), receiver });
    assert_eq!(world.metis(alice), before + LEAST * U256::from(20));
    assert_eq!(world.told(Queue::balanceOfCall { owner: receiver }), U256::ONE);
}
