//! Calldata in, result out.

use super::kit::{End, Tx, everywhere};
use super::prices::{BLOCK, CALL, CONST, GET, LAST, shown, write_result};
use super::wat::{Source, costs, costs_in};

#[test]
fn read_args_is_priced_by_length() {
    for (len, bytes_over_32) in [(0, 0), (1, 0), (32, 0), (33, 1), (500, 468)] {
        let ink = 8_400 + 5_040 + 30 * bytes_over_32;
        let data: Vec<u8> = (0..len).map(|byte| byte as u8 | 1).collect();
        let body = format!(
            "(call $pay_for_memory_grow (i32.const 15)) (call $read_args (i32.const 100))
             (call $write_result (i32.const 100) (i32.const {len})) (i32.const 0)"
        );

        // A transaction must bring more gas than so little work takes, if it brings calldata.
        let pages = (BLOCK + CONST + CALL) + 10_000 * (14 * 1_000 + (8 - 1));

        let setup = |_: &mut _, program| Tx::to(program).data(data.clone());
        let outcome = costs_in(&Source::new(body), setup, pages + shown(1, ink, len));

        assert_eq!(outcome.frame.hook("read_args"), ink);
        assert_eq!(outcome.frame.output, data);
    }
}

#[test]
fn the_entry_point_is_told_the_length() {
    const LEN: usize = 45;
    let body = "(if (i32.ne (local.get $len) (i32.const 45)) (then unreachable)) (i32.const 0)";

    let frame = everywhere(|world| {
        let program = world.program(&Source::new(body).text());
        world.send(Tx::to(program).data([1; LEN])).frame
    });

    assert_eq!(frame.end, Some(End::Status(0)));
}

#[test]
fn write_result_pays_for_reading_twice() {
    for (len, bytes_over_32) in [(0, 0), (32, 0), (33, 1), (1_000, 968)] {
        let ink = 8_400 + 2 * (16_381 + 55 * bytes_over_32);
        let body = format!("(call $write_result (i32.const 0) (i32.const {len})) (i32.const 0)");

        let outcome = costs(&Source::new(body), (BLOCK + 2 * CONST + CALL) + ink + LAST);

        assert_eq!(outcome.frame.hook("write_result"), ink);
        assert_eq!(outcome.frame.output.len() as u64, len);
    }
}

#[test]
fn the_last_result_counts() {
    let body = "(call $write_result (i32.const 0) (i32.const 5))
                (call $write_result (i32.const 2) (i32.const 3)) (i32.const 0)";
    let ink = 2 * ((BLOCK + 2 * CONST + CALL) + write_result(5)) + LAST;

    let outcome = costs(&Source::new(body).fields("(data (i32.const 0) \"later\")"), ink);

    assert_eq!(outcome.frame.output, "ter".as_bytes());
}

#[test]
fn any_status_but_zero_reverts_with_the_result() {
    for status in [1_i32, 2, -1] {
        let body = format!("(call $write_result (i32.const 0) (i32.const 3)) (i32.const {status})");

        let frame = everywhere(|world| {
            let source = Source::new(body.as_str()).fields("(data (i32.const 0) \"why\")");
            let program = world.program(&source.text());
            world.send(Tx::to(program)).frame
        });

        frame.reverts_with(b"why");
        assert_eq!(frame.end, Some(End::Status(status as u32)));
    }
}

#[test]
fn a_trap_drops_the_result_and_keeps_the_gas() {
    let body = "(call $write_result (i32.const 0) (i32.const 3)) unreachable";
    let ink = (BLOCK + 2 * CONST + CALL) + write_result(3) + (BLOCK + CONST + CONST);

    let frame = everywhere(|world| {
        let program = world.program(&Source::new(body).text());
        world.send(Tx::to(program)).frame
    });

    frame.trapped();
    assert_eq!(frame.ink, ink, "`unreachable` and `end` share a block");
}

/// Result length and the gas of the EVM memory that would hold it: 3 a word, words² / 512.
#[test]
fn returned_data_costs_at_least_the_memory_that_holds_it() {
    const LEN: u64 = 65_536;
    let words = LEN / 32;
    let memory_gas = 3 * words + words * words / 512;
    let body = format!("(call $write_result (i32.const 0) (i32.const {LEN})) (i32.const 0)");
    let ink = (BLOCK + 2 * CONST + CALL) + 8_400 + 2 * (16_381 + 55 * (LEN - 32)) + LAST;

    let (frame, cached) = everywhere(|world| {
        let program = world.program(&Source::new(body.as_str()).text());
        let cached = u64::from(world.record(program).cached_init);
        (world.send(Tx::to(program)).frame, cached)
    });

    let program_gas = 352 + cached + ink.div_ceil(10_000);
    assert!(program_gas < memory_gas, "{program_gas} is the smaller part");
    assert_eq!(frame.ink, ink);
    assert_eq!(frame.gas_used, memory_gas);
}

#[test]
fn returned_data_whose_memory_is_not_covered_halts() {
    const LEN: u64 = 65_536;
    let memory_gas = 3 * 2_048 + 2_048 * 2_048 / 512;
    let body = format!("(call $write_result (i32.const 0) (i32.const {LEN})) (i32.const 0)");
    let call = |gas| {
        everywhere(|world| {
            let program = world.program(&Source::new(body.as_str()).text());
            world.send(Tx::to(program).gas(gas)).frame
        })
    };

    let covered = call(memory_gas);
    let short = call(memory_gas - 1);

    assert_eq!(covered.ok().gas_used, memory_gas);
    short.consumed_all();
}

#[test]
fn gas_of_a_frame_is_entry_and_whole_gas_of_ink() {
    let body = "(drop (local.get $len)) (i32.const 0)";
    let ink = BLOCK + GET + super::prices::DROP + 2;

    let (frame, cached) = everywhere(|world| {
        let program = world.program(&Source::new(body).text());
        let cached = u64::from(world.record(program).cached_init);
        (world.send(Tx::to(program)).frame, cached)
    });

    assert_eq!(frame.ink, ink);
    assert_eq!(frame.entry, 352 + cached);
    assert_eq!(frame.gas_used, frame.entry + 1, "{ink} ink is less than one gas");
}
