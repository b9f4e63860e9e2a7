//! What an authority answers, honest or not.

use emetis_common::{
    managed::Permission::{self, Immediate, Refused, Scheduled},
    word::{self, Word},
};
use proptest::prelude::*;

const DAY: u64 = 86_400;

fn read(immediate: u64, delay: u64, size: usize) -> Permission {
    Permission::read(&[word::of_u64(immediate), word::of_u64(delay)], size)
}

#[test]
fn an_answer_is_read_as_openzeppelin_reads_it() {
    assert_eq!(read(1, 0, 64), Immediate);
    assert_eq!(read(1, DAY, 64), Immediate);
    assert_eq!(read(1, 0, 32), Immediate, "authorities before delays answer with one word");
    assert_eq!(read(0, DAY, 64), Scheduled);
    assert_eq!(read(0, u64::from(u32::MAX), 64), Scheduled);
    assert_eq!(read(0, 0, 64), Refused);
    assert_eq!(read(0, u64::from(u32::MAX) + 1, 64), Refused, "no delay is that long");
}

#[test]
fn an_answer_that_is_none_lets_nobody_in() {
    assert_eq!(read(1, 0, 0), Refused, "an account without code answers so");
    assert_eq!(read(1, 0, 31), Refused);
    assert_eq!(read(2, 0, 64), Refused, "no truth value");
    assert_eq!(read(0, DAY, 32), Refused);
    assert_eq!(read(2, DAY, 64), Refused);
}

proptest! {
    #[test]
    fn junk_lets_nobody_in(immediate: Word, delay: Word, size in 0..100_usize) {
        let is_answer = immediate <= word::of_u64(1);

        let permission = Permission::read(&[immediate, delay], size);

        prop_assert!(is_answer || permission == Refused);
    }
}
