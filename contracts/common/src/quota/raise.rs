//! An amount that falls at once and rises later, by itself.
//!
//! ```
//! use emetis_common::quota::raise::{RAISE_DELAY, Raise};
//!
//! let granted = Raise::default().set(50, 1_000);
//! assert_eq!(granted.at(1_000 + RAISE_DELAY - 1), 0);
//! assert_eq!(granted.at(1_000 + RAISE_DELAY), 50);
//! assert_eq!(granted.set(0, 2_000), Raise::default());
//! ```

use crate::{
    staking::{DAY, LIMIT, TIME, bits, small},
    word::{self, Word},
};

/// How long what is raised waits, in seconds.
pub const RAISE_DELAY: u64 = 2 * DAY;

/// Bit of a slot that was ever written.
const WRITTEN: u32 = 124;

/// An amount in force, and one that waits. One slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Raise {
    /// What is in force until the other is, in wei of METIS.
    pub assets: u128,
    /// What waits, in wei of METIS.
    pub next: u128,
    /// When it takes effect, in seconds; zero if nothing waits.
    pub effective: u64,
}

impl Raise {
    /// Reads a slot: the amount in bits 0 to 83, the time 84 to 123, 124 if it was ever written; what
    /// waits 128 to 211. None if it never was.
    #[must_use]
    #[inline(never)]
    pub fn unpack(slot: &Word) -> Option<Self> {
        let (high, low) = word::halves(slot);
        let raise = Self {
            assets: bits(low, 0, LIMIT),
            next: bits(high, 0, LIMIT),
            effective: small(low, 84, TIME),
        };
        (low >> WRITTEN & 1 == 1).then_some(raise)
    }

    /// The slot.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self) -> Word {
        let low = self.assets | u128::from(self.effective) << 84 | 1 << WRITTEN;
        word::joined(self.next, low)
    }

    /// What is in force at a time.
    #[must_use]
    pub const fn at(&self, now: u64) -> u128 {
        if self.waits(now) || self.effective == 0 { self.assets } else { self.next }
    }

    /// Whether something waits.
    #[must_use]
    pub const fn waits(&self, now: u64) -> bool {
        self.effective > now
    }

    /// The amount set: at once if that lowers what is in force, else later. What waited is dropped.
    #[must_use]
    pub const fn set(&self, assets: u128, now: u64) -> Self {
        let in_force = self.at(now);
        if assets <= in_force {
            Self { assets, next: 0, effective: 0 }
        } else {
            let effective = now.saturating_add(RAISE_DELAY);
            Self { assets: in_force, next: assets, effective }
        }
    }
}
