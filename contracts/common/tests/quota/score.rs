//! The mean is exact, the moving average is never above the exact one and close to it.

use emetis_common::quota::raise::RAISE_DELAY;
use emetis_common::quota::score::{BATCHES, FULL, NEWCOMER, Record, Scores};
use emetis_common::word;
use proptest::prelude::*;

use super::amounts::{bps, exact, ratio};

fn scores() -> impl Strategy<Value = Scores> {
    (bps(), bps(), bps())
        .prop_map(|(technical, operations, market)| of(technical, operations, market))
}

const fn of(technical: u64, operations: u64, market: u64) -> Scores {
    Scores { technical, operations, market }
}

/// Whether the mean is the largest whole number whose cube is not above the product.
fn is_exact(scores: &Scores) -> bool {
    let product =
        u128::from(scores.technical) * u128::from(scores.operations) * u128::from(scores.market);
    let mean = u128::from(scores.composite());
    mean.pow(3) <= product && product < (mean + 1).pow(3)
}

fn batch() -> impl Strategy<Value = (u64, u64)> {
    let blocks = || prop_oneof![0..=3_u64, 0..=10_000_u64, Just(u64::MAX), any::<u64>()];
    (blocks(), blocks())
}

#[test]
fn the_mean_of_equal_scores_is_that_score_and_a_point_less_lowers_it() {
    for score in 1..=FULL {
        assert_eq!(of(score, score, score).composite(), score);
        assert_eq!(of(score, score - 1, score).composite(), score - 1);
        assert_eq!(of(score - 1, score, score - 1).composite(), score - 1);
    }
    assert_eq!(of(FULL, FULL, 0).composite(), 0, "one weak side is not bought off");
}

#[test]
fn the_mean_is_exact_at_every_cube() {
    for mean in 1..=FULL {
        let cube = mean.pow(3);
        for (a, b) in
            [(FULL, FULL), (FULL, mean), (mean, mean), (mean, mean / 2 + 1), (FULL, 9_973)]
        {
            let c = (cube / (a * b)).min(FULL);
            for c in [c.saturating_sub(1), c, (c + 1).min(FULL)] {
                assert!(is_exact(&of(a, b, c)), "{a} {b} {c}");
                assert!(is_exact(&of(c, b, a)), "{c} {b} {a}");
            }
        }
    }
}

#[test]
fn a_perfect_record_settles_at_9993_and_an_empty_one_at_nothing() {
    let after = |batches: u32, produced| {
        (0..batches)
            .fold(Scores::default(), |scores, _| scores.after_batch(produced, 100))
            .technical
    };

    assert_eq!((after(1, 100), after(1, 0)), (5_625, 4_375));
    assert_eq!((after(200, 100), after(200, 0)), (9_993, 0));
    assert_eq!(of(FULL, 0, 0).after_batch(7, 7).technical, FULL, "what is full stays full");
}

#[test]
fn a_slot_that_was_never_written_is_a_newcomers() {
    assert_eq!(Record::unpack(&word::ZERO).at(7), of(NEWCOMER, NEWCOMER, NEWCOMER));
    let nothing = Record { scores: of(0, 0, 0), ..Record::default() };
    assert_eq!(Record::unpack(&nothing.pack()).at(7), of(0, 0, 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    #[test]
    fn the_mean_is_exact_and_between_its_scores(scores in scores()) {
        let sides = [scores.technical, scores.operations, scores.market];

        prop_assert!(is_exact(&scores));
        prop_assert!(sides.iter().min().unwrap() <= &scores.composite());
        prop_assert!(&scores.composite() <= sides.iter().max().unwrap());
    }

    #[test]
    fn a_better_score_never_lowers_the_mean(scores in scores(), by in 1..=FULL) {
        let raised = Scores { market: (scores.market + by).min(FULL), ..scores };

        prop_assert!(raised.composite() >= scores.composite());
    }

    #[test]
    fn a_batch_moves_the_technical_score_by_an_eighth_of_the_way(scores in scores(), batch in batch()) {
        let (produced, assigned) = batch;

        let after = scores.after_batch(produced, assigned);

        prop_assert!(after.is_valid());
        prop_assert_eq!((after.operations, after.market), (scores.operations, scores.market));
        if assigned == 0 {
            prop_assert_eq!(after, scores);
        } else {
            let part = ratio(produced.min(assigned).into(), assigned.into()) * exact(FULL.into());
            let kept = exact((scores.technical * (BATCHES - 1)).into());
            let mean = (kept + part) / exact(BATCHES.into());
            prop_assert_eq!(exact(after.technical.into()), mean.floor());
        }
    }

    #[test]
    fn over_many_batches_it_stays_less_than_eight_below_the_exact_average(
        batches in prop::collection::vec(batch(), 1..40),
        scores in scores(),
    ) {
        let (mut scores, mut mean) = (scores, exact(scores.technical.into()));

        for (produced, assigned) in batches {
            scores = scores.after_batch(produced, assigned);
            if assigned > 0 {
                let part = ratio(produced.min(assigned).into(), assigned.into()) * exact(FULL.into());
                // Kept from growing without bounds: a lower bound of it, by less than 2^-64.
                mean = (mean * exact((BATCHES - 1).into()) + part) / exact(BATCHES.into());
                mean = (mean * exact(1 << 64)).floor() / exact(1 << 64);
            }
            let below = &mean - exact(scores.technical.into());
            prop_assert!(below < exact(BATCHES.into()));
            prop_assert!(below > -ratio(1, 1 << 32));
        }
    }

    #[test]
    fn a_slash_halves_operations_alone(scores in scores()) {
        let after = scores.after_slash();

        prop_assert_eq!(after, Scores { operations: scores.operations / 2, ..scores });
        prop_assert!(after.composite() <= scores.composite());
    }

    #[test]
    fn a_slot_holds_what_was_packed(scores in scores(), next in scores(), now in 0..1_u64 << 39) {
        let waiting = Record { scores, ..Record::default() }.set(next.operations, next.market, now);

        for record in [waiting, Record { scores, ..Record::default() }] {
            prop_assert_eq!(Record::unpack(&record.pack()), record);
        }
    }

    #[test]
    fn what_is_lower_holds_at_once_and_what_is_higher_two_days_later(
        scores in scores(), next in scores(), now in 1..1_u64 << 39
    ) {
        let record = Record { scores, ..Record::default() }.set(next.operations, next.market, now);
        let due = now + RAISE_DELAY;

        let lower = Scores {
            operations: next.operations.min(scores.operations),
            market: next.market.min(scores.market),
            ..scores
        };
        let then = Scores { technical: scores.technical, ..next };
        prop_assert_eq!((record.at(now), record.at(due - 1), record.at(due)), (lower, lower, then));
        prop_assert_eq!(record.waits(now), lower != then);
        for time in [now, due - 1, due] {
            let slashed = record.after_slash(time);
            prop_assert_eq!(slashed.at(time), record.at(time).after_slash());
            prop_assert_eq!(slashed.at(due), record.at(due).after_slash());
            let again = record.set(then.operations, then.market, time);
            prop_assert_eq!(again.at(time), record.at(time));
        }
    }
}
