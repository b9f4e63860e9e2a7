//! Stack words of frames, and growing memory.

use super::{HEAD, PLENTY, Refusal, Version, body, fixed, instrument, prepare, run};

/// Stack words of a call.
const BUDGET: i32 = 22_000;

#[test]
fn a_returning_frame_gives_its_words_back() {
    assert_eq!(run(&body("i32.const 0"), 0, PLENTY).stack, BUDGET);
    assert_eq!(run(&body("i32.const 0 return"), 0, PLENTY).stack, BUDGET);
}

#[test]
fn a_branch_to_the_functions_label_gives_nothing_back() {
    // Two words of the ink check, four of the frame.
    assert_eq!(run(&body("i32.const 0 br 0"), 0, PLENTY).stack, BUDGET - (2 + 4));
}

#[test]
fn a_frame_is_its_operands_and_locals_and_four() {
    let wat = |locals: &str, operands: usize| {
        let push = "i32.const 0 ".repeat(operands);
        let drop = "drop ".repeat(operands);
        body(&format!("{locals} {push} {drop} i32.const 0 br 0"))
    };

    // Parameters are no part of it, and the ink check needs two words on an empty stack.
    assert_eq!(run(&wat("", 0), 0, PLENTY).stack, BUDGET - (2 + 4));
    assert_eq!(run(&wat("(local i32 i64 i64)", 0), 0, PLENTY).stack, BUDGET - (2 + 3 + 4));
    assert_eq!(run(&wat("", 2), 0, PLENTY).stack, BUDGET - (2 + 4));
    assert_eq!(run(&wat("", 9), 0, PLENTY).stack, BUDGET - (9 + 4));
}

#[test]
fn the_ink_check_counts_on_top_of_the_operands() {
    // Seven operands lie on the stack when the block after `nop`, `end` begins.
    let wat = body(
        "i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 0
         block nop end
         drop drop drop drop drop drop br 0",
    );

    assert_eq!(run(&wat, 0, PLENTY).stack, BUDGET - (7 + 2 + 4));
}

#[test]
fn the_length_check_counts_three_words_on_top_of_the_bulk_operands() {
    let wat = body("i32.const 0 i32.const 0 i32.const 0 memory.fill i32.const 0 br 0");

    assert_eq!(run(&wat, 0, PLENTY).stack, BUDGET - (3 + 3 + 4));
}

#[test]
fn recursion_ends_when_the_words_do_not_cover_a_frame() {
    let wat = fixed(
        "(func $f call $f)
         (func (export \"user_entrypoint\") (param i32) (result i32) call $f i32.const 0)",
    );

    let run = run(&wat, 0, PLENTY);

    // Every frame takes 2 + 4 words, and more than that must be left: 3,666 · 6 = 21,996.
    assert_eq!((run.result, run.status, run.stack), (None, 0, 0));
    assert_eq!(run.used, 3_666 * (HEAD + 3_800));
}

#[test]
fn a_frame_must_leave_a_word() {
    let wat = body("i32.const 0");
    let frame = 2 + 4;
    let allowed = |words| {
        let version = Version { max_stack_depth: words, ..Version::ARBOS_60 };
        let wasm = wat::parse_str(&wat).expect("test WAT");
        let program = instrument(&wasm, &version).expect("accepted");
        super::execute(&program, 0, PLENTY)
    };

    assert_eq!(allowed(frame).result, None);
    assert_eq!(allowed(frame).stack, 0);
    assert_eq!(allowed(frame + 1).result, Some(0));
}

#[test]
fn a_frame_over_the_limit_is_refused() {
    let deep = |words: usize| {
        let push = "i32.const 0 ".repeat(words);
        let drop = "drop ".repeat(words - 1);
        prepare(&body(&format!("{push} {drop}")))
    };

    assert!(deep(4_096).is_ok());
    assert_eq!(
        deep(4_097).map(drop),
        Err(Refusal::OperandsTooDeep { function: 0, words: 4_097, limit: 4_096 })
    );

    let mut version = Version::ARBOS_60;
    version.limits.frame_words = 2 + 3 + 4 - 1;
    let wasm = wat::parse_str(body("(local i32 i32 i32) i32.const 0")).expect("test WAT");
    assert_eq!(
        instrument(&wasm, &version).map(drop),
        Err(Refusal::FrameTooLarge { function: 0, words: 9, limit: 8 })
    );
}

#[test]
fn dead_code_starts_from_the_base_of_its_block() {
    // After `br 1` nothing of the nine operands is left; the ink check before `end` takes two.
    let push = "i32.const 0 ".repeat(9);
    let wat = body(&format!("block block {push} br 1 end end i32.const 0 br 0"));

    assert_eq!(run(&wat, 0, PLENTY).stack, BUDGET - (9 + 4));
}

#[test]
fn pages_are_paid_for_before_the_memory_grows() {
    let wat = "(module
        (import \"vm_hooks\" \"pay_for_memory_grow\" (func (param i32)))
        (memory (export \"memory\") 1 3)
        (func (export \"user_entrypoint\") (param i32) (result i32)
          local.get 0 memory.grow drop memory.size))";
    // The charge calls the host; the call itself is no operator of the program.
    let used = HEAD + 75 + 8_050 + 9 + 3_000 + 1;

    for (pages, size) in [(0, 1), (2, 3), (3, 1), (-1, 1)] {
        let run = run(wat, pages, used);

        assert_eq!((run.result, run.used), (Some(size), used));
        assert_eq!(run.paid, [pages]);
    }
}

#[test]
fn a_memory_that_cannot_grow_pays_nothing() {
    let run = run(&body("i32.const 1 memory.grow"), 0, PLENTY);

    assert_eq!((run.result, run.paid), (Some(-1), vec![]));
}

#[test]
fn the_largest_memory_is_clamped_to_the_limit() {
    let wat = "(module
        (import \"vm_hooks\" \"pay_for_memory_grow\" (func (param i32)))
        (memory (export \"memory\") 2)
        (func (export \"user_entrypoint\") (param i32) (result i32) local.get 0 memory.grow))";

    assert_eq!(run(wat, 126, PLENTY).result, Some(2));
    assert_eq!(run(wat, 127, PLENTY).result, Some(-1));
}
