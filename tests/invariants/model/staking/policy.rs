//! The quota in plain integers: scores, caps, groups, churn and plans, written from its interface.

use std::collections::{BTreeMap, BTreeSet};

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolValue;

use super::super::{Prediction, largest};
use super::books::{BPS, DAY, METIS};
use super::{Call, Part, Rule, Staking, State, Status, reject, seconds};

mod groups;
pub mod plan;
mod scores;
mod sight;
pub mod terms;
mod views;

pub use groups::Tie;
pub use scores::Scores;
pub use terms::Limits;

/// How long what is raised waits, in seconds.
pub const RAISE_DELAY: u64 = 2 * DAY;

/// An amount that falls at once and rises later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Raise {
    pub assets: U256,
    /// What waits, and when it holds.
    pub next: Option<(U256, u64)>,
}

impl Raise {
    pub fn at(&self, now: u64) -> U256 {
        match self.next {
            Some((next, effective)) if now >= effective => next,
            _ => self.assets,
        }
    }

    fn set(&self, assets: U256, now: u64) -> Self {
        let was = self.at(now);
        if assets <= was {
            return Self { assets, next: None };
        }
        Self { assets: was, next: Some((assets, now + RAISE_DELAY)) }
    }

    /// What waits at a moment, and until when; zeros for nothing.
    fn waits(&self, now: u64) -> (U256, u64) {
        self.next.filter(|(_, effective)| *effective > now).unwrap_or_default()
    }
}

/// What a pool may move, in parts of a wei: as many as a day has seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Churn {
    parts: U256,
    /// When that was; one that never was drawn on is full.
    time: u64,
}

impl Churn {
    /// The bucket at a moment, when so much flows in a day.
    pub fn at(&self, now: u64, daily: U256) -> Self {
        let elapsed = now.saturating_sub(self.time).min(DAY);
        let parts = self.parts + daily * seconds(elapsed);
        Self { parts: parts.min(daily * seconds(DAY)), time: now.max(self.time) }
    }

    /// In whole wei.
    pub fn left(&self) -> U256 {
        self.parts / seconds(DAY)
    }

    /// The bucket after so much was taken out, which there is.
    pub fn less(&self, assets: U256) -> Self {
        Self { parts: self.parts - assets * seconds(DAY), ..*self }
    }
}

/// What the quota remembers.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    pub limits: Limits,
    pub scores: BTreeMap<u64, Scores>,
    pub grants: BTreeMap<(Address, u64), Raise>,
    pub pool_caps: BTreeMap<Address, Raise>,
    /// Of groups that are, or were, under another's cap.
    pub ties: BTreeMap<u64, Tie>,
    /// Groups under the cap of one, as they came.
    pub members: BTreeMap<u64, Vec<u64>>,
    pub churn: BTreeMap<Address, Churn>,
    pub recorded: BTreeSet<u64>,
}

impl Policy {
    /// What a pool was granted in a sequencer.
    pub fn grant(&self, pool: Address, id: u64) -> Raise {
        self.grants.get(&(pool, id)).copied().unwrap_or_default()
    }

    /// The absolute cap of a pool, its own or that of all.
    pub fn pool_cap(&self, pool: Address) -> Raise {
        let all = Raise { assets: self.limits.pool_cap, next: None };
        self.pool_caps.get(&pool).copied().unwrap_or(all)
    }

    pub fn scores(&self, id: u64) -> Scores {
        self.scores.get(&id).copied().unwrap_or_default()
    }
}

impl Staking {
    pub(super) fn quota_call(&mut self, signature: &str, call: &Call<'_>) -> Prediction {
        let Call { caller, a, .. } = *call;
        let word = |at: usize| a[at].word();
        match signature {
            "setScores(uint256,uint256,uint256)" => self.set_scores(word(0), word(1), word(2)),
            "recordBatch(uint256[],uint256[],uint256[])" => {
                self.record_batch(caller, a[0].words(), a[1].words(), a[2].words())
            }
            "recordSlash(uint256)" => self.record_slash(word(0)),
            "setGrant(address,uint256,uint256)" => self.set_grant(a[0].address(), word(1), word(2)),
            "setPoolCap(address,uint256)" => self.set_pool_cap(a[0].address(), word(1)),
            "group(uint256,uint256)" => self.group(word(0), word(1)),
            "split(uint256)" => self.split(word(0)),
            "draw(uint256,uint256)" => self.draw_churn(caller, word(0), word(1)),
            other => {
                let words = std::array::from_fn(word);
                self.change_limits(words, other.starts_with("lowerLimits"))
            }
        }
    }

    fn set_grant(&mut self, pool: Address, id: U256, assets: U256) -> Prediction {
        let number = id_in_range(id)?;
        let (min, max) = (METIS * U256::from(20_000), METIS * U256::from(100_000));
        if !assets.is_zero() && (assets < min || assets > max) {
            return reject(Rule::ParameterInvalid { value: assets, min, max });
        }
        let (was, now) = (self.policy.grant(pool, number), self.now);
        let set = was.set(assets, now);
        self.policy.grants.insert((pool, number), set);
        let (_, waits) = set.waits(now);
        let event = Rule::GrantChanged {
            pool,
            id,
            oldAssets: was.at(now),
            newAssets: assets,
            effective: seconds(waits.max(now)),
        };
        self.log(Part::Quota, event);
        Ok(Vec::new())
    }

    fn set_pool_cap(&mut self, pool: Address, assets: U256) -> Prediction {
        let max = largest(84);
        if assets > max {
            return reject(Rule::ParameterInvalid { value: assets, min: U256::ZERO, max });
        }
        let (was, now) = (self.policy.pool_cap(pool), self.now);
        let set = was.set(assets, now);
        self.policy.pool_caps.insert(pool, set);
        let (_, waits) = set.waits(now);
        let event = Rule::PoolCapChanged {
            pool,
            oldAssets: was.at(now),
            newAssets: assets,
            effective: seconds(waits.max(now)),
        };
        self.log(Part::Quota, event);
        Ok(Vec::new())
    }

    fn change_limits(&mut self, words: [U256; 7], lowers: bool) -> Prediction {
        let old = self.policy.limits.words();
        for (at, (value, limit)) in words.into_iter().zip(old).enumerate() {
            let is_amount = [1, 3, 4].contains(&at);
            let max = if is_amount { largest(84) } else { BPS };
            if value > max || is_amount && !(value % METIS).is_zero() {
                return reject(Rule::ParameterInvalid { value, min: U256::ZERO, max });
            }
            if lowers && value > limit {
                return reject(Rule::LimitRaised { value, limit });
            }
        }
        self.policy.limits = Limits::of(words);
        let event = Rule::LimitsChanged {
            oldOperatorShareBps: old[0],
            newOperatorShareBps: words[0],
            oldOperatorFloor: old[1],
            newOperatorFloor: words[1],
            oldPoolShareBps: old[2],
            newPoolShareBps: words[2],
            oldPoolFloor: old[3],
            newPoolFloor: words[3],
            oldPoolCap: old[4],
            newPoolCap: words[4],
            oldDirectShareBps: old[5],
            newDirectShareBps: words[5],
            oldChurnBps: old[6],
            newChurnBps: words[6],
        };
        self.log(Part::Quota, event);
        Ok(Vec::new())
    }

    fn draw_churn(&mut self, pool: Address, id: U256, assets: U256) -> Prediction {
        if !self.pools.contains(&pool) {
            return reject(Rule::PoolUnknown { pool });
        }
        let Some(sequencer) = self.sequencer(id) else {
            return reject(Rule::SequencerUnknown { id });
        };
        let is_active = sequencer.status(&self.rules) == Status::Active;
        let full = self.churn_of(pool);
        let left = full.left();
        if !is_active {
            return Ok(left.abi_encode());
        }
        let wanted = assets.min(largest(128));
        if wanted > left {
            return reject(Rule::ChurnExceeded { assets: wanted, left });
        }
        let rest = full.less(wanted);
        self.policy.churn.insert(pool, rest);
        let left = rest.left();
        self.log(Part::Quota, Rule::Drawn { pool, id, assets, left });
        Ok(left.abi_encode())
    }

    /// What a pool may move now.
    fn churn_of(&self, pool: Address) -> Churn {
        let bucket = self.policy.churn.get(&pool).copied().unwrap_or_default();
        bucket.at(self.now, self.daily())
    }

    /// What pools may move in a day.
    fn daily(&self) -> U256 {
        let part = self.total.stake * self.policy.limits.churn / BPS;
        part.max(self.rules.threshold)
    }

    fn record_slash(&mut self, proposal: U256) -> Prediction {
        let number = u64::try_from(proposal).unwrap_or_default();
        let found = self.court.at(number);
        let state = found.map_or(State::None, |found| found.state_at(self.now));
        if state != State::Executed {
            return reject(Rule::ProposalNotExecuted { proposal, state: state as u8 });
        }
        if !self.policy.recorded.insert(number) {
            return reject(Rule::RecordRepeated { proposal });
        }
        let (id, now) = (found.map_or(0, |found| found.id), self.now);
        let after = self.policy.scores(id).slashed(now);
        self.policy.scores.insert(id, after);
        let operations = seconds(after.at(now).operations);
        let id = U256::from(id);
        self.log(Part::Quota, Rule::SlashRecorded { proposal, id, operations });
        Ok(Vec::new())
    }
}

/// The id of a sequencer that there can be.
fn id_in_range(id: U256) -> Result<u64, Vec<u8>> {
    match id_or_none(id) {
        0 => reject(Rule::SequencerUnknown { id }),
        number => Ok(number),
    }
}

/// An id or a group; zero, which is nobody's, for one that is too large.
fn id_or_none(id: U256) -> u64 {
    if id > largest(32) { 0 } else { id.to() }
}
