//! eMETIS as an ERC-20.

use super::kit::*;
use alloy_primitives::{Address, Bytes, U256};

const ONE: U256 = U256::ONE;

fn transfer(to: impl Into<Address>, value: U256) -> Hub::transferCall {
    Hub::transferCall { to: to.into(), value }
}

fn approve(spender: impl Into<Address>, value: U256) -> Hub::approveCall {
    Hub::approveCall { spender: spender.into(), value }
}

fn transfer_from(
    from: impl Into<Address>,
    to: impl Into<Address>,
    value: U256,
) -> Hub::transferFromCall {
    Hub::transferFromCall { from: from.into(), to: to.into(), value }
}

fn moved(from: impl Into<Address>, to: impl Into<Address>, value: U256) -> Bytes {
    event(&Hub::Transfer { from: from.into(), to: to.into(), value })
}

fn approved(owner: impl Into<Address>, spender: impl Into<Address>, value: U256) -> Bytes {
    event(&Hub::Approval { owner: owner.into(), spender: spender.into(), value })
}

/// A world in which Alice has ten eMETIS.
fn rich() -> World {
    let mut world = world();
    world.mint(world.alice, ether(10));
    world
}

#[test]
fn the_token_says_what_it_is() {
    let world = world();

    assert_eq!(world.chain.view(world.hub, Hub::nameCall {}), "Liquid METIS");
    assert_eq!(world.chain.view(world.hub, Hub::symbolCall {}), "eMETIS");
    assert_eq!(world.chain.view(world.hub, Hub::decimalsCall {}), 18);
    assert_eq!(world.chain.view(world.hub, Hub::totalSupplyCall {}), U256::ZERO);
}

#[test]
fn a_transfer_moves_tokens() {
    let mut world = rich();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);

    let receipt = world.chain.send(alice, hub, transfer(bob, ether(4))).ok();

    world.assert_logs(&receipt, &[moved(alice, bob, ether(4))]);
    assert!(receipt.output);
    assert_eq!((world.balance(alice), world.balance(bob)), (ether(6), ether(4)));
    assert_eq!(world.books(), Books::new(ether(10), ether(10), U256::ZERO));
}

#[test]
fn a_transfer_takes_any_amount_up_to_the_balance() {
    for value in [U256::ZERO, ONE, ether(10) - ONE, ether(10)] {
        let mut world = rich();
        let (alice, bob, hub) = (world.alice, world.bob, world.hub);

        let receipt = world.chain.send(alice, hub, transfer(bob, value)).ok();

        world.assert_logs(&receipt, &[moved(alice, bob, value)]);
        assert_eq!((world.balance(alice), world.balance(bob)), (ether(10) - value, value));
    }
}

#[test]
fn a_transfer_beyond_the_balance_is_refused() {
    let mut world = rich();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);

    for needed in [ether(10) + ONE, U256::ONE << 128, (U256::ONE << 128) + ONE, U256::MAX] {
        let (sender, balance) = (alice.address, ether(10));
        let refused = Hub::ERC20InsufficientBalance { sender, balance, needed };
        world.chain.send(alice, hub, transfer(bob, needed)).fails_with(refused);
    }
    let refused =
        Hub::ERC20InsufficientBalance { sender: bob.address, balance: U256::ZERO, needed: ONE };
    world.chain.send(bob, hub, transfer(alice, ONE)).fails_with(refused);
}

#[test]
fn a_transfer_to_oneself_changes_nothing() {
    let mut world = rich();
    let (alice, hub) = (world.alice, world.hub);
    let storage = world.storage();

    for value in [U256::ZERO, ONE, ether(10)] {
        let receipt = world.chain.send(alice, hub, transfer(alice, value)).ok();
        world.assert_logs(&receipt, &[moved(alice, alice, value)]);
    }
    let (sender, balance, needed) = (alice.address, ether(10), ether(10) + ONE);
    let refused = Hub::ERC20InsufficientBalance { sender, balance, needed };
    world.chain.send(alice, hub, transfer(alice, needed)).fails_with(refused);

    assert_eq!(world.storage(), storage);
}

#[test]
fn nobody_and_the_hub_cannot_be_sent_tokens() {
    let mut world = rich();
    let (alice, hub) = (world.alice, world.hub);

    for receiver in [Address::ZERO, hub] {
        let refused = || Hub::ERC20InvalidReceiver { receiver };
        world.chain.send(alice, hub, transfer(receiver, ONE)).fails_with(refused());
        world.chain.send(alice, hub, transfer(receiver, U256::ZERO)).fails_with(refused());
        let call = transfer_from(alice, receiver, ONE);
        world.chain.send(alice, hub, call).fails_with(refused());
    }
}

#[test]
fn a_balance_that_would_pass_128_bits_refuses_a_transfer() {
    let mut world = rich();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let most = U256::from(u128::MAX);
    world.set_balance(bob, most);

    let account = bob.address;
    let refused = || Hub::BalanceOverflow { account, balance: most, added: ONE };
    world.chain.send(alice, hub, transfer(bob, ONE)).fails_with(refused());
    world.chain.send(alice, hub, approve(alice, ONE)).ok();
    world.chain.send(alice, hub, transfer_from(alice, bob, ONE)).fails_with(refused());

    world.chain.send(alice, hub, transfer(bob, U256::ZERO)).ok();
    assert_eq!(world.balance(bob), most);
}

#[test]
fn an_allowance_is_set_and_replaced() {
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);

    for value in [ONE, ether(4), U256::MAX, U256::MAX - ONE, U256::ZERO] {
        let receipt = world.chain.send(alice, hub, approve(bob, value)).ok();
        world.assert_logs(&receipt, &[approved(alice, bob, value)]);
        assert!(receipt.output);
        assert_eq!(world.allowance(alice, bob), value);
    }
    assert_eq!(world.allowance(bob, alice), U256::ZERO);
}

#[test]
fn nobody_cannot_be_given_an_allowance() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);

    let refused = Hub::ERC20InvalidSpender { spender: Address::ZERO };
    world.chain.send(alice, hub, approve(Address::ZERO, ONE)).fails_with(refused);
}

#[test]
fn a_spender_moves_tokens_within_the_allowance() {
    let mut world = rich();
    let (alice, bob, carol, hub) = (world.alice, world.bob, world.carol, world.hub);
    world.chain.send(alice, hub, approve(bob, ether(5))).ok();

    let receipt = world.chain.send(bob, hub, transfer_from(alice, carol, ether(4))).ok();

    world.assert_logs(&receipt, &[moved(alice, carol, ether(4))]);
    assert!(receipt.output);
    assert_eq!((world.balance(alice), world.balance(carol)), (ether(6), ether(4)));
    assert_eq!(world.balance(bob), U256::ZERO);
    assert_eq!(world.allowance(alice, bob), ether(1));
    let (spender, allowance, needed) = (bob.address, ether(1), ether(1) + ONE);
    let refused = Hub::ERC20InsufficientAllowance { spender, allowance, needed };
    world.chain.send(bob, hub, transfer_from(alice, carol, needed)).fails_with(refused);
    world.chain.send(bob, hub, transfer_from(alice, carol, ether(1))).ok();
    assert_eq!(world.allowance(alice, bob), U256::ZERO);
}

#[test]
fn an_infinite_allowance_stays_and_one_below_falls() {
    for (value, left) in [(U256::MAX, U256::MAX), (U256::MAX - ONE, U256::MAX - ether(3) - ONE)] {
        let mut world = rich();
        let (alice, bob, hub) = (world.alice, world.bob, world.hub);
        world.chain.send(alice, hub, approve(bob, value)).ok();

        let receipt = world.chain.send(bob, hub, transfer_from(alice, bob, ether(3))).ok();

        world.assert_logs(&receipt, &[moved(alice, bob, ether(3))]);
        assert_eq!(world.allowance(alice, bob), left);
    }
}

#[test]
fn an_owner_needs_an_allowance_to_itself() {
    let mut world = rich();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);

    let refused = Hub::ERC20InsufficientAllowance {
        spender: alice.address,
        allowance: U256::ZERO,
        needed: ONE,
    };
    world.chain.send(alice, hub, transfer_from(alice, bob, ONE)).fails_with(refused);
    world.chain.send(alice, hub, approve(alice, ONE)).ok();
    world.chain.send(alice, hub, transfer_from(alice, bob, ONE)).ok();

    assert_eq!(world.balance(bob), ONE);
}

#[test]
fn a_transfer_of_nothing_needs_no_allowance() {
    let mut world = rich();
    let (alice, bob, carol, hub) = (world.alice, world.bob, world.carol, world.hub);
    let storage = world.storage();

    let receipt = world.chain.send(bob, hub, transfer_from(alice, carol, U256::ZERO)).ok();

    world.assert_logs(&receipt, &[moved(alice, carol, U256::ZERO)]);
    assert_eq!(world.storage(), storage);
}

#[test]
fn of_several_flaws_a_transfer_from_names_the_first() {
    let mut world = rich();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let (zero, needed) = (Address::ZERO, ether(11));

    let refused = Hub::ERC20InvalidSender { sender: zero };
    world.chain.send(bob, hub, transfer_from(zero, zero, needed)).fails_with(refused);
    let refused = Hub::ERC20InvalidReceiver { receiver: zero };
    world.chain.send(bob, hub, transfer_from(alice, zero, needed)).fails_with(refused);
    let (spender, allowance) = (bob.address, U256::ZERO);
    let refused = Hub::ERC20InsufficientAllowance { spender, allowance, needed };
    world.chain.send(bob, hub, transfer_from(alice, bob, needed)).fails_with(refused);

    world.chain.send(alice, hub, approve(bob, needed)).ok();
    let (sender, balance) = (alice.address, ether(10));
    let refused = Hub::ERC20InsufficientBalance { sender, balance, needed };
    world.chain.send(bob, hub, transfer_from(alice, bob, needed)).fails_with(refused);
    assert_eq!(world.allowance(alice, bob), needed, "a transfer that failed spends nothing");
}
