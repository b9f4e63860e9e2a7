//! Published prices, written down again: the engine has its own copy.
//!
//! In ink, unless a name says gas. Prices that only one test needs stand in that test.

/// Head of every basic block.
pub(crate) const BLOCK: u64 = 2_450;
/// `i32.const`, `i64.const`.
pub(crate) const CONST: u64 = 1;
/// `end`, `else`, `block`, `loop`, `nop`, `return`, `unreachable`.
pub(crate) const END: u64 = 1;
/// `drop`.
pub(crate) const DROP: u64 = 9;
/// `br`, `br_if`, `if`.
pub(crate) const BRANCH: u64 = 765;
/// `call`.
pub(crate) const CALL: u64 = 3_800;
/// `local.get`, `local.tee`.
pub(crate) const GET: u64 = 75;
/// `local.set`.
pub(crate) const SET: u64 = 210;
/// `i32.store`.
pub(crate) const STORE32: u64 = 825;
/// `i64.store`.
pub(crate) const STORE64: u64 = 950;
/// Sums and the like of `i32`.
pub(crate) const ADD32: u64 = 70;

/// Every host function.
pub(crate) const BASE: u64 = 8_400;
/// One gas.
pub(crate) const GAS: u64 = 10_000;

/// Reading `len` bytes of guest memory.
pub(crate) const fn read(len: u64) -> u64 {
    16_381 + 55 * len.saturating_sub(32)
}

/// Writing `len` bytes of guest memory.
pub(crate) const fn write(len: u64) -> u64 {
    5_040 + 30 * len.saturating_sub(32)
}

/// `write_result` of `len` bytes: they are read twice.
pub(crate) const fn write_result(len: u64) -> u64 {
    BASE + 2 * read(len)
}

/// Code and host calls of `(call $hook consts…) (call $write_result at len) (i32.const 0)`.
pub(crate) const fn shown(consts: u64, hook: u64, len: u64) -> u64 {
    (BLOCK + consts * CONST + CALL) + hook + (BLOCK + 2 * CONST + CALL) + write_result(len) + LAST
}

/// Code and host calls of `(call $hook consts…) (i32.const 0)`.
pub(crate) const fn silent(consts: u64, hook: u64) -> u64 {
    (BLOCK + consts * CONST + CALL) + hook + LAST
}

/// The last block of most programs: `i32.const 0`, `end`.
pub(crate) const LAST: u64 = BLOCK + CONST + END;

/// Gas to enter any cached program of one or two pages, its cached init cost not counted.
pub(crate) const ENTRY_GAS: u64 = 11 * 32;
