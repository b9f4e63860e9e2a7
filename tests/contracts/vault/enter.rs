//! eMETIS in, shares out.

use super::kit::*;
use alloy_primitives::{Address, U256};
use proptest::prelude::*;

const ONE: U256 = U256::ONE;

fn deposit(assets: U256, receiver: impl Into<Address>) -> Vault::depositCall {
    Vault::depositCall { assets, receiver: receiver.into() }
}

fn mint(shares: U256, receiver: impl Into<Address>) -> Vault::mintCall {
    Vault::mintCall { shares, receiver: receiver.into() }
}

#[test]
fn a_deposit_takes_the_callers_emetis_and_gives_the_receiver_shares() {
    let mut world = world();
    let (alice, bob, vault) = (world.alice, world.bob, world.vault);
    world.fund(alice, ether(30));

    let receipt = world.chain.send(alice, vault, deposit(ether(30), bob)).ok();

    let (sender, owner, assets, shares) =
        (alice.address, bob.address, ether(30), ether(30) * OFFSET);
    assert_eq!(receipt.output, shares);
    receipt.emitted(Vault::Deposit { sender, owner, assets, shares });
    receipt.emitted(Vault::Transfer { from: Address::ZERO, to: owner, value: shares });
    receipt.emitted(Hub::Transfer { from: sender, to: vault, value: assets });
    assert_eq!(receipt.logs.len(), 3);
    assert_eq!((world.shares(bob), world.shares(alice)), (shares, U256::ZERO));
    assert_eq!((world.assets(alice), world.assets(vault)), (U256::ZERO, ether(31)));
    assert_eq!(world.total_assets(), ether(31));
    assert_eq!(world.totals().shares, ether(31) * OFFSET);
}

#[test]
fn a_mint_takes_what_the_shares_cost_rounded_up() {
    let mut world = world();
    let (alice, vault) = (world.alice, world.vault);
    world.fund(alice, ether(2));

    // A share is worth a millionth of a wei: one of them costs a whole wei.
    let cost = world.chain.send(alice, vault, mint(ONE, alice)).ok().output;
    assert_eq!((cost, world.shares(alice)), (ONE, ONE));
    let cost = world.chain.send(alice, vault, mint(OFFSET, alice)).ok().output;

    // The wei made all shares dearer, so a million of them are worth a little more than a wei.
    assert_eq!((cost, world.shares(alice)), (U256::from(2), OFFSET + ONE));
    assert_eq!(world.assets(alice), ether(2) - U256::from(3));
}

#[test]
fn what_a_deposit_would_give_is_what_it_gives() {
    let mut world = world();
    let (alice, bob, vault) = (world.alice, world.bob, world.vault);
    world.stake(bob, ether(7));
    world.notify(ether(3));
    world.chain.advance(days(2) + 12_345);
    world.fund(alice, ether(5));

    let told = world.chain.view(vault, Vault::previewDepositCall { assets: ether(2) });
    assert_eq!(world.chain.send(alice, vault, deposit(ether(2), alice)).ok().output, told);
    let shares = ether(1) * OFFSET;
    let told = world.chain.view(vault, Vault::previewMintCall { shares });
    assert_eq!(world.chain.send(alice, vault, mint(shares, alice)).ok().output, told);
}

#[test]
fn nothing_is_refused() {
    let mut world = world();
    let (alice, vault) = (world.alice, world.vault);

    world.chain.send(alice, vault, deposit(U256::ZERO, alice)).fails_with(Vault::AssetsZero {});
    world.chain.send(alice, vault, mint(U256::ZERO, alice)).fails_with(Vault::SharesZero {});
}

#[test]
fn shares_go_to_nobody_and_not_to_the_vault() {
    let mut world = world();
    let (alice, vault) = (world.alice, world.vault);

    for receiver in [Address::ZERO, vault] {
        // Before the amount is looked at.
        let refused = Vault::ERC20InvalidReceiver { receiver };
        let call = deposit(U256::ZERO, receiver);
        world.chain.send(alice, vault, call).fails_with(refused.clone());
        world.chain.send(alice, vault, mint(U256::ZERO, receiver)).fails_with(refused);
        let told = world.chain.view(vault, Vault::maxDepositCall { receiver });
        assert_eq!(told, U256::ZERO);
        assert_eq!(world.chain.view(vault, Vault::maxMintCall { receiver }), U256::ZERO);
    }
}

#[test]
fn what_emetis_refuses_comes_back_unchanged() {
    let mut world = world();
    let (alice, vault) = (world.alice, world.vault);
    let (storage, needed) = (world.storage(), ether(1));

    let allowance = U256::ZERO;
    let refused = Hub::ERC20InsufficientAllowance { spender: vault, allowance, needed };
    world.chain.send(alice, vault, deposit(needed, alice)).fails_with(refused);
    world.allow(alice, U256::MAX);
    let (sender, balance) = (alice.address, U256::ZERO);
    let refused = Hub::ERC20InsufficientBalance { sender, balance, needed };
    world.chain.send(alice, vault, deposit(needed, alice)).fails_with(refused);

    assert_eq!(world.storage(), storage);
}

#[test]
fn the_ledger_ends_at_84_bits_and_shares_at_104() {
    let mut world = world();
    let (alice, vault) = (world.alice, world.vault);
    let limit = (ONE << 84) - ONE;

    let max = world.max_deposit();
    assert_eq!(max, limit - METIS);
    world.conjure(alice, max + ONE);
    let (receiver, assets) = (alice.address, max + ONE);
    let refused = Vault::ERC4626ExceededMaxDeposit { receiver, assets, max };
    world.chain.send(alice, vault, deposit(assets, alice)).fails_with(refused);
    let refused = Vault::ERC4626ExceededMaxDeposit { receiver, assets: U256::MAX, max };
    world.chain.send(alice, vault, deposit(U256::MAX, alice)).fails_with(refused);
    world.chain.send(alice, vault, deposit(max, alice)).ok();

    assert_eq!(world.totals().ledger, limit);
    assert_eq!(world.totals().shares, limit * OFFSET);
    assert!(world.totals().shares < ONE << 104);
    assert_eq!(world.max_deposit(), U256::ZERO);
}

#[test]
fn entries_close_while_there_is_a_provision_and_open_when_it_is_lifted() {
    let mut world = world();
    let (alice, vault, receiver) = (world.alice, world.vault, world.alice.address);
    world.fund(alice, ether(2));
    world.settle(U256::ZERO, ONE);

    let (assets, shares, max) = (ether(1), ONE, U256::ZERO);
    assert_eq!(world.max_deposit(), max);
    let refused = Vault::ERC4626ExceededMaxDeposit { receiver, assets, max };
    world.chain.send(alice, vault, deposit(assets, alice)).fails_with(refused);
    let refused = Vault::ERC4626ExceededMaxMint { receiver, shares, max };
    world.chain.send(alice, vault, mint(shares, alice)).fails_with(refused);

    world.settle(U256::ZERO, U256::ZERO);
    world.chain.send(alice, vault, deposit(assets, alice)).ok();
}

#[test]
fn a_gain_beyond_all_bounds_leaves_deposits_that_give_no_share_refused() {
    let mut world = world();
    let (alice, vault) = (world.alice, world.vault);
    // One reward as large as the ledger can take, all unlocked: a share is worth some 19 wei.
    let most = (ONE << 84) - ONE - METIS - U256::from(100);
    world.conjure(world.pool, most);
    world.chain.send(world.pool, vault, Vault::notifyCall { assets: most }).ok();
    world.chain.advance(CYCLE);
    world.conjure(alice, ether(1));

    world.chain.send(alice, vault, deposit(ONE, alice)).fails_with(Vault::SharesZero {});
    let twenty = U256::from(20);
    assert_eq!(world.chain.send(alice, vault, deposit(twenty, alice)).ok().output, ONE);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn shares_are_the_floor_of_the_exact_rate(
        staked in 1..1_u128 << 80,
        reward in 1..1_u128 << 80,
        waited in 0..2 * CYCLE,
        assets in 1..1_u128 << 80,
    ) {
        let mut world = world();
        let big = U256::from::<u128>;
        world.stake(world.bob, big(staked));
        world.notify(big(reward));
        world.chain.advance(waited);
        let left = U256::from(CYCLE.saturating_sub(waited));
        let cycle = U256::from(CYCLE);
        let locked = (big(reward) * left).div_ceil(cycle);
        let supply = (METIS + big(staked)) * OFFSET;
        let total = METIS + big(staked) + big(reward) - locked;
        prop_assert_eq!(world.total_assets(), total);

        let shares = world.stake(world.alice, big(assets));

        prop_assert_eq!(shares, big(assets) * (supply + OFFSET) / (total + ONE));
    }
}
