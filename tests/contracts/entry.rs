//! What every call passes before its flow: selectors, value, arguments, size.

use std::collections::BTreeSet;

use super::kit::*;
use alloy_primitives::{Bytes, FixedBytes, U256, keccak256};
use alloy_sol_types::{SolCall, SolInterface};
use emetis::interfaces::LiquidStakingCalls;

/// The longest calldata the hub reads.
const LONGEST: usize = 8_192;

/// Every entry of the interface, and the constructor.
fn entries() -> BTreeSet<[u8; 4]> {
    let constructor = keccak256("stylus_constructor()")[..4].try_into().unwrap();
    LiquidStakingCalls::selectors().chain([constructor]).collect()
}

/// Entries that take METIS.
const PAYABLE: [[u8; 4]; 5] = [
    Hub::depositCall::SELECTOR,
    Hub::depositAndStakeCall::SELECTOR,
    Hub::receiveUnbondedCall::SELECTOR,
    Hub::receiveBackingCall::SELECTOR,
    Hub::receiveRewardsCall::SELECTOR,
];

fn unknown(selector: [u8; 4], size: usize) -> Hub::SelectorUnknown {
    Hub::SelectorUnknown { selector: selector.into(), size: U256::from(size) }
}

#[test]
fn the_hub_answers_to_exactly_its_interface() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    let entries = entries();
    assert_eq!(entries.len(), LiquidStakingCalls::COUNT + 1);

    for selector in &entries {
        let outcome = world.chain.send_raw(alice, hub, selector.to_vec()).dry_run();
        if let Err(failure) = outcome {
            assert!(!failure.is(&unknown(*selector, 4)), "{selector:02x?}");
            assert!(!failure.data().is_empty(), "{selector:02x?}: {failure:?}");
        }
    }
    let near = entries.iter().flat_map(|selector| {
        let number = u32::from_be_bytes(*selector);
        let flips = (0..32).map(move |bit| number ^ (1 << bit));
        let swapped = [number.swap_bytes(), number.wrapping_add(1), number.wrapping_sub(1)];
        flips.chain(swapped).chain([0, u32::MAX]).map(u32::to_be_bytes)
    });
    for selector in near.filter(|selector| !entries.contains(selector)) {
        world.chain.send_raw(alice, hub, selector.to_vec()).fails_with(unknown(selector, 4));
    }
}

#[test]
fn unknown_selectors_are_named_with_and_without_metis() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    let cases: [&[u8]; 6] =
        [&[], &[0xd0], &[1, 2, 3], &[0, 0, 0, 0], &[0xff; 4], &[0x12, 0x34, 0x56, 0x78, 0x9a]];

    for data in cases {
        let mut selector = [0; 4];
        for (to, from) in selector.iter_mut().zip(data) {
            *to = *from;
        }
        for value in [U256::ZERO, U256::ONE] {
            let error = unknown(selector, data.len());
            world.chain.send_raw(alice, hub, data.to_vec()).value(value).fails_with(error);
        }
    }
    assert_eq!(world.metis(hub), U256::ZERO);
}

#[test]
fn metis_is_refused_by_every_entry_that_takes_none() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);

    for selector in entries().into_iter().filter(|selector| !PAYABLE.contains(selector)) {
        for value in [U256::ONE, WEALTH] {
            // Before anything else is looked at: the arguments are missing.
            let refused = Hub::ValueRefused { selector: selector.into(), value };
            world.chain.send_raw(alice, hub, selector.to_vec()).value(value).fails_with(refused);
        }
    }
    assert_eq!(world.metis(hub), U256::ZERO);
}

#[test]
fn calldata_beyond_the_limit_is_refused_whatever_it_holds() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    let long = |head: [u8; 4], size: usize| {
        let mut data = head.to_vec();
        data.resize(size, 0);
        data
    };

    for selector in [Hub::totalSupplyCall::SELECTOR, Hub::depositCall::SELECTOR, [0; 4]] {
        for (size, value) in [(LONGEST + 1, U256::ZERO), (100_000, U256::ONE)] {
            let (size, data) = (U256::from(size), long(selector, size));
            let refused = Hub::CalldataTooLong { size, limit: U256::from(LONGEST) };
            world.chain.send_raw(alice, hub, data).value(value).fails_with(refused);
        }
    }
    let data = long(Hub::totalSupplyCall::SELECTOR, LONGEST);
    world.chain.send_raw(alice, hub, data).ok();
    let refused = unknown([0; 4], LONGEST);
    world.chain.send_raw(alice, hub, long([0; 4], LONGEST)).fails_with(refused);
}

/// Good calldata of every entry that has arguments, and how many bytes of it are needed.
fn good_calls(world: &World) -> Vec<(Bytes, usize)> {
    let (account, spender) = (world.alice.address, world.bob.address);
    let (owner, from, to, receiver) = (account, account, spender, spender);
    let (value, deadline, zero) = (U256::ZERO, U256::MAX, FixedBytes::ZERO);
    let plain = [
        encoded(&Hub::depositCall { receiver, tag: TAG }),
        encoded(&Hub::receiveRewardsCall { receiver }),
        encoded(&Hub::sweepCall { receiver }),
        encoded(&Hub::transferCall { to, value }),
        encoded(&Hub::approveCall { spender, value }),
        encoded(&Hub::transferFromCall { from, to, value }),
        encoded(&Hub::permit_0Call { owner, spender, value, deadline, v: 27, r: zero, s: zero }),
        encoded(&Hub::balanceOfCall { account }),
        encoded(&Hub::allowanceCall { owner, spender }),
        encoded(&Hub::noncesCall { owner }),
        encoded(&Hub::maxDepositCall { receiver }),
        encoded(&Hub::depositAndStakeCall { receiver, minShares: value, tag: TAG }),
        encoded(&Hub::redeemNowCall { nominal: value, minAssets: value, receiver }),
        encoded(&Hub::fillCall { nominal: value, assets: value }),
        encoded(&Hub::placeCall { assets: value }),
        encoded(&Hub::settleCall { loss: value, pending: value, until: value }),
        encoded(&Hub::collectFeesCall { receiver }),
        encoded(&Hub::setRedemptionCall { feeBps: value, dailyBps: value }),
        encoded(&Hub::previewRedeemNowCall { nominal: value }),
        encoded(&Hub::maxRedeemNowCall { owner }),
    ];
    let signature = Bytes::from(vec![7; 65]);
    let bytes = encoded(&Hub::permit_1Call { owner, spender, value, deadline, signature });
    let needed = 4 + 6 * 32 + 65;
    plain.map(|data| (data.clone(), data.len())).into_iter().chain([(bytes, needed)]).collect()
}

/// Who is let in: the treasury to sweep, ADMIN to set parameters, anyone else.
fn caller(world: &World, data: &[u8]) -> Account {
    if data.starts_with(&Hub::sweepCall::SELECTOR) {
        world.treasury
    } else if data.starts_with(&Hub::setRedemptionCall::SELECTOR) {
        Account::named("admin")
    } else {
        world.alice
    }
}

fn invalid(data: &[u8]) -> Hub::ArgumentsInvalid {
    let selector = FixedBytes::from_slice(&data[..4]);
    Hub::ArgumentsInvalid { selector, size: U256::from(data.len()) }
}

/// Whether arguments were found in calldata, whatever came of them.
#[track_caller]
fn is_read(world: &mut World, data: &[u8]) -> bool {
    let caller = caller(world, data);
    let outcome = world.chain.send_raw(caller, world.hub, data.to_vec()).dry_run();
    outcome.is_ok() || !outcome.is_err_and(|failure| failure.is(&invalid(data)))
}

#[test]
fn calldata_shorter_than_the_arguments_is_refused() {
    let mut world = world();
    let hub = world.hub;

    for (data, needed) in good_calls(&world) {
        let caller = caller(&world, &data);
        for size in 4..needed {
            let short = data.slice(..size);
            let error = invalid(&short);
            world.chain.send_raw(caller, hub, short).fails_with(error);
        }
        assert!(is_read(&mut world, &data[..needed]), "{data}");
    }
}

#[test]
fn bytes_after_the_arguments_are_ignored() {
    let mut world = world();

    for (data, _) in good_calls(&world) {
        for more in [1, 31, 32, 1_000] {
            let long = [&data[..], &vec![0xee; more]].concat();
            assert!(is_read(&mut world, &long), "{data} and {more} bytes");
        }
    }
}

#[test]
fn upper_bits_of_addresses_and_bytes_must_be_zero() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    let accounts = [alice.address.into_word(), world.bob.address.into_word()];

    let mut tried = 0;
    for (data, _) in good_calls(&world) {
        let caller = caller(&world, &data);
        for word in 0..(data.len() - 4) / 32 {
            let start = 4 + word * 32;
            let argument = &data[start..start + 32];
            let is_v = data[..4] == Hub::permit_0Call::SELECTOR && word == 4;
            let upper = match accounts.iter().any(|account| account == argument) {
                true => 12,
                false if is_v => 31,
                false => continue,
            };
            for at in [0, upper - 1] {
                let mut dirty = data.to_vec();
                dirty[start + at] = if at == 0 { 0x80 } else { 1 };
                let error = invalid(&dirty);
                world.chain.send_raw(caller, hub, dirty).fails_with(error);
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 2 * 21, "twenty addresses and one v");
}

#[test]
fn offsets_and_lengths_must_stay_inside_the_calldata() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    let (data, needed) = good_calls(&world).pop().unwrap();
    let data = &data[..needed];
    let with = |word: usize, value: U256| {
        let mut data = data.to_vec();
        data[4 + word * 32..][..32].copy_from_slice(&value.to_be_bytes::<32>());
        data
    };
    let (offset, length) = (4, 5);

    let outside = [
        U256::from(needed - 4 - 31),
        U256::from(needed),
        U256::from(u32::MAX),
        U256::ONE << 32,
        U256::ONE << 64,
        U256::MAX,
    ];
    for value in outside {
        let broken = with(offset, value);
        let error = invalid(&broken);
        world.chain.send_raw(alice, hub, broken).fails_with(error);
    }
    for value in [U256::from(66), U256::from(u32::MAX), U256::ONE << 32, U256::MAX] {
        let broken = with(length, value);
        let error = invalid(&broken);
        world.chain.send_raw(alice, hub, broken).fails_with(error);
    }
    for value in [U256::ZERO, U256::from(64), U256::from(65)] {
        assert!(is_read(&mut world, &with(length, value)), "{value}");
    }
}

#[test]
fn no_failure_is_bare() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);

    for selector in entries() {
        for size in 4..300 {
            let mut data = selector.to_vec();
            data.resize(size, 0xff);
            let outcome = world.chain.send_raw(alice, hub, data).dry_run();
            if let Err(failure) = outcome {
                assert!(failure.data().len() >= 4, "{selector:02x?}, {size} bytes: {failure:?}");
            }
        }
    }
}
