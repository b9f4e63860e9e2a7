//! The operand-stack budget of 22,000 words.

use super::kit::{End, Tx, everywhere};
use super::wat::Source;

/// What the smallest frame takes: the charge of a block needs two operand words, and every frame
/// four more.
const SMALLEST_FRAME: u32 = 2 + 4;
const BUDGET: u32 = 22_000;

/// Recurses `levels` times below a first call of `$down`: `levels + 1` frames of six words. The entry
/// point's own frame takes six, and one more for each of its `locals`.
fn recursion(levels: u32, locals: &str) -> Source {
    Source::new(format!("(call $down (i32.const {levels})) (i32.const 0)")).locals(locals).fields(
        "(func $down (param $n i32) (if (local.get $n) (then
                (call $down (i32.sub (local.get $n) (i32.const 1))))))",
    )
}

#[track_caller]
fn end(source: &Source) -> End {
    let frame = everywhere(|world| {
        let program = world.program(&source.text());
        world.send(Tx::to(program).gas(400_000_000)).frame
    });
    if frame.end == Some(End::OutOfStack) {
        frame.consumed_all();
    }
    frame.end.expect("it ran")
}

#[test]
fn a_frame_must_leave_something_of_the_budget() {
    // Each frame needs more words than it takes: 21,994 hold 3,665 frames of 6, with 4 left.
    let below = BUDGET - SMALLEST_FRAME;
    let frames = (below - 1) / SMALLEST_FRAME;
    assert_eq!((frames, below - frames * SMALLEST_FRAME), (3_665, 4));

    assert_eq!(end(&recursion(frames - 1, "")), End::Status(0));
    assert_eq!(end(&recursion(frames, "")), End::OutOfStack);
}

#[test]
fn a_frame_as_large_as_the_rest_of_the_budget_does_not_fit() {
    // Four locals make the entry frame 10 words: 21,990 would hold exactly 3,665 frames of 6.
    let below = BUDGET - (SMALLEST_FRAME + 4);
    assert_eq!(below, 3_665 * SMALLEST_FRAME);

    assert_eq!(end(&recursion(3_664 - 1, "(local i32 i64 i32 i64)")), End::Status(0));
    assert_eq!(end(&recursion(3_665 - 1, "(local i32 i64 i32 i64)")), End::OutOfStack);
}

#[test]
fn parameters_are_not_counted_but_the_operands_of_their_caller_are() {
    // The entry point pushes eight operands at once. `$wide` pushes seven, then two for the
    // difference that is the eighth: nine operand words.
    let (entry, wide) = (8 + 4, 9 + 4);
    let frames = (BUDGET - entry - 1) / wide;
    let source = |levels: u32| {
        let sevens = "(i64.const 7) ".repeat(7);
        let fields = format!(
            "(func $wide (param i64 i64 i64 i64 i64 i64 i64) (param $n i32)
                (if (local.get $n) (then
                    (call $wide {sevens} (i32.sub (local.get $n) (i32.const 1))))))"
        );
        Source::new(format!("(call $wide {sevens} (i32.const {levels})) (i32.const 0)"))
            .fields(fields)
    };

    assert_eq!(end(&source(frames - 1)), End::Status(0));
    assert_eq!(end(&source(frames)), End::OutOfStack);
}

/// Calls `$leave` so many times.
fn calls_of_leave(times: u32, leave: &str) -> Source {
    Source::new(format!(
        "(local.set $i (i32.const {times}))
         (loop $again (call $leave)
            (br_if $again (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
         (i32.const 0)"
    ))
    .locals("(local $i i32)")
    .fields(format!("(func $leave {leave})"))
}

#[test]
fn a_return_gives_the_words_back() {
    assert_eq!(end(&calls_of_leave(4_000, "return")), End::Status(0));
    assert_eq!(end(&calls_of_leave(4_000, "nop")), End::Status(0));
}

#[test]
fn a_branch_out_of_the_function_gives_nothing_back() {
    // The entry frame takes 2 operands, a local and 4; each call leaks 6 words.
    let below = BUDGET - (2 + 1 + 4);
    let calls = (below - 1) / SMALLEST_FRAME;

    assert_eq!(end(&calls_of_leave(calls, "(br 0)")), End::Status(0));
    assert_eq!(end(&calls_of_leave(calls + 1, "(br 0)")), End::OutOfStack);
}

#[test]
fn every_call_of_a_program_has_a_budget_of_its_own() {
    // Two thirds of the budget, and from the bottom of that a call of itself that takes as much.
    let fields = "(func $down (param $n i32)
            (if (local.get $n)
                (then (call $down (i32.sub (local.get $n) (i32.const 1))))
                (else (call $bottom))))
        (func $bottom
            (if (i32.eqz (i32.load (i32.const 500))) (then
                (call $contract_address (i32.const 0))
                (if (call $call_contract (i32.const 0) (i32.const 0) (i32.const 1)
                        (i32.const 64) (i64.const -1) (i32.const 100))
                    (then unreachable)))))";
    let body = "(i32.store (i32.const 500) (local.get $len))
        (call $down (i32.const 2500)) (i32.const 0)";

    assert_eq!(end(&Source::new(body).fields(fields)), End::Status(0));
}

#[test]
fn out_of_stack_in_a_called_program_fails_the_call_only() {
    let body = "(call $contract_address (i32.const 0))
        (if (local.get $len) (then (call $down (i32.const 4000))))
        (call $call_contract (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 64)
            (i64.const 10_000) (i32.const 100))
        drop (i32.const 0)";

    let frame = everywhere(|world| {
        let source = Source { body: body.into(), ..recursion(0, "") };
        let program = world.program(&source.text());
        world.send(Tx::to(program)).frame
    });

    assert_eq!(frame.ok().calls[0].end, Some(End::OutOfStack));
    assert_eq!(frame.calls[0].gas_used, 10_000);
}
