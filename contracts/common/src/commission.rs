//! The steps of a commission: announced, waited for, applied, lapsed.
//!
//! ```
//! use emetis_common::commission::{Announcement, DELAY, Refusal};
//!
//! let now = 1_800_000_000;
//! let raise = Announcement::new(now, 1_200);
//! assert_eq!(raise.apply(now, 1_000, 2_000), Err(Refusal::TooEarly { due: now + DELAY }));
//! assert_eq!(raise.apply(now + DELAY, 1_000, 2_000), Ok(1_200));
//! assert_eq!(raise.apply(now + DELAY, 600, 2_000), Err(Refusal::StepTooLarge { bps: 1_200 }));
//! ```

use crate::{
    mutants::{Mutant, mutant},
    word::{self, Word},
};

/// How long a raise waits, in seconds: 7 days.
pub const DELAY: u64 = 604_800;
/// For how long it can be applied then, in seconds: 7 days.
pub const OPEN: u64 = 604_800;
/// By how much a commission rises at once, in bps.
pub const STEP: u64 = 500;
/// The highest commission to begin with, in bps.
pub const MAX: u64 = 2_000;
/// The highest that the highest commission may be, in bps.
pub const CEILING: u64 = 5_000;

const BPS: u128 = (1 << 16) - 1;
const TIME: u128 = (1 << 40) - 1;

/// A raise that was announced; nothing if `due` is zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Announcement {
    /// What the commission will be, in bps.
    pub bps: u64,
    /// From when on it can be applied, in seconds.
    pub due: u64,
}

/// Why nothing can be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing was announced, or it has lapsed.
    Missing,
    /// It is not due.
    TooEarly {
        /// When it will be.
        due: u64,
    },
    /// It is above the highest there may be by now.
    TooHigh {
        /// What was announced.
        bps: u64,
    },
    /// It is too far above the commission of this moment.
    StepTooLarge {
        /// What was announced.
        bps: u64,
    },
}

impl Announcement {
    /// A raise that is announced now.
    #[must_use]
    pub fn new(now: u64, bps: u64) -> Self {
        let delay = if mutant(Mutant::RaiseAtOnce) { 0 } else { DELAY };
        Self { bps, due: now.saturating_add(delay) }
    }

    /// Reads a slot: bps in bits 0 to 15, due 16 to 55.
    #[must_use]
    pub fn unpack(slot: &Word) -> Self {
        let low = word::low_u128(slot);
        Self { bps: (low & BPS) as u64, due: (low >> 16 & TIME) as u64 }
    }

    /// The slot.
    #[must_use]
    pub fn pack(&self) -> Word {
        word::of_u128(u128::from(self.bps) | u128::from(self.due) << 16)
    }

    /// The announcement as long as it can still be applied, now or later; else nothing.
    #[must_use]
    pub fn open(self, now: u64) -> Self {
        let is_over = now >= self.due.saturating_add(OPEN) && !mutant(Mutant::AnnouncementStays);
        if is_over { Self::default() } else { self }
    }

    /// The commission from now on, in place of `current`.
    ///
    /// # Errors
    /// In this order: [`Refusal::Missing`], [`Refusal::TooEarly`], [`Refusal::TooHigh`],
    /// [`Refusal::StepTooLarge`].
    pub fn apply(self, now: u64, current: u64, max: u64) -> Result<u64, Refusal> {
        let Self { bps, due } = self.open(now);
        if due == 0 {
            return Err(Refusal::Missing);
        }
        if now < due {
            return Err(Refusal::TooEarly { due });
        }
        if bps > max && !mutant(Mutant::CommissionUnbounded) {
            return Err(Refusal::TooHigh { bps });
        }
        if bps > current.saturating_add(STEP) && !mutant(Mutant::StepUnchecked) {
            return Err(Refusal::StepTooLarge { bps });
        }
        Ok(bps)
    }
}
