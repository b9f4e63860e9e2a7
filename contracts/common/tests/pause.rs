//! A pause against a naive count of seconds.
#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "tests, not programs")]

use emetis_common::pause::{FREE, LONGEST, Pause, Refusal};
use proptest::prelude::*;

const START: u64 = 1_800_000_000;
/// How far a history goes: five times a pause and its free interval.
const HISTORY: u64 = 5 * (LONGEST + FREE);

/// What a guardian does, and how long after what came before.
#[derive(Clone, Copy, Debug)]
enum Step {
    Begin { after: u64, duration: u64 },
    Lift { after: u64 },
}

fn seconds() -> impl Strategy<Value = u64> {
    prop_oneof![0..3_u64, 0..=FREE + LONGEST, LONGEST - 1..=LONGEST + 1, Just(FREE)]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (seconds(), seconds()).prop_map(|(after, duration)| Step::Begin { after, duration }),
        seconds().prop_map(|after| Step::Lift { after }),
    ]
}

/// The pauses of a history, as spans of seconds: the naive reference.
#[derive(Debug, Default)]
struct Spans(Vec<(u64, u64)>);

impl Spans {
    fn is_paused(&self, now: u64) -> bool {
        self.0.iter().any(|(start, end)| (*start..*end).contains(&now))
    }

    fn was_paused_in_the_free_interval_before(&self, now: u64) -> bool {
        self.0.iter().any(|(start, end)| *start <= now && now < *end + FREE)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    #[test]
    fn a_history_is_that_of_a_naive_count(steps in prop::collection::vec(step(), 1..12)) {
        let (mut pause, mut spans, mut now) = (Pause::default(), Spans::default(), START);

        for step in steps {
            match step {
                Step::Begin { after, duration } => {
                    now += after;
                    let begun = pause.begin(now, duration);
                    let expected = duration > 0
                        && duration <= LONGEST
                        && !spans.was_paused_in_the_free_interval_before(now);
                    prop_assert_eq!(begun.is_ok(), expected);
                    if let Ok(begun) = begun {
                        spans.0.push((now, now + duration));
                        pause = begun;
                    }
                }
                Step::Lift { after } => {
                    now += after;
                    let lifted = pause.lift(now);
                    prop_assert_eq!(lifted.is_ok(), spans.is_paused(now));
                    if let Ok(lifted) = lifted {
                        spans.0.last_mut().unwrap().1 = now;
                        pause = lifted;
                    }
                }
            }
            prop_assert_eq!(pause.until(now) > now, spans.is_paused(now));
            prop_assert_eq!(Pause::unpack(&pause.pack()), pause);
        }
        prop_assert!(now - START <= HISTORY * 12);
    }
}

#[test]
fn the_first_check_that_fails_names_the_refusal() {
    let paused = Pause::default().begin(START, LONGEST).unwrap();

    let next = START + LONGEST + FREE;
    assert_eq!(paused.begin(START, 0), Err(Refusal::DurationZero));
    let duration = LONGEST + 1;
    assert_eq!(paused.begin(START, duration), Err(Refusal::TooLong { duration }));
    assert_eq!(paused.begin(next - 1, LONGEST), Err(Refusal::TooEarly { next }));
    assert!(paused.begin(next, LONGEST).is_ok());
}

#[test]
fn the_free_interval_counts_from_the_actual_end() {
    let lifted = Pause::default().begin(START, LONGEST).unwrap().lift(START + 60).unwrap();

    assert_eq!((lifted.until(START + 60), lifted.next()), (0, START + 60 + FREE));
    assert_eq!(lifted.lift(START + 60), Err(Refusal::Missing));
    assert_eq!(Pause::default().lift(START), Err(Refusal::Missing));
    assert_eq!(Pause::default().next(), 0);
}
