//! What waits, and what is in escrow.

use crate::{
    staking::{LIMIT, bits},
    word::{self, Word},
};

/// Sums over batches and tickets. One slot, which no request touches but the first of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// What waits in batches that the head has counted, in wei of eMETIS.
    pub waiting: u128,
    /// METIS for tickets that are filled and not claimed, in wei.
    pub escrow: u128,
}

impl Sums {
    /// Reads the slot: waiting in bits 0 to 83, escrow 84 to 167.
    #[must_use]
    pub fn unpack(slot: &Word) -> Self {
        let (high, low) = word::halves(slot);
        Self { waiting: bits(low, 0, LIMIT), escrow: ((low >> 84) | (high << 44)) & LIMIT }
    }

    /// The slot.
    #[must_use]
    pub fn pack(&self) -> Word {
        word::joined(self.escrow >> 44, self.waiting | self.escrow << 84)
    }
}
