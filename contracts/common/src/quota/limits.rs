//! The parameters of the quota.

use crate::{
    muldiv::divide_down,
    staking::{BPS, LIMIT, METIS, bits, small},
    word::{self, Word},
};

/// The least grant that is not zero, in wei of METIS.
pub const GRANT_MIN: u128 = 20_000 * METIS;
/// The largest grant, in wei of METIS.
pub const GRANT_MAX: u128 = 100_000 * METIS;

const SHARE: u128 = (1 << 14) - 1;
/// Whole METIS of any amount.
const WHOLE: u128 = (1 << 25) - 1;

/// What else the slot of the parameters tells, so that nothing else is read in vain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Whether groups were ever put under one cap.
    pub groups: bool,
    /// Whether a pool was ever given a cap of its own.
    pub pool_caps: bool,
}

/// The parameters. One slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// What an operator group may hold, in bps of all stake.
    pub operator_share_bps: u64,
    /// What an operator group may hold in any case, in wei of METIS.
    pub operator_floor: u128,
    /// What a pool may hold, in bps of all stake, as far as the share binds.
    pub pool_share_bps: u64,
    /// What a pool may hold in any case but beyond `pool_cap`, in wei of METIS.
    pub pool_floor: u128,
    /// What a pool may hold at most, in wei of METIS.
    pub pool_cap: u128,
    /// What direct positions may hold, in bps of a sequencer's cap and of all stake.
    pub direct_share_bps: u64,
    /// What a pool may move in a day, in bps of all stake.
    pub churn_bps: u64,
}

impl Default for Limits {
    /// The parameters to begin with.
    fn default() -> Self {
        Self {
            operator_share_bps: 2_000,
            operator_floor: 100_000 * METIS,
            pool_share_bps: 3_300,
            pool_floor: 400_000 * METIS,
            pool_cap: 1_000_000 * METIS,
            direct_share_bps: 5_000,
            churn_bps: 100,
        }
    }
}

impl Limits {
    /// Reads the slot. In the lower half the operator's share in bits 0 to 13, the pool's 14 to 27,
    /// the direct share 28 to 41, churn 42 to 55, the operator's floor 56 to 80 and the pool's 81 to 105
    /// in whole METIS, the marks 106 and 107; the pool's cap from 128 on in whole METIS.
    #[must_use]
    #[inline(never)]
    pub fn unpack(slot: &Word) -> (Self, Marks) {
        let (high, low) = word::halves(slot);
        let limits = Self {
            operator_share_bps: small(low, 0, SHARE),
            operator_floor: metis(low, 56),
            pool_share_bps: small(low, 14, SHARE),
            pool_floor: metis(low, 81),
            pool_cap: metis(high, 0),
            direct_share_bps: small(low, 28, SHARE),
            churn_bps: small(low, 42, SHARE),
        };
        let marks = Marks { groups: bits(low, 106, 1) == 1, pool_caps: bits(low, 107, 1) == 1 };
        (limits, marks)
    }

    /// The slot; of amounts whole METIS.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self, marks: Marks) -> Word {
        let low = u128::from(self.operator_share_bps)
            | u128::from(self.pool_share_bps) << 14
            | u128::from(self.direct_share_bps) << 28
            | u128::from(self.churn_bps) << 42
            | divide_down(self.operator_floor, METIS) << 56
            | divide_down(self.pool_floor, METIS) << 81
            | u128::from(marks.groups) << 106
            | u128::from(marks.pool_caps) << 107;
        word::joined(divide_down(self.pool_cap, METIS), low)
    }

    /// Whether each share is at most the whole, and each amount whole METIS that fit their place.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let shares =
            [self.operator_share_bps, self.pool_share_bps, self.direct_share_bps, self.churn_bps];
        let amounts = [self.operator_floor, self.pool_floor, self.pool_cap];
        shares.iter().all(|share| u128::from(*share) <= BPS)
            && amounts.iter().all(|amount| is_floor(*amount))
    }
}

const _: () = assert!(LIMIT / METIS <= WHOLE, "whole METIS of any amount fit");

/// Whether a floor or a cap of the parameters can be so much: whole METIS in 84 bits.
#[must_use]
pub fn is_floor(assets: u128) -> bool {
    assets <= LIMIT && divide_down(assets, METIS).saturating_mul(METIS) == assets
}

/// Whole METIS at a place of half a slot, in wei.
const fn metis(half: u128, from: u32) -> u128 {
    // 25 bits times 60.
    bits(half, from, WHOLE).saturating_mul(METIS)
}

/// Whether a pair of pool and sequencer can be granted so much: nothing, or what Metis decides on.
#[must_use]
pub const fn is_grant(assets: u128) -> bool {
    assets == 0 || GRANT_MIN <= assets && assets <= GRANT_MAX
}
