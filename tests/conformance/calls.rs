//! Calls that programs make: prices, gas passed on, what comes back.

use alloy_primitives::{Address, Bytes, U256};

use super::evm;
use super::kit::{End, Frame, Tx, World, everywhere};
use super::prices::{BLOCK, CALL, CONST, LAST, STORE32, write, write_result};
use super::wat::{Source, costs_in, data};

/// Base, three pointers, the EVM, and calldata of `len` bytes read twice.
const fn call_ink(len: u64) -> u64 {
    8_400 + 3 * 5_040 + 59_673 + 2 * super::prices::read(len)
}

/// `read_args` of an address at 0.
const ARGS: u64 = (BLOCK + CONST + CALL) + 8_400 + write(20);
const READ_ARGS: &str = "(call $read_args (i32.const 0))";

/// The gas a program wants to pass on, at most.
const ALL: i64 = -1;

/// Calls the address in the calldata with the `len` bytes at 32 and the value at 64; the status and
/// the length that it returned are shown.
fn caller(hook: &str, len: u32, gas: i64) -> Source {
    let value = if hook == "call_contract" { "(i32.const 64)" } else { "" };
    Source::new(format!(
        "{READ_ARGS}
         (i32.store (i32.const 200)
            (call ${hook} (i32.const 0) (i32.const 32) (i32.const {len}) {value}
                (i64.const {gas}) (i32.const 204)))
         (call $write_result (i32.const 200) (i32.const 8)) (i32.const 0)"
    ))
}

/// Everything of [`caller`] but the call.
fn around(hook: &str) -> u64 {
    let consts = if hook == "call_contract" { 7 } else { 6 };
    ARGS + (BLOCK + consts * CONST + CALL)
        + (BLOCK + STORE32 + 2 * CONST + CALL)
        + write_result(8)
        + LAST
}

/// What [`caller`] shows.
fn shown(status: u32, len: u32) -> Bytes {
    [status.to_le_bytes(), len.to_le_bytes()].concat().into()
}

const HOOKS: [&str; 3] = ["call_contract", "delegate_call_contract", "static_call_contract"];

fn codeless(world: &mut World, program: Address) -> Tx {
    let account = world.account(Bytes::new());
    Tx::to(program).data(account)
}

#[test]
fn a_call_of_an_account_without_code_pays_for_the_access() {
    for hook in HOOKS {
        for len in [0, 32, 40] {
            let ink = call_ink(len) + 10_000 * 2_600;

            let source = caller(hook, len as u32, 0);
            let outcome = costs_in(&source, codeless, around(hook) + ink);

            assert_eq!(outcome.frame.hook(hook), ink);
            assert_eq!(outcome.frame.output, shown(0, 0));
        }
    }
}

#[test]
fn a_second_call_of_an_account_pays_for_a_warm_one() {
    let call = "(drop (call $static_call_contract (i32.const 0) (i32.const 32) (i32.const 0)
        (i64.const 0) (i32.const 200)))";
    let source = Source::new(format!("{READ_ARGS} {call} {call} (i32.const 0)"));

    let frame = everywhere(|world| {
        let program = world.program(&source.text());
        let tx = codeless(world, program);
        world.send(tx).frame
    });

    let expected = [call_ink(0) + 10_000 * 2_600, call_ink(0) + 10_000 * 100];
    assert_eq!(frame.ok().hooks("static_call_contract"), expected);
}

/// [`caller`] of `call_contract` that sends one wei.
fn payer() -> Source {
    caller("call_contract", 0, 0).fields(data(95, [1]))
}

#[test]
fn a_call_with_value_gives_the_stipend_and_takes_back_what_is_left_of_it() {
    let ink = call_ink(0) + 10_000 * (2_600 + 9_000);
    let setup = |world: &mut World, program| {
        world.fund(program, 5);
        codeless(world, program)
    };

    let outcome = costs_in(&payer(), setup, around("call_contract") + ink);

    assert_eq!(outcome.frame.hook("call_contract"), ink);
    assert_eq!(outcome.frame.output, shown(0, 0));
    assert_eq!(outcome.frame.calls[0].gas_limit, 2_300, "none was passed on");
}

#[test]
fn a_call_with_value_pays_for_a_new_account() {
    let ink = call_ink(0) + 10_000 * (2_600 + 9_000 + 25_000);
    let setup = |world: &mut World, program| {
        world.fund(program, 5);
        Tx::to(program).data(Address::repeat_byte(0x77))
    };

    let outcome = costs_in(&payer(), setup, around("call_contract") + ink);

    assert_eq!(outcome.frame.hook("call_contract"), ink);
}

#[test]
fn a_call_without_value_does_not_pay_for_a_new_account() {
    let ink = call_ink(0) + 10_000 * 2_600;
    let setup = |_: &mut World, program| Tx::to(program).data(Address::repeat_byte(0x77));

    costs_in(&caller("call_contract", 0, 0), setup, around("call_contract") + ink);
}

#[test]
fn the_stipend_pays_for_what_the_callee_does() {
    // SLOAD of a cold slot: PUSH0 2, SLOAD 2,100; of 2,300.
    let used = 2 + 2_100;
    let ink = call_ink(0) + 10_000 * (2_600 + 9_000 + used);
    let setup = |world: &mut World, program| {
        world.fund(program, 5);
        let callee = world.account([evm::PUSH0, evm::SLOAD]);
        Tx::to(program).data(callee)
    };

    let outcome = costs_in(&payer(), setup, around("call_contract") + ink);

    assert_eq!(outcome.frame.calls[0].ok().gas_used, used);
}

#[test]
fn a_call_with_more_value_than_there_is_fails_without_cost_of_the_callee() {
    let frame = everywhere(|world| {
        let program = world.program(&payer().text());
        let tx = codeless(world, program);
        world.send(tx).frame
    });

    assert_eq!(frame.ok().output, shown(2, 0));
    assert_eq!(frame.hook("call_contract"), call_ink(0) + 10_000 * (2_600 + 9_000));
}

#[test]
fn value_is_moved() {
    let balances = everywhere(|world| {
        let program = world.program(&payer().text());
        world.fund(program, 5);
        let account = world.account(Bytes::new());
        world.send(Tx::to(program).data(account)).frame.ok();
        [world.balance(program), world.balance(account)]
    });

    assert_eq!(balances, [U256::from(4), U256::from(1)]);
}

/// Calls a program's neighbour, which runs `code`, with `tx_gas` and all gas passed on.
#[track_caller]
fn calls(hook: &str, code: &[u8], gas: i64, tx_gas: u64) -> Frame {
    everywhere(|world| {
        let program = world.program(&caller(hook, 0, gas).text());
        let callee = world.account(code.to_vec());
        world.send(Tx::to(program).data(callee).gas(tx_gas)).frame
    })
}

#[test]
fn the_callee_gets_at_most_63_of_64_parts_rounded_down() {
    for hook in HOOKS {
        for tx_gas in 1_000_000..1_000_066 {
            let frame = calls(hook, &[evm::STOP], ALL, tx_gas);

            let before = ARGS + (BLOCK + around_consts(hook) + CALL) + call_ink(0);
            let left = (10_000 * (tx_gas - frame.entry) - before) / 10_000 - 2_600;
            assert_eq!(frame.calls[0].gas_limit, left * 63 / 64, "{hook} with {tx_gas}");
            if !left.is_multiple_of(64) {
                assert_ne!(frame.calls[0].gas_limit, left - left / 64, "the EVM's rule");
            }
        }
    }
}

fn around_consts(hook: &str) -> u64 {
    if hook == "call_contract" { 7 } else { 6 }
}

#[test]
fn the_callee_gets_what_the_program_wants_to_pass_on() {
    for hook in HOOKS {
        let frame = calls(hook, &[evm::STOP], 12_345, 1_000_000);

        assert_eq!(frame.ok().calls[0].gas_limit, 12_345);
        assert_eq!(frame.hook(hook), call_ink(0) + 10_000 * 2_600, "all of it comes back");
    }
}

#[test]
fn a_callee_that_halts_uses_up_what_it_was_given() {
    for hook in HOOKS {
        let frame = calls(hook, &[evm::INVALID], 12_345, 1_000_000);

        assert_eq!(frame.ok().output, shown(2, 0));
        assert_eq!(frame.hook(hook), call_ink(0) + 10_000 * (2_600 + 12_345));
    }
}

#[test]
fn a_callee_that_reverts_gives_back_what_it_left() {
    // PUSH32, PUSH0, MSTORE with one word of memory, PUSH1, PUSH0, REVERT.
    let used = 3 + 2 + (3 + 3) + 3 + 2;
    for hook in HOOKS {
        let frame = calls(hook, &evm::reverts(b"no!"), 12_345, 1_000_000);

        assert_eq!(frame.ok().output, shown(2, 3), "status 2 and three bytes");
        assert_eq!(frame.hook(hook), call_ink(0) + 10_000 * (2_600 + used));
    }
}

#[test]
fn a_call_that_cannot_be_paid_takes_all_gas_and_fails() {
    // Less than the 2,600 of a cold account are left: the call fails and the program is out of ink.
    let enough_to_call = ARGS + (BLOCK + 7 * CONST + CALL) + call_ink(0);

    let frame = calls("call_contract", &[evm::STOP], ALL, 400 + enough_to_call.div_ceil(10_000));

    assert_eq!(frame.consumed_all().end, Some(End::OutOfInk));
    assert_eq!(frame.calls, []);
}

/// Calls its neighbour, then shows what `read_return_data` of `size` from `offset` wrote.
fn reader(offset: i32, size: i32) -> Source {
    Source::new(format!(
        "{READ_ARGS}
         (drop (call $static_call_contract (i32.const 0) (i32.const 0) (i32.const 0)
            (i64.const -1) (i32.const 100)))
         (local.set $len (call $read_return_data
            (i32.const 200) (i32.const {offset}) (i32.const {size})))
         (call $write_result (i32.const 200) (local.get $len)) (i32.const 0)"
    ))
}

#[test]
fn read_return_data_pays_for_what_it_copies() {
    let text = b"thirty-two bytes of return data!";
    for (offset, size, copied) in [
        (0, 32, 0..32),
        (0, -1, 0..32),
        (30, 9, 30..32),
        (32, 1, 0..0),
        (-1, -1, 0..0),
        (4, 0, 0..0),
    ] {
        let frame = everywhere(|world| {
            let program = world.program(&reader(offset, size).text());
            let callee = world.account(evm::returns(text));
            world.send(Tx::to(program).data(callee)).frame
        });

        let ink = 8_400 + 59_673 + 5_040;
        assert_eq!(frame.ok().hook("read_return_data"), ink);
        assert_eq!(frame.output, text[copied], "{size} from {offset}");
    }
}

#[test]
fn read_return_data_pays_per_byte_over_32() {
    // The callee is a program that returns 100 bytes.
    let ink = 8_400 + 59_673 + 5_040 + 30 * (100 - 32);
    let callee = "(call $write_result (i32.const 0) (i32.const 100)) (i32.const 0)";

    let frame = everywhere(|world| {
        let program = world.program(&reader(0, 1_000).text());
        let callee = world.program(&super::wat::program(callee));
        world.send(Tx::to(program).data(callee)).frame
    });

    assert_eq!(frame.ok().hook("read_return_data"), ink);
    assert_eq!(frame.output.len(), 100);
}

#[test]
fn return_data_size_costs_the_base_price() {
    let body = format!(
        "(i32.store (i32.const 100) (call $return_data_size))
         {READ_ARGS}
         (drop (call $static_call_contract (i32.const 0) (i32.const 0) (i32.const 0)
            (i64.const -1) (i32.const 200)))
         (i32.store (i32.const 104) (call $return_data_size))
         (call $write_result (i32.const 100) (i32.const 8)) (i32.const 0)"
    );

    let frame = everywhere(|world| {
        let program = world.program(&super::wat::program(&body));
        let callee = world.account(evm::returns(&[7; 11]));
        world.send(Tx::to(program).data(callee)).frame
    });

    assert_eq!(frame.ok().hooks("return_data_size"), [8_400, 8_400]);
    assert_eq!(frame.output, shown(0, 11), "nothing before the call");
}

#[test]
fn return_data_out_of_bounds_traps() {
    let body = format!(
        "{READ_ARGS}
         (drop (call $static_call_contract (i32.const 0) (i32.const 0) (i32.const 0)
            (i64.const -1) (i32.const 200)))
         (drop (call $read_return_data (i32.const 65530) (i32.const 0) (i32.const 7)))
         (i32.const 0)"
    );

    let frame = everywhere(|world| {
        let program = world.program(&super::wat::program(&body));
        let callee = world.account(evm::returns(&[7; 11]));
        world.send(Tx::to(program).data(callee)).frame
    });

    frame.trapped();
}
