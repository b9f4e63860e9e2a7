//! METIS in, seMETIS out: two programs in one call.

use super::kit::*;
use alloy_primitives::{Address, U256};
use emetis::suite::{Params, Suite};

const ONE: U256 = U256::ONE;

fn call(receiver: impl Into<Address>, min_shares: U256) -> Hub::depositAndStakeCall {
    Hub::depositAndStakeCall { receiver: receiver.into(), minShares: min_shares, tag: TAG }
}

#[test]
fn metis_becomes_shares_of_the_receiver_in_one_call() {
    let mut world = world();
    let (alice, bob, hub, vault) = (world.alice, world.bob, world.hub, world.vault);
    let (assets, shares) = (ether(30), ether(30) * OFFSET);

    let receipt = world.chain.send(alice, hub, call(bob, shares)).value(assets).ok();

    assert_eq!(receipt.output, shares);
    let (caller, receiver, tag) = (alice.address, vault, TAG);
    receipt.emitted(Hub::Deposited { caller, receiver, tag, assets, supply: ether(31) });
    receipt.emitted(Hub::Transfer { from: Address::ZERO, to: vault, value: assets });
    let (sender, owner) = (hub, bob.address);
    receipt.emitted(Vault::Deposit { sender, owner, assets, shares });
    receipt.emitted(Vault::Transfer { from: Address::ZERO, to: owner, value: shares });
    assert_eq!(receipt.logs.len(), 4);
    assert_eq!((world.shares(bob), world.assets(vault)), (shares, ether(31)));
    assert_eq!((world.assets(alice), world.assets(bob)), (U256::ZERO, U256::ZERO));
    assert_eq!(world.totals().ledger, ether(31));
    assert_eq!(world.chain.balance(hub), ether(31));
}

#[test]
fn it_gives_what_a_deposit_and_a_stake_give() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    world.stake(world.bob, ether(7));
    world.notify(ether(3));
    world.chain.advance(days(3) + 7);
    let mut apart = world.clone();

    let shares = apart.stake(alice, ether(5));
    let together = world.chain.send(alice, hub, call(alice, ONE)).value(ether(5)).ok().output;

    assert_eq!(together, shares);
    assert_eq!(world.totals(), apart.totals());
}

#[test]
fn fewer_shares_than_the_caller_accepts_are_refused() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    let (shares, before) = (METIS * OFFSET, world.chain.balance(alice));

    for too_many in [shares + ONE, U256::MAX] {
        let refused = Vault::SharesBelowMin { shares, minShares: too_many };
        world.chain.send(alice, hub, call(alice, too_many)).value(METIS).fails_with(refused);
    }

    assert_eq!(world.chain.balance(alice), before);
    assert_eq!(world.totals().ledger, METIS);
}

#[test]
fn what_the_vault_refuses_comes_back_unchanged_and_nothing_is_taken() {
    let mut world = world();
    let (alice, hub, vault) = (world.alice, world.hub, world.vault);

    for receiver in [Address::ZERO, vault] {
        let refused = Vault::ERC20InvalidReceiver { receiver };
        world.chain.send(alice, hub, call(receiver, ONE)).value(METIS).fails_with(refused);
    }
    world.chain.send(alice, hub, call(alice, ONE)).fails_with(Hub::AssetsZero {});
    world.settle(U256::ZERO, ONE);
    let (receiver, assets, max) = (alice.address, METIS, U256::ZERO);
    let closed = Vault::ERC4626ExceededMaxDeposit { receiver, assets, max };
    world.chain.send(alice, hub, call(alice, ONE)).value(METIS).fails_with(closed);

    assert_eq!(world.chain.balance(hub), METIS);
}

#[test]
fn only_emetis_tells_the_vault_that_it_has_been_given_assets() {
    let mut world = world();
    let (alice, vault, hub) = (world.alice, world.vault, world.hub);
    let (receiver, storage) = (alice.address, world.storage());

    for caller in [alice, world.pool, world.treasury, Account::at(vault)] {
        let call = Vault::receiveDepositCall { assets: METIS, receiver, minShares: U256::ZERO };
        let refused = Vault::CallerNotAsset { caller: caller.address, asset: hub };
        world.chain.send(caller, vault, call).fails_with(refused);
    }

    assert_eq!(world.storage(), storage);
}

#[test]
fn a_vault_without_code_is_missing_and_takes_nothing() {
    let mut chain = Chain::new();
    let suite = Suite::place(&mut chain, programs());
    let (alice, hub) = (chain.account("alice"), suite.liquid_staking);
    chain.deal(alice, WEALTH);
    let vault = Address::repeat_byte(0x77);
    let wrong = Suite { staked_metis: vault, ..suite };
    chain.send_raw(alice, hub, wrong.hub_constructor(&Params::default())).ok();

    let refused = Hub::VaultMissing { vault };
    chain.send(alice, hub, call(alice, ONE)).value(METIS).fails_with(refused);

    assert_eq!(chain.balance(hub), U256::ZERO);
}

#[test]
fn only_the_vault_burns_emetis() {
    let mut world = world();
    let (alice, hub, vault) = (world.alice, world.hub, world.vault);
    world.fund(alice, ether(5));

    for caller in [alice, world.pool, world.treasury, Account::at(hub)] {
        let refused = Hub::CallerNotVault { caller: caller.address, vault };
        let call = Hub::burnCall { assets: ONE };
        world.chain.send(caller, hub, call).fails_with(refused);
    }
    let (sender, balance, needed) = (vault, METIS, METIS + ONE);
    let refused = Hub::ERC20InsufficientBalance { sender, balance, needed };
    world.chain.send(vault, hub, Hub::burnCall { assets: needed }).fails_with(refused);
}
