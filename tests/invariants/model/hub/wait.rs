//! How long redemptions wait for a loss that is pending.

use alloy_primitives::U256;

use super::super::largest;

/// How long waits of one period last at most, and how far apart periods begin, in seconds.
pub const PERIOD: u64 = 14 * 86_400;
pub const APART: u64 = 21 * 86_400;

/// What may be lost, and until when redemptions wait for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wait {
    pub pending: U256,
    end: u64,
    period: u64,
    count: u64,
}

impl Wait {
    pub(super) fn word(&self) -> U256 {
        let low = self.pending | U256::from(self.end) << 84;
        low | U256::from(self.period) << 128 | U256::from(self.count) << 168
    }

    pub(super) fn read(word: U256) -> Self {
        let part = |from: usize, bits: usize| (word >> from) & largest(bits);
        Self {
            pending: part(0, 84),
            end: part(84, 40).to(),
            period: part(128, 40).to(),
            count: part(168, 2).to(),
        }
    }

    /// Until when redemptions wait; zero if they do not.
    pub fn until(&self, now: u64) -> u64 {
        if now < self.end { self.end } else { 0 }
    }

    pub(super) fn settle(&mut self, now: u64, pending: U256, until: u64) {
        let runs = self.until(now) != 0;
        (self.pending, self.end) = (pending.min(largest(84)), 0);
        if pending.is_zero() {
            return;
        }
        let fresh = self.period == 0 || now >= self.period + APART;
        let (period, count) = match (runs, fresh) {
            (true, _) => (self.period, self.count),
            (false, true) => (now, 1),
            (false, false) if now < self.period + PERIOD && self.count < 2 => {
                (self.period, self.count + 1)
            }
            _ => return,
        };
        let end = until.min(period + PERIOD);
        if end > now {
            (self.end, self.period, self.count) = (end, period, count);
        }
    }
}
