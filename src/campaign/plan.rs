//! How much a campaign runs.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Checks;

/// How much to run.
///
/// ```
/// use emetis::campaign::Plan;
///
/// let plan = Plan { seed: 2_026, jobs: 2, ..Plan::default() };
/// assert_eq!(plan.share(), plan.cases);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Everything follows from it.
    pub seed: u64,
    /// Sequences, in all shards together.
    pub cases: u64,
    /// Actions in each.
    pub depth: usize,
    /// Threads.
    pub jobs: usize,
    /// If set, only this property can be violated and must be exercised.
    pub only: Option<String>,
    /// How much is checked.
    pub checks: Checks,
    /// If set, only this part of the cases is run.
    pub shard: Option<Shard>,
}

impl Plan {
    /// Number of the first case to run, and the distance to the next.
    pub(super) fn stride(&self) -> (u64, u64) {
        self.shard.map_or((0, 1), |shard| (shard.index - 1, shard.of))
    }

    /// Cases to run: those of the shard, or all.
    pub fn share(&self) -> u64 {
        let (first, stride) = self.stride();
        self.cases.saturating_sub(first).div_ceil(stride)
    }
}

impl Default for Plan {
    /// A short campaign on one thread that checks everything: 100 cases of 60 calls.
    fn default() -> Self {
        Self {
            seed: 1,
            cases: 100,
            depth: 60,
            jobs: 1,
            only: None,
            checks: Checks::All,
            shard: None,
        }
    }
}

/// One of several equal parts of a campaign, to be run on machines of their own: shard `i` of `n` has
/// the cases whose number is `i - 1` modulo `n`. Together they are the whole campaign, case by case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Shard {
    index: u64,
    of: u64,
}

/// Text or numbers that name no shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a shard is I/N with I from 1 to N, as 2/3")]
pub struct NoShard;

impl Shard {
    /// Shard `index` of `of`, counted from 1.
    ///
    /// # Errors
    ///
    /// [`NoShard`] unless `1 ≤ index ≤ of`.
    pub fn new(index: u64, of: u64) -> Result<Self, NoShard> {
        if (1..=of).contains(&index) { Ok(Self { index, of }) } else { Err(NoShard) }
    }

    /// Its number, from 1.
    pub fn index(self) -> u64 {
        self.index
    }

    /// How many there are.
    pub fn of(self) -> u64 {
        self.of
    }
}

impl FromStr for Shard {
    type Err = NoShard;

    fn from_str(text: &str) -> Result<Self, NoShard> {
        let (index, of) = text.split_once('/').ok_or(NoShard)?;
        let number = |text: &str| text.parse().map_err(|_| NoShard);
        Self::new(number(index)?, number(of)?)
    }
}

impl TryFrom<String> for Shard {
    type Error = NoShard;

    fn try_from(text: String) -> Result<Self, NoShard> {
        text.parse()
    }
}

impl From<Shard> for String {
    fn from(shard: Shard) -> Self {
        shard.to_string()
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.of)
    }
}
