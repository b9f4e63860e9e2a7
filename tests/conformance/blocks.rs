//! Ink per basic block.

use super::kit::{End, Tx, everywhere};
use super::prices::{ADD32, BLOCK, BRANCH, CALL, CONST, END, GET, LAST, SET};
use super::wat::{Source, costs, costs_in};

/// `nop`, as cheap as `end`.
const NOP: u64 = END;

#[test]
fn a_program_that_does_nothing_pays_for_one_block() {
    costs(&Source::new("(i32.const 0)"), 2_450 + 1 + 1);
}

#[test]
fn a_loop_pays_for_every_turn() {
    let body = "(local.set $i (i32.const 3))
        (loop $again (br_if $again (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
        (i32.const 0)";
    let head = BLOCK + CONST + SET + END;
    let turn = BLOCK + GET + CONST + ADD32 + GET + BRANCH;
    let end_of_loop = BLOCK + END;

    costs(&Source::new(body).locals("(local $i i32)"), head + 3 * turn + end_of_loop + LAST);
}

#[test]
fn a_condition_pays_for_the_branch_it_takes() {
    let body = "(if (local.get $len) (then nop) (else nop nop nop)) (i32.const 0)";
    let condition = BLOCK + GET + BRANCH;
    let then = BLOCK + NOP + END;
    let otherwise = BLOCK + 3 * NOP + END;

    costs(&Source::new(body), condition + otherwise + LAST);
    costs_in(&Source::new(body), |_, program| Tx::to(program).data([1]), condition + then + LAST);
}

#[test]
fn a_branch_skips_the_end_of_its_block() {
    let body = "(block $out (br $out)) (i32.const 0)";

    costs(&Source::new(body), (BLOCK + END + BRANCH) + LAST);
}

#[test]
fn a_block_does_not_end_a_basic_block() {
    let body = "(block (block (block (nop)))) (i32.const 0)";
    let in_one = BLOCK + 3 * END + NOP + END;
    let two_more_ends = 2 * (BLOCK + END);

    costs(&Source::new(body), in_one + two_more_ends + LAST);
}

#[test]
fn a_branch_table_pays_per_target_but_not_for_the_default() {
    let body = "(block $a (block $b (br_table $b $a $a (local.get $len)))) (i32.const 0)";
    let table = BLOCK + 2 * END + GET + (2_400 + 2 * 325);
    let end_of_outer = BLOCK + END;

    costs(&Source::new(body), table + end_of_outer + LAST);
    costs_in(&Source::new(body), |_, program| Tx::to(program).data([1]), table + LAST);
}

#[test]
fn a_branch_table_with_only_a_default_pays_its_base() {
    let body = "(block $a (br_table $a (local.get $len))) (i32.const 0)";

    costs(&Source::new(body), (BLOCK + END + GET + 2_400) + LAST);
}

#[test]
fn a_call_ends_a_basic_block() {
    let fields = "(func $callee nop)";
    let body = "(call $callee) (call $callee) (i32.const 0)";
    let caller = 2 * (BLOCK + CALL) + LAST;
    let callee = BLOCK + NOP + END;

    costs(&Source::new(body).fields(fields), caller + 2 * callee);
}

#[test]
fn an_indirect_call_pays_per_parameter() {
    let fields = "(type $two (func (param i32 i64))) (type $none (func))
        (table funcref (elem $two $none))
        (func $two (type $two)) (func $none (type $none))";
    let body = "(call_indirect (type $two) (i32.const 1) (i64.const 2) (i32.const 0))
        (call_indirect (type $none) (i32.const 1)) (i32.const 0)";
    let two = BLOCK + 3 * CONST + (13_610 + 2 * 650);
    let none = BLOCK + CONST + 13_610;
    let callee = BLOCK + END;

    costs(&Source::new(body).fields(fields), two + callee + none + callee + LAST);
}

#[test]
fn an_indirect_call_that_fails_is_paid_and_traps() {
    let fields = "(type $none (func)) (type $one (func (param i32)))
        (table 2 2 funcref) (elem (i32.const 0) $none) (func $none (type $none))";
    for (what, call) in [
        ("another type", "(call_indirect (type $one) (i32.const 1) (i32.const 0))"),
        ("no function", "(call_indirect (type $one) (i32.const 1) (i32.const 1))"),
        ("no entry", "(call_indirect (type $one) (i32.const 1) (i32.const 2))"),
    ] {
        let frame = everywhere(|world| {
            let source = Source::new(format!("{call} (i32.const 0)")).fields(fields);
            let program = world.program(&source.text());
            world.send(Tx::to(program)).frame
        });

        assert_eq!(frame.trapped().ink, BLOCK + 2 * CONST + (13_610 + 650), "{what}");
    }
}

#[test]
fn a_return_ends_a_basic_block_and_what_follows_is_not_paid() {
    costs(&Source::new("(return (i32.const 0)) nop nop"), BLOCK + CONST + END);
}

#[test]
fn unreachable_does_not_end_a_basic_block() {
    let frame = everywhere(|world| {
        let program = world.program(&Source::new("unreachable nop nop").text());
        world.send(Tx::to(program)).frame
    });

    assert_eq!(frame.trapped().ink, BLOCK + END + 2 * NOP + END);
}

#[test]
fn a_block_that_is_not_covered_does_nothing() {
    // The store and the log of the second block would be seen; its ink is short by one.
    let source = Source::new(
        "(call $write_result (i32.const 0) (i32.const 0))
         (call $emit_log (i32.const 0) (i32.const 0) (i32.const 0)) (i32.const 0)",
    );
    let first = (BLOCK + 2 * CONST + CALL) + (8_400 + 2 * 16_381);
    let second = BLOCK + 3 * CONST + CALL;
    let padding = (10_000 - (first + second) % 10_000) % 10_000;
    let run = |nops| {
        everywhere(|world| {
            let program = world.program(&source.padded(nops));
            let entry = 352 + u64::from(world.record(program).cached_init);
            let gas = entry + (first + second + padding) / 10_000;
            world.send(Tx::to(program).gas(gas)).frame
        })
    };

    let reached = run(padding);
    let short = run(padding + 1);

    let names =
        |frame: &super::kit::Frame| frame.hooks.iter().map(|hook| hook.0).collect::<Vec<_>>();
    assert_eq!(names(&reached), ["write_result", "emit_log"], "paid, and the log is not");
    assert_eq!(reached.end, Some(End::OutOfInk));
    assert_eq!(names(&short), ["write_result"]);
    assert_eq!(short.end, Some(End::OutOfInk));
    short.consumed_all();
}

#[test]
fn an_endless_loop_ends_with_the_ink() {
    let frame = everywhere(|world| {
        let program = world.program(&Source::new("(loop $l (br $l)) unreachable").text());
        world.send(Tx::to(program)).frame
    });

    assert_eq!(frame.consumed_all().end, Some(End::OutOfInk));
}
