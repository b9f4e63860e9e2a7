//! Programs expire, and come back with their state.

use super::kit::*;
use alloy_primitives::U256;
use emetis::stylus::arbwasm::{ARB_WASM, ArbWasm};

/// Days after which a program expires.
const LIFE: u64 = 365;

#[test]
fn an_expired_hub_answers_nothing_and_comes_back_intact() {
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    world.mint(alice, ether(10));
    let call = Hub::approveCall { spender: bob.address, value: ether(1) };
    world.chain.send(alice, hub, call).ok();
    let (books, storage, metis) = (world.books(), world.storage(), world.metis(hub));

    world.chain.advance(days(LIFE) + 3_600);

    let transfer = || Hub::transferCall { to: bob.address, value: ether(1) };
    world.chain.send(alice, hub, transfer()).traps();
    assert!(world.chain.try_view(hub, Hub::totalsCall {}).is_err());
    let deposit = Hub::depositCall { receiver: alice.address, tag: TAG };
    world.chain.send(alice, hub, deposit).value(ether(1)).traps();
    assert_eq!((world.storage(), world.metis(hub)), (storage.clone(), metis));

    // Anyone may pay for its next life.
    world.chain.activate(bob, hub);
    assert_eq!((world.books(), world.storage()), (books, storage));
    assert_eq!(world.allowance(alice, bob), ether(1));
    world.chain.send(alice, hub, transfer()).ok();
    assert_eq!((world.balance(alice), world.balance(bob)), (ether(9), ether(1)));
}

#[test]
fn a_hub_that_is_prolonged_in_time_does_not_expire() {
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    world.mint(alice, ether(10));

    world.chain.advance(days(LIFE - 1));
    let codehash = alloy_primitives::keccak256(world.chain.code(hub));
    let call = ArbWasm::codehashKeepaliveCall { codehash };
    world.chain.send(bob, ARB_WASM, call).value(ether(1)).ok();
    world.chain.advance(days(LIFE - 1));

    let call = Hub::transferCall { to: bob.address, value: ether(1) };
    world.chain.send(alice, hub, call).ok();
    assert_eq!(world.balance(bob), ether(1));
    assert_eq!(world.books(), Books::new(ether(10), ether(10), U256::ZERO));
}

#[test]
fn a_hub_deployed_but_not_activated_answers_nothing() {
    let mut chain = Chain::new();
    let alice = chain.account("alice");
    let code = emetis::stylus::package::init_code(&programs().liquid_staking);
    let hub = chain.create(alice, code).ok().output;

    chain.send(alice, hub, Hub::totalSupplyCall {}).traps();
}
