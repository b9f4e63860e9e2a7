//! Transient storage.

use alloy_primitives::U256;

use super::evm;
use super::kit::{Tx, everywhere};
use super::prices::{BLOCK, CALL, CONST, LAST, shown, silent};
use super::wat::{Source, costs, data, program};

/// Base, two pointers, the EVM, and 100 gas.
const TRANSIENT: u64 = 8_400 + 2 * 5_040 + 59_673 + 10_000 * 100;

/// Stores 9 at key 0, unless there is calldata; then shows what is there.
const KEEPER: &str = "
    (if (i32.eqz (local.get $len)) (then
        (i32.store8 (i32.const 63) (i32.const 9))
        (call $transient_store_bytes32 (i32.const 0) (i32.const 32))))
    (call $transient_load_bytes32 (i32.const 0) (i32.const 32))
    (call $write_result (i32.const 32) (i32.const 32)) (i32.const 0)";

#[test]
fn transient_load_costs_a_hundred_gas() {
    let body = "(call $transient_load_bytes32 (i32.const 0) (i32.const 32))
                (call $write_result (i32.const 32) (i32.const 32)) (i32.const 0)";

    let outcome = costs(&Source::new(body).fields(data(32, [1; 32])), shown(2, TRANSIENT, 32));

    assert_eq!(outcome.frame.output[..], [0; 32], "nothing was stored");
}

#[test]
fn transient_store_costs_a_hundred_gas_and_returns_nothing() {
    let body = "(call $transient_store_bytes32 (i32.const 0) (i32.const 32)) (i32.const 0)";

    costs(&Source::new(body), silent(2, TRANSIENT));
}

#[test]
fn what_was_stored_is_loaded() {
    let body = "(call $transient_store_bytes32 (i32.const 0) (i32.const 32))
                (call $transient_load_bytes32 (i32.const 0) (i32.const 64))
                (call $write_result (i32.const 64) (i32.const 32)) (i32.const 0)";
    let store = (BLOCK + 2 * CONST + CALL) + TRANSIENT;

    let outcome =
        costs(&Source::new(body).fields(data(32, [7; 32])), store + shown(2, TRANSIENT, 32));

    assert_eq!(outcome.frame.output[..], [7; 32]);
    assert!(outcome.frame.ink > 2 * TRANSIENT + LAST);
}

#[test]
fn it_lives_for_one_transaction() {
    let (stored, later) = everywhere(|world| {
        let keeper = world.program(&program(KEEPER));
        let stored = world.send(Tx::to(keeper)).frame.ok().output.clone();
        let later = world.send(Tx::to(keeper).data([1])).frame.ok().output.clone();
        (stored, later)
    });

    assert_eq!(U256::from_be_slice(&stored), U256::from(9));
    assert_eq!(U256::from_be_slice(&later), U256::ZERO);
}

#[test]
fn calls_of_one_transaction_share_it() {
    let output = everywhere(|world| {
        let keeper = world.program(&program(KEEPER));
        // CALL keeper with no data, then CALL it with one byte and return what that returns.
        let first = [evm::call(keeper, 0, 0), vec![evm::POP]].concat();
        let caller = world.account([first, evm::call(keeper, 0, 1), evm::bubble()].concat());
        world.send(Tx::to(caller)).frame.ok().output.clone()
    });

    assert_eq!(U256::from_be_slice(&output), U256::from(9));
}

#[test]
fn evm_code_sees_the_same_slots() {
    // Stores 5 at transient slot 0, then delegates to the program, which loads it.
    let output = everywhere(|world| {
        let keeper = world.program(&program(KEEPER));
        let code =
            [vec![evm::PUSH1, 5, evm::PUSH0, evm::TSTORE], evm::delegate(keeper, 1), evm::bubble()];
        let caller = world.account(code.concat());
        world.send(Tx::to(caller)).frame.ok().output.clone()
    });

    assert_eq!(U256::from_be_slice(&output), U256::from(5));
}
