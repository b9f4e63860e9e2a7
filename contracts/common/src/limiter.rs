//! How much may pass in a day: a limit that refills within a day, evenly.
//!
//! ```
//! use emetis_common::limiter::{Exceeded, Limiter};
//!
//! let (now, daily) = (1_800_000_000, 86_400);
//! let limiter = Limiter::default().take(now, daily, 86_400).unwrap();
//! assert_eq!(limiter.take(now + 5, daily, 6), Err(Exceeded { assets: 6, left: 5 }));
//! assert_eq!(limiter.left_down(now + 5, daily), 5);
//! ```

use crate::{
    muldiv::divide_down,
    mutants::{Mutant, mutant},
    staking::{DAY, LIMIT, TIME, bits, small},
    word::{self, Word},
};

/// The largest rest that a slot keeps: 17 bits.
pub(crate) const REST: u128 = (1 << 17) - 1;
/// Parts of a wei: what a second adds of a daily wei is one.
const PARTS: u128 = DAY as u128;

/// What is left, and since when. One slot; a limit that nothing ever drew on is full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limiter {
    /// In wei.
    level: u128,
    /// When it was last brought up to date, in seconds.
    time: u64,
    /// What was left over when it was, in parts of a wei: a day's seconds make one.
    rest: u64,
}

/// More than is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exceeded {
    /// What was to pass.
    pub assets: u128,
    /// What is left.
    pub left: u128,
}

impl Limiter {
    /// As it was stored: wei, seconds of the clock, parts of a wei.
    #[must_use]
    pub const fn new(level: u128, time: u64, rest: u64) -> Self {
        Self { level, time, rest }
    }

    /// What was left when it was last brought up to date, in wei.
    #[must_use]
    pub const fn level(&self) -> u128 {
        self.level
    }

    /// When that was, in seconds.
    #[must_use]
    pub const fn time(&self) -> u64 {
        self.time
    }

    /// What was left over then, in parts of a wei: a day's seconds make one.
    #[must_use]
    pub const fn rest(&self) -> u64 {
        self.rest
    }

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

    /// The limit brought up to date. What does not make a wei yet is kept: how often that is done
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

    /// What may pass now, rounded down.
    #[must_use]
    pub fn left_down(&self, now: u64, daily: u128) -> u128 {
        self.refilled_down(now, daily).level
    }

    /// The limit after so much has passed.
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
