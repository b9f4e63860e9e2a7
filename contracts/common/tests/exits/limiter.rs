//! A limit refills as the exact rational does, however often it is touched.

use emetis_common::limiter::{Exceeded, Limiter};
use emetis_common::staking::{DAY, LIMIT};
use proptest::prelude::*;

use super::amounts::{amount, exact, ratio, whole};

const NOW: u64 = 1_800_000_000;

fn wait() -> impl Strategy<Value = u64> {
    prop_oneof![3 => 0..=3_u64, 2 => 0..DAY, 1 => DAY - 1..=DAY + 1, 1 => 0..=40 * DAY]
}

#[derive(Clone, Debug)]
enum Act {
    /// Brings the limit up to date and moves nothing.
    Touch,
    /// Moves so many parts in a thousand of what there is.
    Take(u128),
    /// Tries to move a wei more than there is.
    TakeMore,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => Just(Act::Touch),
        2 => (0..=1_000_u128).prop_map(Act::Take),
        1 => Just(Act::TakeMore),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_048))]

    #[test]
    fn it_holds_the_exact_amount_rounded_down_however_often_it_is_touched(
        daily in amount(),
        acts in prop::collection::vec((wait(), act()), 1..60),
    ) {
        // Starts full: nothing was ever drawn.
        let (mut limiter, mut level, mut now) = (Limiter::default(), exact(daily), NOW);
        let (mut moved, start) = (0, NOW);

        for (wait, act) in acts {
            now += wait;
            level = (level + exact(daily) * ratio(wait.into(), DAY.into())).min(exact(daily));
            let left = whole(&level.floor());
            prop_assert_eq!(limiter.left_down(now, daily), left);
            match act {
                Act::Touch => limiter = limiter.refilled_down(now, daily),
                Act::Take(part) => {
                    let assets = whole(&(exact(left) * ratio(part, 1_000)).floor());
                    limiter = limiter.take(now, daily, assets).unwrap();
                    (level, moved) = (level - exact(assets), moved + assets);
                }
                Act::TakeMore => {
                    let refused = Exceeded { assets: left + 1, left };
                    prop_assert_eq!(limiter.take(now, daily, left + 1), Err(refused));
                }
            }
            prop_assert_eq!(Limiter::unpack(&limiter.pack()), limiter);
        }

        let most = exact(daily) * (exact(1) + ratio((now - start).into(), DAY.into()));
        prop_assert!(exact(moved) <= most, "what passes stays in the limit");
    }

    #[test]
    fn while_its_size_changes_it_stays_between_the_smallest_and_the_largest(
        sizes in prop::collection::vec((wait(), amount(), 0..=1_000_u128), 1..40),
    ) {
        let least = sizes.iter().map(|size| size.1).min().unwrap();
        let most = sizes.iter().map(|size| size.1).max().unwrap();
        let (mut limiter, mut low, mut high) = (Limiter::default(), exact(least), exact(most));
        let mut now = NOW;

        for (wait, daily, part) in sizes {
            now += wait;
            let flow = |daily| exact(daily) * ratio(wait.into(), DAY.into());
            low = (low + flow(least)).min(exact(least));
            high = (high + flow(most)).min(exact(most));
            let left = limiter.left_down(now, daily);
            prop_assert!(left <= daily);
            prop_assert!(low.floor() <= exact(left) && exact(left) <= high);
            let assets = whole(&(low.floor().max(exact(0)) * ratio(part, 1_000)).floor());
            limiter = limiter.take(now, daily, assets).unwrap();
            (low, high) = (low - exact(assets), high - exact(assets));
        }
    }

    #[test]
    fn nothing_overflows_and_a_clock_that_goes_back_refills_nothing(
        daily: u128,
        assets: u128,
        first: u64,
        then: u64,
    ) {
        let (now, daily) = (first >> 24, daily.min(LIMIT));
        let limiter = Limiter::default().take(now, daily, 0).unwrap();
        if let Ok(after) = limiter.take(then, daily, assets) {
            prop_assert!(after.left_down(then, daily) <= daily);
            prop_assert_eq!(after.left_down(0, daily), after.left_down(then, daily));
            prop_assert_eq!(Limiter::unpack(&after.pack()), after);
        }
    }
}

#[test]
fn touching_it_every_second_of_a_day_neither_starves_nor_feeds_it() {
    // 7 wei a day: a second brings less than a wei.
    let daily = 7;
    let mut limiter = Limiter::default().take(NOW, daily, 7).unwrap();

    for second in 1..DAY {
        limiter = limiter.refilled_down(NOW + second, daily);
        assert_eq!(limiter.left_down(NOW + second, daily), u128::from(second * 7 / DAY));
    }

    assert_eq!(limiter.left_down(NOW + DAY, daily), 7);
}
