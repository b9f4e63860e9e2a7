//! 256-bit arithmetic and hashing.

use alloy_primitives::{B256, U256, keccak256};

use super::kit::{End, Tx, everywhere};
use super::prices::{BLOCK, CALL, CONST, shown, write_result};
use super::wat::{Source, costs, data};

/// Applies `hook` to operands in memory, returns the first word.
#[track_caller]
fn applied(hook: &str, operands: &[U256], ink: u64) -> U256 {
    let pointers: String =
        (0..operands.len()).map(|at| format!("(i32.const {})", 32 * at)).collect();
    let body = format!(
        "(call ${hook} {pointers})
         (call $write_result (i32.const 0) (i32.const 32)) (i32.const 0)"
    );
    let words: Vec<u8> = operands.iter().flat_map(U256::to_be_bytes::<32>).collect();
    let source = Source::new(body).fields(data(0, words));

    let outcome = costs(&source, shown(operands.len() as u64, ink, 32));

    assert_eq!(outcome.frame.hook(hook), ink);
    U256::from_be_slice(&outcome.frame.output)
}

fn u(value: u64) -> U256 {
    U256::from(value)
}

/// Base and three pointers, and the division.
const DIVIDE: u64 = 8_400 + 3 * 5_040 + 20_000;

#[test]
fn math_div_rounds_down() {
    assert_eq!(applied("math_div", &[u(100), u(7)], DIVIDE), u(14));
    assert_eq!(applied("math_div", &[U256::MAX, u(2)], DIVIDE), U256::MAX >> 1);
}

#[test]
fn math_div_by_zero_is_zero() {
    assert_eq!(applied("math_div", &[u(100), u(0)], DIVIDE), u(0));
}

#[test]
fn math_mod_leaves_the_remainder() {
    assert_eq!(applied("math_mod", &[u(100), u(7)], DIVIDE), u(2));
}

#[test]
fn math_mod_by_zero_is_zero() {
    assert_eq!(applied("math_mod", &[u(100), u(0)], DIVIDE), u(0));
}

/// Base and three pointers, and per byte of the exponent plus one.
const fn pow(exponent_bytes: u64) -> u64 {
    8_400 + 3 * 5_040 + 3_000 + 17_500 * (exponent_bytes + 1)
}

#[test]
fn math_pow_is_priced_by_the_bytes_of_its_exponent() {
    assert_eq!(applied("math_pow", &[u(3), u(0)], pow(0)), u(1));
    assert_eq!(applied("math_pow", &[u(3), u(5)], pow(1)), u(243));
    assert_eq!(applied("math_pow", &[u(1), u(255)], pow(1)), u(1));
    assert_eq!(applied("math_pow", &[u(1), u(256)], pow(2)), u(1));
    assert_eq!(applied("math_pow", &[u(1), U256::MAX], pow(32)), u(1));
}

#[test]
fn math_pow_wraps() {
    assert_eq!(applied("math_pow", &[u(2), u(256)], pow(2)), u(0));
}

/// Base and four pointers, and the sum.
const ADD_MOD: u64 = 8_400 + 4 * 5_040 + 21_000;
/// Base and four pointers, and the product.
const MUL_MOD: u64 = 8_400 + 4 * 5_040 + 24_100;

#[test]
fn math_add_mod_does_not_wrap_before_the_modulus() {
    assert_eq!(applied("math_add_mod", &[u(5), u(9), u(10)], ADD_MOD), u(4));
    // 2^256 - 1 is 5 modulo 10, and so is its double less than 2^257: 5 + 5 = 10.
    assert_eq!(applied("math_add_mod", &[U256::MAX, U256::MAX, u(10)], ADD_MOD), u(0));
    assert_eq!(applied("math_add_mod", &[u(5), u(9), u(0)], ADD_MOD), u(0));
}

#[test]
fn math_mul_mod_does_not_wrap_before_the_modulus() {
    assert_eq!(applied("math_mul_mod", &[u(5), u(9), u(10)], MUL_MOD), u(5));
    // 5 · 5 = 25.
    assert_eq!(applied("math_mul_mod", &[U256::MAX, U256::MAX, u(10)], MUL_MOD), u(5));
    assert_eq!(applied("math_mul_mod", &[u(5), u(9), u(0)], MUL_MOD), u(0));
}

#[test]
fn native_keccak256_has_no_base_price() {
    for (len, words_over_two) in [(0_usize, 0), (1, 0), (64, 0), (65, 1), (96, 1), (97, 2)] {
        let ink = 121_800 + 21_000 * words_over_two;
        let body = format!(
            "(call $native_keccak256 (i32.const 128) (i32.const {len}) (i32.const 64))
             (call $write_result (i32.const 64) (i32.const 32)) (i32.const 0)"
        );
        let bytes: Vec<u8> = (1..=len as u8).collect();

        let outcome = costs(&Source::new(body).fields(data(128, &bytes)), shown(3, ink, 32));

        assert_eq!(B256::from_slice(&outcome.frame.output), keccak256(&bytes), "{len} bytes");
    }
}

#[test]
fn exit_early_costs_nothing_and_ends_with_its_status() {
    for status in [0, 1, 7] {
        let body = format!(
            "(call $write_result (i32.const 0) (i32.const 4))
             (call $exit_early (i32.const {status})) (unreachable)"
        );

        let frame = everywhere(|world| {
            let program = world.program(
                &Source::new(body.as_str()).fields("(data (i32.const 0) \"data\")").text(),
            );
            world.send(Tx::to(program)).frame
        });

        assert_eq!(frame.end, Some(End::Status(status)));
        assert_eq!(frame.output, "data".as_bytes(), "data is returned with any status");
        assert_eq!(frame.hook("exit_early"), 0);
        let ink = (BLOCK + 2 * CONST + CALL) + write_result(4) + (BLOCK + CONST + CALL);
        assert_eq!(frame.ink, ink, "nothing after it is paid");
        assert_eq!(frame.result.is_ok(), status == 0);
    }
}
