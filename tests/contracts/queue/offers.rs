//! A contract is asked whether it takes a ticket.

use super::super::fixtures::{IRefuser, ITicketTaker as Taker, Refusal, Taking};
use super::kit::*;
use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::{SolCall, SolError};

/// Gas that a receiver gets who may be hostile.
const GRANTED: u64 = 1_000_000;
/// Bytes of calldata that the queue reads.
const LIMIT_OF_CALLDATA: usize = 8_192;
/// What of that is left for data: a selector and five words come before it.
const LONGEST: usize = LIMIT_OF_CALLDATA - 164;

/// Alice's ticket, and who is asked.
fn stage() -> (World, Address, U256) {
    let mut world = world();
    let ticket = world.request(world.alice, ether(3));
    let taker = world.fixture("TicketTaker");
    (world, taker, ticket)
}

/// The two ways, the second with data.
fn offers(from: Account, to: Address, id: U256, data: &Bytes) -> [Bytes; 2] {
    let (from, data) = (from.address, data.clone());
    [
        encoded(&Queue::safeTransferFrom_0Call { from, to, tokenId: id }),
        encoded(&Queue::safeTransferFrom_1Call { from, to, tokenId: id, data }),
    ]
}

fn turn(world: &mut World, taker: Address, mode: Taking) {
    let call = Taker::answerCall { mode: mode as u8 };
    world.chain.send(world.keeper, taker, call).ok();
}

/// Alice offers the ticket in both ways and is refused so each time.
#[track_caller]
fn refused<E: SolError + std::fmt::Debug + Clone>(
    world: &mut World,
    to: Address,
    id: U256,
    error: &E,
) {
    for data in offers(world.alice, to, id, &Bytes::new()) {
        let before = world.everything();
        world.chain.send_raw(world.alice, world.queue, data).fails_with(error.clone());
        assert_eq!(world.everything(), before);
    }
}

#[test]
fn who_says_yes_gets_the_ticket_and_all_that_was_said_about_it() {
    for size in [0, 1, 31, 32, 33, 64, 1_000, LONGEST] {
        let (origin, taker, ticket) = stage();
        let (alice, bob, queue) = (origin.alice, origin.bob, origin.queue);
        let said: Bytes = (0..size).map(|at| at as u8 | 1).collect();
        for (at, call) in offers(alice, taker, ticket, &said).into_iter().enumerate() {
            let mut world = origin.clone();
            let to = bob.address;
            world.does(alice, Queue::approveCall { to, tokenId: ticket });

            // Padding may be left away where it does not fit.
            let call = call.slice(..call.len().min(LIMIT_OF_CALLDATA));
            let receipt = world.chain.send_raw(bob, queue, call).ok();

            let data = if at == 0 { Bytes::new() } else { said.clone() };
            let (operator, from) = (bob.address, alice.address);
            let asked = Taker::Asked { operator, from, tokenId: ticket, data };
            let [moved, answered] = &receipt.logs[..] else { panic!("{:?}", receipt.logs) };
            assert_eq!(*moved, world.moved(alice, taker, ticket));
            let expected = alloy_sol_types::SolEvent::encode_log_data(&asked);
            assert_eq!((answered.address, &answered.data), (taker, &expected), "{size} bytes");
            assert_eq!(world.told(Queue::ownerOfCall { tokenId: ticket }), taker);
        }
    }
}

pub(super) fn who_says_no() {
    let (mut world, taker, ticket) = stage();
    let (operator, from) = (world.alice.address, world.alice.address);

    turn(&mut world, taker, Taking::Refuse);
    let data = Bytes::new();
    let error = Taker::Refused { operator, from, tokenId: ticket, data };
    refused(&mut world, taker, ticket, &error);
    let invalid = Queue::ERC721InvalidReceiver { receiver: taker };
    for mode in [Taking::Silent, Taking::WrongMagic, Taking::Empty, Taking::BurnGas] {
        turn(&mut world, taker, mode);
        refused(&mut world, taker, ticket, &invalid);
    }
    // Who was never made to be asked, and the hub.
    let refuser = world.fixture("Refuser");
    let accept = IRefuser::answerCall { mode: Refusal::Accept as u8, size: ZERO };
    world.chain.send(world.keeper, refuser, accept).ok();
    refused(&mut world, refuser, ticket, &Queue::ERC721InvalidReceiver { receiver: refuser });
    let selector = Taker::onERC721ReceivedCall::SELECTOR.into();
    let unknown = Hub::SelectorUnknown { selector, size: word(4 + 5 * 32) };
    let hub = world.hub;
    refused(&mut world, hub, ticket, &unknown);
    assert_eq!(world.told(Queue::ownerOfCall { tokenId: ticket }), operator);
}

#[test]
fn who_says_no_or_nothing_or_something_else_does_not_get_the_ticket() {
    who_says_no();
}

#[test]
fn an_error_of_any_length_is_relayed_as_far_as_calldata_may_be_long() {
    let (mut world, _, ticket) = stage();
    let (alice, queue) = (world.alice, world.queue);
    let refuser = world.fixture("Refuser");

    for size in [1, 100, 101, LIMIT_OF_CALLDATA, LIMIT_OF_CALLDATA + 1, 100_000] {
        let (mode, size_) = (Refusal::Bomb as u8, word(size as u64));
        world.chain.send(world.keeper, refuser, IRefuser::answerCall { mode, size: size_ }).ok();
        for call in offers(alice, refuser, ticket, &Bytes::new()) {
            let failure = world.chain.send_raw(alice, queue, call).dry_run().unwrap_err();
            assert_eq!(failure.data().len(), size.min(LIMIT_OF_CALLDATA));
        }
    }
}

#[test]
fn an_account_without_code_and_a_plain_transfer_are_not_asked() {
    let (mut world, taker, ticket) = stage();
    let (alice, bob) = (world.alice, world.bob);
    let (from, to) = (alice.address, bob.address);
    world.does(alice, Queue::safeTransferFrom_0Call { from, to, tokenId: ticket });
    assert_eq!(world.told(Queue::ownerOfCall { tokenId: ticket }), to);

    turn(&mut world, taker, Taking::Refuse);
    let (from, to) = (bob.address, taker);
    world.does(bob, Queue::transferFromCall { from, to, tokenId: ticket });
    assert_eq!(world.told(Queue::ownerOfCall { tokenId: ticket }), taker);
}

#[test]
fn more_than_a_word_is_a_yes_too() {
    let (mut world, taker, ticket) = stage();
    turn(&mut world, taker, Taking::Long);
    for data in offers(world.alice, taker, ticket, &Bytes::new()) {
        world.clone().chain.send_raw(world.alice, world.queue, data).ok();
    }
}

#[test]
fn a_receiver_that_burns_its_gas_is_refused_by_name_or_the_gas_runs_out() {
    let (mut world, taker, ticket) = stage();
    let (alice, queue) = (world.alice, world.queue);
    turn(&mut world, taker, Taking::BurnGas);
    let [call, _] = offers(alice, taker, ticket, &Bytes::new());
    let refused = || Queue::ERC721InvalidReceiver { receiver: taker };
    let failure = world.chain.send_raw(alice, queue, call.clone()).fails_with(refused());
    // It gets so much and no more.
    let used = failure.gas_used();
    assert!((GRANTED..GRANTED + 100_000).contains(&used), "{used}");

    let (mut typed, mut out) = (0, 0);
    for gas in (60_000..1_200_000).step_by(20_000) {
        let failure = world.chain.send_raw(alice, queue, call.clone()).gas(gas).dry_run();
        match failure.unwrap_err() {
            failure if failure.is(&refused()) => typed += 1,
            emetis::Failure::OutOfGas { .. } => {
                assert_eq!(typed, 0, "out of gas with {gas}, and not with less");
                out += 1;
            }
            failure => panic!("with {gas}: {failure:?}"),
        }
    }
    assert!(typed > 3 && out > 20, "{typed} are told, {out} run out of gas");
}

#[test]
fn whoever_is_asked_has_the_ticket_and_gets_into_nothing_that_changes_state() {
    let (mut origin, taker, ticket) = stage();
    let (alice, bob, keeper, queue) = (origin.alice, origin.bob, origin.keeper, origin.queue);
    origin.mint(taker, ether(1));
    let (from, to, receiver) = (taker, bob.address, bob.address);
    let id = ticket;
    let changes = [
        encoded(&Queue::transferFromCall { from, to, tokenId: id }),
        encoded(&Queue::safeTransferFrom_0Call { from, to: taker, tokenId: id }),
        encoded(&Queue::approveCall { to, tokenId: id }),
        encoded(&Queue::cancelCall { ticket, receiver }),
        encoded(&Queue::claimCall { ticket, receiver }),
        encoded(&Queue::requestRedeemCall { nominal: LEAST, receiver }),
        encoded(&Queue::finalizeCall { maxAssets: ALL, maxBatches: ALL }),
    ];
    let strike = |payload: &Bytes| {
        let mut world = origin.clone();
        let arm = Taker::armCall { target: queue, payload: payload.clone() };
        world.chain.send(keeper, taker, arm).ok();
        turn(&mut world, taker, Taking::Strike);
        let [call, _] = offers(alice, taker, ticket, &Bytes::new());
        world.chain.send_raw(alice, queue, call).ok();
        assert_eq!(world.told(Queue::ownerOfCall { tokenId: ticket }), taker);
        let struck = world.chain.view(taker, Taker::struckCall {});
        (struck, world.chain.view(taker, Taker::resultCall {}))
    };

    for payload in changes {
        let selector: [u8; 4] = payload[..4].try_into().unwrap();
        let refused = Queue::ReentryRefused { selector: selector.into() }.abi_encode();
        assert_eq!(strike(&payload), (false, refused.into()));
    }
    let owner = strike(&encoded(&Queue::ownerOfCall { tokenId: ticket }));
    assert_eq!(owner, (true, taker.into_word().into()));
    // It may move the ticket on once it has it.
    let data = encoded(&Queue::transferFromCall { from: taker, to, tokenId: ticket });
    let (mut world, value) = (origin.clone(), ZERO);
    let [call, _] = offers(alice, taker, ticket, &Bytes::new());
    world.chain.send_raw(alice, queue, call).ok();
    world.chain.send(keeper, taker, Taker::executeCall { to: queue, value, data }).ok();
    assert_eq!(world.told(Queue::ownerOfCall { tokenId: ticket }), to);
}

#[test]
fn data_that_does_not_fit_the_calldata_is_refused() {
    let (mut world, taker, ticket) = stage();
    let (alice, queue) = (world.alice, world.queue);
    let said: Bytes = vec![7; LONGEST + 1].into();
    let [_, call] = offers(alice, taker, ticket, &said);

    let call = call.slice(..=LIMIT_OF_CALLDATA);
    let (size, limit) = (word(call.len() as u64), word(LIMIT_OF_CALLDATA as u64));
    world.chain.send_raw(alice, queue, call).fails_with(Queue::CalldataTooLong { size, limit });
}
