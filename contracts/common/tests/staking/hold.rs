//! A loss that is spread adds up, and no part loses more than was held.

use emetis_common::staking::hold::{Hold, Spread};
use emetis_common::staking::{DAY, LIMIT, buckets::Number};
use num_rational::BigRational;
use proptest::prelude::*;

fn parts() -> impl Strategy<Value = Vec<u128>> {
    prop::collection::vec(prop_oneof![0..=16_u128, 0..=LIMIT / 64], 1..40)
}

fn ratio(a: u128, b: u128) -> BigRational {
    BigRational::new(a.into(), b.into())
}

proptest! {
    #[test]
    fn parts_of_a_loss_add_up_and_lose_alike(parts in parts(), bps in 1_u128..=5_000) {
        let scope: u128 = parts.iter().sum();
        prop_assume!(scope > 0);
        let loss = scope * bps / 10_000;
        let hold = Hold { delegated_loss: loss, delegated_scope: scope, ..Hold::default() };
        let mut spread = Spread::new(loss, scope);

        let losses: Vec<u128> = parts.iter().map(|part| spread.take(*part)).collect();

        prop_assert_eq!(losses.iter().sum::<u128>(), loss);
        for (part, lost) in parts.iter().zip(losses) {
            let exact = ratio(*part, 1) * ratio(loss, scope);
            let off = ratio(lost, 1) - exact;
            prop_assert!(off < ratio(1, 1) && off > -ratio(1, 1));
            prop_assert!(lost <= *part);
            prop_assert!(lost <= hold.held_delegations_up(*part));
        }
    }

    #[test]
    fn the_bond_goes_first(bond in 0..=LIMIT / 2, delegated in 0..=LIMIT / 2, bps in 1_u64..=5_000) {
        let mut hold = Hold { bond_scope: bond, delegated_scope: delegated, ..Hold::default() };

        hold.fix_losses(bps);

        let loss = (bond + delegated) * u128::from(bps) / 10_000;
        prop_assert_eq!(hold.bond_loss, loss.min(bond));
        prop_assert_eq!(hold.bond_loss + hold.delegated_loss, loss);
        prop_assert!(hold.delegated_loss <= delegated);
    }
}

#[test]
fn a_hold_covers_what_ended_after_the_fault_and_had_not_matured() {
    let day = 20_000;
    let (fault, at) = (day * DAY + 5, (day + 9) * DAY + 7);
    let hold = Hold { fault, at, until: at + 9 * DAY, ..Hold::default() };
    let covers = |day: u64, period| hold.covers(Number::first(day * DAY, period));

    assert!(!covers(day - 1, 21), "it ended before the fault");
    assert!(covers(day, 21), "it ended on the day of the fault");
    assert!(!covers(day, 7), "it had matured");
    assert!(covers(day + 2, 7));
    assert!(covers(day + 30, 7), "what was in scope may still begin to unbond");
    assert!(hold.is_live(at) && !hold.is_live(at + 9 * DAY));
}
