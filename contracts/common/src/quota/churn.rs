//! How much a pool may move from one sequencer to another: a bucket that refills within a day.
//!
//! ```
//! use emetis_common::quota::churn::{Bucket, Exceeded};
//!
//! let (now, daily) = (1_800_000_000, 86_400);
//! let bucket = Bucket::default().take(now, daily, 86_400).unwrap();
//! assert_eq!(bucket.take(now + 5, daily, 6), Err(Exceeded { assets: 6, left: 5 }));
//! assert_eq!(bucket.left_down(now + 5, daily), 5);
//! ```

use super::{caps::part_down, limits::Limits};
use crate::{
    muldiv::divide_down,
    mutants::{Mutant, mutant},
    staking::{DAY, LIMIT, TIME, bits, small},
    word::{self, Word},
};

const REST: u128 = (1 << 17) - 1;
/// Parts of a wei: what a second adds of a daily wei is one.
const PARTS: u128 = DAY as u128;

/// What is in the bucket, and since when. One slot; that of a pool which never moved anything is full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bucket {
    /// In wei of METIS.
    level: u128,
    /// When it was last brought up to date, in seconds.
    time: u64,
    /// What was left over when it was, in parts of a wei: a day's seconds make one.
    rest: u64,
}

/// A move that the bucket does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exceeded {
    /// What was to be moved.
    pub assets: u128,
    /// What is in the bucket.
    pub left: u128,
}

/// What a bucket holds, and what flows into it in a day: a part of all stake, rounded down, and what
/// makes one sequencer Active in any case.
#[must_use]
pub fn daily_down(total: u128, threshold: u128, limits: &Limits) -> u128 {
    part_down(total, limits.churn_bps).max(threshold).min(LIMIT)
}

impl Bucket {
    /// Reads a slot: level in bits 0 to 83, time 84 to 123, rest 128 to 144.
    #[must_use]
    #[inline(never)]
    pub fn unpack(slot: &Word) -> Self {
        let (high, low) = word::halves(slot);
        Self { level: bits(low, 0, LIMIT), time: small(low, 84, TIME), rest: small(high, 0, REST) }
    }

    /// The slot.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self) -> Word {
        word::joined(u128::from(self.rest), self.level | u128::from(self.time) << 84)
    }

    /// The bucket brought up to date. What does not make a wei yet is kept: how often that is done
    /// makes no difference while `daily` stays the same.
    #[must_use]
    pub fn refilled_down(&self, now: u64, daily: u128) -> Self {
        let daily = daily.min(LIMIT);
        let time = now.max(self.time).min(TIME as u64);
        let mut elapsed = u128::from(time.saturating_sub(self.time));
        if mutant(Mutant::ChurnTwiceADay) {
            elapsed = elapsed.saturating_mul(2);
        }
        if mutant(Mutant::ChurnFullAtMidnight) && time / DAY > self.time / DAY {
            elapsed = PARTS;
        }
        let elapsed = elapsed.min(PARTS);
        // 84 bits times 17, and a rest below a day.
        let parts = daily.saturating_mul(elapsed).saturating_add(self.rest.into());
        let whole = divide_down(parts, PARTS);
        let level = self.level.saturating_add(whole);
        if level >= daily {
            Self { level: daily, time, rest: 0 }
        } else {
            Self { level, time, rest: parts.saturating_sub(whole.saturating_mul(PARTS)) as u64 }
        }
    }

    /// What can be moved now, rounded down.
    #[must_use]
    pub fn left_down(&self, now: u64, daily: u128) -> u128 {
        self.refilled_down(now, daily).level
    }

    /// The bucket after a move.
    ///
    /// # Errors
    /// [`Exceeded`].
    pub fn take(&self, now: u64, daily: u128, assets: u128) -> Result<Self, Exceeded> {
        let full = self.refilled_down(now, daily);
        match full.level.checked_sub(assets) {
            Some(level) => Ok(Self { level, ..full }),
            None => Err(Exceeded { assets, left: full.level }),
        }
    }
}
