//! When dear checks are due.

use std::collections::BTreeSet;

use super::till::{EVERY, Flaw, OPEN, PROPERTIES, RARE, SHUT, SUM, Till};
use crate::campaign::{Checks, Plan, Tally};

const DEPTH: u64 = 64;
const CASES: u64 = 200;

/// Steps of a case at which a property is due.
fn due(property: &str, case: u64) -> Vec<u64> {
    let mut tally = Tally::new(PROPERTIES);
    tally.enter(case);
    (1..=DEPTH).filter(|step| tally.is_due(property, *step)).collect()
}

#[test]
fn a_dear_check_is_due_once_in_its_number_of_calls() {
    for case in 0..CASES {
        for (id, every) in [(SUM, 1), (OPEN, EVERY), (SHUT, EVERY)] {
            let steps = due(id, case);

            assert_eq!(steps.len() as u64, DEPTH / every);
            assert!(steps.windows(2).all(|pair| pair[1] - pair[0] == every), "{id}: {steps:?}");
        }
    }
}

#[test]
fn properties_of_one_cadence_are_due_at_different_steps() {
    for case in 0..CASES {
        assert_ne!(due(OPEN, case), due(SHUT, case));
    }
}

#[test]
fn every_place_in_a_sequence_gets_its_turn() {
    let firsts: BTreeSet<u64> = (0..CASES).map(|case| due(OPEN, case)[0]).collect();

    assert_eq!(firsts, (1..=EVERY).collect());
}

#[test]
fn outside_campaigns_all_is_due_at_every_step() {
    let tally = Tally::new(PROPERTIES);

    let is_due = |step| PROPERTIES.iter().all(|property| tally.is_due(property.id, step));

    assert!((0..DEPTH).all(is_due));
}

#[test]
fn below_all_nothing_dear_is_due() {
    for level in [Checks::None, Checks::State] {
        let mut tally = Tally::new(PROPERTIES).at(level);
        tally.enter(0);

        assert_eq!(tally.level(), level);
        assert!((0..DEPTH).all(|step| !tally.is_due(SUM, step) && !tally.is_due(OPEN, step)));
    }
}

#[test]
fn what_does_not_matter_is_not_due() {
    let tally = Tally::new(PROPERTIES).only(Some(OPEN));

    assert!(tally.is_due(OPEN, 1));
    assert!(!tally.is_due(SHUT, 1));
}

#[test]
#[should_panic(expected = "there is no property MADE-UP")]
fn a_check_that_is_in_no_registry_is_a_mistake() {
    let _ = Tally::new(PROPERTIES).check("MADE-UP", true, String::new);
}

#[test]
fn a_campaign_makes_dear_checks_as_often_as_it_says() {
    let plan = Plan { cases: CASES, depth: DEPTH as usize, ..Plan::default() };

    let report = Till::default().run(&plan);

    let rows: Vec<_> =
        report.properties.iter().map(|row| (row.id.as_str(), row.every, row.hits)).collect();
    let calls = CASES * DEPTH;
    assert_eq!(
        rows[..3],
        [(SUM, 1, calls), (OPEN, EVERY, calls / EVERY), (SHUT, EVERY, calls / EVERY)]
    );
    assert_eq!(rows[3].0, RARE);
    assert_eq!(report.calls, calls);
    assert!(report.passed(), "{report}");
}

#[test]
fn a_campaign_below_all_never_passes_for_one_that_checked_everything() {
    for checks in [Checks::None, Checks::State] {
        let report = Till::with(Flaw::Jams).run(&Plan { checks, ..Plan::default() });

        let hits = report.properties.iter().find(|row| row.id == OPEN).map(|row| row.hits);
        assert_eq!((hits, &report.found), (Some(0), &None));
        assert!(!report.passed(), "{report}");
    }
}
