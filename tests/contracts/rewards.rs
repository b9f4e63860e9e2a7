//! METIS that the minter brings.

use super::kit::*;
use alloy_primitives::{Address, U256};
use emetis::suite::{Params, Suite};

const ONE: U256 = U256::ONE;

fn receive(receiver: impl Into<Address>) -> Hub::receiveRewardsCall {
    Hub::receiveRewardsCall { receiver: receiver.into() }
}

#[test]
fn rewards_are_booked_and_minted_to_their_receiver() {
    let mut world = world();
    let (minter, bob, hub) = (world.minter, world.bob, world.hub);
    world.mint(bob, ether(5));
    let assets = ether(2);

    let receipt = world.chain.send(minter, hub, receive(bob)).value(assets).ok();

    let (caller, receiver) = (minter.address, bob.address);
    let received = Hub::RewardsReceived { caller, receiver, assets, supply: ether(7) };
    world.assert_logs(&receipt, &[event(&received), minted(bob, assets)]);
    assert_eq!(receipt.output, assets);
    assert_eq!(world.books(), Books::new(ether(7), ether(7), U256::ZERO));
    assert_eq!((world.balance(bob), world.balance(minter)), (ether(7), U256::ZERO));
    assert_eq!((world.metis(hub), world.metis(minter)), (ether(7), WEALTH - assets));
}

#[test]
fn only_the_minter_brings_rewards() {
    let mut world = world();
    let (hub, minter) = (world.hub, world.minter.address);

    for caller in [world.alice, world.treasury] {
        let refused = Hub::CallerNotMinter { caller: caller.address, minter };
        world.chain.send(caller, hub, receive(caller)).fails_with(refused);
    }
}

#[test]
fn a_zero_minter_is_nobody() {
    let mut chain = Chain::new();
    let minter = Address::ZERO;
    let params = Params { minter, ..Params::default() };
    let suite = Suite::place(&mut chain, programs());
    let hub = suite.liquid_staking;
    let construct = suite.hub_constructor(&params);
    chain.send_raw(Account::named("alice"), hub, construct).ok();
    let alice = chain.account("alice");

    let refused = Hub::CallerNotMinter { caller: minter, minter };
    chain.send(Address::ZERO, hub, receive(alice)).fails_with(refused);
    let refused = Hub::CallerNotMinter { caller: alice.address, minter };
    chain.send(alice, hub, receive(alice)).fails_with(refused);

    assert_eq!(chain.view(hub, Hub::minterCall {}), minter);
}

#[test]
fn rewards_need_a_receiver_and_metis() {
    let mut world = world();
    let (minter, alice, hub) = (world.minter, world.alice, world.hub);

    for receiver in [Address::ZERO, hub] {
        let refused = Hub::ERC20InvalidReceiver { receiver };
        world.chain.send(minter, hub, receive(receiver)).value(ONE).fails_with(refused);
    }
    world.chain.send(minter, hub, receive(alice)).fails_with(Hub::AssetsZero {});
}

#[test]
fn rewards_are_not_halted_with_deposits() {
    let mut world = world();
    let (minter, alice, hub) = (world.minter, world.alice, world.hub);
    world.set_books(Books::new(ether(9), ether(1), U256::ZERO));

    world.chain.send(minter, hub, receive(alice)).value(ether(2)).ok();

    assert_eq!(world.books(), Books::new(ether(11), ether(3), U256::ZERO));
    assert_eq!(world.chain.view(hub, Hub::shortfallCall {}), ether(8));
}

#[test]
fn rewards_fill_84_bits_and_not_a_wei_more() {
    let mut world = world();
    let (minter, alice, hub) = (world.minter, world.alice, world.hub);
    let two = U256::from(2);

    world.set_books(Books::new(LIMIT - ONE, ONE, U256::ZERO));
    let refused = Hub::SupplyOverflow { supply: LIMIT - ONE, assets: two, limit: LIMIT };
    world.chain.send(minter, hub, receive(alice)).value(two).fails_with(refused);
    world.chain.send(minter, hub, receive(alice)).value(ONE).ok();
    assert_eq!(world.books(), Books::new(LIMIT, two, U256::ZERO));

    world.set_books(Books::new(ONE, LIMIT - ONE, U256::ZERO));
    let refused = Hub::BufferOverflow { buffer: LIMIT - ONE, assets: two, limit: LIMIT };
    world.chain.send(minter, hub, receive(alice)).value(two).fails_with(refused);

    let most = U256::from(u128::MAX);
    world.set_balance(alice, most);
    let account = alice.address;
    let refused = Hub::BalanceOverflow { account, balance: most, added: ONE };
    world.chain.send(minter, hub, receive(alice)).value(ONE).fails_with(refused);
}
