//! What every call passes before its flow: selectors, value, arguments, size.

use std::collections::BTreeSet;

use super::kit::*;
use alloy_dyn_abi::{DynSolType, DynSolValue, JsonAbiExt};
use alloy_json_abi::{AbiItem, Function};
use alloy_primitives::{Bytes, FixedBytes, keccak256};
use alloy_sol_types::{SolCall, SolInterface};
use emetis::Failure;
use emetis::abi::contracts;
use emetis::interfaces::RedemptionQueueCalls;

/// The longest calldata the queue reads.
const LONGEST: usize = 8_192;
/// Bytes, and words, of what has a length.
const SIZE: usize = 3;

/// A function, good calldata for it, how many bytes of that are needed, and who may call it.
struct Cell {
    function: Function,
    data: Vec<u8>,
    needed: usize,
    caller: Account,
}

fn cells(world: &World) -> Vec<Cell> {
    let abi = contracts().into_iter().find(|abi| abi.name == "RedemptionQueue").unwrap();
    let functions = abi.items.iter().filter_map(|item| match item {
        AbiItem::Function(function) => Some((**function).clone()),
        _ => None,
    });
    let cell = |function: Function| {
        let kinds = function.inputs.iter().map(|input| DynSolType::parse(&input.ty).unwrap());
        let values: Vec<_> = kinds.map(|kind| sample(world, &kind)).collect();
        let data = function.abi_encode_input(&values).unwrap();
        let has_bytes = values.iter().any(|value| matches!(value, DynSolValue::Bytes(_)));
        let needed = if has_bytes { data.len() - (32 - SIZE) } else { data.len() };
        let caller = match function.name.as_str() {
            "setBatchLength" => world.admin,
            "sweep" => world.treasury,
            "receiveFill" => Account::at(world.hub),
            _ => world.alice,
        };
        Cell { function, data, needed, caller }
    };
    functions.map(cell).collect()
}

fn sample(world: &World, kind: &DynSolType) -> DynSolValue {
    match kind {
        DynSolType::Address => DynSolValue::Address(world.bob.address),
        DynSolType::Uint(bits) => DynSolValue::Uint(word(1), *bits),
        DynSolType::Bool => DynSolValue::Bool(true),
        DynSolType::FixedBytes(size) => DynSolValue::FixedBytes(FixedBytes::ZERO, *size),
        DynSolType::Bytes => DynSolValue::Bytes(vec![7; SIZE]),
        DynSolType::Array(kind) => DynSolValue::Array(vec![sample(world, kind); SIZE]),
        other => panic!("{other:?} has no sample"),
    }
}

impl Cell {
    fn refusal(&self, size: usize) -> Queue::ArgumentsInvalid {
        Queue::ArgumentsInvalid { selector: self.function.selector(), size: word(size as u64) }
    }

    #[track_caller]
    fn refuses(&self, world: &mut World, data: Vec<u8>, what: &str) {
        let refused = self.refusal(data.len());
        let outcome = world.chain.send_raw(self.caller, world.queue, data).dry_run();
        let is_refused = matches!(&outcome, Err(failure) if failure.is(&refused));
        assert!(is_refused, "{}, {what}: {outcome:?}", self.function.signature());
    }

    /// Whether arguments were found in calldata, whatever came of them.
    fn is_read(&self, world: &mut World, data: Vec<u8>) -> bool {
        let refused = self.refusal(data.len());
        let outcome = world.chain.send_raw(self.caller, world.queue, data).dry_run();
        matches!(outcome, Ok(_) | Err(Failure::Revert { .. }))
            && !outcome.is_err_and(|failure| failure.is(&refused))
    }
}

/// Every entry of the interface, and the constructor.
fn entries() -> BTreeSet<[u8; 4]> {
    let constructor = keccak256("stylus_constructor()")[..4].try_into().unwrap();
    RedemptionQueueCalls::selectors().chain([constructor]).collect()
}

fn unknown(selector: [u8; 4], size: usize) -> Queue::SelectorUnknown {
    Queue::SelectorUnknown { selector: selector.into(), size: word(size as u64) }
}

#[test]
fn the_queue_answers_to_exactly_its_interface() {
    let mut world = world();
    let (alice, queue) = (world.alice, world.queue);
    let entries = entries();
    assert_eq!(entries.len(), RedemptionQueueCalls::COUNT + 1);

    for selector in &entries {
        let outcome = world.chain.send_raw(alice, queue, selector.to_vec()).dry_run();
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
        world.chain.send_raw(alice, queue, selector.to_vec()).fails_with(unknown(selector, 4));
    }
}

#[test]
fn metis_is_refused_by_every_entry_but_the_one_for_fills() {
    let mut world = world();
    let (alice, queue) = (world.alice, world.queue);
    let for_fills = Queue::receiveFillCall::SELECTOR;

    for selector in entries().into_iter().filter(|selector| *selector != for_fills) {
        for value in [word(1), WEALTH] {
            // Before anything else is looked at: the arguments are missing.
            let refused = Queue::ValueRefused { selector: selector.into(), value };
            world.chain.send_raw(alice, queue, selector.to_vec()).value(value).fails_with(refused);
        }
    }
    assert_eq!(world.metis(queue), ZERO);
}

#[test]
fn calldata_beyond_the_limit_is_refused_whatever_it_holds() {
    let mut world = world();
    let (alice, queue) = (world.alice, world.queue);
    let long = |head: [u8; 4], size: usize| {
        let mut data = head.to_vec();
        data.resize(size, 0);
        data
    };

    for selector in [Queue::dueCall::SELECTOR, Queue::claimsCall::SELECTOR, [0; 4]] {
        for (size, value) in [(LONGEST + 1, ZERO), (100_000, word(1))] {
            let data = long(selector, size);
            let (size, limit) = (word(size as u64), word(LONGEST as u64));
            let refused = Queue::CalldataTooLong { size, limit };
            world.chain.send_raw(alice, queue, data).value(value).fails_with(refused);
        }
    }
    world.chain.send_raw(alice, queue, long(Queue::dueCall::SELECTOR, LONGEST)).ok();
    let refused = unknown([0; 4], LONGEST);
    world.chain.send_raw(alice, queue, long([0; 4], LONGEST)).fails_with(refused);
}

#[test]
fn arguments_are_read_if_they_are_whole_and_what_follows_is_ignored() {
    let mut world = world();

    for cell in cells(&world) {
        let name = cell.function.signature();
        for size in 4..cell.needed {
            cell.refuses(&mut world, cell.data[..size].to_vec(), "cut off");
        }
        for more in [0, 1, 31, 32, 1_000] {
            let mut data = cell.data[..cell.needed].to_vec();
            data.resize(cell.needed + more, 0xee);
            assert!(cell.is_read(&mut world, data), "{name} and {more} bytes");
        }
    }
}

#[test]
fn bits_that_mean_nothing_must_be_zero() {
    let mut world = world();
    let mut tried = 0;

    for cell in cells(&world) {
        for (at, input) in cell.function.inputs.iter().enumerate() {
            let range = match DynSolType::parse(&input.ty).unwrap() {
                DynSolType::Address => 0..12,
                DynSolType::Bool | DynSolType::Uint(8) => 0..31,
                DynSolType::FixedBytes(4) => 4..32,
                _ => continue,
            };
            for byte in [range.start, range.end - 1] {
                let mut dirty = cell.data.clone();
                dirty[4 + at * 32 + byte] = if byte == range.start { 0x80 } else { 1 };
                cell.refuses(&mut world, dirty, "a dirty word");
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 2 * 23, "addresses, a truth, one v and an interface");
    // True is 1 and nothing else.
    let cells = cells(&world);
    let cell = cells.iter().find(|cell| cell.function.name == "setApprovalForAll").unwrap();
    let mut dirty = cell.data.clone();
    *dirty.last_mut().unwrap() = 2;
    cell.refuses(&mut world, dirty, "neither true nor false");
}

#[test]
fn offsets_and_lengths_must_stay_inside_the_calldata() {
    let mut world = world();
    let mut lists = 0;

    for cell in cells(&world) {
        let is_long = |kind: &str| kind == "bytes" || kind == "uint256[]";
        let Some(at) = cell.function.inputs.iter().position(|input| is_long(&input.ty)) else {
            continue;
        };
        let kind = cell.function.inputs[at].ty.clone();
        let heads = 4 + cell.function.inputs.len() * 32;
        let with = |at: usize, value| {
            let mut data = cell.data[..cell.needed].to_vec();
            data[at..at + 32].copy_from_slice(&alloy_primitives::U256::to_be_bytes::<32>(&value));
            data
        };
        let needed = word(cell.needed as u64);
        let far = [word(u32::MAX.into()), word(1 << 32), word(1) << 64, word(1) << 255, ALL];
        for offset in far.into_iter().chain([needed, needed - word(35)]) {
            cell.refuses(&mut world, with(4 + at * 32, offset), "an offset outside");
        }
        let beyond = word(SIZE as u64 + 1);
        let wraps = (word(1) << 251) + word(1);
        for length in far.into_iter().chain([beyond, wraps]) {
            cell.refuses(&mut world, with(heads, length), "a length outside");
        }
        for length in 0..=SIZE as u64 {
            let data = with(heads, word(length));
            assert!(cell.is_read(&mut world, data), "{kind} of {length}");
        }
        lists += 1;
    }
    assert_eq!(lists, 3, "two lists of tickets or amounts, and what a receiver is told");
}

#[test]
fn no_failure_is_bare() {
    let mut world = world();
    let (alice, queue) = (world.alice, world.queue);
    world.request(alice, ether(1));

    for selector in entries() {
        for fill in [0, 1, 0xff] {
            for size in (4..300).step_by(7) {
                let mut data = selector.to_vec();
                data.resize(size, fill);
                let outcome = world.chain.send_raw(alice, queue, Bytes::from(data)).dry_run();
                if let Err(failure) = outcome {
                    assert!(failure.data().len() >= 4, "{selector:02x?}, {size}: {failure:?}");
                }
            }
        }
    }
}
