//! Campaigns that are told to end.

use std::sync::atomic::AtomicBool;

use super::till::{Flaw, SUM, Till};
use crate::campaign::{Plan, replay};

/// More cases than any test waits for.
const ENDLESS: u64 = u64::MAX / 1_000;

#[test]
fn a_campaign_that_is_told_to_end_reports_what_it_did() {
    const BEGUN: u64 = 50;
    let till = Till { stop_after: Some(BEGUN), ..Till::default() };

    let report = till.run(&Plan { cases: ENDLESS, ..Plan::default() });

    assert!(report.interrupted);
    assert_eq!(report.cases, BEGUN - 1);
    assert_eq!(report.calls, (BEGUN - 1) * 60);
    let row = report.properties.iter().find(|row| row.id == SUM).unwrap();
    assert_eq!((row.hits, row.minimum), (report.calls, report.calls * 9 / 10));
    assert!(!report.passed());
    let verdict = report.verdict();
    assert!(verdict.contains("INTERRUPTED: 2,940 calls in 49 cases"), "{verdict}");
}

#[test]
fn a_campaign_ends_soon_in_the_middle_of_a_case_and_on_every_thread() {
    let till = Till { stop_after: Some(3), ..Till::default() };

    let report = till.run(&Plan { cases: ENDLESS, depth: usize::MAX, jobs: 3, ..Plan::default() });

    assert!(report.interrupted);
    assert_eq!(report.cases, 0);
}

#[test]
fn a_campaign_told_to_end_before_it_begins_does_nothing() {
    let till = Till { stop: AtomicBool::new(true), ..Till::default() };

    let report = till.run(&Plan { jobs: 2, ..Plan::default() });

    assert!(report.interrupted);
    assert_eq!((report.cases, report.calls), (0, 0));
}

#[test]
fn a_campaign_that_is_done_was_not_interrupted() {
    const CASES: u64 = 20;
    let till = Till { stop_after: Some(CASES + 1), ..Till::default() };

    let report = till.run(&Plan { cases: CASES, ..Plan::default() });

    assert!(!report.interrupted);
    assert_eq!(report.cases, CASES);
}

#[test]
fn shrinking_that_is_told_to_end_gives_the_smallest_story_until_then() {
    let flaw = Flaw::LosesFrom(400);
    let plan = Plan { cases: 1_000, ..Plan::default() };
    let whole = Till::with(flaw).run(&plan).found.expect("it is broken");
    let cases = whole.case + 1;

    let mut lengths = Vec::new();
    for runs in [2, 10, 50] {
        let till = Till { stop_after: Some(cases + runs), ..Till::with(flaw) };
        let report = till.run(&plan);
        let found = report.found.clone().expect("it is broken");
        let decode = |action: &serde_json::Value| serde_json::from_value(action.clone()).unwrap();
        let actions: Vec<_> = found.actions.iter().map(decode).collect();

        assert!(report.interrupted, "{report}");
        assert_eq!(found.runs, runs);
        assert_eq!(replay(&Till::with(flaw), &actions, None).1, Some(found.violation));
        lengths.push(actions.len());
    }
    lengths.push(whole.actions.len());

    assert!(lengths.is_sorted_by(|longer, shorter| longer >= shorter), "{lengths:?}");
    assert!(lengths.first() > lengths.last(), "{lengths:?}");
}
