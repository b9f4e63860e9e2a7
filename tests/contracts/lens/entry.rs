//! What every call passes before its flow.

use super::super::chance::check;
use super::kit::*;
use alloy_primitives::{U256, keccak256};
use alloy_sol_types::{SolConstructor, SolInterface};
use emetis::interfaces::Lens as Contract;
use proptest::prelude::*;

/// The longest calldata that the program reads.
const LONGEST: usize = 8_192;

fn constructor() -> [u8; 4] {
    *keccak256("stylus_constructor()").first_chunk().unwrap()
}

/// Selectors of all functions and of the constructor.
fn selectors() -> Vec<[u8; 4]> {
    let functions = functions().map(|(_, data)| data.try_into().unwrap());
    functions.into_iter().chain([constructor()]).collect()
}

#[test]
fn the_table_holds_every_function() {
    let mut listed: Vec<[u8; 4]> = Lens::ILensCalls::selectors().collect();
    listed.push(constructor());
    listed.sort_unstable();
    let mut tried = selectors();
    tried.sort_unstable();

    assert_eq!(tried, listed);
}

#[test]
fn metis_is_refused_by_everything_and_none_is_ever_there() {
    let mut world = world();

    for selector in selectors() {
        for value in [U256::ONE, WEALTH] {
            let refused = Lens::ValueRefused { selector: selector.into(), value };
            let call = world.chain.send_raw(world.alice, world.lens, selector.to_vec());
            call.value(value).fails_with(refused);
        }
    }
    assert_eq!(world.chain.balance(world.lens), U256::ZERO);
}

#[test]
fn what_is_in_no_interface_is_named() {
    let mut world = world();
    let known = selectors();
    let near = known.iter().flat_map(|selector| {
        let number = u32::from_be_bytes(*selector);
        let flips = (0..32).map(move |bit| number ^ (1 << bit));
        flips.chain([number.swap_bytes(), 0, u32::MAX]).map(u32::to_be_bytes)
    });

    for selector in near.filter(|selector| !known.contains(selector)) {
        let refused = Lens::SelectorUnknown { selector: selector.into(), size: word(4) };
        world.chain.send_raw(world.alice, world.lens, selector.to_vec()).fails_with(refused);
    }
    for data in [&[][..], &[0xd0], &[1, 2, 3]] {
        let mut selector = [0; 4];
        selector[..data.len()].copy_from_slice(data);
        for value in [U256::ZERO, U256::ONE] {
            let (selector, size) = (selector.into(), word(data.len() as u64));
            let refused = Lens::SelectorUnknown { selector, size };
            let call = world.chain.send_raw(world.alice, world.lens, data.to_vec()).value(value);
            call.fails_with(refused);
        }
    }
}

#[test]
fn calldata_has_a_longest_and_a_shortest_and_what_follows_is_ignored() {
    let mut world = world();

    for (name, data) in functions() {
        let before = world.chain.send_raw(world.alice, world.lens, data.clone()).ok().output;
        for more in [1, 31, 32, LONGEST - 4] {
            let long = [&data[..], &vec![0xee; more]].concat();
            let told = world.chain.send_raw(world.alice, world.lens, long).ok().output;
            assert_eq!(told, before, "{name} and {more} bytes");
        }
    }
    for selector in selectors() {
        let mut data = selector.to_vec();
        data.resize(LONGEST + 1, 0);
        let refused = Lens::CalldataTooLong { size: word(8_193), limit: word(8_192) };
        world.chain.send_raw(world.alice, world.lens, data).fails_with(refused);
    }
    let arguments = Contract::constructorCall { staking: world.staking, quota: world.quota };
    let good = [&constructor()[..], &arguments.abi_encode()].concat();
    let mut dirty = good.clone();
    dirty[4] = 1;
    let shorter = (4..good.len()).map(|size| good[..size].to_vec());
    for data in shorter.chain([dirty]) {
        let (selector, size) = (constructor().into(), word(data.len() as u64));
        let refused = Lens::ArgumentsInvalid { selector, size };
        world.chain.send_raw(world.alice, world.lens, data).fails_with(refused);
    }
}

/// Calldata that begins like a call or does not.
fn calldata() -> impl Strategy<Value = Vec<u8>> {
    let selector = prop_oneof![
        4 => prop::sample::select(selectors()),
        1 => any::<[u8; 4]>(),
    ];
    let word = prop_oneof![
        Just([0; 32]),
        Just([0xff; 32]),
        any::<[u8; 20]>().prop_map(|account| {
            let mut word = [0; 32];
            word[12..].copy_from_slice(&account);
            word
        }),
        any::<[u8; 32]>(),
    ];
    let rest = prop_oneof![
        prop::collection::vec(word, 0..4).prop_map(|words| words.concat()),
        prop::collection::vec(any::<u8>(), 0..200),
    ];
    (selector, rest).prop_map(|(selector, rest)| [&selector[..], &rest].concat())
}

#[test]
fn no_failure_is_bare_whatever_the_calldata() {
    const CASES: u32 = 2_000;
    let mut built = world();
    let id = built.register("olga", 20_000);
    built.delegation(id, ether(5)).ok();
    let deployer = built.chain.account("deployer");
    let raw = built.chain.deploy_program(deployer, code());
    let failures = std::cell::Cell::new(0);

    check(CASES, &(calldata(), any::<bool>(), prop_oneof![Just(0), Just(1_u64)]), |call| {
        let (data, is_raw, value) = call;
        let mut world = built.clone();
        let lens = if is_raw { raw } else { world.lens };
        let call = world.chain.send_raw(world.alice, lens, data).value(word(value));
        if let Err(failure) = call.dry_run() {
            let told = Lens::ILensErrors::abi_decode(&failure.data());
            prop_assert!(told.is_ok(), "{failure:?}");
            failures.set(failures.get() + 1);
        }
        Ok(())
    });
    assert!((CASES / 4..CASES).contains(&failures.get()), "{failures:?}");
}
