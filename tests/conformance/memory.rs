//! Memory: bounds, pages and what they cost.

use alloy_primitives::Address;

use super::kit::{End, Frame, Tx, everywhere};
use super::prices::{BLOCK, CONST, DROP, END, silent};
use super::wat::{Source, costs};

/// First byte that a word, an address and a length no longer fit at.
const WORD: i64 = 65_536 - 31;
const ADDRESS: i64 = 65_536 - 19;
const LENGTH: i64 = 65_536 - 3;

#[track_caller]
fn run(source: &Source, gas: u64) -> Frame {
    everywhere(|world| {
        let program = world.program(&source.text());
        let frame = world.send(Tx::to(program).data([1; 40]).gas(gas)).frame;
        Frame { target: Address::ZERO, ..frame }
    })
}

/// Each host function with each of its pointers one byte too far; other pointers are fine.
fn out_of_bounds() -> Vec<(&'static str, Vec<i64>)> {
    let call = |at: usize, far: i64, values: &[i64]| {
        let mut values = values.to_vec();
        values[at] = far;
        values
    };
    let mut cases = vec![
        ("read_args", vec![65_536 - 39]),
        ("write_result", vec![65_530, 7]),
        ("emit_log", vec![65_530, 7, 0]),
        ("native_keccak256", vec![65_530, 7, 0]),
        ("native_keccak256", vec![0, 7, WORD]),
        ("account_code_size", vec![ADDRESS]),
        ("account_code", vec![ADDRESS, 0, 4, 100]),
    ];
    let words = ["block_basefee", "msg_value", "tx_gas_price"];
    cases.extend(words.map(|hook| (hook, vec![WORD])));
    let addresses = ["block_coinbase", "contract_address", "msg_sender", "tx_origin"];
    cases.extend(addresses.map(|hook| (hook, vec![ADDRESS])));
    for hook in ["account_balance", "account_codehash"] {
        cases.push((hook, vec![ADDRESS, 100]));
        cases.push((hook, vec![0, WORD]));
    }
    for hook in [
        "storage_load_bytes32",
        "storage_cache_bytes32",
        "transient_load_bytes32",
        "transient_store_bytes32",
        "math_div",
        "math_mod",
        "math_pow",
    ] {
        cases.extend([(hook, vec![WORD, 0]), (hook, vec![0, WORD])]);
    }
    for hook in ["math_add_mod", "math_mul_mod"] {
        cases.extend((0..3).map(|at| (hook, call(at, WORD, &[0, 32, 64]))));
    }
    let calls = [(0, ADDRESS), (1, 65_533), (3, WORD), (5, LENGTH)];
    cases.extend(calls.map(|(at, far)| ("call_contract", call(at, far, &[0, 0, 4, 64, 0, 96]))));
    for hook in ["delegate_call_contract", "static_call_contract"] {
        let calls = [(0, ADDRESS), (1, 65_533), (4, LENGTH)];
        cases.extend(calls.map(|(at, far)| (hook, call(at, far, &[0, 0, 4, 0, 96]))));
    }
    let creates = [(0, 65_533), (2, WORD), (3, ADDRESS), (4, LENGTH)];
    cases.extend(creates.map(|(at, far)| ("create1", call(at, far, &[0, 4, 64, 96, 128]))));
    let creates = [(0, 65_533), (2, WORD), (3, WORD), (4, ADDRESS), (5, LENGTH)];
    cases.extend(creates.map(|(at, far)| ("create2", call(at, far, &[0, 4, 64, 64, 96, 128]))));
    cases
}

/// A call of `hook`, whose result, if any, is dropped.
fn call(hook: &str, values: &[i64]) -> String {
    let ty = super::wat::HOOKS.iter().find(|(name, _)| *name == hook).expect("a hook").1;
    let types = ty.split(['(', ')', ' ']).filter(|word| matches!(*word, "i32" | "i64"));
    let values: String =
        types.zip(values).map(|(ty, value)| format!("({ty}.const {value})")).collect();
    let drop = if ty.contains("result") { "drop" } else { "" };
    format!("(call ${hook} {values}) {drop}")
}

#[test]
fn a_pointer_out_of_bounds_traps_and_keeps_the_gas() {
    for (hook, values) in out_of_bounds() {
        let frame = run(&Source::new(format!("{} (i32.const 0)", call(hook, &values))), 1_000_000);

        assert_eq!(frame.end, Some(End::Trap), "{hook} {values:?}");
        frame.reverts_with(&[]);
        assert_eq!(frame.hooks.len(), 1, "{hook}");
    }
}

#[test]
fn the_last_pointer_in_bounds_is_fine() {
    for (hook, values) in out_of_bounds() {
        let nearer: Vec<i64> =
            values.iter().map(|value| if *value > 65_000 { value - 1 } else { *value }).collect();
        let source = Source::new(format!("{} (i32.const 0)", call(hook, &nearer)));

        let frame = run(&source, 1_000_000);

        assert_eq!(frame.end, Some(End::Status(0)), "{hook} {nearer:?}");
    }
}

#[test]
fn a_pointer_does_not_wrap() {
    for (hook, values) in out_of_bounds() {
        let wrapping: Vec<i64> =
            values.iter().map(|value| if *value > 65_000 { -1 } else { *value }).collect();
        let source = Source::new(format!("{} (i32.const 0)", call(hook, &wrapping)));

        let frame = run(&source, 1_000_000);

        assert_eq!(frame.end, Some(End::Trap), "{hook} {wrapping:?}");
    }
}

#[test]
fn loads_and_stores_out_of_bounds_trap() {
    for body in [
        "(drop (i32.load (i32.const 65533)))",
        "(i64.store (i32.const 65529) (i64.const 1))",
        "(memory.fill (i32.const 65535) (i32.const 1) (i32.const 2))",
        "(memory.copy (i32.const 0) (i32.const 65535) (i32.const 2))",
        "(drop (i32.load offset=4294967295 (i32.const 4)))",
    ] {
        run(&Source::new(format!("{body} (i32.const 0)")), 1_000_000).trapped();
    }
}

#[test]
fn paying_for_no_pages_costs_the_base_price() {
    let body = "(call $pay_for_memory_grow (i32.const 0)) (i32.const 0)";

    let outcome = costs(&Source::new(body), silent(1, 8_400));

    assert_eq!(outcome.frame.hook("pay_for_memory_grow"), 8_400);
}

#[test]
fn paying_for_pages_costs_their_gas_and_no_base_price() {
    // One page is open. The table stands at 1 up to page 5, 2 at 6 to 8, 3 at 9 and 10, 4 at 11.
    for (pages, linear, table) in
        [(1, 0, 0), (2, 1, 0), (4, 3, 0), (5, 4, 2 - 1), (10, 9, 4 - 1), (127, 126, 31_873_999 - 1)]
    {
        let body = format!("(call $pay_for_memory_grow (i32.const {pages})) (i32.const 0)");

        let outcome = costs(&Source::new(body), silent(1, 10_000 * (1_000 * linear + table)));

        assert_eq!(outcome.frame.hooks.len(), 1);
    }
}

#[test]
fn pages_are_counted_in_sixteen_bits() {
    let body = "(call $pay_for_memory_grow (i32.const 65536)) (i32.const 0)";

    costs(&Source::new(body), silent(1, 8_400));
}

#[test]
fn more_than_128_pages_cannot_be_paid() {
    let body = "(call $pay_for_memory_grow (i32.const 128)) (i32.const 0)";

    let frame = run(&Source::new(body), 1 << 40);

    assert_eq!(frame.consumed_all().end, Some(End::OutOfInk));
}

/// Makes the program import the host function that growing needs.
const PAYS: &str = "(; $pay_for_memory_grow ;)";

/// `(drop (memory.grow n))` with the charge that is put before it, then the last block. The charge
/// itself is the host function's, without a block of its own.
fn grown(gas: u64) -> u64 {
    (BLOCK + CONST + 8_050 + DROP + CONST + END) + gas
}

#[test]
fn growing_pays_for_the_pages_first() {
    let source = |pages: u32| {
        Source::new(format!("(drop (memory.grow (i32.const {pages}))) (i32.const 0)"))
            .memory("1 20")
            .fields(PAYS)
    };

    costs(&source(0), grown(8_400));
    costs(&source(1), grown(0));
    costs(&source(2), grown(10_000 * 1_000));
    costs(&source(5), grown(10_000 * (4 * 1_000 + (2 - 1))));
}

#[test]
fn a_growth_that_fails_is_paid() {
    // Two pages at most: four more fail, and cost three linear prices.
    let body = "(if (i32.ne (memory.grow (i32.const 4)) (i32.const -1)) (then unreachable))
        (if (i32.ne (memory.size) (i32.const 1)) (then unreachable)) (i32.const 0)";
    let source = Source::new(body).memory("1 2").fields(PAYS);

    let frame = run(&source, 1_000_000);

    assert_eq!(frame.ok().hook("pay_for_memory_grow"), 10_000 * 3 * 1_000);
}

#[test]
fn memory_that_cannot_grow_is_not_charged() {
    let body = "(drop (memory.grow (i32.const 7))) (i32.const 0)";

    let outcome = costs(&Source::new(body), grown(0));

    assert_eq!(outcome.frame.hooks, []);
}

#[test]
fn grown_memory_is_zero_and_usable() {
    let body = "(drop (memory.grow (i32.const 1)))
        (if (i64.ne (i64.load (i32.const 131064)) (i64.const 0)) (then unreachable))
        (i64.store (i32.const 131064) (i64.const 0x6c61737420627974))
        (call $write_result (i32.const 131064) (i32.const 8)) (i32.const 0)";
    let source = Source::new(body).memory("1").fields(PAYS);

    let frame = run(&source, 1_000_000);

    assert_eq!(frame.ok().output, "tyb tsal".as_bytes());
}

#[test]
fn bulk_operators_pay_per_byte() {
    for len in [0_u64, 1, 1_000] {
        let fill =
            format!("(memory.fill (i32.const 0) (i32.const 7) (i32.const {len})) (i32.const 0)");
        let copy =
            format!("(memory.copy (i32.const 0) (i32.const 9) (i32.const {len})) (i32.const 0)");
        let ink = BLOCK + 3 * CONST + (950 + 100 * len) + CONST + END;

        costs(&Source::new(fill), ink);
        costs(&Source::new(copy), ink);
    }
}

#[test]
fn a_bulk_operator_that_is_not_covered_does_not_start() {
    // A length of 2^32 - 1 would trap; its 429,496,729,500 ink are not there.
    let body = "(memory.fill (i32.const 0) (i32.const 7) (i32.const -1)) (i32.const 0)";

    let short = run(&Source::new(body), 1_000_000);
    let covered = run(&Source::new(body), 50_000_000);

    assert_eq!(short.consumed_all().end, Some(End::OutOfInk));
    let paid = BLOCK + 3 * CONST + 950 + CONST + END + 100 * 4_294_967_295;
    assert_eq!(covered.trapped().ink, paid);
}
