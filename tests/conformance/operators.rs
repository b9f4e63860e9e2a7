//! The price of every operator, one program each.

use super::kit::{End, Frame, Tx, everywhere};
use super::prices::{BLOCK, CONST, DROP, END};
use super::wat::Source;

/// Runs `operator` between constants and a `drop`, in one block with the end of the program.
#[track_caller]
fn check(operator: &str, consts: u64, price: u64) {
    let source = Source::new(format!("(drop {operator}) (i32.const 0)"));
    let frame = run(&source);
    let ink = BLOCK + consts * CONST + price + DROP + CONST + END;
    assert_eq!(frame.ok().ink, ink, "{operator}");
}

#[track_caller]
fn run(source: &Source) -> Frame {
    everywhere(|world| {
        let program = world.program(&source.text());
        world.send(Tx::to(program)).frame
    })
}

fn binary(ty: &str, operators: &str, price: u64) {
    for operator in operators.split(' ') {
        check(&format!("({ty}.{operator} ({ty}.const 77) ({ty}.const 3))"), 2, price);
    }
}

fn unary(operators: &str, from: &str, price: u64) {
    for operator in operators.split(' ') {
        check(&format!("({operator} ({from}.const 77))"), 1, price);
    }
}

#[test]
fn comparisons() {
    let compare = "eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u";

    binary("i32", compare, 170);
    binary("i64", compare, 225);
    unary("i32.eqz", "i32", 170);
    unary("i64.eqz", "i64", 225);
}

#[test]
fn sums_logic_and_shifts() {
    let simple = "add sub and or xor shl shr_s shr_u rotl rotr";

    binary("i32", simple, 70);
    binary("i64", simple, 100);
}

#[test]
fn products_and_quotients() {
    binary("i32", "mul", 160);
    binary("i64", "mul", 160);
    binary("i32", "div_s div_u rem_s rem_u", 1_120);
    binary("i64", "div_s div_u rem_s rem_u", 1_270);
}

#[test]
fn bit_counts() {
    unary("i32.clz i32.ctz", "i32", 210);
    unary("i64.clz i64.ctz", "i64", 210);
    unary("i32.popcnt", "i32", 2_650);
    unary("i64.popcnt", "i64", 6_000);
}

#[test]
fn conversions() {
    unary("i32.wrap_i64", "i64", 100);
    unary("i64.extend_i32_s i64.extend_i32_u", "i32", 100);
    unary("i32.extend8_s i32.extend16_s", "i32", 100);
    unary("i64.extend8_s i64.extend16_s i64.extend32_s", "i64", 100);
}

#[test]
fn loads() {
    unary("i32.load i32.load8_s i32.load8_u i32.load16_s i32.load16_u", "i32", 670);
    unary(
        "i64.load i64.load8_s i64.load8_u i64.load16_s i64.load16_u i64.load32_s i64.load32_u",
        "i32",
        680,
    );
}

#[test]
fn stores() {
    let stores =
        [("i32", "store store8 store16", 825), ("i64", "store store8 store16 store32", 950)];
    for (ty, operators, price) in stores {
        for operator in operators.split(' ') {
            let body = format!("({ty}.{operator} (i32.const 8) ({ty}.const 3)) (i32.const 0)");

            let frame = run(&Source::new(body));

            assert_eq!(frame.ok().ink, BLOCK + 2 * CONST + price + CONST + END, "{ty}.{operator}");
        }
    }
}

#[test]
fn constants_locals_and_globals() {
    let fields = "(global $g (mut i64) (i64.const 5))";
    for (body, price) in [
        ("nop", 1),
        ("(drop (i64.const 1))", 1 + 9),
        ("(drop (local.get $len))", 75 + 9),
        ("(local.set $len (i32.const 1))", 1 + 210),
        ("(drop (local.tee $len (i32.const 1)))", 1 + 75 + 9),
        ("(drop (global.get $g))", 225 + 9),
        ("(global.set $g (i64.const 1))", 1 + 575),
        ("(drop (select (i64.const 1) (i64.const 2) (i32.const 1)))", 3 + 1_250 + 9),
        ("(drop (memory.size))", 3_000 + 9),
        ("(drop (memory.grow (i32.const 0)))", 1 + 8_050 + 9),
    ] {
        let frame = run(&Source::new(format!("{body} (i32.const 0)")).fields(fields));

        assert_eq!(frame.ok().ink, BLOCK + price + CONST + END, "{body}");
    }
}

#[test]
fn arithmetic_traps_keep_the_gas() {
    for operator in [
        "(i32.div_u (i32.const 1) (i32.const 0))",
        "(i32.rem_s (i32.const 1) (i32.const 0))",
        "(i64.div_s (i64.const 0x8000000000000000) (i64.const -1))",
        "(i64.rem_u (i64.const 1) (i64.const 0))",
    ] {
        let frame = run(&Source::new(format!("(drop {operator}) (i32.const 0)")));

        assert_eq!(frame.trapped().end, Some(End::Trap), "{operator}");
    }
}

#[test]
fn the_smallest_integer_has_no_remainder_by_minus_one() {
    check("(i32.rem_s (i32.const 0x80000000) (i32.const -1))", 2, 1_120);
    check("(i64.rem_s (i64.const 0x8000000000000000) (i64.const -1))", 2, 1_270);
}
