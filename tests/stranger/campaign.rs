//! Random sequences of calls to the escrow, as it is and deliberately broken.

use emetis::campaign::{self, Plan};

use super::kit::{CARELESS, HONEST};
use super::subject::{Escrow, PAYMENT};

/// Actions in a story of the broken variant. Six tell it (open, wait, release, wait, release, release);
/// shrinking may leave a grant that the others are counted past.
const LONGEST_STORY: usize = 8;

fn plan(cases: u64) -> Plan {
    Plan { seed: 7, cases, depth: 40, ..Plan::default() }
}

#[test]
fn the_escrow_keeps_its_promises() {
    let report = campaign::run(&Escrow::new(&HONEST), &plan(500), &|_| {});

    assert!(report.passed(), "{report}");
    assert_eq!(report.calls, 20_000);
    for (name, row) in report.actions {
        assert!(row.accepted > 0, "{name} never succeeds");
    }
}

#[test]
fn an_escrow_that_forgets_earlier_payments_is_found_out_by_its_property() {
    let plan = Plan { only: Some(PAYMENT.into()), ..plan(500) };
    let escrow = Escrow::new(&CARELESS);

    let report = campaign::run(&escrow, &plan, &|_| {});

    let found = report.found.as_ref().unwrap_or_else(|| panic!("{report}"));
    assert_eq!(found.violation.property, PAYMENT);
    assert!(found.actions.len() <= LONGEST_STORY, "{report}");
    let (story, again) = campaign::replay(&escrow, &found.decode().unwrap(), Some(PAYMENT));
    assert_eq!(again.as_ref(), Some(&found.violation));
    assert_eq!(story, found.story);
}

#[test]
fn what_breaks_the_broken_escrow_does_not_break_the_honest_one() {
    let broken = campaign::run(&Escrow::new(&CARELESS), &plan(500), &|_| {});
    let actions = broken.found.expect("the broken escrow is found out").decode().unwrap();

    let (_, violation) = campaign::replay(&Escrow::new(&HONEST), &actions, None);

    assert_eq!(violation, None);
}
