//! The parameters of staking.

use super::{DAY, LIMIT, METIS, bits, small};
use crate::{
    account::Account,
    word::{self, Word},
};

/// Parameters that a touch of a sequencer reads. One slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Stake from which a sequencer is Active, in wei of METIS.
    pub activation_threshold: u128,
    /// Least bond, in wei of METIS.
    pub min_bond: u128,
    /// Least bond, in bps of the stake.
    pub min_bond_bps: u64,
    /// Unbonding period of buckets opened from now on, in days.
    pub period: u64,
    /// Whether a pause was declared, which may be over.
    pub paused: bool,
}

/// The most that one sequencer holds to begin with, in wei of METIS.
pub const MAX_LOCK: u128 = 100_000 * METIS;
/// The shortest unbonding period, in seconds.
pub const PERIOD_MIN: u64 = 7 * DAY;
/// The longest unbonding period, in seconds.
pub const PERIOD_MAX: u64 = 60 * DAY;
/// How many sequencers are live at most.
pub const LIVE_LIMIT: u64 = 64;
/// How many pools are registered at most.
pub const POOL_LIMIT: u64 = 16;
/// How long a sequencer is idle before anyone may eject it or take its place, in seconds.
pub const IDLE: u64 = 30 * DAY;

impl Default for Rules {
    /// The parameters to begin with.
    fn default() -> Self {
        Self {
            activation_threshold: 20_000 * METIS,
            min_bond: 2_000 * METIS,
            min_bond_bps: 500,
            period: 21,
            paused: false,
        }
    }
}

impl Rules {
    /// Reads a slot: threshold in bits 0 to 83, bps 84 to 97, period 98 to 105, pause 106; minimum of
    /// the bond 128 to 211.
    #[must_use]
    #[inline(never)]
    pub fn unpack(slot: &Word) -> Self {
        let (high, low) = word::to_halves(slot);
        Self {
            activation_threshold: bits(low, 0, LIMIT),
            min_bond: bits(high, 0, LIMIT),
            min_bond_bps: small(low, 84, (1 << 14) - 1),
            period: small(low, 98, 0xff),
            paused: bits(low, 106, 1) == 1,
        }
    }

    /// The slot.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self) -> Word {
        let low = self.activation_threshold
            | u128::from(self.min_bond_bps) << 84
            | u128::from(self.period) << 98
            | u128::from(self.paused) << 106;
        word::of_halves(self.min_bond, low)
    }
}

/// The quota that entries ask, and the most that one sequencer holds. One slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ceiling {
    /// The quota.
    pub quota: Account,
    /// Most that one sequencer holds, in wei of METIS.
    pub max_lock: u128,
}

impl Ceiling {
    /// Reads a slot: the quota in bits 0 to 159, the amount 160 to 243.
    #[must_use]
    #[inline(never)]
    pub fn unpack(slot: &Word) -> Self {
        let (high, _) = word::to_halves(slot);
        Self { quota: Account::low(slot), max_lock: bits(high, 32, LIMIT) }
    }

    /// The slot.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self) -> Word {
        let (high, low) = word::to_halves(self.quota.word());
        word::of_halves(high | self.max_lock << 32, low)
    }
}
