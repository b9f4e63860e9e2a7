//! What shares are worth in assets: conversions with the rounding in their names.
//!
//! Virtual assets and shares are added to those there are, so that a first share has a price and
//! nobody can make a share expensive by a donation: shares are a million times finer than assets.
//!
//! ```
//! use alloy_primitives::U256;
//! use emetis_common::shares::Rate;
//!
//! // 3 assets a share but for the virtual ones: 3,000,001 for 2,000,000.
//! let rate = Rate::new(3_000_000, 1_000_000);
//! assert_eq!(rate.shares_down(U256::from(7)), Some(U256::from(4)));
//! assert_eq!(rate.assets_up(U256::from(4)), Some(U256::from(7)));
//! ```

use alloy_primitives::U256;

use crate::muldiv::{mul_div_down, mul_div_up};

/// Shares that nobody holds, added to those in existence: an offset of 6 decimals.
pub const VIRTUAL_SHARES: u128 = 1_000_000;
/// Assets that nobody owns, added to those there are.
pub const VIRTUAL_ASSETS: u128 = 1;

/// How many assets stand for how many shares, the virtual ones included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    assets: U256,
    shares: U256,
}

impl Rate {
    /// The rate at which `assets` stand for `shares`. Neither is near 128 bits.
    #[must_use]
    #[inline]
    pub const fn new(assets: u128, shares: u128) -> Self {
        Self {
            assets: wide(assets.saturating_add(VIRTUAL_ASSETS)),
            shares: wide(shares.saturating_add(VIRTUAL_SHARES)),
        }
    }

    /// Shares for assets, rounded down; none beyond 256 bits.
    #[must_use]
    pub fn shares_down(&self, assets: U256) -> Option<U256> {
        mul_div_down(assets, self.shares, self.assets)
    }

    /// Shares for assets, rounded up; none beyond 256 bits.
    #[must_use]
    pub fn shares_up(&self, assets: U256) -> Option<U256> {
        mul_div_up(assets, self.shares, self.assets)
    }

    /// Assets for shares, rounded down; none beyond 256 bits.
    #[must_use]
    pub fn assets_down(&self, shares: U256) -> Option<U256> {
        mul_div_down(shares, self.assets, self.shares)
    }

    /// Assets for shares, rounded up; none beyond 256 bits.
    #[must_use]
    pub fn assets_up(&self, shares: U256) -> Option<U256> {
        mul_div_up(shares, self.assets, self.shares)
    }
}

/// An amount in 256 bits.
#[must_use]
#[inline]
pub const fn wide(amount: u128) -> U256 {
    U256::from_limbs([amount as u64, (amount >> 64) as u64, 0, 0])
}

/// An amount in 128 bits, or none if it needs more.
#[must_use]
#[inline]
pub const fn narrow(amount: U256) -> Option<u128> {
    match amount.into_limbs() {
        [low, high, 0, 0] => Some(low as u128 | (high as u128) << 64),
        _ => None,
    }
}
