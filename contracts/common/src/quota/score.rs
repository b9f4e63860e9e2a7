//! How able a sequencer is: three scores from 0 to 10,000, and their mean.

use super::raise::RAISE_DELAY;
use crate::{
    mutants::{Mutant, mutant},
    staking::{TIME, small},
    word::{self, Word},
};

/// The best score.
pub const FULL: u64 = 10_000;
/// Each score of a newcomer.
pub const NEWCOMER: u64 = 5_000;
/// A batch makes up one part in so many of the technical score.
pub const BATCHES: u64 = 8;

const LANE: u128 = (1 << 16) - 1;

/// The scores of a sequencer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scores {
    /// Blocks produced of those assigned: a moving average over batches.
    pub technical: u64,
    /// Conduct: the curator sets it, a slash halves it.
    pub operations: u64,
    /// What it is worth to the network: the curator sets it.
    pub market: u64,
}

impl Default for Scores {
    /// Those of a newcomer.
    fn default() -> Self {
        Self { technical: NEWCOMER, operations: NEWCOMER, market: NEWCOMER }
    }
}

impl Scores {
    /// Their geometric mean, rounded down: one weak side cannot be bought off by another.
    #[must_use]
    #[inline(never)]
    pub fn composite(&self) -> u64 {
        let Self { technical, operations, market } = *self;
        // Below 2^40.
        let product = technical
            .min(FULL)
            .saturating_mul(operations.min(FULL))
            .saturating_mul(market.min(FULL));
        cube_root_down(product)
    }

    /// The scores after a batch: seven parts of the technical score as it was, one of the batch's,
    /// rounded down together. A batch that assigned nothing changes nothing.
    ///
    /// It stays less than [`BATCHES`] below the exact average, so the best there is settles at
    /// 9,993 rather than at 10,000.
    #[must_use]
    pub fn after_batch(self, produced: u64, assigned: u64) -> Self {
        let batches = if mutant(Mutant::BatchIsAll) { 1 } else { BATCHES };
        let made = u128::from(produced.min(assigned)).saturating_mul(u128::from(FULL));
        let old = u128::from(self.technical.min(FULL).saturating_mul(batches.saturating_sub(1)));
        let (assigned, batches) = (u128::from(assigned), u128::from(batches));
        // 64 bits times 17.
        let sum = old.saturating_mul(assigned).saturating_add(made);
        match sum.checked_div(assigned.saturating_mul(batches)) {
            // A mean of scores.
            Some(technical) => Self { technical: technical as u64, ..self },
            None => self,
        }
    }

    /// The scores after an executed slash: half of operations, rounded down.
    #[must_use]
    pub const fn after_slash(self) -> Self {
        Self { operations: self.operations / 2, ..self }
    }

    /// Whether each is a score.
    #[must_use]
    pub const fn is_valid(&self) -> bool {
        self.technical <= FULL && self.operations <= FULL && self.market <= FULL
    }
}

/// What is kept of a sequencer: its scores, and those of the curator that wait. One slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// What is in force until the others are.
    pub scores: Scores,
    /// Operations that wait.
    pub next_operations: u64,
    /// Market that waits.
    pub next_market: u64,
    /// When both take effect, in seconds; zero if nothing waits.
    pub effective: u64,
}

impl Record {
    /// Reads a slot: technical in bits 0 to 15, operations 16 to 31, market 32 to 47, 48 if it was
    /// ever written; operations and market that wait 49 to 64 and 65 to 80, the time 81 to 120. One
    /// that never was written is a newcomer's.
    #[must_use]
    #[inline(never)]
    pub fn unpack(slot: &Word) -> Self {
        let low = word::low_u128(slot);
        if low >> 48 & 1 == 0 {
            return Self::default();
        }
        Self {
            scores: Scores {
                technical: small(low, 0, LANE),
                operations: small(low, 16, LANE),
                market: small(low, 32, LANE),
            },
            next_operations: small(low, 49, LANE),
            next_market: small(low, 65, LANE),
            effective: small(low, 81, TIME),
        }
    }

    /// The slot.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self) -> Word {
        let Scores { technical, operations, market } = self.scores;
        let low = u128::from(technical.min(FULL))
            | u128::from(operations.min(FULL)) << 16
            | u128::from(market.min(FULL)) << 32
            | 1 << 48
            | u128::from(self.next_operations.min(FULL)) << 49
            | u128::from(self.next_market.min(FULL)) << 65
            | u128::from(self.effective) << 81;
        word::of_u128(low)
    }

    /// The scores in force at a time.
    #[must_use]
    pub const fn at(&self, now: u64) -> Scores {
        if self.waits(now) || self.effective == 0 {
            return self.scores;
        }
        Scores {
            operations: self.next_operations,
            market: self.next_market,
            technical: self.scores.technical,
        }
    }

    /// Whether something waits.
    #[must_use]
    pub const fn waits(&self, now: u64) -> bool {
        self.effective > now
    }

    /// The curator's scores set: what is lower than it is in force at once, what is higher later. What
    /// waited is dropped.
    #[must_use]
    pub fn set(&self, operations: u64, market: u64, now: u64) -> Self {
        let was = self.at(now);
        let scores = Scores {
            operations: operations.min(was.operations),
            market: market.min(was.market),
            ..was
        };
        if scores.operations == operations && scores.market == market {
            return Self::settled(scores);
        }
        let effective = now.saturating_add(RAISE_DELAY);
        Self { scores, next_operations: operations, next_market: market, effective }
    }

    /// After a batch: see [`Scores::after_batch`].
    #[must_use]
    pub fn after_batch(&self, produced: u64, assigned: u64) -> Self {
        Self { scores: self.scores.after_batch(produced, assigned), ..*self }
    }

    /// After an executed slash: operations are halved, those that wait as well.
    #[must_use]
    pub fn after_slash(&self, now: u64) -> Self {
        if self.waits(now) {
            let next_operations = self.next_operations / 2;
            Self { scores: self.scores.after_slash(), next_operations, ..*self }
        } else {
            Self::settled(self.at(now).after_slash())
        }
    }

    /// Scores, and nothing that waits.
    const fn settled(scores: Scores) -> Self {
        Self { scores, next_operations: 0, next_market: 0, effective: 0 }
    }
}

/// The largest number whose cube is not above `cube`, which is below 2^42: a bit at a time.
fn cube_root_down(cube: u64) -> u64 {
    let mut root = 0_u64;
    for bit in (0..14_u32).rev() {
        let next = root | 1 << bit;
        if next.saturating_mul(next).saturating_mul(next) <= cube {
            root = next;
        }
    }
    root
}
