//! METIS that the allocator brings.

use super::kit::*;
use alloy_primitives::{Address, U256};

const ONE: U256 = U256::ONE;

fn receive(receiver: impl Into<Address>) -> Hub::receiveRewardsCall {
    Hub::receiveRewardsCall { receiver: receiver.into() }
}

#[test]
fn rewards_are_booked_and_minted_to_their_receiver() {
    let mut world = world();
    let (allocator, bob, hub) = (world.allocator, world.bob, world.hub);
    world.mint(bob, ether(5));
    let assets = ether(2);

    let receipt = world.chain.send(allocator, hub, receive(bob)).value(assets).ok();

    let (caller, receiver) = (allocator.address, bob.address);
    let received = Hub::RewardsReceived { caller, receiver, assets, supply: ether(7) };
    world.assert_logs(&receipt, &[event(&received), minted(bob, assets)]);
    assert_eq!(receipt.output, assets);
    assert_eq!(world.books(), Books::new(ether(7), ether(7), U256::ZERO));
    assert_eq!((world.balance(bob), world.balance(allocator)), (ether(7), U256::ZERO));
    assert_eq!((world.metis(hub), world.metis(allocator)), (ether(7), WEALTH - assets));
}

#[test]
fn only_the_allocator_brings_rewards() {
    let mut world = world();
    let (hub, allocator) = (world.hub, world.allocator.address);

    for caller in [world.alice, world.treasury] {
        let refused = Hub::CallerNotAllocator { caller: caller.address, allocator };
        world.chain.send(caller, hub, receive(caller)).fails_with(refused);
    }
}

#[test]
fn rewards_need_a_receiver_and_metis() {
    let mut world = world();
    let (allocator, alice, hub) = (world.allocator, world.alice, world.hub);

    for receiver in [Address::ZERO, hub] {
        let refused = Hub::ERC20InvalidReceiver { receiver };
        world.chain.send(allocator, hub, receive(receiver)).value(ONE).fails_with(refused);
    }
    world.chain.send(allocator, hub, receive(alice)).fails_with(Hub::AssetsZero {});
}

#[test]
fn rewards_are_not_halted_with_deposits() {
    let mut world = world();
    let (allocator, alice, hub) = (world.allocator, world.alice, world.hub);
    world.set_books(Books::new(ether(9), ether(1), U256::ZERO));

    world.chain.send(allocator, hub, receive(alice)).value(ether(2)).ok();

    assert_eq!(world.books(), Books::new(ether(11), ether(3), U256::ZERO));
    assert_eq!(world.chain.view(hub, Hub::shortfallCall {}), ether(8));
}

#[test]
fn rewards_fill_84_bits_and_not_a_wei_more() {
    let mut world = world();
    let (allocator, alice, hub) = (world.allocator, world.alice, world.hub);
    let two = U256::from(2);

    world.set_books(Books::new(LIMIT - ONE, ONE, U256::ZERO));
    let refused = Hub::SupplyOverflow { supply: LIMIT - ONE, assets: two, limit: LIMIT };
    world.chain.send(allocator, hub, receive(alice)).value(two).fails_with(refused);
    world.chain.send(allocator, hub, receive(alice)).value(ONE).ok();
    assert_eq!(world.books(), Books::new(LIMIT, two, U256::ZERO));

    world.set_books(Books::new(ONE, LIMIT - ONE, U256::ZERO));
    let refused = Hub::BufferOverflow { buffer: LIMIT - ONE, assets: two, limit: LIMIT };
    world.chain.send(allocator, hub, receive(alice)).value(two).fails_with(refused);

    let most = U256::from(u128::MAX);
    world.set_balance(alice, most);
    let account = alice.address;
    let refused = Hub::BalanceOverflow { account, balance: most, added: ONE };
    world.chain.send(allocator, hub, receive(alice)).value(ONE).fails_with(refused);
}
