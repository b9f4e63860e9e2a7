//! What activation counts.

use super::{body, fixed, prepare};
use crate::stylus::activate::Figures;

/// Operators of an ink check, a depth check on entry, and giving the words back.
const CHARGE: u64 = 12;
const ENTER: u64 = 13;
const LEAVE: u64 = 4;

#[test]
fn figures_count_what_was_deployed() {
    let wat = fixed(
        "(table 2 2 funcref)
         (global i32 (i32.const 0)) (global (mut i64) (i64.const 0))
         (func $f (param i64 i32) (result i64) local.get 0)
         (func (export \"user_entrypoint\") (param i32) (result i32) i32.const 0)
         (elem (i32.const 0) $f $f)
         (data (i32.const 0) \"abc\") (data (i32.const 1024) \"de\")",
    );
    let bytes = wat::parse_str(&wat).expect("test WAT").len() as u64;

    let figures = prepare(&wat).expect("accepted").figures;

    // Item: flag, offset expression (opcode, LEB of 1 or 2 bytes, end), length, payload.
    let data = (1 + 3 + 1 + 3) + (1 + 4 + 1 + 2);
    // Item: flag, offset expression, count, two indices.
    let elements = 1 + 3 + 1 + 2;
    assert_eq!(
        figures,
        Figures {
            functions: 2,
            type_words: 3 + 2,
            wasm_bytes: bytes,
            globals: 2 + 4,
            data_bytes: data + elements,
            data_payload: 3 + 2,
            element_bytes: elements,
            pages: 1,
            operators: 2 * (ENTER + CHARGE + 2 + LEAVE),
        }
    );
}

#[test]
fn operators_are_counted_after_instrumentation() {
    let operators = |wat: &str| prepare(wat).expect("accepted").figures.operators;

    assert_eq!(operators(&body("i32.const 0")), ENTER + CHARGE + LEAVE + 2);
    // const, return | end
    assert_eq!(operators(&body("i32.const 0 return")), ENTER + 2 * CHARGE + 2 * LEAVE + 3);
    // fill: the length is put away, its price subtracted, the ink compared, the length taken back.
    let bulk = 1 + 8 + 2 + 5 + 1;
    assert_eq!(
        operators(&body("i32.const 0 i32.const 0 i32.const 0 memory.fill i32.const 0")),
        ENTER + CHARGE + bulk + LEAVE + 6
    );
}
