//! The books of all sequencers together.

use super::{LIMIT, bits, lanes, small};
use crate::word::{self, Word};

/// METIS on the books. One slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// METIS that came by the entries and was not paid out: all there is but donations.
    pub metis: u128,
    /// Bonds in the stake of all.
    pub bonds: u128,
    /// Stake of registered pools in the stake of all.
    pub pooled: u128,
}

impl Ledger {
    /// Reads a slot: METIS in bits 0 to 83, bonds 84 to 167, pooled 168 to 251.
    #[must_use]
    #[inline(never)]
    pub fn unpack(slot: &Word) -> Self {
        let [metis, bonds, pooled] = lanes::unpack(slot);
        Self { metis, bonds, pooled }
    }

    /// The slot.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self) -> Word {
        lanes::pack([self.metis, self.bonds, self.pooled])
    }
}

/// Counters, and slashed METIS that has not been forwarded. One slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sequencers that ever were.
    pub sequencers: u64,
    /// Operator groups that ever were.
    pub groups: u64,
    /// Sequencers that are not on their way out.
    pub live: u64,
    /// Registered pools.
    pub pools: u64,
    /// Slashed METIS in hand.
    pub slashed: u128,
}

impl Counts {
    /// Reads a slot: slashed in bits 0 to 83, live 84 to 91, pools 92 to 99; sequencers 128 to 159,
    /// groups 160 to 183.
    #[must_use]
    #[inline(never)]
    pub fn unpack(slot: &Word) -> Self {
        let (high, low) = word::to_halves(slot);
        Self {
            sequencers: small(high, 0, (1 << 32) - 1),
            groups: small(high, 32, (1 << 24) - 1),
            live: small(low, 84, 0xff),
            pools: small(low, 92, 0xff),
            slashed: bits(low, 0, LIMIT),
        }
    }

    /// The slot.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self) -> Word {
        let low = self.slashed | u128::from(self.live) << 84 | u128::from(self.pools) << 92;
        word::of_halves(u128::from(self.sequencers) | u128::from(self.groups) << 32, low)
    }
}
