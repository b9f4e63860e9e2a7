//! A stake, and the sum of it over time. One slot.

use super::{LIMIT, TIME, bits, small};
use crate::word::{self, Word};

/// A stake since a moment, and its sum over the time before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// The stake, in wei of METIS.
    pub stake: u128,
    /// Since when, in seconds.
    since: u64,
    /// The sum until then, in wei · seconds: 124 bits, enough for all METIS in 34,000 years.
    seconds: u128,
    /// A free mark of 4 bits.
    pub mark: u64,
}

const SECONDS: u128 = (1 << 124) - 1;

impl Weight {
    /// Reads a slot: stake in bits 0 to 83, since when 84 to 123, the mark 124 to 127; the sum
    /// 128 to 251.
    #[must_use]
    #[inline(never)]
    pub fn unpack(slot: &Word) -> Self {
        let (high, low) = word::to_halves(slot);
        Self {
            stake: bits(low, 0, LIMIT),
            since: small(low, 84, TIME),
            seconds: bits(high, 0, SECONDS),
            mark: small(low, 124, 15),
        }
    }

    /// The slot.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self) -> Word {
        let low = self.stake | u128::from(self.since) << 84 | u128::from(self.mark) << 124;
        word::of_halves(self.seconds, low)
    }

    /// The sum until now.
    #[must_use]
    #[inline(never)]
    pub fn seconds(&self, now: u64) -> u128 {
        let time = u128::from(now.saturating_sub(self.since));
        self.seconds.saturating_add(self.stake.saturating_mul(time)).min(SECONDS)
    }

    /// Changes the stake from now on.
    pub fn set(&mut self, stake: u128, now: u64) {
        self.seconds = self.seconds(now);
        self.since = now;
        self.stake = stake;
    }
}
