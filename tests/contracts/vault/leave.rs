//! Shares in, eMETIS out.

use super::kit::*;
use alloy_primitives::{Address, U256};

const ONE: U256 = U256::ONE;

fn redeem(shares: U256, receiver: impl Into<Address>, owner: Account) -> Vault::redeem_0Call {
    Vault::redeem_0Call { shares, receiver: receiver.into(), owner: owner.address }
}

fn withdraw(assets: U256, receiver: impl Into<Address>, owner: Account) -> Vault::withdrawCall {
    Vault::withdrawCall { assets, receiver: receiver.into(), owner: owner.address }
}

#[test]
fn a_redemption_burns_shares_and_sends_what_they_are_worth() {
    let mut world = world();
    let (alice, bob, vault) = (world.alice, world.bob, world.vault);
    let shares = world.stake(alice, ether(10));
    let half = shares / U256::from(2);

    let receipt = world.chain.send(alice, vault, redeem(half, bob, alice)).ok();

    let (sender, receiver, owner) = (alice.address, bob.address, alice.address);
    let assets = ether(5);
    assert_eq!(receipt.output, assets);
    receipt.emitted(Vault::Withdraw { sender, receiver, owner, assets, shares: half });
    receipt.emitted(Vault::Transfer { from: owner, to: Address::ZERO, value: half });
    receipt.emitted(Hub::Transfer { from: vault, to: receiver, value: assets });
    assert_eq!(receipt.logs.len(), 3);
    assert_eq!((world.assets(bob), world.shares(alice)), (assets, half));
    assert_eq!(world.total_assets(), ether(6));
}

#[test]
fn a_withdrawal_burns_what_the_assets_cost_rounded_up() {
    let mut world = world();
    let (alice, vault) = (world.alice, world.vault);
    let shares = world.stake(alice, ether(10));
    world.notify(ether(1));
    world.chain.advance(CYCLE);

    let burned = world.chain.send(alice, vault, withdraw(ONE, alice, alice)).ok().output;

    // 12 METIS and a wei for 11 million million and a million shares: 916,666.67 for a wei.
    assert_eq!(burned, U256::from(916_667));
    assert_eq!((world.shares(alice), world.assets(alice)), (shares - burned, ONE));
}

#[test]
fn everybody_can_leave_and_the_dead_stake_stays() {
    let mut world = world();
    let (alice, bob) = (world.alice, world.bob);
    let (some, more) = (world.stake(alice, ether(10)), world.stake(bob, ether(3)));

    assert_eq!(world.redeem(alice, some), ether(10));
    assert_eq!(world.redeem(bob, more), ether(3));

    assert_eq!(world.totals().shares, METIS * OFFSET);
    assert_eq!((world.total_assets(), world.worth(DEAD)), (METIS, METIS));
    assert_eq!(world.max_deposit(), (ONE << 84) - ONE - METIS);
}

#[test]
fn more_than_an_owner_has_is_refused() {
    let mut world = world();
    let (alice, vault, owner) = (world.alice, world.vault, world.alice.address);
    let max = world.stake(alice, ether(10));

    for shares in [max + ONE, U256::MAX, ONE << 128] {
        let refused = Vault::ERC4626ExceededMaxRedeem { owner, shares, max };
        world.chain.send(alice, vault, redeem(shares, alice, alice)).fails_with(refused);
    }
    for assets in [ether(10) + ONE, U256::MAX, ONE << 128] {
        let refused = Vault::ERC4626ExceededMaxWithdraw { owner, assets, max: ether(10) };
        world.chain.send(alice, vault, withdraw(assets, alice, alice)).fails_with(refused);
    }
    let (owner, max) = (world.bob.address, U256::ZERO);
    let refused = Vault::ERC4626ExceededMaxRedeem { owner, shares: ONE, max };
    world.chain.send(world.bob, vault, redeem(ONE, alice, world.bob)).fails_with(refused);
    let all = world.shares(alice);
    world.chain.send(alice, vault, redeem(all, alice, alice)).ok();
}

#[test]
fn nothing_and_shares_worth_nothing_are_refused() {
    let mut world = world();
    let (alice, vault) = (world.alice, world.vault);
    world.stake(alice, ether(1));

    let nothing = redeem(U256::ZERO, alice, alice);
    world.chain.send(alice, vault, nothing).fails_with(Vault::SharesZero {});
    let nothing = withdraw(U256::ZERO, alice, alice);
    world.chain.send(alice, vault, nothing).fails_with(Vault::AssetsZero {});
    let dust = redeem(OFFSET - ONE, alice, alice);
    world.chain.send(alice, vault, dust).fails_with(Vault::AssetsZero {});
    let call = redeem(OFFSET, alice, alice);
    assert_eq!(world.chain.send(alice, vault, call).ok().output, ONE);
}

#[test]
fn dust_of_an_owner_can_be_redeemed_as_nothing_says_max_redeem() {
    let mut world = world();
    let (alice, bob, vault) = (world.alice, world.bob, world.vault);
    world.stake(alice, ether(1));
    let dust = OFFSET - ONE;
    let call = Vault::transferCall { to: bob.address, value: dust };
    world.chain.send(alice, vault, call).ok();

    let (owner, max) = (bob.address, U256::ZERO);
    assert_eq!(world.chain.view(vault, Vault::maxRedeemCall { owner }), max);
    let refused = Vault::ERC4626ExceededMaxRedeem { owner, shares: dust, max };
    world.chain.send(bob, vault, redeem(dust, bob, bob)).fails_with(refused);
}

#[test]
fn another_redeems_on_an_allowance_in_shares_only() {
    let mut world = world();
    let (alice, bob, vault) = (world.alice, world.bob, world.vault);
    let shares = world.stake(alice, ether(10));
    let needed = shares / U256::from(2);
    let (spender, allowance) = (bob.address, needed - ONE);

    let call = Vault::approveCall { spender, value: allowance };
    world.chain.send(alice, vault, call).ok();
    let refused = Vault::ERC20InsufficientAllowance { spender, allowance, needed };
    world.chain.send(bob, vault, redeem(needed, bob, alice)).fails_with(refused.clone());
    world.chain.send(bob, vault, withdraw(ether(5), bob, alice)).fails_with(refused);
    let call = Vault::approveCall { spender, value: needed };
    world.chain.send(alice, vault, call).ok();
    world.chain.send(bob, vault, redeem(needed, bob, alice)).ok();

    let left = Vault::allowanceCall { owner: alice.address, spender };
    assert_eq!(world.chain.view(vault, left), U256::ZERO);
    assert_eq!((world.assets(bob), world.shares(alice)), (ether(5), shares - needed));
}

#[test]
fn an_infinite_allowance_stays_infinite() {
    let mut world = world();
    let (alice, bob, vault) = (world.alice, world.bob, world.vault);
    world.stake(alice, ether(10));
    let spender = bob.address;
    let call = Vault::approveCall { spender, value: U256::MAX };
    world.chain.send(alice, vault, call).ok();

    world.chain.send(bob, vault, withdraw(ether(1), bob, alice)).ok();

    let left = Vault::allowanceCall { owner: alice.address, spender };
    assert_eq!(world.chain.view(vault, left), U256::MAX);
}

#[test]
fn assets_go_to_nobody_not_to_the_vault_and_not_to_emetis() {
    let mut world = world();
    let (alice, vault, hub) = (world.alice, world.vault, world.hub);
    world.stake(alice, ether(1));

    for receiver in [Address::ZERO, vault] {
        let refused = Vault::ReceiverInvalid { receiver };
        world.chain.send(alice, vault, redeem(ONE, receiver, alice)).fails_with(refused.clone());
        world.chain.send(alice, vault, withdraw(ONE, receiver, alice)).fails_with(refused);
    }
    let refused = Hub::ERC20InvalidReceiver { receiver: hub };
    world.chain.send(alice, vault, withdraw(ONE, hub, alice)).fails_with(refused);
}

#[test]
fn a_redemption_below_its_minimum_is_refused() {
    let mut world = world();
    let (alice, vault, receiver) = (world.alice, world.vault, world.alice.address);
    let shares = world.stake(alice, ether(10));
    let call = |min_assets| Vault::redeem_1Call {
        shares,
        receiver,
        owner: receiver,
        minAssets: min_assets,
    };

    for too_much in [ether(10) + ONE, U256::MAX] {
        let refused = Vault::AssetsBelowMin { assets: ether(10), minAssets: too_much };
        world.chain.send(alice, vault, call(too_much)).fails_with(refused);
    }
    let receipt = world.chain.send(alice, vault, call(ether(10))).ok();

    assert_eq!(receipt.output, ether(10));
}

#[test]
fn exits_stay_open_while_entries_are_closed() {
    let mut world = world();
    let (alice, bob) = (world.alice, world.bob);
    let (some, more) = (world.stake(alice, ether(10)), world.stake(bob, ether(9)));
    world.settle(U256::ZERO, ether(5));
    assert_eq!(world.max_deposit(), U256::ZERO);

    // 15 of 20 METIS: three quarters for everyone, whoever leaves first.
    assert_eq!(world.redeem(alice, some), milliether(7_500));
    assert_eq!(world.worth(bob), milliether(6_750));
    assert_eq!(world.redeem(bob, more), milliether(6_750));
}
