//! Who is paid and does not take it, or strikes back.

use super::super::fixtures::{IReenterer, IRefuser, Refusal};
use super::kit::*;
use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::{SolCall, SolError};

/// Bytes that a hostile receiver answers with.
const MUCH: u64 = 100_000;
/// How often it strikes.
const STRIKES: u64 = 3;

/// A filled batch of Alice's 3 METIS.
fn stage() -> (World, U256) {
    let mut world = world();
    let ticket = world.request(world.alice, ether(3));
    world.close();
    world.finalize();
    (world, ticket)
}

#[test]
fn a_receiver_that_refuses_changes_nothing_and_another_one_is_paid() {
    let (mut origin, ticket) = stage();
    let (alice, keeper) = (origin.alice, origin.keeper);
    let receiver = origin.fixture("Refuser");
    let refusals = [Refusal::Revert, Refusal::Silent, Refusal::BurnGas, Refusal::Bomb];

    for refusal in refusals {
        let mut world = origin.clone();
        let answer = IRefuser::answerCall { mode: refusal as u8, size: word(MUCH) };
        world.chain.send(keeper, receiver, answer).ok();
        let failed = Queue::PaymentFailed { receiver, assets: ether(3) };
        world.refuses(alice, Queue::claimCall { ticket, receiver }, failed.clone());
        let tickets = vec![ticket];
        world.refuses(alice, Queue::claimsCall { tickets, receiver }, failed);
        assert_eq!(world.claim(alice, ticket), ether(3), "{refusal:?}");
    }
    for refusal in [Refusal::Flood, Refusal::Accept] {
        let mut world = origin.clone();
        let answer = IRefuser::answerCall { mode: refusal as u8, size: word(MUCH) };
        world.chain.send(keeper, receiver, answer).ok();
        world.does(alice, Queue::claimCall { ticket, receiver });
        assert_eq!(world.metis(receiver), ether(3), "{refusal:?}");
    }
}

/// Pays the attacker for a ticket, who strikes at `target` meanwhile, and returns what came of it.
fn strike(
    world: &mut World,
    ticket: U256,
    attacker: Address,
    payload: &Bytes,
) -> Vec<(bool, Bytes)> {
    let (alice, target, payload) = (world.alice, world.queue, payload.clone());
    let (value, times, insists) = (ZERO, word(STRIKES), false);
    let arm = IReenterer::armCall { target, value, payload, times, insists };
    world.chain.send(alice, attacker, arm).ok();
    world.does(alice, Queue::claimCall { ticket, receiver: attacker });
    let strikes: u64 = world.chain.view(attacker, IReenterer::strikesCall {}).to();
    let outcome = |index| IReenterer::outcomeCall { index: word(index) };
    let told = (0..strikes).map(|index| world.chain.view(attacker, outcome(index)));
    told.map(|told| (told.ok, told.ret)).collect()
}

/// Alice's tickets of a filled and of an open batch, and an attacker with eMETIS who may move them all.
fn ambush() -> (World, Address, [U256; 3]) {
    let (mut world, first) = stage();
    let alice = world.alice;
    let second = world.request(alice, ether(4));
    world.close();
    world.finalize();
    let open = world.request(alice, ether(5));
    let attacker = world.fixture("Reenterer");
    let call = Queue::setApprovalForAllCall { operator: attacker, approved: true };
    world.does(alice, call);
    world.mint(attacker, ether(6));
    (world, attacker, [first, second, open])
}

#[test]
fn whoever_is_paid_gets_into_nothing_that_changes_state() {
    let (origin, attacker, [ticket, other, open]) = ambush();
    let (from, to, receiver) = (origin.alice.address, attacker, attacker);
    let (id, operator) = (other, attacker);
    let payloads = [
        encoded(&Queue::claimCall { ticket, receiver }),
        encoded(&Queue::claimCall { ticket: other, receiver }),
        encoded(&Queue::claimsCall { tickets: vec![other], receiver }),
        encoded(&Queue::cancelCall { ticket: open, receiver }),
        encoded(&Queue::requestRedeemCall { nominal: ether(1), receiver }),
        encoded(&Queue::requestRedeemsCall { nominals: vec![ether(1)], receiver }),
        encoded(&Queue::finalizeCall { maxAssets: ALL, maxBatches: ALL }),
        encoded(&Queue::receiveFillCall {}),
        encoded(&Queue::transferFromCall { from, to, tokenId: id }),
        encoded(&Queue::safeTransferFrom_0Call { from, to, tokenId: id }),
        encoded(&Queue::approveCall { to, tokenId: id }),
        encoded(&Queue::setApprovalForAllCall { operator, approved: true }),
        encoded(&Queue::sweepCall { receiver }),
        origin.suite.queue_constructor().into(),
    ];
    let mut quiet = origin.clone();
    strike(&mut quiet, ticket, attacker, &Bytes::new());

    for payload in payloads {
        let mut world = origin.clone();
        let outcomes = strike(&mut world, ticket, attacker, &payload);

        let selector: [u8; 4] = payload[..4].try_into().unwrap();
        let refused = Queue::ReentryRefused { selector: selector.into() }.abi_encode();
        assert_eq!(outcomes, vec![(false, refused.into()); STRIKES as usize]);
        assert_eq!(world.everything(), quiet.everything());
        assert_eq!(world.metis(attacker), ether(3));
    }
}

#[test]
fn every_view_answers_truly_while_the_queue_pays() {
    let (origin, attacker, [ticket, other, _]) = ambush();
    let (owner, batch) = (origin.alice.address, U256::ONE);
    let (first, count) = (U256::ONE, word(9));
    let views = [
        encoded(&Queue::totalsCall {}),
        encoded(&Queue::dueCall {}),
        encoded(&Queue::closedDueCall {}),
        encoded(&Queue::ticketOfCall { ticket }),
        encoded(&Queue::ticketOfCall { ticket: other }),
        encoded(&Queue::batchOfCall { batch }),
        encoded(&Queue::claimableCall { ticket: other }),
        encoded(&Queue::aheadCall { ticket: other }),
        encoded(&Queue::ticketsOfCall { owner, batch, first, count }),
        encoded(&Queue::balanceOfCall { owner }),
        encoded(&Queue::ownerOfCall { tokenId: other }),
        encoded(&Queue::getApprovedCall { tokenId: other }),
        encoded(&Queue::isApprovedForAllCall { owner, operator: attacker }),
    ];

    for payload in views {
        let mut world = origin.clone();
        let outcomes = strike(&mut world, ticket, attacker, &payload);
        let told = world.chain.send_raw(world.keeper, world.queue, payload.clone()).ok().output;
        assert_eq!(outcomes, vec![(true, told); STRIKES as usize], "{payload}");
    }
}

#[test]
fn the_lock_is_gone_once_the_payment_is_over_even_in_the_same_transaction() {
    use super::super::fixtures::IBatcher;
    let (mut world, attacker, [ticket, other, _]) = ambush();
    let (alice, queue) = (world.alice, world.queue);
    let batcher = world.fixture("Batcher");
    let operator = batcher;
    world.does(alice, Queue::setApprovalForAllCall { operator, approved: true });
    let payload = encoded(&Queue::claimCall { ticket: other, receiver: attacker });
    let (target, value, times, insists) = (queue, ZERO, U256::ONE, true);
    let arm = IReenterer::armCall { target, value, payload, times, insists };
    world.chain.send(alice, attacker, arm).ok();
    let claim = |ticket, receiver| {
        let data = encoded(&Queue::claimCall { ticket, receiver });
        IBatcher::Call { target: queue, value: ZERO, data }
    };

    // The first payment fails, as its receiver insists.
    let calls =
        vec![claim(ticket, attacker), claim(ticket, alice.address), claim(other, alice.address)];
    let batch = IBatcher::batchCall { calls, atomic: false };
    let results = world.chain.send(alice, batcher, batch).ok().output;

    let failed = Queue::PaymentFailed { receiver: attacker, assets: ether(3) };
    let [refused, first, second] = &results[..] else { panic!("{results:?}") };
    assert_eq!((refused.ok, &refused.ret[..]), (false, &failed.abi_encode()[..]));
    let paid = |ret: &Bytes| Queue::claimCall::abi_decode_returns(ret).unwrap();
    assert_eq!([paid(&first.ret), paid(&second.ret)], [ether(3), ether(4)]);
}
