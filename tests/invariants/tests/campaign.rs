//! The campaign on the programs as released, and what its reports are worth.

use emetis::campaign::{Checks, Found, Plan, Report, Shard, replay, run};

use super::kit::{DEPTH, broken, plan, release};
use crate::invariants::action::Action;
use crate::invariants::spec::{PROPERTIES, SOL_3, VAU_4};

/// `SelfTransferDoubles`: eMETIS out of nothing.
const DOUBLES: u32 = 13;

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// What must follow from the seed: all but times and threads.
fn essence(mut report: Report) -> Report {
    (report.elapsed_ms, report.cpu_ms, report.plan.jobs) = (0, 0, 0);
    report
}

fn actions(found: &Found) -> Vec<Action> {
    let decode = |action: &serde_json::Value| serde_json::from_value(action.clone()).unwrap();
    found.actions.iter().map(decode).collect()
}

#[test]
fn the_campaign_finds_nothing() {
    const SEED: u64 = 2_026;
    const CASES: u64 = 1_000;

    let report = run(&release(), &plan(SEED, CASES, cores()), &|_| {});

    assert!(report.passed(), "{report}");
    assert_eq!(report.cases, CASES);
    assert_eq!(report.idle(), [""; 0], "rejected nearly always, which tests nothing: {report}");
    for (name, row) in report.actions.iter().filter(|(_, row)| row.always_rejected) {
        assert_eq!(row.accepted, 0, "{name} is there to be rejected");
    }
}

#[test]
fn a_report_does_not_depend_on_the_number_of_threads() {
    let origin = release();

    let [one, three] = [1, 3].map(|jobs| essence(run(&origin, &plan(7, 150, jobs), &|_| {})));

    assert_eq!(one, three);
}

#[test]
fn three_shards_are_the_campaign_without_shards() {
    const CASES: u64 = 100;
    let origin = release();
    let whole = essence(run(&origin, &plan(7, CASES, 2), &|_| {}));
    let shard = |index: u64| {
        let shard = Some(Shard::new(index, 3).unwrap());
        run(&origin, &Plan { shard, ..plan(7, CASES, index as usize) }, &|_| {})
    };

    let merged = essence(Report::merge(&[shard(2), shard(3), shard(1)]).unwrap());

    assert_eq!(merged, whole);
}

#[test]
fn below_all_less_is_checked_and_the_same_is_done() {
    let origin = release();

    let [none, state, all] = [Checks::None, Checks::State, Checks::All]
        .map(|checks| run(&origin, &Plan { checks, ..plan(7, 150, 1) }, &|_| {}));

    assert_eq!(none.actions, all.actions, "what is checked changes nothing");
    assert_eq!(state.actions, all.actions, "what is checked changes nothing");
    let dear = PROPERTIES.iter().zip(state.properties.iter().zip(&all.properties));
    for (property, (state, all)) in dear.filter(|(property, _)| property.every > 1) {
        assert!(state.hits < all.hits, "{}: {} and {}", property.id, state.hits, all.hits);
    }
}

#[test]
fn another_seed_is_another_campaign() {
    let origin = release();

    let [one, other] = [7, 8].map(|seed| essence(run(&origin, &plan(seed, 20, 1), &|_| {})));

    assert_ne!(one.actions, other.actions);
}

#[test]
fn what_is_found_does_not_depend_on_the_number_of_threads() {
    let origin = broken(DOUBLES);

    let [one, three] = [1, 3].map(|jobs| run(&origin, &plan(1, 2_000, jobs), &|_| {}).found);

    assert!(one.is_some());
    assert_eq!(one, three);
}

#[test]
fn a_failure_is_shrunk_and_its_replay_reproduces() {
    const SHORT: usize = 3;
    let origin = broken(DOUBLES);
    let plan = Plan { only: Some(SOL_3.into()), ..plan(1, 2_000, 1) };

    let report = run(&origin, &plan, &|_| {});

    let found = report.found.clone().expect("a doubled balance is noticed");
    assert!(!report.passed());
    assert_eq!(found.violation.property, SOL_3);
    assert!(found.actions.len() <= SHORT, "{report}");
    assert_eq!(found.story.len(), found.actions.len(), "{report}");
    let (story, violation) = replay(&origin, &actions(&found), Some(SOL_3));
    assert_eq!(violation, Some(found.violation));
    assert_eq!(story, found.story);
}

#[test]
fn shrinking_takes_few_runs_whatever_is_broken() {
    const RUNS: u64 = 5_000;
    // A property of each kind: the books, an authority, a dear check, a story of several steps.
    for mutant in [2, DOUBLES, 18, 21] {
        let report = run(&broken(mutant), &plan(1, 2_000, cores()), &|_| {});

        let found = report.found.as_ref().unwrap_or_else(|| panic!("{mutant}: {report}"));
        assert!(found.runs <= RUNS, "{mutant}: {} runs for {report}", found.runs);
    }
}

#[test]
fn a_story_is_told_to_its_end_even_if_another_property_is_violated_first() {
    // `MintRoundsDown` contradicts the model at once; a trip that gains by it needs some state.
    const ROUNDS_DOWN: u32 = 38;
    let plan = Plan { only: Some(VAU_4.into()), ..plan(1, 2_000, 1) };

    let report = run(&broken(ROUNDS_DOWN), &plan, &|_| {});

    let found = report.found.expect("a free lunch is noticed");
    assert!(found.actions.len() > 1);
    assert_eq!(found.story.len(), found.actions.len(), "{:#?}", found.story);
    assert!(found.story.last().unwrap().contains("violates VAU-4"), "{:#?}", found.story);
}

#[test]
fn a_failure_of_a_broken_program_is_none_of_the_released_one() {
    let report = run(&broken(DOUBLES), &plan(1, 2_000, 1), &|_| {});

    let found = report.found.expect("a doubled balance is noticed");
    let (_, violation) = replay(&release(), &actions(&found), None);

    assert_eq!(violation, None);
}

#[test]
fn a_property_never_exercised_fails_the_report() {
    let mut report = run(&release(), &plan(3, 200, cores()), &|_| {});
    assert!(report.passed(), "{report}");

    let row = report.properties.iter_mut().find(|row| row.id == SOL_3).unwrap();
    row.hits = row.minimum - 1;

    assert!(!report.passed());
    assert_eq!(report.unexercised().len(), 1);
    let text = report.to_string();
    assert!(text.contains("NOT EXERCISED SOL-3"), "{text}");
    assert!(text.contains("FAILED"), "{text}");
}

#[test]
fn a_report_reads_back_as_it_was_written() {
    let reports = [
        run(&release(), &plan(5, 3, 1), &|_| {}),
        run(&broken(DOUBLES), &plan(1, 2_000, 1), &|_| {}),
    ];

    for report in reports {
        let text = serde_json::to_string(&report).unwrap();
        assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report);
    }
}

#[test]
fn progress_reaches_the_last_case_and_call() {
    const CASES: u64 = 70;
    let last = std::sync::Mutex::new((0, 0));

    let report = run(&release(), &plan(5, CASES, 2), &|progress| {
        let mut last = last.lock().unwrap();
        *last = (progress.cases, progress.calls).max(*last);
    });

    let (cases, calls) = *last.lock().unwrap();
    assert_eq!(cases, CASES);
    // The calls of a case that ends at the same moment may not be in yet.
    assert!(report.calls - calls <= DEPTH as u64, "{calls} of {}", report.calls);
}
