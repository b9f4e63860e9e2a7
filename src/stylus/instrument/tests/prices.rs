//! Ink of every operator and every block shape.

use super::{HEAD, PLENTY, body, costs, fixed, run};

/// Ink of the final block `i32.const 0, end`.
const TAIL: i64 = HEAD + 1 + 1;

#[test]
fn a_straight_line_is_one_block() {
    costs(&body("i32.const 7"), 0, 7, 2_450 + 1 + 1);
}

#[test]
fn every_operator_has_its_published_price() {
    // Operators in between, and their price together. Constants cost 1, drops 9.
    const TABLE: &[(&str, i64)] = &[
        ("nop", 1),
        ("i32.const 1 drop", 1 + 9),
        ("i64.const 1 drop", 1 + 9),
        ("i32.const 1 i32.const 2 i32.const 0 select drop", 3 + 1_250 + 9),
        ("local.get 0 drop", 75 + 9),
        ("local.get 0 local.set 0", 75 + 210),
        ("local.get 0 local.tee 0 drop", 75 + 75 + 9),
        ("global.get $g drop", 225 + 9),
        ("i32.const 1 global.set $g", 1 + 575),
        ("i32.const 0 i32.load drop", 1 + 670 + 9),
        ("i32.const 0 i32.load8_s drop", 1 + 670 + 9),
        ("i32.const 0 i32.load16_u drop", 1 + 670 + 9),
        ("i32.const 0 i64.load drop", 1 + 680 + 9),
        ("i32.const 0 i64.load32_s drop", 1 + 680 + 9),
        ("i32.const 0 i32.const 0 i32.store", 2 + 825),
        ("i32.const 0 i32.const 0 i32.store8", 2 + 825),
        ("i32.const 0 i64.const 0 i64.store", 2 + 950),
        ("i32.const 0 i64.const 0 i64.store32", 2 + 950),
        ("memory.size drop", 3_000 + 9),
        ("i32.const 0 memory.grow drop", 1 + 8_050 + 9),
        ("i32.const 1 i32.eqz drop", 1 + 170 + 9),
        ("i64.const 1 i64.eqz drop", 1 + 225 + 9),
        ("i32.const 1 i32.const 1 i32.lt_s drop", 2 + 170 + 9),
        ("i64.const 1 i64.const 1 i64.ge_u drop", 2 + 225 + 9),
        ("i32.const 1 i32.clz drop", 1 + 210 + 9),
        ("i64.const 1 i64.ctz drop", 1 + 210 + 9),
        ("i32.const 1 i32.popcnt drop", 1 + 2_650 + 9),
        ("i64.const 1 i64.popcnt drop", 1 + 6_000 + 9),
        ("i32.const 1 i32.const 1 i32.add drop", 2 + 70 + 9),
        ("i32.const 1 i32.const 1 i32.rotl drop", 2 + 70 + 9),
        ("i64.const 1 i64.const 1 i64.xor drop", 2 + 100 + 9),
        ("i64.const 1 i64.const 1 i64.shr_s drop", 2 + 100 + 9),
        ("i32.const 1 i32.const 1 i32.mul drop", 2 + 160 + 9),
        ("i64.const 1 i64.const 1 i64.mul drop", 2 + 160 + 9),
        ("i32.const 1 i32.const 1 i32.div_s drop", 2 + 1_120 + 9),
        ("i32.const 1 i32.const 1 i32.rem_u drop", 2 + 1_120 + 9),
        ("i64.const 1 i64.const 1 i64.div_u drop", 2 + 1_270 + 9),
        ("i64.const 1 i64.const 1 i64.rem_s drop", 2 + 1_270 + 9),
        ("i64.const 1 i32.wrap_i64 drop", 1 + 100 + 9),
        ("i32.const 1 i64.extend_i32_u drop", 1 + 100 + 9),
        ("i32.const 1 i32.extend8_s drop", 1 + 100 + 9),
        ("i64.const 1 i64.extend32_s drop", 1 + 100 + 9),
    ];
    for (operators, price) in TABLE {
        let wat = fixed(&format!(
            "(global $g (mut i32) (i32.const 0))
             (func (export \"user_entrypoint\") (param i32) (result i32) {operators} i32.const 0)"
        ));

        let run = run(&wat, 0, PLENTY);

        assert_eq!((run.result, run.used), (Some(0), TAIL + price), "{operators}");
    }
}

#[test]
fn a_block_begins_no_basic_block_but_its_end_ends_one() {
    // block, const, drop, end | const, end
    costs(&body("block i32.const 1 drop end i32.const 0"), 0, 0, (HEAD + 1 + 1 + 9 + 1) + TAIL);
}

#[test]
fn every_turn_of_a_loop_pays_for_its_body() {
    let wat = body(
        "loop local.get 0 i32.const 1 i32.sub local.tee 0 br_if 0 end
         i32.const 0",
    );
    // loop | get, const, sub, tee, br_if | end | const, end
    let turn = HEAD + 75 + 1 + 70 + 75 + 765;

    costs(&wat, 1, 0, (HEAD + 1) + turn + (HEAD + 1) + TAIL);
    costs(&wat, 3, 0, (HEAD + 1) + 3 * turn + (HEAD + 1) + TAIL);
}

#[test]
fn only_the_taken_arm_is_paid() {
    let wat = body("local.get 0 if (result i32) i32.const 1 else nop nop i32.const 2 end");

    // get, if | const, else | end of the function
    costs(&wat, 1, 1, (HEAD + 75 + 765) + (HEAD + 1 + 1) + (HEAD + 1));
    // get, if | nop, nop, const, end | end of the function
    costs(&wat, 0, 2, (HEAD + 75 + 765) + (HEAD + 1 + 1 + 1 + 1) + (HEAD + 1));
}

#[test]
fn return_and_branches_cost_before_they_leave() {
    costs(&body("i32.const 5 return"), 0, 5, HEAD + 1 + 1);
    costs(&body("i32.const 5 br 0"), 0, 5, HEAD + 1 + 765);
    // const, get, br_if | end
    costs(&body("i32.const 5 local.get 0 br_if 0"), 1, 5, HEAD + 1 + 75 + 765);
    costs(&body("i32.const 5 local.get 0 br_if 0"), 0, 5, (HEAD + 1 + 75 + 765) + (HEAD + 1));
}

#[test]
fn a_branch_table_costs_by_its_targets_without_the_default() {
    let wat = body("block block block local.get 0 br_table 0 1 2 end end end i32.const 0");
    // block ×3, get, br_table of two targets and a default
    let table = HEAD + 3 + 75 + (2_400 + 2 * 325);

    costs(&wat, 2, 0, table + TAIL);
    costs(&wat, 0, 0, table + 2 * (HEAD + 1) + TAIL);
}

#[test]
fn a_call_ends_its_block() {
    let wat = fixed(
        "(func $f (result i32) i32.const 3)
         (func (export \"user_entrypoint\") (param i32) (result i32) call $f)",
    );
    // call | const, end of the callee | end
    costs(&wat, 0, 3, (HEAD + 3_800) + (HEAD + 1 + 1) + (HEAD + 1));
}

#[test]
fn an_indirect_call_costs_by_its_parameters() {
    let wat = fixed(
        "(table 1 1 funcref) (elem (i32.const 0) $f)
         (type $t (func (param i32 i64 i32) (result i32)))
         (func $f (type $t) local.get 0)
         (func (export \"user_entrypoint\") (param i32) (result i32)
           local.get 0 i64.const 0 i32.const 0 i32.const 0 call_indirect (type $t))",
    );
    // get, const ×3, call_indirect | get, end of the callee | end
    let call = HEAD + 75 + 3 + (13_610 + 3 * 650);

    costs(&wat, 9, 9, call + (HEAD + 75 + 1) + (HEAD + 1));
}

#[test]
fn bulk_operators_pay_per_byte() {
    let fill = body("i32.const 0 i32.const 0 local.get 0 memory.fill i32.const 0");
    let copy = body("i32.const 0 i32.const 9 local.get 0 memory.copy i32.const 0");
    let fixed = HEAD + 2 + 75 + 950 + 1 + 1;

    for wat in [fill, copy] {
        costs(&wat, 0, 0, fixed);
        costs(&wat, 1, 0, fixed + 100);
        costs(&wat, 4_096, 0, fixed + 4_096 * 100);
    }
}

#[test]
fn a_bulk_operator_pays_before_it_fails() {
    let wat = body("i32.const 0 i32.const 0 local.get 0 memory.fill i32.const 0");

    let run = run(&wat, -1, PLENTY);

    let used = HEAD + 2 + 75 + 950 + 1 + 1 + 0xffff_ffff * 100;
    assert_eq!((run.result, run.used, run.status), (None, used, 0));
}

#[test]
fn nothing_is_taken_for_a_block_that_is_not_covered() {
    let wat = body("block end i32.const 0");
    let first = HEAD + 1 + 1;

    let run = run(&wat, 0, first + TAIL - 1);

    assert_eq!((run.result, run.used, run.status), (None, first, 1));
}

#[test]
fn ink_is_unsigned() {
    let run = run(&body("i32.const 0"), 0, -1);

    assert_eq!((run.result, run.used), (Some(0), TAIL));
}

#[test]
fn unreachable_is_paid_for_with_what_follows_it() {
    // unreachable, end: the charge comes first, then the trap.
    let run = run(&body("unreachable"), 0, PLENTY);

    assert_eq!((run.result, run.used, run.status), (None, HEAD + 1 + 1, 0));
}
