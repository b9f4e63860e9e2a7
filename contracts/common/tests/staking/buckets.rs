//! What waits is paid once, pro rata, and a bucket's number says when.

use emetis_common::staking::buckets::{Bucket, Entry, Number};
use emetis_common::staking::{DAY, LIMIT};
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_number_says_when_it_matures(now in DAY..1 << 33, period in 7_u64..=60) {
        let number = Number::first(now, period);

        prop_assert_eq!(number.end(), (now / DAY + 1) * DAY);
        prop_assert_eq!(number.matures(), number.end() + period * DAY);
        prop_assert!(number.is_of(now, period));
        prop_assert!(!number.is_of(now + DAY, period));
        prop_assert!(!number.is_of(now, period - 1));
    }

    #[test]
    fn later_buckets_of_a_day_have_other_numbers(now in DAY..1 << 33, periods in prop::collection::vec(7_u64..=60, 1..60)) {
        let mut numbers = vec![Number::first(now, 21).number()];

        for period in periods {
            let next = Number::of(*numbers.last().unwrap()).next(now, period);
            prop_assert_eq!(next.matures(), next.end() + period * DAY);
            numbers.push(next.number());
        }

        let count = numbers.len();
        numbers.sort_unstable();
        numbers.dedup();
        prop_assert_eq!(numbers.len(), count);
    }

    #[test]
    fn numbers_rise_whatever_the_period_does_and_stay_once_a_day_is_full(
        now in DAY..1 << 33,
        periods in prop::collection::vec(7_u64..=60, 63..90),
    ) {
        let mut number = Number::first(now, 21);

        for (at, period) in periods.into_iter().enumerate() {
            let next = number.next(now, period);
            if at < 63 {
                prop_assert!(next.number() > number.number());
            } else {
                prop_assert_eq!(next, number);
            }
            number = next;
        }

        let tomorrow = number.next(now + DAY, 7);
        prop_assert!(tomorrow.number() > number.number());
        prop_assert!(tomorrow.is_of(now + DAY, 7));
    }

    #[test]
    fn no_order_of_claims_pays_more_than_is_free(
        nominals in prop::collection::vec(1..=LIMIT / 64, 1..20),
        cuts in prop::collection::vec(0_u128..=10_000, 1..5),
        order in prop::collection::vec(any::<prop::sample::Index>(), 1..80),
    ) {
        let mut bucket = nominals.iter().fold(Bucket::default(), |bucket, nominal| {
            bucket.joined(*nominal).unwrap().0
        });
        let mut entries: Vec<Entry> =
            nominals.iter().map(|nominal| Entry { nominal: *nominal, claimed: 0 }).collect();
        // A hold keeps a part back; a slash takes at most that part.
        let held = bucket.assets * cuts[0] / 10_000;
        let free = bucket.assets - held;

        for at in &order {
            let entry = at.get_mut(&mut entries);
            let paid = entry.claimable(&bucket, free);
            entry.claimed += paid;
            bucket.paid += paid;
            prop_assert!(bucket.paid <= free);
        }
        bucket.assets -= held * cuts[cuts.len() - 1] / 10_000;
        for entry in &mut entries {
            let paid = entry.claimable(&bucket, bucket.assets);
            entry.claimed += paid;
            bucket.paid += paid;
            // In the end everybody has their part, whatever came before.
            prop_assert_eq!(entry.claimed, entry.share_down(&bucket, bucket.assets));
        }

        prop_assert!(bucket.paid <= bucket.assets);
        prop_assert!(bucket.rest() < entries.len() as u128, "less than a wei for each is left");
    }
}

#[test]
fn who_joins_what_a_slash_has_hit_bears_nothing_of_it() {
    let hit = Bucket { nominal: 10_000, assets: 9_000, paid: 0 };
    let first = Entry { nominal: 10_000, claimed: 0 };

    let (bucket, nominal) = hit.joined(900).unwrap();
    let second = Entry { nominal, claimed: 0 };

    assert_eq!((bucket.assets, nominal), (9_900, 1_000));
    assert_eq!(second.claimable(&bucket, bucket.assets), 900);
    assert_eq!(first.claimable(&bucket, bucket.assets), 9_000);
}

#[test]
fn what_would_not_fit_does_not_join() {
    let full = Bucket { nominal: LIMIT, assets: LIMIT, paid: 0 };

    assert_eq!(full.joined(1), None);
}
