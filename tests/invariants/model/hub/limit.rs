//! How much is redeemed at once in a day.

use alloy_primitives::U256;

use super::super::largest;

const DAY: u64 = 86_400;

/// What of the limit is left, and since when. Nothing was ever drawn while the time is zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limit {
    level: U256,
    time: u64,
    /// What was left over, in parts of a wei: a day's seconds make one.
    rest: u64,
    /// Of the supply a day.
    pub bps: u64,
}

impl Limit {
    pub(super) fn word(&self) -> U256 {
        self.level | U256::from(self.time) << 84 | U256::from(self.rest) << 128
    }

    pub(super) fn read(word: U256) -> Self {
        let part = |from: usize, bits: usize| (word >> from) & largest(bits);
        Self {
            level: part(0, 84),
            time: part(84, 40).to(),
            rest: part(128, 17).to(),
            bps: part(239, 14).to(),
        }
    }

    /// What flows in a day.
    pub fn daily(&self, supply: U256) -> U256 {
        supply * U256::from(self.bps) / U256::from(10_000)
    }

    fn refilled(&self, now: u64, supply: U256) -> Self {
        let daily = self.daily(supply);
        let elapsed = now.saturating_sub(self.time).min(DAY);
        let parts = daily * U256::from(elapsed) + U256::from(self.rest);
        let level = self.level + parts / U256::from(DAY);
        let time = now.max(self.time);
        if level >= daily {
            return Self { level: daily, time, rest: 0, ..*self };
        }
        Self { level, time, rest: (parts % U256::from(DAY)).to(), ..*self }
    }

    /// What may be redeemed now.
    pub fn left(&self, now: u64, supply: U256) -> U256 {
        self.refilled(now, supply).level
    }

    /// After so much was, which is no more than that.
    pub(super) fn drawn(&self, now: u64, supply: U256, nominal: U256) -> Self {
        let full = self.refilled(now, supply);
        Self { level: full.level - nominal, ..full }
    }
}
