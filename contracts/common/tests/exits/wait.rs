//! Waits against a list of all there were, whoever settles what and when.

use emetis_common::staking::LIMIT;
use emetis_common::wait::{APART, PERIOD, Wait};
use proptest::prelude::*;

const START: u64 = 1_800_000_000;
const DAY: u64 = 86_400;

/// One order of the allocator: after how long, how much is pending, until when from there.
#[derive(Clone, Debug)]
struct Step {
    gap: u64,
    pending: u128,
    ahead: Option<u64>,
}

fn time() -> impl Strategy<Value = u64> {
    let edges = vec![0, 1, 7 * DAY, PERIOD - 1, PERIOD, PERIOD + 1, APART - 1, APART, APART + 1];
    prop_oneof![
        2 => 0..=3 * DAY,
        2 => (0..=25_u64).prop_map(|days| days * DAY),
        2 => prop::sample::select(edges),
        1 => 0..=40 * DAY,
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let pending = prop_oneof![1 => Just(0), 3 => 1..=LIMIT, 1 => Just(u128::MAX)];
    // Nothing ahead stands for the end of time.
    let ahead = prop_oneof![3 => time().prop_map(Some), 2 => Just(None)];
    (time(), pending, ahead).prop_map(|(gap, pending, ahead)| Step { gap, pending, ahead })
}

/// What the interface promises: periods, each with the waits that began in it.
#[derive(Default)]
struct Naive {
    periods: Vec<Vec<u64>>,
    end: u64,
}

impl Naive {
    fn settle(&mut self, now: u64, pending: u128, until: u64) {
        let was_waiting = now < self.end;
        self.end = 0;
        if pending == 0 {
            return;
        }
        let last = self.periods.last().map(|waits| (waits[0], waits.len()));
        let (period, is_new) = match last {
            Some((period, _)) if was_waiting => (period, false),
            None => (now, true),
            Some((period, _)) if now >= period + APART => (now, true),
            Some((period, 1)) if now < period + PERIOD => (period, false),
            Some(_) => return,
        };
        let end = until.min(period + PERIOD);
        if end <= now {
            return;
        }
        self.end = end;
        match self.periods.last_mut() {
            Some(_) if was_waiting => {}
            Some(waits) if !is_new => waits.push(now),
            _ => self.periods.push(vec![now]),
        }
    }
}

/// How much of a window is waited.
fn overlap(waits: &[(u64, u64)], from: u64, to: u64) -> u64 {
    waits.iter().map(|wait| wait.1.min(to).saturating_sub(wait.0.max(from))).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    #[test]
    fn waits_are_those_of_the_list_and_no_21_days_have_more_than_14_of_them(
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let (mut wait, mut naive, mut now) = (Wait::default(), Naive::default(), START);
        let mut waits: Vec<(u64, u64)> = Vec::new();
        let mut since = None;

        for Step { gap, pending, ahead } in steps {
            let next = now + gap;
            if let Some(from) = since.take() {
                waits.push((from, next.min(wait.until(from))));
            }
            now = next;
            let until = ahead.map_or(u64::MAX, |ahead| now + ahead);
            wait = Wait::unpack(&wait.settle(now, pending, until).pack());
            naive.settle(now, pending, until);

            prop_assert_eq!(wait.until(now), naive.end);
            prop_assert_eq!(wait.pending(), pending.min(LIMIT));
            let end = wait.until(now);
            prop_assert!(end == 0 || (now < end && end <= until && wait.until(end) == 0));
            since = (end > now).then_some(now);
        }
        waits.extend(since.map(|from| (from, wait.until(from))));

        for (from, to) in &waits {
            prop_assert!(overlap(&waits, *from, from + APART) <= PERIOD);
            prop_assert!(overlap(&waits, to - APART, *to) <= PERIOD);
        }
        for pair in naive.periods.windows(2) {
            prop_assert!(pair[0][0] + APART <= pair[1][0], "periods are 21 days apart");
        }
        prop_assert!(naive.periods.iter().all(|waits| waits.len() <= 2));
    }

    #[test]
    fn nothing_overflows_whatever_was_stored(
        slot: [u8; 32],
        now: u64,
        pending: u128,
        until: u64,
    ) {
        let wait = Wait::unpack(&slot).settle(now >> 24, pending, until);

        prop_assert_eq!(Wait::unpack(&wait.pack()), wait);
    }
}

#[test]
fn whoever_waits_on_as_soon_as_may_be_waits_two_days_of_three_at_most() {
    let (mut wait, mut waited) = (Wait::default(), 0);
    let days = 210;

    // Every hour somebody asks for the longest wait there can be.
    for hour in 0..days * 24 {
        let now = START + hour * 3_600;
        wait = wait.settle(now, 1, u64::MAX);
        waited += u64::from(wait.until(now) != 0);
    }

    assert_eq!(waited, days * 24 * 2 / 3);
}

#[test]
fn a_third_wait_begins_in_no_period_though_the_two_were_short() {
    let first = Wait::default().settle(START, 5, START + 10);
    let second = first.settle(START + 10, 5, START + 20);

    assert_eq!(second.until(START + 10), START + 20);
    let third = second.settle(START + 20, 5, START + 30);
    assert_eq!((third.until(START + 20), third.pending()), (0, 5));
    assert_eq!(third.settle(START + APART - 1, 5, u64::MAX).until(START + APART - 1), 0);
    let next = third.settle(START + APART, 5, u64::MAX);
    assert_eq!(next.until(START + APART), START + APART + PERIOD);
}

#[test]
fn a_wait_that_would_end_at_once_uses_up_nothing() {
    let none = Wait::default().settle(START, 5, START).settle(START + 1, 5, 0);
    assert_eq!(none.until(START + 1), 0);

    let first = none.settle(START + 2, 5, u64::MAX);
    assert_eq!(first.until(START + 2), START + 2 + PERIOD, "the period begins here");

    // Shortening it to nothing ends it, and the second may still begin.
    let ended = first.settle(START + 3, 5, START + 3);
    assert_eq!(ended.until(START + 3), 0);
    assert_eq!(ended.settle(START + 4, 5, u64::MAX).until(START + 4), START + 2 + PERIOD);
}

#[test]
fn a_wait_that_goes_on_is_moved_both_ways_and_counts_once() {
    let mut wait = Wait::default().settle(START, 5, START + DAY);
    for hours in [3, 90, 4, 300, 5] {
        wait = wait.settle(START + 60, 6, START + hours * 3_600);
        assert_eq!(wait.until(START + 60), START + hours * 3_600);
    }

    let lifted = wait.settle(START + 90, 0, u64::MAX);

    assert_eq!((lifted.until(START + 90), lifted.pending()), (0, 0));
    assert_ne!(lifted.settle(START + 100, 1, u64::MAX).until(START + 100), 0, "the second");
}
