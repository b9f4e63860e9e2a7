//! How unevenly stake is spread over operator groups.
//!
//! ```
//! use emetis_common::quota::concentration::Concentration;
//!
//! let told = Concentration::of_down(&[50, 30, 20]);
//! assert_eq!((told.largest_bps, told.third, told.half), (5_000, 1, 2));
//! assert_eq!(told.herfindahl, 38_000_000);
//! ```

use alloy_primitives::U256;

use crate::{
    muldiv::{mul_div_down, scale_down},
    shares::{narrow, wide},
    staking::{BPS, LIMIT},
};

/// The measures. All are zero where there is no stake.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Concentration {
    /// What the largest group has, in bps of all, rounded down.
    pub largest_bps: u64,
    /// The fewest groups that have more than a third together: enough to halt.
    pub third: u64,
    /// The fewest groups that have more than half together: enough to decide.
    pub half: u64,
    /// The Herfindahl index: the sum of the squares of all shares, in bps², rounded down. 10^8 if one
    /// group has everything.
    pub herfindahl: u64,
}

impl Concentration {
    /// Measures the stakes of groups, in any order; amounts of more than 84 bits count as the largest.
    #[must_use]
    pub fn of_down(stakes: &[u128]) -> Self {
        let stakes = || stakes.iter().map(|stake| (*stake).min(LIMIT));
        let total = stakes().fold(0_u128, u128::saturating_add);
        let largest = stakes().max().unwrap_or(0);
        // 168 bits each.
        let squares = stakes().map(square).fold(U256::ZERO, U256::saturating_add);
        let hundred_million = wide(BPS.saturating_mul(BPS));
        let herfindahl = mul_div_down(squares, hundred_million, square(total)).and_then(narrow);
        let (third, half) = (fewest(stakes, total / 3), fewest(stakes, total / 2));
        Self {
            // Both are at most what they are a part of.
            largest_bps: scale_down(largest, BPS, total).unwrap_or(0) as u64,
            third,
            half,
            herfindahl: herfindahl.unwrap_or(0) as u64,
        }
    }
}

/// How many of the largest stakes it takes to have more than `bound`; zero if all do not.
fn fewest<I: Iterator<Item = u128>>(stakes: impl Fn() -> I, bound: u128) -> u64 {
    // The largest that were counted already are those above `last`, and at it.
    let (mut sum, mut count, mut last) = (0_u128, 0_u64, u128::MAX);
    while let Some(next) = stakes().filter(|stake| *stake < last && *stake > 0).max() {
        for _ in stakes().filter(|stake| *stake == next) {
            (sum, count) = (sum.saturating_add(next), count.saturating_add(1));
            if sum > bound {
                return count;
            }
        }
        last = next;
    }
    0
}

/// Wraps nowhere: 256 bits hold it. What saturates would bring a panic along.
const fn square(amount: u128) -> U256 {
    wide(amount).wrapping_mul(wide(amount))
}
