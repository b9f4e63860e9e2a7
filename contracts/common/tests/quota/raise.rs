//! What is lowered holds at once, what is raised two days later; ties end by themselves.

use emetis_common::quota::groups::{LARGEST, PER_SLOT, Tie, pack, unpack};
use emetis_common::quota::raise::{RAISE_DELAY, Raise};
use emetis_common::word;
use proptest::prelude::*;

use super::amounts::amount;

proptest! {
    #[test]
    fn an_amount_falls_at_once_and_rises_two_days_later(
        old in amount(), new in amount(), now in 1..1_u64 << 39
    ) {
        let in_force = Raise { assets: old, ..Raise::default() };
        let set = in_force.set(new, now);
        let due = now + RAISE_DELAY;

        let least = old.min(new);
        prop_assert_eq!((set.at(now), set.at(due - 1), set.at(due)), (least, least, new));
        prop_assert_eq!((set.waits(now), set.waits(due)), (new > old, false));
        prop_assert_eq!(Raise::unpack(&set.pack()), Some(set));
    }

    #[test]
    fn setting_again_drops_what_waits(old in amount(), new in amount(), now in 1..1_u64 << 39) {
        let waiting = Raise { assets: old, ..Raise::default() }.set(new, now);

        let again = waiting.set(old, now + 1);

        let expected = old.min(new);
        prop_assert_eq!((again.at(now + 1), again.at(now + RAISE_DELAY)), (expected, expected));
    }

    #[test]
    fn a_slot_holds_four_ties(ties: [(u32, u64); PER_SLOT]) {
        let ties = ties.map(|(group, until)| Tie {
            group: u64::from(group) & LARGEST,
            until: until >> 24,
        });

        prop_assert_eq!(unpack(&pack(&ties)), ties);
    }
}

#[test]
fn a_slot_that_was_never_written_holds_no_amount() {
    assert_eq!(Raise::unpack(&word::ZERO), None);
    assert_eq!(Raise::unpack(&Raise::default().pack()), Some(Raise::default()));
}

#[test]
fn a_tie_to_nobody_does_not_hold() {
    assert!(!Tie::default().holds(0));
    assert!(Tie::to(1).holds(u64::MAX));
    assert!(!Tie::to(1).ending(5).holds(5 + RAISE_DELAY));
}
