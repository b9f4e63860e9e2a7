//! What activation costs and records: small modules, worked out by hand.

use alloy_primitives::U256;
use emetis::stylus::activate::Activation;

use super::arbwasm::{ACTIVATE, calldata};
use super::kit::{SENDER, Tx, activation, everywhere, wasm};
use super::wat::{Source, program};

#[test]
fn the_smallest_program() {
    let wasm = wasm(&program("(i32.const 0)"));

    // Header; type, function, memory, export and code section, each with id and size.
    let bytes = 8 + (2 + 6) + (2 + 2) + (2 + 4) + (2 + 1 + 9 + 18) + (2 + 6);
    assert_eq!(wasm.len(), bytes);
    assert_eq!(bytes, 64);
    // Two operators, the charge of their block, the frame's check, and giving it back.
    let operators = 2 + 12 + 13 + 4;
    #[expect(clippy::identity_op, reason = "the second term is rounded down to nothing")]
    let work = 64 * 31_733 / 100_000 + 17_263 / 100_000 + 2_217 + operators * 535 / 1_000;
    let init = 8_252_u64 / 1_000 + 2 * 1_059 / 1_000 + 64 * 1_286 / 10_000;
    let expected = Activation {
        init: init as u16,
        cached: 4 * 1_628 / 1_000 + 5,
        asm: 512_000 + 996_829 / 1_000 + 2 * 11_416 / 1_000 + 64 * 62_628 / 10_000,
        footprint: 1,
        gas: 28 * work,
    };
    assert_eq!((expected.init, expected.cached, expected.asm), (18, 11, 513_418));
    assert_eq!(expected.gas, 28 * (20 + 2_217 + 16));
    assert_eq!(activation(&wasm), expected);
}

/// A global, a table of one function, ten bytes of data, two functions, three pages.
fn larger() -> Source {
    Source::new("(drop (call $f (i64.const 1) (i32.const 2))) (i32.const 0)").memory("3 3").fields(
        "(global (mut i32) (i32.const 7)) (table 1 1 funcref) (elem (i32.const 0) func $f)
         (data (i32.const 8) \"0123456789\")
         (func $f (param i64 i32) (result i32) (local.get 1))",
    )
}

#[test]
fn a_program_with_data_and_a_table() {
    let wasm = wasm(&larger().text());

    let bytes = 8
        + (2 + 1 + 5 + 6) // types
        + (2 + 3) // functions
        + (2 + 5) // table
        + (2 + 4) // memory
        + (2 + 1 + 5) // global
        + (2 + 1 + 9 + 18) // exports
        + (2 + 1 + 6) // elements
        + (2 + 1 + 5 + (1 + 1 + 2 + 2 + 2 + 1 + 2 + 1)) // code
        + (2 + 1 + 15); // data
    assert_eq!(wasm.len(), bytes);
    let (functions, type_words, bytes) = (2, 3 + 2, bytes as u64);
    let (data_items, data_bytes, element_items) = (1 + 3 + 1 + 10, 10, 1 + 3 + 1 + 1);
    let globals = 1 + 4;
    // `$f`: two operators. The entry point: 3 to the call, then drop, const and end.
    let operators = (2 + 12 + 13 + 4) + (3 + 3 + 2 * 12 + 13 + 4);
    let init = functions * 8_252 / 1_000 + type_words * 1_059 / 1_000 + bytes * 1_286 / 10_000;
    let cached = functions * 13_420 / 100_000
        + type_words * 89 / 100_000
        + bytes * 122 / 100_000
        + globals * 1_628 / 1_000
        + (data_items + element_items) * 75_244 / 100_000
        + 5 * 3;
    let asm = 512_000
        + functions * 996_829 / 1_000
        + type_words * 11_416 / 1_000
        + bytes * 62_628 / 10_000;
    let work = bytes * 31_733 / 100_000
        + functions * 17_263 / 100_000
        + data_bytes * 17_376 / 100_000
        + element_items * 17_376 / 100_000
        + 2_217 * 3
        + operators * 535 / 1_000;
    let expected = Activation {
        init: init as u16,
        cached: cached as u16,
        asm: asm as u32,
        footprint: 3,
        gas: 28 * work,
    };
    assert_eq!(activation(&wasm), expected);
}

/// Deploys the smallest program, which is not activated yet.
fn deployed(world: &mut super::kit::World) -> alloy_primitives::Address {
    let wasm = wasm(&program("(i32.const 0)"));
    world.account(emetis::stylus::package::compress(&wasm))
}

/// What it burns up front, and the work worked out above.
const ACTIVATION_GAS: u64 = 1_659_168 + 28 * (20 + 2_217 + 16);
/// Native code in KiB, rounded up, at the lowest price of a byte in wei.
const DATA_FEE_WEI: u64 = 513_418_u64.div_ceil(1_024) * 1_024 * 82_928_201;

#[test]
fn activation_takes_its_gas_and_the_data_fee() {
    let (gas, fee) = everywhere(|world| {
        let program = deployed(world);
        let tx = Tx::to(super::arbwasm::ARB_WASM)
            .data(calldata(ACTIVATE, &[program.into_word()]))
            .value(DATA_FEE_WEI + 999);
        let before = world.balance(SENDER);
        let gas = world.send(tx).frame.ok().gas_used;
        (gas, before - world.balance(SENDER))
    });

    assert_eq!(gas, ACTIVATION_GAS);
    assert_eq!(fee, U256::from(DATA_FEE_WEI), "the rest comes back");
}

#[test]
fn activation_that_is_not_paid_takes_all_gas() {
    let run = |gas| {
        everywhere(|world| {
            let program = deployed(world);
            let tx = Tx::to(super::arbwasm::ARB_WASM)
                .data(calldata(ACTIVATE, &[program.into_word()]))
                .value(DATA_FEE_WEI)
                .gas(gas);
            let frame = world.send(tx).frame;
            (frame, world.record(program).version)
        })
    };

    let (enough, version) = run(ACTIVATION_GAS);
    let (short, nothing) = run(ACTIVATION_GAS - 1);
    let (hardly, _) = run(1_659_167);

    enough.ok();
    assert_eq!(version, 2);
    short.consumed_all();
    assert_eq!(nothing, 0);
    hardly.consumed_all();
}
