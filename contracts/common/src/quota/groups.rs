//! Groups under one cap: ties of groups to the one that leads them.
//!
//! ```
//! use emetis_common::quota::{groups::Tie, raise::RAISE_DELAY};
//!
//! let tie = Tie::to(7);
//! assert!(tie.holds(u64::MAX));
//! let ending = tie.ending(1_000);
//! assert!(ending.holds(1_000 + RAISE_DELAY - 1) && !ending.holds(1_000 + RAISE_DELAY));
//! ```

use super::raise::RAISE_DELAY;
use crate::word::{self, Word};

/// How many groups share a cap at most.
pub const MEMBERS: usize = 16;
/// Ties in a slot.
pub const PER_SLOT: usize = 4;
/// The largest number of a group: 24 bits, as staking counts them.
pub const LARGEST: u64 = (1 << 24) - 1;

const TIME: u64 = (1 << 40) - 1;

/// What ties a group to another: for ever, or until a time. A quarter of a slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tie {
    /// The other group; zero for none.
    pub group: u64,
    /// When it ends, in seconds; zero if it does not.
    pub until: u64,
}

impl Tie {
    /// A tie that does not end.
    #[must_use]
    pub const fn to(group: u64) -> Self {
        Self { group, until: 0 }
    }

    /// The same, which ends as late as anything is raised.
    #[must_use]
    pub const fn ending(self, now: u64) -> Self {
        Self { until: now.saturating_add(RAISE_DELAY), ..self }
    }

    /// Whether it holds at a time.
    #[must_use]
    pub const fn holds(&self, now: u64) -> bool {
        self.group != 0 && (self.until == 0 || now < self.until)
    }

    const fn of_number(number: u64) -> Self {
        Self { group: number & LARGEST, until: number >> 24 }
    }

    const fn number(&self) -> u64 {
        self.group & LARGEST | (self.until & TIME) << 24
    }
}

/// Reads a slot of ties: from the lowest bits on, 24 for a group and 40 for the time.
#[must_use]
#[inline(never)]
pub fn unpack(slot: &Word) -> [Tie; PER_SLOT] {
    let (high, low) = word::halves(slot);
    [low as u64, (low >> 64) as u64, high as u64, (high >> 64) as u64].map(Tie::of_number)
}

/// The slot.
#[must_use]
#[inline(never)]
pub fn pack(ties: &[Tie; PER_SLOT]) -> Word {
    let [a, b, c, d] = ties.each_ref().map(|tie| u128::from(tie.number()));
    word::joined(c | d << 64, a | b << 64)
}
