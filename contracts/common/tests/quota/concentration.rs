//! Concentration against exact rationals over sorted stakes.

use emetis_common::quota::concentration::Concentration;
use emetis_common::staking::LIMIT;
use proptest::prelude::*;

use super::amounts::{amount, exact, ratio};

fn stakes() -> impl Strategy<Value = Vec<u128>> {
    prop_oneof![
        prop::collection::vec(amount(), 0..=64),
        prop::collection::vec(0..=5_u128, 0..=64),
        (amount(), 0..=64_usize).prop_map(|(stake, count)| vec![stake; count]),
    ]
}

/// How many of the largest have more than one part in so many together.
fn fewest(stakes: &[u128], parts: u128) -> u64 {
    let total: u128 = stakes.iter().sum();
    let mut sorted = stakes.to_vec();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let mut sum = 0;
    for (count, stake) in (1..).zip(sorted) {
        sum += stake;
        if sum * parts > total {
            return count;
        }
    }
    0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_048))]

    #[test]
    fn measures_are_exact_and_rounded_down(stakes in stakes()) {
        let told = Concentration::of_down(&stakes);

        let total: u128 = stakes.iter().sum();
        if total == 0 {
            prop_assert_eq!(told, Concentration::default());
            return Ok(());
        }
        let bps = |stake| ratio(stake, total) * exact(10_000);
        let largest = bps(*stakes.iter().max().unwrap());
        prop_assert_eq!(exact(told.largest_bps.into()), largest.floor());
        // Over one denominator, or the sum takes for ever.
        let squares = stakes.iter().map(|stake| exact(*stake) * exact(*stake)).sum::<num_rational::BigRational>();
        let index = squares * exact(100_000_000) / (exact(total) * exact(total));
        prop_assert_eq!(exact(told.herfindahl.into()), index.floor());
        prop_assert_eq!((told.third, told.half), (fewest(&stakes, 3), fewest(&stakes, 2)));
    }

    #[test]
    fn order_does_not_matter_and_one_for_all_is_the_most(
        stakes in stakes().prop_shuffle(),
        one in 1..=LIMIT,
    ) {
        let mut sorted = stakes.clone();
        sorted.sort_unstable();

        prop_assert_eq!(Concentration::of_down(&sorted), Concentration::of_down(&stakes));
        let most =
            Concentration { largest_bps: 10_000, third: 1, half: 1, herfindahl: 100_000_000 };
        prop_assert_eq!(Concentration::of_down(&[0, one]), most);
        prop_assert!(Concentration::of_down(&stakes).herfindahl <= 100_000_000);
    }
}

#[test]
fn exactly_a_third_or_half_is_not_more_than_it() {
    let told = Concentration::of_down(&[1, 1, 1]);
    assert_eq!(
        (told.third, told.half, told.largest_bps, told.herfindahl),
        (2, 2, 3_333, 33_333_333)
    );

    let told = Concentration::of_down(&[LIMIT; 64]);
    assert_eq!(
        (told.third, told.half, told.largest_bps, told.herfindahl),
        (22, 33, 156, 1_562_500)
    );

    let told = Concentration::of_down(&[u128::MAX; 64]);
    assert_eq!(told.herfindahl, 1_562_500, "amounts of more than 84 bits overflow nothing");
    assert_eq!(Concentration::of_down(&[]), Concentration::default());
}
