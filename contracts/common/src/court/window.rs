//! What proposals on one sequencer add up to.
//!
//! A window is a chain: each proposal in it was made not more than 7 days after the one before. So
//! those of any 7 days are in one chain, and the cap of a chain bounds them.

use super::{BPS, TIME, WINDOW};
use crate::{
    mutants::{Mutant, mutant},
    word::{self, Word},
};

/// The window of a sequencer, and its pending proposal. One slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The proposal that is pending, zero for none, in 32 bits.
    pub pending: u32,
    /// When the last proposal was made, in seconds; zero for never.
    last: u64,
    /// What proposals of the chain add up to, in bps.
    used: u64,
}

impl Window {
    /// Reads a slot: pending in bits 0 to 31, time of the last 32 to 71, used 72 to 87.
    #[must_use]
    pub fn unpack(slot: &Word) -> Self {
        let low = word::low_u128(slot);
        Self {
            pending: low as u32,
            last: (low >> 32 & TIME) as u64,
            used: (low >> 72 & BPS) as u64,
        }
    }

    /// The slot.
    #[must_use]
    pub fn pack(&self) -> Word {
        let low =
            u128::from(self.pending) | u128::from(self.last) << 32 | u128::from(self.used) << 72;
        word::of_u128(low)
    }

    /// What a proposal made now may take, in bps.
    #[must_use]
    pub fn room(&self, now: u64, max: u64) -> u64 {
        if mutant(Mutant::WindowUnbounded) {
            return max;
        }
        max.saturating_sub(self.used_at(now))
    }

    /// The window with a proposal made now.
    #[must_use]
    pub fn reserve(&self, now: u64, proposal: u32, bps: u64) -> Self {
        let used = self.used_at(now).saturating_add(bps).min(BPS as u64);
        Self { pending: proposal, last: now, used }
    }

    /// The window after its pending proposal was executed.
    #[must_use]
    pub const fn keep(&self) -> Self {
        Self { pending: 0, ..*self }
    }

    /// The window after its pending proposal, which is the last, ended without a loss.
    #[must_use]
    pub const fn give_back(&self, bps: u64) -> Self {
        Self { pending: 0, used: self.used.saturating_sub(bps), ..*self }
    }

    fn used_at(&self, now: u64) -> u64 {
        if now > self.last.saturating_add(WINDOW) { 0 } else { self.used }
    }
}
