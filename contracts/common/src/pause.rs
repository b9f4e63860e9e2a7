//! A pause of some entries, which ends by itself.
//!
//! One slot holds it: when the last pause ends or ended (40 bits), zero if there never was one. The
//! slot that a pausable entry reads anyway has a bit that says whether to look here, so that no entry
//! pays for a pause that nobody set.
//!
//! A program with pausable entries puts `pause`, `unpause`, `paused_until` and `next_pause`
//! into its dispatch table, the first two with what sets and clears its bit, and asks `check` and
//! `is_active` while the bit is set. An entry that meets a pause which is over clears the bit.
//!
//! ```
//! use emetis_common::pause::{FREE, Pause};
//!
//! let (now, day) = (1_800_000_000, 86_400);
//! let pause = Pause::default().begin(now, day).unwrap();
//! assert_eq!(pause.until(now), now + day);
//! assert_eq!(pause.until(now + day), 0);
//! assert_eq!(pause.next(), now + day + FREE);
//! ```

#[cfg(target_arch = "wasm32")]
mod entries;

#[cfg(target_arch = "wasm32")]
pub use entries::{check, is_active, next_pause, pause, paused_until, unpause};

use crate::word::{self, Word};

/// The longest pause, in seconds: 7 days.
pub const LONGEST: u64 = 604_800;
/// How long entries stay open after a pause, in seconds: 7 days from its actual end.
pub const FREE: u64 = 604_800;

const TIME: u64 = (1 << 40) - 1;

/// When the last pause ends or ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pause {
    end: u64,
}

/// Why a pause cannot begin or be lifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It would have no length.
    DurationZero,
    /// It would be longer than [`LONGEST`].
    TooLong {
        /// How long it would be.
        duration: u64,
    },
    /// The last one has not been over for long enough.
    TooEarly {
        /// When the next may begin.
        next: u64,
    },
    /// There is none to be lifted.
    Missing,
}

impl Pause {
    /// Reads the slot.
    #[must_use]
    pub fn unpack(slot: &Word) -> Self {
        Self { end: word::low_u128(slot) as u64 & TIME }
    }

    /// Writes the slot.
    #[must_use]
    pub fn pack(&self) -> Word {
        word::of_u64(self.end)
    }

    /// Until when entries are paused, that second excluded; zero if they are not.
    #[must_use]
    pub const fn until(&self, now: u64) -> u64 {
        if now < self.end { self.end } else { 0 }
    }

    /// From when on a pause may begin; zero if there never was one.
    #[must_use]
    pub const fn next(&self) -> u64 {
        if self.end == 0 { 0 } else { self.end.saturating_add(FREE) }
    }

    /// A pause of so many seconds from now on.
    ///
    /// # Errors
    /// In this order: [`Refusal::DurationZero`], [`Refusal::TooLong`], [`Refusal::TooEarly`].
    pub const fn begin(self, now: u64, duration: u64) -> Result<Self, Refusal> {
        if duration == 0 {
            return Err(Refusal::DurationZero);
        }
        if duration > LONGEST {
            return Err(Refusal::TooLong { duration });
        }
        if now < self.next() {
            return Err(Refusal::TooEarly { next: self.next() });
        }
        // Seconds fit 40 bits for 34,000 years.
        Ok(Self { end: now.saturating_add(duration) & TIME })
    }

    /// No pause from now on.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub const fn lift(self, now: u64) -> Result<Self, Refusal> {
        if self.until(now) == 0 { Err(Refusal::Missing) } else { Ok(Self { end: now }) }
    }
}
