//! What every call of registry, staking and court passes before its flow, for every function of
//! their ABIs: selectors, value, size, arguments.

mod cells;

use std::collections::BTreeSet;

use super::kit::*;
use alloy_dyn_abi::DynSolType;
use alloy_primitives::{U256, keccak256};
use cells::cells;

/// The longest calldata that the programs read.
const LONGEST: usize = 8_192;
/// Functions of the three interfaces.
const FUNCTIONS: [(&str, usize); 3] =
    [("SequencerRegistry", 17), ("SequencerStaking", 55), ("SlashingCourt", 20)];

#[test]
fn the_table_holds_every_function() {
    let world = world();
    let cells = cells(&world);

    for (program, count) in FUNCTIONS {
        let found = cells.iter().filter(|cell| cell.program == program).count();
        assert_eq!(found, count, "{program}");
    }
}

#[test]
fn selectors_that_are_in_no_interface_are_named() {
    let mut world = world();
    let cells = cells(&world);
    let constructor: [u8; 4] = *keccak256("stylus_constructor()").first_chunk().unwrap();

    for program in [world.registry, world.staking, world.court] {
        let own = cells.iter().filter(|cell| cell.address == program);
        let known: BTreeSet<[u8; 4]> =
            own.map(|cell| cell.function.selector().0).chain([constructor]).collect();
        let near = known.iter().flat_map(|selector| {
            let number = u32::from_be_bytes(*selector);
            let flips = (0..32).map(move |bit| number ^ (1 << bit));
            flips.chain([number.swap_bytes(), 0, u32::MAX]).map(u32::to_be_bytes)
        });
        for selector in near.filter(|selector| !known.contains(selector)) {
            let (size, selector) = (U256::from(4), selector);
            let refused = Staking::SelectorUnknown { selector: selector.into(), size };
            world.chain.send_raw(world.alice, program, selector.to_vec()).fails_with(refused);
        }
        for data in [&[][..], &[0xd0], &[1, 2, 3]] {
            let mut selector = [0; 4];
            selector[..data.len()].copy_from_slice(data);
            for value in [U256::ZERO, U256::ONE] {
                let (selector, size) = (selector.into(), U256::from(data.len()));
                let refused = Staking::SelectorUnknown { selector, size };
                let call = world.chain.send_raw(world.alice, program, data.to_vec()).value(value);
                call.fails_with(refused);
            }
        }
    }
}

#[test]
fn metis_is_refused_by_every_function_that_takes_none() {
    let mut world = world();
    let payable = [
        "delegate(uint256)",
        "increaseBond(uint256)",
        "notifyRewards(uint256[],uint256[])",
        "open(address,address,uint256,uint256)",
        "register(address,bytes32[2],address,uint256,bytes)",
        "register(address,bytes32[2],address,uint256,bytes,uint256)",
    ];
    let mut takes = BTreeSet::new();

    for cell in cells(&world) {
        if cell.is_payable() {
            takes.insert(cell.function.signature());
            continue;
        }
        for value in [U256::ONE, WEALTH] {
            world.chain.deal(cell.caller, value);
            let selector = cell.function.selector();
            // Before anything else is looked at: the arguments are missing.
            let refused = Staking::ValueRefused { selector, value };
            cell.call(&mut world, selector.to_vec()).value(value).fails_with(refused);
        }
    }

    assert_eq!(takes, payable.map(str::to_owned).into());
    for program in [world.registry, world.staking, world.court] {
        assert_eq!(world.chain.balance(program), U256::ZERO);
    }
}

#[test]
fn calldata_beyond_the_limit_is_refused_whatever_it_holds() {
    let mut world = world();

    for cell in cells(&world) {
        let mut data = cell.data.clone();
        data.resize(LONGEST + 1, 0);
        let (size, limit) = (U256::from(data.len()), U256::from(LONGEST));
        let refused = Staking::CalldataTooLong { size, limit };
        cell.call(&mut world, data.clone()).fails_with(refused);
        data.pop();
        assert!(cell.is_read(&mut world, data), "{}", cell.name());
    }
}

#[test]
fn calldata_shorter_than_the_arguments_is_refused_and_what_follows_them_ignored() {
    let mut world = world();

    for cell in cells(&world) {
        for size in 4..cell.needed {
            cell.refuses(&mut world, cell.data[..size].to_vec(), &format!("{size} bytes"));
        }
        for more in [0, 1, 31, 32, 1_000] {
            let long = [&cell.data[..], &vec![0xee; more]].concat();
            assert!(cell.is_read(&mut world, long), "{} and {more} bytes", cell.name());
        }
        let needed = cell.data[..cell.needed].to_vec();
        assert!(cell.is_read(&mut world, needed), "{}", cell.name());
    }
}

#[test]
fn upper_bits_of_addresses_truths_and_seconds_must_be_zero() {
    let mut world = world();
    let mut tried = 0;

    for cell in cells(&world) {
        for (at, kind) in cell.words() {
            let upper = match kind {
                DynSolType::Address => 12,
                DynSolType::Bool => 31,
                DynSolType::Uint(32) => 28,
                _ => continue,
            };
            for byte in [0, upper - 1] {
                let mut dirty = cell.data.clone();
                dirty[at + byte] = 0x80;
                cell.refuses(&mut world, dirty, &format!("byte {byte} of the word at {at}"));
                tried += 1;
            }
            if kind == DynSolType::Bool {
                let mut two = cell.data.clone();
                two[at + 31] = 2;
                cell.refuses(&mut world, two, "two is no truth");
            }
        }
    }

    assert!(tried > 2 * 30, "{tried}");
}

#[test]
fn offsets_and_lengths_must_stay_inside_the_calldata() {
    let mut world = world();
    let mut tried = 0;

    for cell in cells(&world) {
        let with = |at: usize, value: U256| {
            let mut data = cell.data.clone();
            data[at..at + 32].copy_from_slice(&value.to_be_bytes::<32>());
            data
        };
        for (at, kind) in cell.words() {
            let (is_bytes, is_list) =
                (kind == DynSolType::Bytes, matches!(kind, DynSolType::Array(_)));
            if !is_bytes && !is_list {
                continue;
            }
            let size = cell.data.len();
            let outside = [size - 4 - 31, size, 1 << 32, usize::MAX].map(U256::from);
            for value in outside.into_iter().chain([U256::ONE << 64, U256::MAX]) {
                cell.refuses(&mut world, with(at, value), &format!("offset {value}"));
            }
            let offset = U256::from_be_slice(&cell.data[at..at + 32]);
            let length = 4 + offset.to::<usize>();
            let beyond = if is_bytes { size } else { size / 32 };
            for value in [U256::from(beyond), U256::ONE << 32, U256::ONE << 59, U256::MAX] {
                cell.refuses(&mut world, with(length, value), &format!("length {value}"));
            }
            assert!(cell.is_read(&mut world, with(length, U256::ZERO)), "{}", cell.name());
            tried += 1;
        }
    }

    assert_eq!(tried, 3 + 4, "proofs of register twice and setSigner; lists of claims and rewards");
}

#[test]
fn no_failure_is_bare() {
    let mut world = world();

    for cell in cells(&world) {
        for size in (4..400).step_by(3) {
            let mut data = cell.function.selector().to_vec();
            data.resize(size, 0xff);
            if let Err(failure) = cell.call(&mut world, data).dry_run() {
                assert!(failure.data().len() >= 4, "{}, {size} bytes: {failure:?}", cell.name());
            }
        }
    }
}
