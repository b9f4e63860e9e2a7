//! How able a sequencer is.

use alloy_primitives::{Address, U256};

use super::super::super::Prediction;
use super::super::{Part, Rule, Staking, reject, seconds};
use super::{RAISE_DELAY, id_in_range, id_or_none};

/// The best score.
const FULL: u64 = 10_000;

/// The scores of a sequencer, and what waits of the curator's: operations, market, and when they hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scores {
    pub technical: u64,
    pub operations: u64,
    pub market: u64,
    pub next: Option<(u64, u64, u64)>,
}

impl Default for Scores {
    fn default() -> Self {
        Self { technical: 5_000, operations: 5_000, market: 5_000, next: None }
    }
}

impl Scores {
    /// Those in force, with what still waits.
    pub fn at(&self, now: u64) -> Self {
        match self.next {
            Some((operations, market, effective)) if now >= effective => {
                Self { operations, market, next: None, ..*self }
            }
            _ => *self,
        }
    }

    /// The largest number whose cube is not above the product.
    pub fn composite(&self) -> U256 {
        let product = self.technical * self.operations * self.market;
        let guess = (product as f64).cbrt() as u64;
        let roots = (guess.saturating_sub(2)..=guess + 2).rev();
        let root = roots.into_iter().find(|root| root * root * root <= product);
        U256::from(root.unwrap_or_default())
    }

    fn set(&self, operations: u64, market: u64, now: u64) -> Self {
        let was = self.at(now);
        let lower = Self {
            operations: operations.min(was.operations),
            market: market.min(was.market),
            next: None,
            ..was
        };
        if (lower.operations, lower.market) == (operations, market) {
            return lower;
        }
        Self { next: Some((operations, market, now + RAISE_DELAY)), ..lower }
    }

    /// Seven parts of what was, one of the batch.
    fn worked(&self, produced: U256, assigned: U256) -> Self {
        let limit = U256::from(u64::MAX);
        let (produced, assigned) = (produced.min(limit), assigned.min(limit));
        if assigned.is_zero() {
            return *self;
        }
        let old = U256::from(7 * self.technical) * assigned;
        let made = U256::from(FULL) * produced.min(assigned);
        Self { technical: ((old + made) / (assigned * U256::from(8))).to(), ..*self }
    }

    pub(super) fn slashed(&self, now: u64) -> Self {
        let was = self.at(now);
        let next = was.next.map(|(operations, market, at)| (operations / 2, market, at));
        Self { operations: was.operations / 2, next, ..was }
    }
}

impl Staking {
    pub(super) fn set_scores(&mut self, id: U256, operations: U256, market: U256) -> Prediction {
        let number = id_in_range(id)?;
        for value in [operations, market] {
            let (min, max) = (U256::ZERO, U256::from(FULL));
            if value > max {
                return reject(Rule::ParameterInvalid { value, min, max });
            }
        }
        let (was, now) = (self.policy.scores(number), self.now);
        let set = was.set(operations.to(), market.to(), now);
        self.policy.scores.insert(number, set);
        let was = was.at(now);
        let effective = set.next.map_or(now, |(.., effective)| effective);
        let event = Rule::ScoresChanged {
            id,
            oldOperations: seconds(was.operations),
            newOperations: operations,
            oldMarket: seconds(was.market),
            newMarket: market,
            effective: seconds(effective),
        };
        self.log(Part::Quota, event);
        Ok(Vec::new())
    }

    pub(super) fn record_batch(
        &mut self,
        caller: Address,
        ids: &[U256],
        produced: &[U256],
        assigned: &[U256],
    ) -> Prediction {
        let distributor = self.distributor;
        if caller != distributor {
            return reject(Rule::CallerNotDistributor { caller, distributor });
        }
        let lengths = [ids, produced, assigned].map(|list| U256::from(list.len()));
        let [listed, first, second] = lengths;
        if listed != first || listed != second {
            return reject(Rule::BatchInvalid { ids: listed, produced: first, assigned: second });
        }
        for ((id, produced), assigned) in ids.iter().zip(produced).zip(assigned) {
            let (id, produced, assigned) = (*id, *produced, *assigned);
            if self.sequencer(id).is_none() {
                self.log(Part::Quota, Rule::SequencerSkipped { id });
                continue;
            }
            let number = id_or_none(id);
            let scores = self.policy.scores(number).worked(produced, assigned);
            self.policy.scores.insert(number, scores);
            let technical = seconds(scores.technical);
            let event = Rule::BatchRecorded { id, produced, assigned, technical };
            self.log(Part::Quota, event);
        }
        Ok(Vec::new())
    }
}
