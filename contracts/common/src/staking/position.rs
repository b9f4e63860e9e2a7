//! What an account has with one sequencer: shares, and what they earned. One slot.
//!
//! `earned = shares * index - debt`. The debt is what the shares would have earned had they been
//! there from the beginning, less what they are still owed, so it can be below zero.

use super::{SHARES_LIMIT, bits, rewards::RAY};
use crate::{
    muldiv::{scale_down, scale_up},
    word::{self, Word},
};

/// Shares of an account and what they have earned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// Shares of the sequencer.
    pub shares: u128,
    /// Whether its account was a registered pool when the position was opened.
    pub pooled: bool,
    /// Rewards, in wei, that are not its own of what its shares would have earned from the beginning.
    debt: i128,
}

impl Position {
    /// Reads a slot: the debt in the lower half, as two's complement; shares in bits 128 to 215,
    /// pooled in 216.
    #[must_use]
    #[inline(never)]
    pub fn unpack(slot: &Word) -> Self {
        let (high, low) = word::to_halves(slot);
        Self {
            shares: bits(high, 0, SHARES_LIMIT),
            pooled: bits(high, 88, 1) == 1,
            debt: low.cast_signed(),
        }
    }

    /// The slot.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self) -> Word {
        word::of_halves(self.shares | u128::from(self.pooled) << 88, self.debt.cast_unsigned())
    }

    /// Whether there is nothing in it, and nothing owed to it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.shares == 0 && self.debt == 0
    }

    /// What it has earned and not claimed, in wei, rounded down.
    #[must_use]
    #[inline(never)]
    pub fn earned(&self, index: u128) -> u128 {
        let all = scale_down(self.shares, index, RAY).unwrap_or(0);
        let owed = all.cast_signed().saturating_sub(self.debt);
        if owed > 0 { owed.cast_unsigned() } else { 0 }
    }

    /// The same with other shares. What it has earned stays, or falls by 1 wei.
    #[must_use]
    #[inline(never)]
    pub fn with_shares(self, shares: u128, index: u128) -> Self {
        self.rest(shares, index, self.earned(index))
    }

    /// The same after what it has earned was paid out.
    #[must_use]
    #[inline(never)]
    pub fn claimed(self, index: u128) -> Self {
        self.rest(self.shares, index, 0)
    }

    /// So many shares that are owed so much.
    fn rest(self, shares: u128, index: u128, owed: u128) -> Self {
        // Rounded up, so that parts of a wei are never counted twice.
        let all = scale_up(shares, index, RAY).unwrap_or(0);
        Self { shares, debt: all.cast_signed().saturating_sub(owed.cast_signed()), ..self }
    }
}
