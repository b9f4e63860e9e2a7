//! What a batch was filled with.

use crate::{
    muldiv::scale_down,
    redemption::Rate,
    staking::{LIMIT, bits},
    word::{self, Word},
};

/// How far a batch is filled, and with how much. One slot, zero until it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    batch: u128,
    nominal: u128,
    assets: u128,
}

/// What one fill adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fill {
    /// eMETIS that it redeems, in wei.
    pub nominal: u128,
    /// METIS that it takes, in wei.
    pub assets: u128,
}

impl Filled {
    /// Any state, of figures of at most 84 bits: nominal of the batch, what of it is filled, with what.
    #[must_use]
    pub const fn new(batch: u128, nominal: u128, assets: u128) -> Self {
        Self { batch, nominal, assets }
    }

    /// Reads the slot: nominal of the batch in bits 0 to 83, what of it is filled 84 to 167, assets 168
    /// to 251.
    #[must_use]
    pub fn unpack(slot: &Word) -> Self {
        let (high, low) = word::halves(slot);
        Self {
            batch: bits(low, 0, LIMIT),
            nominal: ((low >> 84) | (high << 44)) & LIMIT,
            assets: bits(high, 40, LIMIT),
        }
    }

    /// The slot.
    #[must_use]
    pub fn pack(&self) -> Word {
        let low = self.batch | (self.nominal << 84);
        word::joined((self.nominal >> 44) | (self.assets << 40), low)
    }

    /// What of the batch is filled, in wei of eMETIS.
    #[must_use]
    pub const fn nominal(&self) -> u128 {
        self.nominal
    }

    /// What that was filled with, in wei of METIS.
    #[must_use]
    pub const fn assets(&self) -> u128 {
        self.assets
    }

    /// Whether all of the batch is filled.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.batch > 0 && self.batch == self.nominal
    }

    /// Filled as far as so much METIS goes, and by how much. `batch` is what was requested.
    #[must_use]
    pub fn fill(self, batch: u128, rate: &Rate, available: u128) -> (Self, Fill) {
        let left = batch.saturating_sub(self.nominal);
        let all = rate.assets_down(left);
        let fill = if all <= available {
            Fill { nominal: left, assets: all }
        } else {
            let nominal = rate.nominal_down(available).min(left);
            Fill { nominal, assets: rate.assets_down(nominal) }
        };
        let after = Self {
            batch,
            nominal: self.nominal.saturating_add(fill.nominal),
            assets: self.assets.saturating_add(fill.assets),
        };
        (after, fill)
    }

    /// What a ticket of the batch was filled with so far, rounded down, in wei of METIS.
    #[must_use]
    pub fn share_down(&self, nominal: u128) -> u128 {
        scale_down(nominal, self.assets, self.batch).unwrap_or(0)
    }
}
