//! The one construction.

use super::kit::*;
use alloy_primitives::{Address, U256};
use emetis::suite::{DEAD_STAKE, Params, Suite};

/// A world with the programs placed and the hub constructed.
fn raw() -> (Chain, Suite, Account) {
    let mut chain = Chain::new();
    let suite = Suite::place(&mut chain, programs());
    let alice = chain.account("alice");
    chain.deal(alice, WEALTH);
    chain.send_raw(alice, suite.liquid_staking, suite.hub_constructor(&Params::default())).ok();
    suite.construct_manager(&mut chain, &Params::default());
    (chain, suite, alice)
}

#[test]
fn the_constructor_stakes_one_metis_for_nobody() {
    let (mut chain, suite, alice) = raw();
    let (hub, vault, params) = (suite.liquid_staking, suite.staked_metis, Params::default());

    let call = suite.vault_constructor(&params);
    let receipt = chain.send_raw(alice, vault, call).value(DEAD_STAKE).ok();

    let (pool, authority, dead_shares) = (params.pool, suite.access_manager, METIS * OFFSET);
    receipt.emitted(Vault::AuthorityUpdated { authority });
    receipt.emitted(Vault::Constructed { asset: hub, pool, authority });
    let (sender, owner) = (alice.address, DEAD);
    receipt.emitted(Vault::Deposit { sender, owner, assets: METIS, shares: dead_shares });
    receipt.emitted(Vault::Transfer { from: Address::ZERO, to: DEAD, value: dead_shares });
    assert_eq!(chain.view(hub, Hub::balanceOfCall { account: vault }), METIS);
    assert_eq!(chain.view(vault, Vault::balanceOfCall { account: DEAD }), dead_shares);
    assert_eq!(chain.view(vault, Vault::totalSupplyCall {}), dead_shares);
    assert_eq!(chain.view(vault, Vault::totalAssetsCall {}), METIS);
    assert_eq!(chain.view(vault, Vault::assetCall {}), hub);
    assert_eq!(chain.view(vault, Vault::poolCall {}), pool);
    assert_eq!(chain.view(vault, Vault::authorityCall {}), authority);
    assert_eq!(chain.balance(vault), U256::ZERO);
}

#[test]
fn the_constructor_runs_once() {
    let mut world = world();
    let (alice, vault, storage) = (world.alice, world.vault, world.storage());

    let again = world.suite.vault_constructor(&Params::default());
    let refused = Vault::ConstructionRepeated {};
    world.chain.send_raw(alice, vault, again.clone()).value(METIS).fails_with(refused.clone());
    world.chain.send_raw(alice, vault, again).fails_with(refused);

    assert_eq!(world.storage(), storage);
}

#[test]
fn the_dead_stake_is_exactly_one_metis() {
    let (mut chain, suite, alice) = raw();
    let call = suite.vault_constructor(&Params::default());

    for value in [U256::ZERO, METIS - U256::ONE, METIS + U256::ONE] {
        let refused = Vault::DeadStakeInvalid { value, needed: METIS };
        chain.send_raw(alice, suite.staked_metis, call.clone()).value(value).fails_with(refused);
    }

    assert!(chain.with_state(|state| state.storage_of(suite.staked_metis)).is_empty());
    chain.send_raw(alice, suite.staked_metis, call).value(METIS).ok();
}

#[test]
fn an_asset_that_names_another_vault_is_refused() {
    let (mut chain, suite, alice) = raw();
    let vault = suite.staked_metis;

    // Nobody, an account without code, and the vault itself.
    for asset in [Address::ZERO, alice.address, vault] {
        let wrong = Suite { liquid_staking: asset, ..suite };
        let call = wrong.vault_constructor(&Params::default());
        let refused = Vault::AssetInvalid { asset };
        chain.send_raw(alice, vault, call).value(METIS).fails_with(refused);
    }
    // A second vault of the same asset.
    let code = emetis::stylus::package::init_code(&programs().staked_metis);
    let second = chain.create(alice, code).ok().output;
    let call = suite.vault_constructor(&Params::default());
    let refused = Vault::AssetInvalid { asset: suite.liquid_staking };
    chain.send_raw(alice, second, call).value(METIS).fails_with(refused);
}

#[test]
fn an_authority_without_code_is_refused() {
    let (mut chain, suite, alice) = raw();

    for authority in [Address::ZERO, alice.address] {
        let wrong = Suite { access_manager: authority, ..suite };
        let call = wrong.vault_constructor(&Params::default());
        let refused = Vault::AccessManagedInvalidAuthority { authority };
        chain.send_raw(alice, suite.staked_metis, call).value(METIS).fails_with(refused);
    }
}

#[test]
fn a_hub_that_refuses_the_dead_stake_stops_the_construction() {
    let mut chain = Chain::new();
    let suite = Suite::place(&mut chain, programs());
    let (alice, hub, vault) = (chain.account("alice"), suite.liquid_staking, suite.staked_metis);
    chain.deal(alice, WEALTH);
    // Only the hub's vault is there, by surgery: it was never constructed.
    const VAULT_SLOT: u64 = 6;
    let word = U256::from_be_bytes(vault.into_word().0);
    chain.set_storage(hub, U256::from(VAULT_SLOT), word);

    let call = suite.vault_constructor(&Params::default());
    let selector = super::super::kit::selector_of::<Hub::depositCall>().into();
    let refused = Hub::ConstructionMissing { selector };

    chain.send_raw(alice, vault, call).value(METIS).fails_with(refused);
    assert!(chain.with_state(|state| state.storage_of(vault)).is_empty());
}

#[test]
fn before_construction_nobody_enters_and_nobody_has_a_role() {
    let (mut chain, suite, alice) = raw();
    let (vault, receiver) = (suite.staked_metis, alice.address);
    let (assets, max) = (METIS, U256::ZERO);

    let closed = Vault::ERC4626ExceededMaxDeposit { receiver, assets, max };
    chain.send(alice, vault, Vault::depositCall { assets, receiver }).fails_with(closed);
    let nobody = Vault::CallerNotPool { caller: receiver, pool: Address::ZERO };
    chain.send(alice, vault, Vault::notifyCall { assets }).fails_with(nobody.clone());
    let call = Vault::settleCall { loss: max, pending: max };
    chain.send(alice, vault, call).fails_with(nobody);
    let zero = Account::at(Address::ZERO);
    let nobody = Vault::AccessManagedUnauthorized { caller: Address::ZERO };
    chain.send(zero, vault, Vault::sweepCall { receiver }).fails_with(nobody);
    let nobody = Vault::CallerNotAsset { caller: Address::ZERO, asset: Address::ZERO };
    let call = Vault::receiveDepositCall { assets, receiver, minShares: max };
    chain.send(zero, vault, call).fails_with(nobody);

    assert_eq!(chain.view(vault, Vault::maxDepositCall { receiver }), max);
    assert_eq!(chain.view(vault, Vault::maxMintCall { receiver }), max);
}
