//! `emit_log`.

use alloy_primitives::{B256, LogData};

use super::kit::{End, Tx, everywhere};
use super::prices::{BLOCK, CALL, CONST, LAST, silent};
use super::wat::{Source, costs, data};

/// Topics 1, 2, 3, 4 and then `text`.
fn memory(text: &str) -> String {
    let mut bytes = Vec::new();
    for topic in 1..=4 {
        bytes.extend(B256::with_last_byte(topic));
    }
    bytes.extend(text.as_bytes());
    data(0, bytes)
}

#[test]
fn emit_log_is_priced_by_topics_and_bytes() {
    for topics in 0..=4_u64 {
        const BYTES: u64 = 40;
        let len = 32 * topics + BYTES;
        let log_gas = 375 + 375 * topics + 8 * BYTES;
        let ink = 8_400 + 59_673 + (16_381 + 55 * (len - 32)) + 10_000 * log_gas;
        let body = format!(
            "(call $emit_log (i32.const {}) (i32.const {len}) (i32.const {topics})) (i32.const 0)",
            32 * (4 - topics)
        );
        let text = "forty bytes of data that follow a topic.";

        let outcome = costs(&Source::new(body).fields(memory(text)), silent(3, ink));

        assert_eq!(outcome.frame.hook("emit_log"), ink);
        let [log] = &outcome.logs[..] else { panic!("{:?}", outcome.logs) };
        let expected = (5 - topics as u8..=4).map(B256::with_last_byte).collect();
        assert_eq!(log.address, outcome.frame.target);
        assert_eq!(log.data, LogData::new_unchecked(expected, text.as_bytes().into()));
    }
}

#[test]
fn an_empty_log_reads_nothing_and_pays_for_a_word() {
    let ink = 8_400 + 59_673 + 16_381 + 10_000 * 375;
    let body = "(call $emit_log (i32.const 0) (i32.const 0) (i32.const 0)) (i32.const 0)";

    let outcome = costs(&Source::new(body), silent(3, ink));

    assert_eq!(outcome.logs.len(), 1);
}

#[test]
fn more_than_four_topics_trap() {
    let body = "(call $emit_log (i32.const 0) (i32.const 160) (i32.const 5)) (i32.const 0)";

    let outcome = everywhere(|world| {
        let program = world.program(&Source::new(body).text());
        world.send(Tx::to(program))
    });

    outcome.frame.trapped();
    assert_eq!(outcome.logs, []);
}

#[test]
fn topics_that_do_not_fit_the_bytes_trap() {
    for (len, topics) in [(31, 1), (63, 2), (127, 4), (0, 1), (0, i32::MAX), (32, -1)] {
        let body = format!(
            "(call $emit_log (i32.const 0) (i32.const {len}) (i32.const {topics})) (i32.const 0)"
        );

        let outcome = everywhere(|world| {
            let program = world.program(&Source::new(body.as_str()).text());
            world.send(Tx::to(program))
        });

        outcome.frame.trapped();
        assert_eq!(outcome.logs, [], "{topics} topics in {len} bytes");
    }
}

#[test]
fn logs_of_a_revert_are_dropped() {
    let body = "(call $emit_log (i32.const 0) (i32.const 0) (i32.const 0)) (i32.const 1)";

    let outcome = everywhere(|world| {
        let program = world.program(&Source::new(body).text());
        world.send(Tx::to(program))
    });

    outcome.frame.reverts_with(&[]);
    assert_eq!(outcome.frame.end, Some(End::Status(1)));
    assert_eq!(outcome.logs, []);
    let log = 8_400 + 59_673 + 16_381 + 10_000 * 375;
    assert_eq!(outcome.frame.ink, (BLOCK + 3 * CONST + CALL) + log + LAST);
}
