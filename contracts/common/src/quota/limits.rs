//! The parameters of the quota.

use crate::{
    staking::{BPS, LIMIT, METIS, bits, small},
    word::{self, Word},
};

/// The least grant that is not zero, in wei of METIS.
pub const GRANT_MIN: u128 = 20_000 * METIS;
/// The largest grant, in wei of METIS.
pub const GRANT_MAX: u128 = 100_000 * METIS;

const SHARE: u128 = (1 << 14) - 1;

/// The parameters. Two slots.
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
    /// Reads two slots. The first has the operator's floor in bits 0 to 83, its share 84 to 97, the
    /// pool's share 98 to 111; the pool's floor 128 to 211, the direct share 212 to 225, churn 226 to
    /// 239. The second has the pool's cap in bits 0 to 83.
    #[must_use]
    #[inline(never)]
    pub fn unpack(shares: &Word, cap: &Word) -> Self {
        let (high, low) = word::halves(shares);
        Self {
            operator_share_bps: small(low, 84, SHARE),
            operator_floor: bits(low, 0, LIMIT),
            pool_share_bps: small(low, 98, SHARE),
            pool_floor: bits(high, 0, LIMIT),
            pool_cap: bits(word::low_u128(cap), 0, LIMIT),
            direct_share_bps: small(high, 84, SHARE),
            churn_bps: small(high, 98, SHARE),
        }
    }

    /// The two slots.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self) -> [Word; 2] {
        let low = self.operator_floor
            | u128::from(self.operator_share_bps) << 84
            | u128::from(self.pool_share_bps) << 98;
        let high = self.pool_floor
            | u128::from(self.direct_share_bps) << 84
            | u128::from(self.churn_bps) << 98;
        [word::joined(high, low), word::amount(self.pool_cap)]
    }

    /// Whether each share is at most the whole and each amount fits its place.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let shares =
            [self.operator_share_bps, self.pool_share_bps, self.direct_share_bps, self.churn_bps];
        let amounts = [self.operator_floor, self.pool_floor, self.pool_cap];
        shares.iter().all(|share| u128::from(*share) <= BPS)
            && amounts.iter().all(|amount| *amount <= LIMIT)
    }
}

/// Whether a pair of pool and sequencer can be granted so much: nothing, or what Metis decides on.
#[must_use]
pub const fn is_grant(assets: u128) -> bool {
    assets == 0 || GRANT_MIN <= assets && assets <= GRANT_MAX
}
