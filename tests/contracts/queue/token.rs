//! Tickets as tokens of ERC-721.

use super::kit::*;
use alloy_primitives::{Address, FixedBytes, U256};

/// Alice's ticket, and who else there is.
fn stage() -> (World, U256) {
    let mut world = world();
    let ticket = world.request(world.alice, ether(3));
    (world, ticket)
}

fn transfer(from: impl Into<Address>, to: impl Into<Address>, id: U256) -> Queue::transferFromCall {
    Queue::transferFromCall { from: from.into(), to: to.into(), tokenId: id }
}

fn count(world: &World, owner: impl Into<Address>) -> U256 {
    world.told(Queue::balanceOfCall { owner: owner.into() })
}

pub(super) fn a_ticket_moves() {
    let (mut world, ticket) = stage();
    let (alice, bob) = (world.alice, world.bob);
    world.request(alice, ether(4));

    let receipt = world.does(alice, transfer(alice, bob, ticket));

    world.assert_logs(&receipt, &[world.moved(alice, bob, ticket)]);
    assert_eq!(world.told(Queue::ownerOfCall { tokenId: ticket }), bob.address);
    assert_eq!([count(&world, alice), count(&world, bob)], [U256::ONE; 2]);
    assert_eq!(world.ticket(ticket).nominal, ether(3));
    // What it is worth goes with it.
    world.close();
    world.finalize();
    assert_eq!(world.claim(bob, ticket), ether(3));
    assert_eq!([count(&world, alice), count(&world, bob)], [U256::ONE, ZERO]);
}

#[test]
fn a_ticket_moves_with_what_it_is_worth() {
    a_ticket_moves();
}

#[test]
fn a_ticket_moves_in_every_state_and_what_was_claimed_of_it_stays_claimed() {
    let (mut world, ticket) = stage();
    let (alice, bob, carol) = (world.alice, world.bob, world.carol);
    world.does(alice, transfer(alice, bob, ticket));
    world.close();
    world.does(bob, transfer(bob, carol, ticket));
    world.fill(ether(1));
    assert_eq!(world.claim(carol, ticket), ether(1));
    world.does(carol, transfer(carol, alice, ticket));
    assert_eq!(world.ticket(ticket).claimed, ether(1));
    world.finalize();
    world.does(alice, transfer(alice, bob, ticket));
    assert_eq!(world.claim(bob, ticket), ether(2));
}

pub(super) fn who_may_move() {
    let (mut origin, ticket) = stage();
    let (alice, bob, carol, keeper) = (origin.alice, origin.bob, origin.carol, origin.keeper);
    origin.does(alice, Queue::approveCall { to: bob.address, tokenId: ticket });
    let operator = carol.address;
    origin.does(alice, Queue::setApprovalForAllCall { operator, approved: true });
    let call = || transfer(alice, keeper, ticket);

    for who in [alice, bob, carol] {
        let mut world = origin.clone();
        let receipt = world.does(who, call());
        world.assert_logs(&receipt, &[world.moved(alice, keeper, ticket)]);
    }
    let operator = keeper.address;
    let refused = Queue::ERC721InsufficientApproval { operator, tokenId: ticket };
    origin.refuses(keeper, call(), refused.clone());
    let (from, to) = (alice.address, keeper.address);
    let call = Queue::safeTransferFrom_0Call { from, to, tokenId: ticket };
    origin.refuses(keeper, call, refused.clone());
    let data = vec![1].into();
    let call = Queue::safeTransferFrom_1Call { from, to, tokenId: ticket, data };
    origin.refuses(keeper, call, refused);
}

#[test]
fn owner_approved_and_operator_move_a_ticket_and_nobody_else() {
    who_may_move();
}

#[test]
fn of_all_that_is_wrong_with_a_transfer_the_first_is_named() {
    let (mut world, ticket) = stage();
    let (alice, bob, keeper, queue) = (world.alice, world.bob, world.keeper, world.queue);
    let other = number(1, 2);

    for receiver in [Address::ZERO, queue] {
        let refused = Queue::ERC721InvalidReceiver { receiver };
        world.refuses(keeper, transfer(bob, receiver, other), refused);
    }
    for id in [other, ZERO, ALL, ticket | U256::ONE << 64] {
        let refused = Queue::ERC721NonexistentToken { tokenId: id };
        world.refuses(keeper, transfer(bob, bob, id), refused);
    }
    let operator = keeper.address;
    let refused = Queue::ERC721InsufficientApproval { operator, tokenId: ticket };
    world.refuses(keeper, transfer(bob, bob, ticket), refused);
    let (sender, owner) = (bob.address, alice.address);
    let refused = Queue::ERC721IncorrectOwner { sender, tokenId: ticket, owner };
    world.refuses(alice, transfer(bob, bob, ticket), refused);
}

#[test]
fn a_transfer_to_oneself_ends_the_approval_and_nothing_else() {
    let (mut world, ticket) = stage();
    let (alice, bob) = (world.alice, world.bob);
    let before = world.everything();
    world.does(alice, Queue::approveCall { to: bob.address, tokenId: ticket });

    world.does(alice, transfer(alice, alice, ticket));

    assert_eq!(world.told(Queue::getApprovedCall { tokenId: ticket }), Address::ZERO);
    let words = |everything: Vec<(Vec<(U256, U256)>, U256)>| {
        let slots = everything.into_iter().flat_map(|(slots, _)| slots);
        slots.filter(|(_, word)| *word != ZERO).collect::<Vec<_>>()
    };
    assert_eq!(words(world.everything()), words(before));
}

#[test]
fn an_approval_is_told_replaced_and_taken_back() {
    let (mut world, ticket) = stage();
    let (alice, bob, carol) = (world.alice, world.bob, world.carol);
    let approved = |world: &World| world.told(Queue::getApprovedCall { tokenId: ticket });
    assert_eq!(approved(&world), Address::ZERO);

    // The owner itself and the queue may be approved as well.
    for to in [bob.address, carol.address, alice.address, world.queue, Address::ZERO] {
        let receipt = world.does(alice, Queue::approveCall { to, tokenId: ticket });
        let told = Queue::Approval { owner: alice.address, approved: to, tokenId: ticket };
        world.assert_logs(&receipt, &[world.of_queue(&told)]);
        assert_eq!(approved(&world), to);
    }
    let operator = bob.address;
    let refused = Queue::ERC721InsufficientApproval { operator, tokenId: ticket };
    world.refuses(bob, transfer(alice, bob, ticket), refused);
}

pub(super) fn an_approval_ends_with_a_transfer() {
    let (mut world, ticket) = stage();
    let (alice, bob, carol) = (world.alice, world.bob, world.carol);
    world.does(alice, Queue::approveCall { to: bob.address, tokenId: ticket });

    world.does(bob, transfer(alice, carol, ticket));

    assert_eq!(world.told(Queue::getApprovedCall { tokenId: ticket }), Address::ZERO);
    let operator = bob.address;
    let refused = Queue::ERC721InsufficientApproval { operator, tokenId: ticket };
    world.refuses(bob, transfer(carol, bob, ticket), refused);
    // Nor does it come back with the ticket.
    world.does(carol, transfer(carol, alice, ticket));
    let refused = Queue::ERC721InsufficientApproval { operator, tokenId: ticket };
    world.refuses(bob, transfer(alice, bob, ticket), refused);
}

#[test]
fn an_approval_ends_when_its_ticket_moves() {
    an_approval_ends_with_a_transfer();
}

#[test]
fn owner_and_operator_approve_and_nobody_else() {
    let (mut world, ticket) = stage();
    let (alice, bob, carol, keeper) = (world.alice, world.bob, world.carol, world.keeper);
    let approve = |to: Address| Queue::approveCall { to, tokenId: ticket };
    let operator = carol.address;
    world.does(alice, Queue::setApprovalForAllCall { operator, approved: true });
    world.does(carol, approve(bob.address));

    // Who may move one ticket lets nobody else do so.
    for who in [bob, keeper] {
        let refused = Queue::ERC721InvalidApprover { approver: who.address };
        world.refuses(who, approve(who.address), refused);
    }
    let id = number(1, 2);
    let call = Queue::approveCall { to: bob.address, tokenId: id };
    world.refuses(keeper, call, Queue::ERC721NonexistentToken { tokenId: id });
}

#[test]
fn an_operator_is_told_and_is_one_for_all_tickets_until_it_is_none() {
    let (mut world, ticket) = stage();
    let (alice, bob) = (world.alice, world.bob);
    let (owner, operator) = (alice.address, bob.address);
    let is = |world: &World| world.told(Queue::isApprovedForAllCall { owner, operator });
    assert!(!is(&world));

    for approved in [true, true, false] {
        let receipt = world.does(alice, Queue::setApprovalForAllCall { operator, approved });
        let told = Queue::ApprovalForAll { owner, operator, approved };
        world.assert_logs(&receipt, &[world.of_queue(&told)]);
        assert_eq!(is(&world), approved);
        let other = world.told(Queue::isApprovedForAllCall { owner: operator, operator: owner });
        assert!(!other);
        let mut after = world.clone();
        let call = transfer(alice, bob, ticket);
        if approved {
            // As often as there are tickets, of later ones too.
            let later = after.request(alice, ether(1));
            after.does(bob, call);
            after.does(bob, transfer(alice, bob, later));
        } else {
            let refused = Queue::ERC721InsufficientApproval { operator, tokenId: ticket };
            after.refuses(bob, call, refused);
        }
    }
    let call = Queue::setApprovalForAllCall { operator: Address::ZERO, approved: true };
    world.refuses(alice, call, Queue::ERC721InvalidOperator { operator: Address::ZERO });
}

#[test]
fn views_of_tickets_refuse_what_is_not_there() {
    let (world, ticket) = stage();
    let mut world = world;
    let keeper = world.keeper;
    let owner = Address::ZERO;
    let refused = Queue::ERC721InvalidOwner { owner };
    world.refuses(keeper, Queue::balanceOfCall { owner }, refused);
    assert_eq!(count(&world, keeper), ZERO);

    for id in [ZERO, ticket + U256::ONE, ticket | U256::ONE << 64, ALL] {
        let refused = || Queue::ERC721NonexistentToken { tokenId: id };
        world.refuses(keeper, Queue::ownerOfCall { tokenId: id }, refused());
        world.refuses(keeper, Queue::getApprovedCall { tokenId: id }, refused());
        world.refuses(keeper, Queue::tokenURICall { tokenId: id }, refused());
    }
}

#[test]
fn names_and_interfaces_are_what_is_told() {
    let (world, _) = stage();
    let kept = |id: u32| {
        let id: FixedBytes<4> = id.into();
        world.told(Queue::supportsInterfaceCall { interfaceId: id })
    };

    assert_eq!(world.told(Queue::nameCall {}), "METIS Redemption");
    assert_eq!(world.told(Queue::symbolCall {}), "METIS-R");
    for id in [0x01ff_c9a7, 0x80ac_58cd, 0x5b5e_139f, 0x4906_4906] {
        assert!(kept(id), "{id:08x}");
    }
    // Nobody, nothing, enumeration, ERC-20, ERC-1155, a receiver of tokens.
    for id in [0xffff_ffff, 0, 0x780e_9d63, 0x3637_2b07, 0xd9b6_7a26, 0x150b_7a02] {
        assert!(!kept(id), "{id:08x}");
    }
}
