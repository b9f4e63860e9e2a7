//! Shards: each case is in one of them, and together they are the campaign.

use super::till::{Flaw, Till};
use crate::campaign::{Checks, MergeError, NoShard, Plan, Report, Shard};

const CASES: u64 = 100;

fn shard(index: u64, of: u64) -> Shard {
    Shard::new(index, of).unwrap()
}

fn plan(index: u64, of: u64) -> Plan {
    Plan { seed: 7, cases: CASES, shard: Some(shard(index, of)), ..Plan::default() }
}

/// All shards, on different numbers of threads, in no order.
fn shards(till: &Till, of: u64) -> Vec<Report> {
    let run = |index| till.run(&Plan { jobs: 1 + index as usize % 3, ..plan(index, of) });
    (1..=of).rev().map(run).collect()
}

/// What must follow from the seed: all but times and threads.
fn essence(mut report: Report) -> Report {
    (report.elapsed_ms, report.cpu_ms, report.plan.jobs) = (0, 0, 0);
    report
}

#[test]
fn merged_shards_are_the_campaign_without_shards() {
    let till = Till::default();
    let whole = essence(till.run(&Plan { shard: None, jobs: 2, ..plan(1, 1) }));

    for of in [1, 2, 3, 7, CASES, 2 * CASES] {
        let merged = Report::merge(&shards(&till, of)).unwrap();

        assert_eq!(essence(merged), whole, "{of} shards");
    }
    assert!(whole.passed(), "{whole}");
}

#[test]
fn merged_shards_find_what_the_campaign_without_shards_finds() {
    let till = Till::with(Flaw::LosesFrom(250));
    let whole = till.run(&Plan { shard: None, ..plan(1, 1) });

    for of in [2, 3, 7] {
        let merged = Report::merge(&shards(&till, of)).unwrap();

        assert_eq!(merged.found, whole.found, "{of} shards");
        assert!(!merged.passed());
    }
    assert!(whole.found.is_some());
}

#[test]
fn shares_add_up_to_all_cases() {
    for of in [1, 2, 3, 7, CASES, 2 * CASES] {
        let shares: Vec<u64> = (1..=of).map(|index| plan(index, of).share()).collect();

        assert_eq!(shares.iter().sum::<u64>(), CASES);
        let (least, most) = (shares.iter().min().unwrap(), shares.iter().max().unwrap());
        assert!(most - least <= 1);
    }
}

#[test]
fn what_was_exercised_is_judged_when_merged() {
    // Too few calls for a jam in each shard, and enough for one among them all, or not.
    let mut reports = shards(&Till::default(), 50);
    assert!(reports.iter().any(|report| !report.unexercised().is_empty()));
    assert!(reports.iter().all(Report::passed));
    assert!(Report::merge(&reports).unwrap().passed());

    for row in reports.iter_mut().flat_map(|report| &mut report.properties) {
        row.hits = 0;
    }

    assert!(reports.iter().all(Report::passed));
    assert!(!Report::merge(&reports).unwrap().passed());
}

#[test]
fn times_of_shards_are_summed() {
    let mut reports = shards(&Till::default(), 3);
    for (at, report) in reports.iter_mut().enumerate() {
        (report.elapsed_ms, report.cpu_ms) = (10 << at, 1 << at);
    }

    let merged = Report::merge(&reports).unwrap();

    assert_eq!((merged.elapsed_ms, merged.cpu_ms), (70, 7));
}

#[test]
fn what_is_not_one_campaign_is_refused() {
    let till = Till::default();
    let reports = shards(&till, 3);
    let with = |at: usize, change: &dyn Fn(&mut Report)| {
        let mut reports = reports.clone();
        change(&mut reports[at]);
        Report::merge(&reports).unwrap_err()
    };
    let other = |field| MergeError::OtherPlan { at: 2, field };

    assert_eq!(Report::merge(&[]), Err(MergeError::Empty));
    assert_eq!(with(0, &|report| report.plan.shard = None), MergeError::NoShard { at: 0 });
    assert_eq!(with(2, &|report| report.plan.seed += 1), other("seed"));
    assert_eq!(with(2, &|report| report.plan.cases += 1), other("number of cases"));
    assert_eq!(with(2, &|report| report.plan.depth += 1), other("depth"));
    assert_eq!(with(2, &|report| report.plan.only = Some("SUM".into())), other("property"));
    assert_eq!(with(2, &|report| report.plan.checks = Checks::State), other("level of checks"));
    assert_eq!(with(2, &|report| report.plan.shard = Some(shard(1, 2))), other("number of shards"));
    assert_eq!(with(2, &|report| report.properties.truncate(1)), other("list of properties"));
    assert_eq!(
        with(2, &|report| report.plan.shard = Some(shard(3, 3))),
        MergeError::Twice { at: 2, shard: shard(3, 3) }
    );
    assert_eq!(
        with(1, &|report| report.cases = 5),
        MergeError::Incomplete { at: 1, shard: shard(2, 3), done: 5, share: 33 }
    );
    assert_eq!(
        Report::merge(&reports[1..2]),
        Err(MergeError::Missing(vec![shard(1, 3), shard(3, 3)]))
    );
}

#[test]
fn a_shard_is_read_as_it_is_written_and_nothing_else_is() {
    for text in ["1/1", "2/3", "18446744073709551615/18446744073709551615"] {
        assert_eq!(text.parse::<Shard>().unwrap().to_string(), text);
    }
    for text in ["", "1", "/", "1/", "/1", "0/1", "0/0", "4/3", "-1/3", "1/3/3", "1/3 ", "a/b"] {
        assert_eq!(text.parse::<Shard>(), Err(NoShard), "{text:?}");
        assert!(serde_json::from_value::<Shard>(text.into()).is_err(), "{text:?}");
    }
}
