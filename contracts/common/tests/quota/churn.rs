//! What a pool may move in a day.

use emetis_common::limiter::Limiter;
use emetis_common::quota::churn::daily_down;
use emetis_common::quota::limits::Limits;
use emetis_common::staking::{DAY, LIMIT, METIS};
use proptest::prelude::*;

use super::amounts::{amount, bps, exact, ratio};

const NOW: u64 = 1_800_000_000;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_048))]

    #[test]
    fn a_wei_of_all_stake_moves_what_is_left_by_at_most_a_wei(
        total in amount(),
        threshold in amount(),
        churn_bps in bps(),
        (wait, taken) in (0..=2 * DAY, amount()),
    ) {
        let limits = Limits { churn_bps, ..Limits::default() };
        let daily = daily_down(total, threshold, &limits);
        let part = exact(total) * ratio(churn_bps.into(), 10_000);
        prop_assert_eq!(exact(daily), part.floor().max(exact(threshold)));
        let bucket = Limiter::default().take(NOW, daily, taken.min(daily)).unwrap();

        let more = daily_down(total + 1, threshold, &limits);

        prop_assert!(more == daily || more == daily + 1 || daily == LIMIT);
        let left = bucket.left_down(NOW + wait, daily);
        let after = bucket.left_down(NOW + wait, more);
        prop_assert!(after == left || after == left + 1);
    }
}

#[test]
fn it_holds_one_percent_of_all_stake_and_what_makes_one_active_in_any_case() {
    let daily = |total| daily_down(total * METIS, 20_000 * METIS, &Limits::default());

    assert_eq!(daily(0), 20_000 * METIS);
    assert_eq!(daily(2_000_000), 20_000 * METIS);
    assert_eq!(daily(3_000_000), 30_000 * METIS);
    let full = Limiter::default();
    assert_eq!(full.left_down(NOW, daily(0)), 20_000 * METIS, "who never moved has a full bucket");
    assert_eq!(full.take(NOW, 0, 0).map(|bucket| bucket.left_down(NOW, 0)), Ok(0));
    assert!(full.take(NOW, daily(0), LIMIT).is_err());
}
