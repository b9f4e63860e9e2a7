//! Conversions against exact rationals.
#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "tests, not programs")]

use alloy_primitives::U256;
use emetis_common::{
    books::SHARES_LIMIT,
    muldiv::{mul_div_down, mul_div_up},
    shares::{Rate, VIRTUAL_ASSETS, VIRTUAL_SHARES, narrow, wide},
    totals::LIMIT,
};
use num_rational::BigRational;
use proptest::prelude::*;

/// Numbers of every length, their edges and their neighbours.
fn number() -> impl Strategy<Value = U256> {
    let any_length = (any::<[u64; 4]>(), 0..256_usize)
        .prop_map(|(limbs, shift)| U256::from_limbs(limbs) >> shift);
    let edge = (0..256_usize, 0..3_u64)
        .prop_map(|(bit, offset)| (U256::ONE << bit).wrapping_sub(U256::from(offset)));
    prop_oneof![3 => any_length, 2 => edge, 1 => (0..4_u64).prop_map(U256::from)]
}

/// The same without zero.
fn positive() -> impl Strategy<Value = U256> {
    number().prop_map(|number| number.max(U256::ONE))
}

fn amount(limit: u128) -> impl Strategy<Value = u128> {
    let any_length = (any::<u128>(), 0..128_u32).prop_map(|(value, shift)| value >> shift);
    prop_oneof![any_length, 0..=limit, Just(limit), Just(0)].prop_map(move |value| value.min(limit))
}

fn exact(value: U256) -> BigRational {
    BigRational::from_integer(value.to_string().parse().unwrap())
}

/// A whole number as 256 bits, if they suffice.
fn fitting(value: &BigRational) -> Option<U256> {
    assert!(value.is_integer());
    value.to_integer().to_string().parse().ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16_384))]

    #[test]
    fn products_are_divided_exactly(a in number(), b in number(), c in positive()) {
        let quotient = exact(a) * exact(b) / exact(c);

        prop_assert_eq!(mul_div_down(a, b, c), fitting(&quotient.floor()));
        prop_assert_eq!(mul_div_up(a, b, c), fitting(&quotient.ceil()));
    }

    #[test]
    fn quotients_at_the_edge_of_256_bits_are_exact(b in positive(), c in positive(), near in 0..4_u64) {
        // About the largest number whose result still fits.
        let most = exact(U256::MAX) * exact(c) / exact(b);
        let a = fitting(&most.floor()).unwrap_or(U256::MAX).saturating_sub(U256::from(2));
        let a = a.saturating_add(U256::from(near));
        let quotient = exact(a) * exact(b) / exact(c);

        prop_assert_eq!(mul_div_down(a, b, c), fitting(&quotient.floor()));
        prop_assert_eq!(mul_div_up(a, b, c), fitting(&quotient.ceil()));
    }

    #[test]
    fn conversions_are_those_of_the_rate(
        assets in amount(LIMIT),
        shares in amount(SHARES_LIMIT),
        given in number(),
    ) {
        let rate = Rate::new(assets, shares);
        let price = exact(wide(assets + VIRTUAL_ASSETS)) / exact(wide(shares + VIRTUAL_SHARES));
        let (in_assets, in_shares) = (exact(given) * &price, exact(given) / &price);

        prop_assert_eq!(rate.assets_down(given), fitting(&in_assets.floor()));
        prop_assert_eq!(rate.assets_up(given), fitting(&in_assets.ceil()));
        prop_assert_eq!(rate.shares_down(given), fitting(&in_shares.floor()));
        prop_assert_eq!(rate.shares_up(given), fitting(&in_shares.ceil()));
    }

    #[test]
    fn amounts_keep_their_value_in_either_width(amount: u128) {
        prop_assert_eq!(wide(amount), U256::from(amount));
        prop_assert_eq!(narrow(wide(amount)), Some(amount));
        prop_assert_eq!(narrow(wide(amount) + (U256::ONE << 128)), None);
    }
}

#[test]
fn nothing_is_divided_by_zero() {
    assert_eq!(mul_div_down(U256::ONE, U256::ONE, U256::ZERO), None);
    assert_eq!(mul_div_up(U256::ZERO, U256::ZERO, U256::ZERO), None);
}

#[test]
fn the_largest_numbers_are_divided() {
    let all = U256::MAX;

    assert_eq!(mul_div_down(all, all, all), Some(all));
    assert_eq!(mul_div_up(all, all, all), Some(all));
    assert_eq!(mul_div_down(all, all, all - U256::ONE), None);
    // (2^256 - 1)(2^256 - 2) / (2^256 - 1), and one more to round up.
    assert_eq!(mul_div_up(all, all - U256::ONE, all), Some(all - U256::ONE));
}
