//! What a report says of itself.

use super::till::{Action, Flaw, OPEN, RARE, SHUT, SUM, Till};
use crate::campaign::{ActionRow, Plan, Report};

fn row(calls: u64, accepted: u64, always_rejected: bool) -> ActionRow {
    ActionRow { calls, accepted, gas: 0, always_rejected }
}

#[test]
fn an_action_that_is_nearly_always_rejected_is_idle() {
    let cases = [
        (row(101, 0, false), true),
        (row(1_000, 9, false), true),
        (row(1_000, 10, false), false),
        (row(100, 0, false), false),
        (row(1_000, 0, true), false),
        (row(0, 0, false), false),
    ];

    for (row, is_idle) in cases {
        assert_eq!(row.is_idle(), is_idle, "{row:?}");
    }
}

#[test]
fn idle_actions_are_marked_and_warned_of_but_do_not_fail_the_report() {
    let mut report = Till::default().run(&Plan { cases: 100, ..Plan::default() });
    assert!(report.idle().is_empty() && !report.verdict().contains("WARNING"), "{report}");
    assert!(report.actions["rob"].calls > 100, "{report}");
    let calls = report.actions["take"].calls;

    report.actions.get_mut("take").unwrap().accepted = 1;

    assert_eq!(report.idle(), ["take"]);
    assert!(report.passed());
    let table = report.actions_table().to_string();
    let marked: Vec<&str> = table.lines().filter(|line| line.ends_with('!')).collect();
    assert!(marked.len() == 1 && marked[0].starts_with("take"), "{table}");
    let share = 100.0 / calls as f64;
    let warning = format!("WARNING take: {share:.1} % of");
    assert!(report.verdict().lines().any(|line| line.starts_with(&warning)), "{report}");
}

#[test]
fn the_tables_have_a_column_for_each_figure() {
    let report = Till::default().run(&Plan::default());

    let text = report.to_string();

    let heading = |start: &str| {
        let line = text.lines().find(|line| line.starts_with(start)).unwrap();
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(heading("action"), "action calls accepted rejected % mean gas");
    assert_eq!(heading("id"), "id every checks minimum must hold");
    let robbed = text.lines().find(|line| line.starts_with("rob")).unwrap();
    let cells: Vec<&str> = robbed.split_whitespace().collect();
    assert_eq!([cells[2], cells[4], cells[5]], ["0", "0.0", "10"]);
}

#[test]
fn of_a_campaign_that_watches_one_property_only_that_must_be_exercised() {
    let plan = Plan { only: Some(SUM.into()), ..Plan::default() };

    let mut report = Till::default().run(&plan);

    let hits =
        |report: &Report, id| report.properties.iter().find(|row| row.id == id).unwrap().hits;
    assert_eq!((hits(&report, OPEN), hits(&report, SHUT)), (0, 0), "dear, and nobody looks");
    assert!(hits(&report, RARE) > 0, "what is checked anyway is counted");
    assert!(report.passed(), "{report}");
    report.properties[0].hits = 0;
    assert!(!report.passed());
    assert!(report.verdict().contains("NOT EXERCISED SUM"));
}

#[test]
fn a_violation_fails_the_report_and_is_told_step_by_step() {
    let report = Till::with(Flaw::LosesFrom(50)).run(&Plan::default());

    let verdict = report.verdict();
    assert!(!report.passed());
    assert!(verdict.starts_with("VIOLATED SUM: 49 coins, expected 50\nin case "), "{verdict}");
    assert!(verdict.contains("\n   1. Pay(50) with 0 coins  [violates SUM]\n"), "{verdict}");
    assert!(verdict.lines().last().unwrap().starts_with("FAILED: "), "{verdict}");
    let action: Action = serde_json::from_value(report.found.unwrap().actions[0].clone()).unwrap();
    assert_eq!(action, Action::Pay(50));
}
