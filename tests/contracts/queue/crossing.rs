//! Who is paid by the hub calls the queue meanwhile, and the other way round.

use super::super::fixtures::IReenterer;
use super::kit::*;
use alloy_primitives::{Address, Bytes, FixedBytes, U256};
use alloy_sol_types::{SolCall, SolError};

/// What Alice redeems at once: within the limit of a day.
const AT_ONCE: U256 = LEAST;

/// A filled, a closed and an open batch, each with a ticket of an attacker who has eMETIS as well.
fn stage() -> (World, Address, [U256; 3]) {
    let mut world = world();
    let attacker = world.fixture("Reenterer");
    let owner = Account::at(attacker);
    let allow = Hub::approveCall { spender: world.queue, value: ALL };
    world.chain.send(owner, world.hub, allow).ok();
    world.mint(world.alice, ether(1_000));
    let filled = world.request(owner, ether(3));
    world.close();
    world.finalize();
    let closed = world.request(owner, ether(4));
    world.close();
    let open = world.request(owner, ether(5));
    world.mint(attacker, ether(6));
    (world, attacker, [filled, closed, open])
}

fn arm(world: &mut World, attacker: Address, target: Address, payload: &Bytes) {
    let (payload, value, times, insists) = (payload.clone(), ZERO, U256::ONE, false);
    let arm = IReenterer::armCall { target, value, payload, times, insists };
    world.chain.send(world.alice, attacker, arm).ok();
}

fn outcome(world: &World, attacker: Address) -> (bool, Bytes) {
    let told = world.chain.view(attacker, IReenterer::outcomeCall { index: ZERO });
    (told.ok, told.ret)
}

fn redeem_now(receiver: Address) -> Hub::redeemNowCall {
    Hub::redeemNowCall { nominal: AT_ONCE, minAssets: U256::ONE, receiver }
}

/// The attacker calls the queue while the hub pays it.
fn strike_queue(origin: &World, attacker: Address, payload: &Bytes) -> (World, bool, Bytes) {
    let mut world = origin.clone();
    let (alice, hub, queue) = (world.alice, world.hub, world.queue);
    arm(&mut world, attacker, queue, payload);
    world.chain.send(alice, hub, redeem_now(attacker)).ok();
    let (ok, ret) = outcome(&world, attacker);
    (world, ok, ret)
}

#[test]
fn while_the_hub_pays_nothing_of_the_queue_moves_emetis() {
    let (origin, attacker, [_, _, open]) = stage();
    let (nominal, receiver, deadline) = (ether(1), attacker, ALL);
    let (v, r, s) = (27, FixedBytes::ZERO, FixedBytes::ZERO);
    let permit = Queue::requestRedeemWithPermitCall { nominal, receiver, deadline, v, r, s };
    let (pull, push) = (Hub::transferFromCall::SELECTOR, Hub::transferCall::SELECTOR);
    let finalize = Queue::finalizeCall { maxAssets: ALL, maxBatches: ALL };
    let calls = [
        (encoded(&finalize), Hub::fillCall::SELECTOR),
        (encoded(&Queue::requestRedeemCall { nominal, receiver }), pull),
        (encoded(&permit), pull),
        (encoded(&Queue::requestRedeemsCall { nominals: vec![nominal], receiver }), pull),
        (encoded(&Queue::cancelCall { ticket: open, receiver }), push),
    ];
    let (quiet, ..) = strike_queue(&origin, attacker, &encoded(&Queue::dueCall {}));

    for (payload, selector) in calls {
        let (world, ok, ret) = strike_queue(&origin, attacker, &payload);
        let refused = Queue::ReentryRefused { selector: selector.into() }.abi_encode();
        assert_eq!((ok, &ret[..]), (false, &refused[..]));
        assert_eq!(world.everything(), quiet.everything());
    }
}

#[test]
fn while_the_hub_pays_tickets_are_claimed_and_moved() {
    let (origin, attacker, [ticket, other, _]) = stage();
    let (bob, receiver) = (origin.bob, origin.bob.address);
    let metis = origin.metis(bob);

    let claim = encoded(&Queue::claimCall { ticket, receiver });
    let (world, ok, _) = strike_queue(&origin, attacker, &claim);
    assert!(ok);
    assert_eq!(world.metis(bob), metis + ether(3));
    let (from, to) = (attacker, receiver);
    let call = encoded(&Queue::transferFromCall { from, to, tokenId: other });
    let (world, ok, _) = strike_queue(&origin, attacker, &call);
    assert!(ok);
    assert_eq!(world.told(Queue::ownerOfCall { tokenId: other }), receiver);
}

#[test]
fn while_the_queue_pays_the_hub_redeems_at_once_beside_what_is_owed() {
    let (origin, attacker, [ticket, ..]) = stage();
    let (alice, hub, queue) = (origin.alice, origin.hub, origin.queue);
    let receiver = alice.address;
    let strike = |world: &mut World| {
        arm(world, attacker, hub, &encoded(&redeem_now(receiver)));
        let call = Queue::claimCall { ticket, receiver: attacker };
        world.does(Account::at(attacker), call);
        outcome(world, attacker)
    };
    let mut world = origin.clone();
    let (before, metis) = (world.books(), world.metis(alice));
    assert!(strike(&mut world).0);
    let paid = world.metis(alice) - metis;
    assert!(paid > ZERO && paid < AT_ONCE);
    assert_eq!(world.books()[0], before[0] - AT_ONCE);

    // With no METIS beyond the 9 that wait.
    let mut poor = origin.clone();
    let [_, buffer, _] = poor.books();
    assert_eq!(poor.told(Queue::dueCall {}), ether(9));
    poor.place(buffer - ether(9));
    let (ok, ret) = strike(&mut poor);
    let refused = Hub::BufferTooSmall { assets: AT_ONCE, available: ZERO }.abi_encode();
    assert_eq!((ok, &ret[..]), (false, &refused[..]));
    assert_eq!(poor.metis(queue), ZERO);
}
