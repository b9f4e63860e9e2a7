//! The entrance: what any call to the vault meets first.

use super::kit::*;
use alloy_primitives::{U256, keccak256};
use alloy_sol_types::{SolCall, SolInterface};
use emetis::interfaces::StakedMetisCalls;

/// The longest calldata.
const LONGEST: usize = 8_192;

fn entries() -> Vec<[u8; 4]> {
    StakedMetisCalls::selectors().collect()
}

#[test]
fn unknown_selectors_are_refused_with_or_without_metis() {
    let mut world = world();
    let (alice, vault) = (world.alice, world.vault);

    for data in [vec![], vec![0xde], vec![0xde, 0xad, 0xbe, 0xef], vec![0; 100]] {
        let mut selector = [0; 4];
        for (to, from) in selector.iter_mut().zip(&data) {
            *to = *from;
        }
        for value in [U256::ZERO, U256::ONE] {
            let size = U256::from(data.len());
            let refused = Vault::SelectorUnknown { selector: selector.into(), size };
            world.chain.send_raw(alice, vault, data.clone()).value(value).fails_with(refused);
        }
    }
}

#[test]
fn metis_is_refused_by_every_entry() {
    let mut world = world();
    let (alice, vault) = (world.alice, world.vault);

    for selector in entries() {
        let refused = Vault::ValueRefused { selector: selector.into(), value: U256::ONE };
        world.chain.send_raw(alice, vault, selector.to_vec()).value(U256::ONE).fails_with(refused);
    }

    assert_eq!(world.chain.balance(vault), U256::ZERO);
}

#[test]
fn arguments_that_are_cut_or_dirty_are_refused() {
    let mut world = world();
    let (alice, vault) = (world.alice, world.vault);
    let redeem = Vault::redeem_1Call {
        shares: U256::ONE,
        receiver: alice.address,
        owner: alice.address,
        minAssets: U256::ONE,
    }
    .abi_encode();
    let selector = Vault::redeem_1Call::SELECTOR.into();

    for size in [4, 35, 36, 100, redeem.len() - 1] {
        let refused = Vault::ArgumentsInvalid { selector, size: U256::from(size) };
        world.chain.send_raw(alice, vault, redeem[..size].to_vec()).fails_with(refused);
    }
    for place in [36, 47, 68, 79] {
        let mut dirty = redeem.clone();
        dirty[place] = 1;
        let refused = Vault::ArgumentsInvalid { selector, size: U256::from(dirty.len()) };
        world.chain.send_raw(alice, vault, dirty).fails_with(refused);
    }
}

#[test]
fn calldata_beyond_the_limit_is_refused() {
    let mut world = world();
    let mut data = Vault::totalAssetsCall::SELECTOR.to_vec();
    data.resize(LONGEST + 1, 0);

    let (size, limit) = (U256::from(LONGEST + 1), U256::from(LONGEST));
    let refused = Vault::CalldataTooLong { size, limit };
    world.chain.send_raw(world.alice, world.vault, data.clone()).fails_with(refused);
    data.pop();

    world.chain.send_raw(world.alice, world.vault, data).ok();
}

#[test]
fn conversions_tell_every_amount_that_fits_and_refuse_the_rest() {
    let world = world();
    let (chain, vault) = (&world.chain, world.vault);
    let most = U256::MAX / OFFSET;

    let told = chain.view(vault, Vault::convertToSharesCall { assets: most });
    assert_eq!(told, most * OFFSET);
    let told = chain.view(vault, Vault::previewMintCall { shares: U256::MAX });
    assert_eq!(told, most + U256::ONE);
    let told = chain.view(vault, Vault::convertToAssetsCall { shares: U256::MAX });
    assert_eq!(told, most);
    let mut world = world.clone();
    let amount = most + U256::ONE;
    let refused = Vault::ConversionOverflow { amount };
    let call = Vault::previewWithdrawCall { assets: amount };
    world.chain.send(world.alice, vault, call).fails_with(refused);
}

#[test]
fn an_entry_of_the_vault_with_too_little_gas_changes_nothing() {
    const STEP: usize = 700;
    const ENOUGH: u64 = 60_000;
    let mut world = world();
    let (alice, vault) = (world.alice, world.vault);
    world.fund(alice, ether(9));
    let storage = world.storage();
    let deposit = || Vault::depositCall { assets: ether(1), receiver: alice.address };

    let mut refused = 0;
    for gas in (21_000..ENOUGH).step_by(STEP) {
        if let Err(failure) = world.chain.send(alice, vault, deposit()).gas(gas).run() {
            refused += 1;
            // Never an error: what runs dry must not look like a refusal.
            assert!(failure.data().is_empty(), "{gas} gas: {failure:?}");
            assert_eq!(world.storage(), storage);
        } else {
            break;
        }
    }

    assert!(refused > 30);
}

#[test]
fn a_constructor_call_is_told_from_the_entries() {
    let selector: [u8; 4] = keccak256("stylus_constructor()")[..4].try_into().unwrap();

    assert!(!entries().contains(&selector));
}
