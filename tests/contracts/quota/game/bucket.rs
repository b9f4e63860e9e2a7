//! What a pool draws, and that no window holds more than it may.

use super::super::kit::*;
use alloy_primitives::U256;

/// Seconds of a day: a wei of a day's churn is so many parts.
const DAY: u64 = 86_400;

/// The bucket of a pool, in parts of a wei, with everything that was drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Bucket {
    /// In parts, since when; none while nothing was drawn, as it is full then.
    level: Option<(U256, u64)>,
    /// When, how much, and what a day's churn was.
    drawn: Vec<(u64, U256, U256)>,
}

impl Bucket {
    fn parts(&self, now: u64, daily: U256) -> U256 {
        let full = daily * word(DAY);
        match self.level {
            None => full,
            Some((parts, since)) => full.min(parts + daily * word((now - since).min(DAY))),
        }
    }

    /// What it holds.
    pub(super) fn left(&self, now: u64, daily: U256) -> U256 {
        self.parts(now, daily) / word(DAY)
    }

    /// Takes what it holds.
    pub(super) fn draw(&mut self, now: u64, daily: U256, assets: U256) {
        self.level = Some((self.parts(now, daily) - assets * word(DAY), now));
        self.drawn.push((now, assets, daily));
    }

    /// In each window that ends with the last draw: at most a day's churn, and as much for each day of it
    /// as the largest in it.
    pub(super) fn check(&self) {
        let Some((end, ..)) = self.drawn.last() else { return };
        let (mut sum, mut most) = (U256::ZERO, U256::ZERO);
        for (start, assets, daily) in self.drawn.iter().rev() {
            (sum, most) = (sum + assets, most.max(*daily));
            let bound = most * word(DAY + end - start) / word(DAY);
            assert!(sum <= bound, "{sum} in {} seconds, {bound} at most", end - start);
        }
    }
}
