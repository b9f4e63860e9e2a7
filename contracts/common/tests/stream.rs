//! The reward stream against exact rationals.
#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "tests, not programs")]

use emetis_common::{
    stream::{CYCLE, Stream},
    totals::LIMIT,
};
use num_rational::BigRational;
use proptest::prelude::*;

const START: u64 = 1_800_000_000;

fn exact(value: u128) -> BigRational {
    BigRational::from_integer(value.into())
}

fn whole(value: &BigRational) -> u128 {
    value.to_integer().to_string().parse().unwrap()
}

fn amount() -> impl Strategy<Value = u128> {
    let any_length = (any::<u128>(), 44..128_u32).prop_map(|(value, shift)| value >> shift);
    prop_oneof![any_length, 1..=16_u128, Just(LIMIT)].prop_map(|value| value.clamp(1, LIMIT))
}

/// Seconds, often at an edge of the cycle.
fn wait() -> impl Strategy<Value = u64> {
    prop_oneof![0..=2 * CYCLE, 0..4_u64, CYCLE - 2..=CYCLE + 2, Just(CYCLE / 2)]
}

/// What is locked at a second after `START`, as a rational.
fn locked(amount: u128, length: u64, after: u64) -> BigRational {
    let left = length.saturating_sub(after);
    if length == 0 {
        return exact(0);
    }
    exact(amount) * exact(left.into()) / exact(length.into())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8_192))]

    #[test]
    fn what_is_locked_falls_in_a_line_and_rounds_up(
        amount in amount(),
        length in 0..=CYCLE,
        after in wait(),
    ) {
        let stream = Stream::new(amount, START, length);

        let now = START + after;
        prop_assert_eq!(stream.locked_up(now), whole(&locked(amount, length, after).ceil()));
        prop_assert!(stream.locked_up(now + 1) <= stream.locked_up(now));
        // What unlocks in a second is the same in each, but for the rounding.
        let per_second = locked(amount, length, 0) - locked(amount, length, 1.min(length));
        let unlocked = exact(stream.locked_up(now)) - exact(stream.locked_up(now + 1));
        prop_assert!(unlocked <= per_second + exact(1));
    }

    #[test]
    fn a_reward_moves_the_end_to_the_weighted_mean(
        first in amount(),
        second in amount(),
        after in wait(),
    ) {
        let before = Stream::default().notify(START, first);
        prop_assert_eq!((before.amount(), before.start(), before.length()), (first, START, CYCLE));

        let now = START + after;
        let stream = before.notify(now, second);

        let (locked, left) = (before.locked_up(now), CYCLE.saturating_sub(after));
        let weighted = exact(locked) * exact(left.into()) + exact(second) * exact(CYCLE.into());
        let mean = weighted / (exact(locked) + exact(second));
        prop_assert_eq!(stream.amount(), locked + second);
        prop_assert_eq!(stream.start(), now);
        prop_assert_eq!(u128::from(stream.length()), whole(&mean.ceil()));
        prop_assert!(stream.length() <= CYCLE);
        prop_assert!(stream.length() >= left.min(CYCLE));
        // Nothing unlocks or is locked by the reward itself.
        prop_assert_eq!(stream.locked_up(now), locked + second);
    }

    #[test]
    fn a_loss_takes_from_what_is_locked_and_leaves_the_end(
        amount in amount(),
        loss in amount(),
        after in wait(),
    ) {
        let before = Stream::default().notify(START, amount);

        let now = START + after;
        let (stream, taken) = before.absorb(now, loss);

        prop_assert_eq!(taken, before.locked_up(now).min(loss));
        prop_assert_eq!(stream.locked_up(now), before.locked_up(now) - taken);
        prop_assert_eq!(stream.end().max(now), before.end().max(now));
        prop_assert_eq!(stream.locked_up(before.end()), 0);
    }

    #[test]
    fn nobody_stretches_a_stream_with_dust(
        amount in 1_000_000_000_000_000_000_u128..LIMIT / 2,
        days in 1..7_u64,
    ) {
        const DAY: u64 = 86_400;
        let mut stream = Stream::default().notify(START, amount);

        for day in 1..=days {
            stream = stream.notify(START + day * DAY, 1);
        }

        // A wei against a METIS: each moves the end by less than a second, rounded up to one.
        prop_assert!(stream.end() <= START + CYCLE + days);
    }
}

#[test]
fn an_empty_stream_has_nothing() {
    assert_eq!(Stream::default().locked_up(START), 0);
    assert_eq!(Stream::default().absorb(START, 5), (Stream::new(0, START, 0), 0));
}
