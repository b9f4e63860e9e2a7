//! Small counterexamples.

use super::till::{Action, Flaw, OPEN, SUM, Till};
use crate::campaign::{Found, Plan, replay};

const PLAN: fn() -> Plan = || Plan { cases: 500, ..Plan::default() };

fn found(till: &Till) -> Found {
    till.run(&PLAN()).found.expect("it is broken")
}

fn actions(found: &Found) -> Vec<Action> {
    let decode = |action: &serde_json::Value| serde_json::from_value(action.clone()).unwrap();
    found.actions.iter().map(decode).collect()
}

#[test]
fn what_is_found_is_the_shortest_story_with_the_smallest_values() {
    const LIMIT: u64 = 77;

    let found = found(&Till::with(Flaw::LosesFrom(LIMIT)));

    assert_eq!(actions(&found), [Action::Pay(LIMIT)]);
    assert_eq!(found.violation.message, "76 coins, expected 77");
    assert_eq!(found.story, ["Pay(77) with 0 coins  [violates SUM]"]);
}

#[test]
fn a_story_needs_no_steps_that_only_keep_time() {
    let found = found(&Till::with(Flaw::Jams));

    assert_eq!(found.violation.property, OPEN);
    assert_eq!(actions(&found), [Action::Jam]);
}

#[test]
fn what_is_found_is_what_its_replay_finds_even_if_a_dear_check_would_have_come_first() {
    // The coins are missed at once, the jam only when its check is due.
    for seed in 1..=20 {
        let till = Till::with(Flaw::JamsAndLosesFrom(300));

        let found = till.run(&Plan { seed, ..PLAN() }).found.expect("it is broken twice");
        let (story, violation) = replay(&till, &actions(&found), None);

        assert_eq!(violation.as_ref(), Some(&found.violation));
        assert_eq!(story, found.story);
        let end = format!("[violates {}]", found.violation.property);
        assert!(story.last().unwrap().ends_with(&end), "{story:#?}");
    }
}

#[test]
fn shrinking_ends_even_if_there_is_always_something_simpler() {
    let till = Till { is_endless: true, ..Till::with(Flaw::LosesFrom(1)) };

    let found = found(&till);

    assert!(found.runs <= 20_000);
    assert_eq!(found.violation.property, SUM);
}

#[test]
fn shrinking_long_sequences_is_bounded_too() {
    const DEPTH: usize = 20_000;
    let till = Till::with(Flaw::LosesFrom(2_000));

    let report = till.run(&Plan { cases: 5, depth: DEPTH, ..Plan::default() });

    let found = report.found.expect("it is broken");
    assert!(found.actions.len() < 200, "{} steps", found.actions.len());
}

#[test]
fn a_violation_that_does_not_come_again_is_told_as_such() {
    let report = Till::with(Flaw::LosesOnce).run(&Plan { cases: 1, ..Plan::default() });

    let found = report.found.clone().expect("one coin was missing");
    assert_eq!(found.violation.property, SUM);
    assert!(found.violation.message.contains("not when these actions were done again"));
    assert!(!report.passed());
}
