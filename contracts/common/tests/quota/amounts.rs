//! Amounts near the edges, and exact numbers.

use emetis_common::staking::{LIMIT, METIS};
use num_rational::BigRational;
use proptest::prelude::*;

/// An amount of at most 84 bits: any, of any length, or an edge.
pub(super) fn amount() -> impl Strategy<Value = u128> {
    let any_length = (0..=LIMIT, 0..84_u32).prop_map(|(value, shift)| value >> shift);
    let edge = prop::sample::select(vec![0, 1, METIS - 1, METIS, METIS + 1, LIMIT - 1, LIMIT]);
    prop_oneof![2 => any_length, 1 => edge, 1 => (0..=10_000_000_u128).prop_map(|n| n * METIS)]
}

/// An amount that is, or is next to, one of these.
pub(super) fn near(amounts: Vec<u128>) -> impl Strategy<Value = u128> {
    (prop::sample::select(amounts), -2..=2_i32)
        .prop_map(|(amount, by)| amount.saturating_add_signed(by.into()).min(LIMIT))
}

/// A score or a number of bps, often an edge.
pub(super) fn bps() -> impl Strategy<Value = u64> {
    prop_oneof![2 => 0..=10_000_u64, 1 => prop::sample::select(vec![0, 1, 9_999, 10_000])]
}

pub(super) fn exact(amount: u128) -> BigRational {
    BigRational::from_integer(amount.into())
}

pub(super) fn ratio(a: u128, b: u128) -> BigRational {
    BigRational::new(a.into(), b.into())
}

/// A whole number.
pub(super) fn whole(value: &BigRational) -> u128 {
    assert!(value.is_integer());
    value.to_integer().to_string().parse().unwrap()
}
