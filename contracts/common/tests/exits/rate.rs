//! Rates and quotes against exact rationals.

use super::amounts::{amount, exact, near, ratio, whole};
use emetis_common::redemption::{Instant, MAX_FEE_BPS, Rate};
use emetis_common::staking::{BPS, LIMIT};
use num_rational::BigRational;
use proptest::prelude::*;

/// Backing and supply, often nearly the same.
fn books() -> impl Strategy<Value = (u128, u128)> {
    prop_oneof![
        (amount(), amount()),
        amount().prop_flat_map(|supply| (near(vec![supply]), Just(supply))),
    ]
}

/// Any part of a supply, often nearly all of it.
fn nominal(supply: u128) -> impl Strategy<Value = u128> {
    prop_oneof![amount(), near(vec![supply, supply / 2, 0]), any::<u128>()]
}

/// `min(1, backing / supply)`, one for no supply.
fn exactly(backing: u128, supply: u128) -> BigRational {
    if backing >= supply { exact(1) } else { ratio(backing, supply) }
}

fn instant(fee_bps: u64) -> Instant {
    Instant::constructed().with_parameters(fee_bps, 10_000)
}

fn parts_of(fee_bps: u64) -> BigRational {
    ratio(BPS - u128::from(fee_bps), BPS)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    #[test]
    fn each_conversion_is_the_exact_one_rounded_down_once(
        ((backing, supply), some) in books().prop_flat_map(|books| (Just(books), nominal(books.1))),
        part in 0..=BPS,
    ) {
        let (rate, exactly) = (Rate::new(backing, supply), exactly(backing, supply));

        prop_assert_eq!(rate.assets_down(some), whole(&(exact(some) * &exactly).floor()));
        let of_part = exact(some) * &exactly * ratio(part, BPS);
        prop_assert_eq!(rate.part_down(some, part), whole(&of_part.floor()));
        let paid_for = if exactly == exact(0) {
            u128::MAX
        } else {
            whole(&(exact(some) / exactly).floor().min(exact(u128::MAX)))
        };
        prop_assert_eq!(rate.nominal_down(some), paid_for);
        prop_assert!(rate.assets_down(paid_for) <= some || exactly_none(backing, supply));
    }

    #[test]
    fn the_most_that_some_metis_pays_for_is_the_most(
        (backing, supply) in books(),
        assets in amount(),
    ) {
        let rate = Rate::new(backing, supply);

        let most = rate.most_nominal(assets);

        prop_assert!(rate.assets_down(most) <= assets);
        prop_assert!(most >= rate.nominal_down(assets));
        if let Some(more) = most.checked_add(1) {
            prop_assert!(rate.assets_down(more) > assets);
        }
    }

    #[test]
    fn a_quote_pays_the_exact_part_rounded_down_and_keeps_the_rest(
        ((backing, supply), some) in books().prop_flat_map(|books| (Just(books), nominal(books.1))),
        fee_bps in 0..=MAX_FEE_BPS,
    ) {
        let (rate, exactly) = (Rate::new(backing, supply), exactly(backing, supply));

        let quote = instant(fee_bps).quote_down(&rate, some);

        let stands_for = exact(some) * exactly;
        prop_assert_eq!(quote.total(), whole(&stands_for.floor()));
        prop_assert_eq!(quote.assets, whole(&(stands_for * parts_of(fee_bps)).floor()));
        let cap = exact(quote.total()) * (exact(1) - parts_of(fee_bps));
        prop_assert!(exact(quote.fee) < &cap + exact(1), "at most the cap and less than a wei");
        prop_assert!(exact(quote.fee) > cap - exact(1));
    }

    #[test]
    fn redeeming_in_parts_takes_no_more_and_pays_less_than_a_wei_more_for_each_further_part(
        (backing, supply) in books(),
        parts in prop::collection::vec(1..=1_000_u128, 1..12),
        fee_bps in 0..=MAX_FEE_BPS,
    ) {
        let (start, instant) = (Rate::new(backing, supply), instant(fee_bps));
        let sum: u128 = parts.iter().sum();
        let nominals: Vec<_> = parts
            .iter()
            .map(|part| whole(&(exact(supply) * ratio(*part, sum)).floor()))
            .collect();
        let all: u128 = nominals.iter().sum();
        let at_once = instant.quote_down(&start, all);

        let at_one_rate = nominals.iter().map(|part| instant.quote_down(&start, *part));
        let (paid, taken) = at_one_rate
            .fold((0, 0), |sum, quote| (sum.0 + quote.assets, sum.1 + quote.total()));
        prop_assert!(paid <= at_once.assets && taken <= at_once.total());

        // Each redemption leaves the others no less: the rate never falls.
        let (mut left, mut supply_left) = (backing.min(supply), supply);
        let (mut paid, mut taken) = (0, 0);
        for part in &nominals {
            let rate = Rate::new(left, supply_left);
            let quote = instant.quote_down(&rate, *part);
            let before = exactly(left, supply_left);
            (left, supply_left) = (left - quote.total(), supply_left - part);
            prop_assert!(exactly(left, supply_left) >= before);
            (paid, taken) = (paid + quote.assets, taken + quote.total());
        }
        prop_assert!(taken <= at_once.total());
        prop_assert!(paid < at_once.assets + parts.len() as u128);
    }

    #[test]
    fn a_surplus_of_backing_is_redeemed_by_nobody(
        (supply, more) in (amount(), amount()),
        some in amount(),
    ) {
        let rate = Rate::new(supply + more, supply);

        prop_assert_eq!(rate, Rate::new(supply, supply));
        prop_assert_eq!((rate.assets_down(some), rate.nominal_down(some)), (some, some));
        prop_assert_eq!(rate.most_nominal(some), some);
    }
}

/// Whether eMETIS stands for nothing.
const fn exactly_none(backing: u128, supply: u128) -> bool {
    backing == 0 && supply > 0
}

#[test]
fn emetis_that_stands_for_nothing_pays_nothing_and_costs_nothing() {
    let rate = Rate::new(0, 7);

    assert_eq!((rate.assets_down(u128::MAX), rate.part_down(u128::MAX, BPS)), (0, 0));
    assert_eq!((rate.nominal_down(0), rate.most_nominal(LIMIT)), (u128::MAX, u128::MAX));
}
