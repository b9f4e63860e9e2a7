//! What a campaign did and found.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Plan, Property, Step, Violation};

mod merge;
mod text;

pub use merge::MergeError;

/// Calls of one kind of action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionRow {
    /// Calls made.
    pub calls: u64,
    /// Calls that succeeded.
    pub accepted: u64,
    /// Gas of all calls.
    pub gas: u64,
    /// Whether it is there to be rejected.
    pub always_rejected: bool,
}

impl ActionRow {
    pub(super) fn count(&mut self, step: Step) {
        self.calls += 1;
        self.accepted += u64::from(step.accepted);
        self.gas += step.gas;
    }

    /// Whether it tests next to nothing: of more than 100 calls less than 1 % were accepted, and it
    /// is not there to be rejected.
    pub fn is_idle(&self) -> bool {
        const FEW: u64 = 100;
        const ONE_IN: u64 = 100;
        !self.always_rejected && self.calls > FEW && self.accepted * ONE_IN < self.calls
    }

    /// How much of it was accepted, in percent.
    pub fn acceptance(&self) -> f64 {
        self.accepted as f64 * 100.0 / self.calls.max(1) as f64
    }
}

/// Checks of one property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PropertyRow {
    /// Short name.
    pub id: String,
    /// What must hold.
    pub sentence: String,
    /// After how many calls its dear checks were made once.
    pub every: u64,
    /// Checks made.
    pub hits: u64,
    /// Checks below which it counts as not exercised, for the calls made.
    pub minimum: u64,
    /// The same for 10,000 calls.
    pub minimum_per_10k: u64,
}

impl PropertyRow {
    fn new(property: &Property, hits: u64, calls: u64) -> Self {
        let row = Self {
            id: property.id.into(),
            sentence: property.sentence.into(),
            every: property.every,
            hits: 0,
            minimum: 0,
            minimum_per_10k: property.minimum,
        };
        row.counted(hits, calls)
    }

    /// The row of the same property after so many checks in so many calls.
    fn counted(self, hits: u64, calls: u64) -> Self {
        let minimum = u128::from(self.minimum_per_10k) * u128::from(calls) / 10_000;
        Self { hits, minimum: minimum.try_into().unwrap_or(u64::MAX), ..self }
    }
}

/// A violation with the smallest list of actions found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Number of the case it was found in.
    pub case: u64,
    /// Which property, expected and found.
    pub violation: Violation,
    /// The actions in words.
    pub story: Vec<String>,
    /// The actions as data, to replay.
    pub actions: Vec<serde_json::Value>,
    /// Runs that shrinking took.
    pub runs: u64,
}

impl Found {
    /// The actions as their subject has them, for [`replay`](super::replay).
    ///
    /// # Errors
    ///
    /// If they are not actions of this subject.
    pub fn decode<A: DeserializeOwned>(&self) -> Result<Vec<A>, serde_json::Error> {
        self.actions.iter().map(A::deserialize).collect()
    }
}

/// What a campaign did and found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What was to be run.
    pub plan: Plan,
    /// Whether it was told to end before it was done, while it drew cases or while it shrank.
    pub interrupted: bool,
    /// Cases done.
    pub cases: u64,
    /// Calls made.
    pub calls: u64,
    /// Wall-clock time, in milliseconds; of merged shards, the sum.
    pub elapsed_ms: u64,
    /// CPU time of all threads, in milliseconds.
    pub cpu_ms: u64,
    /// By kind of action.
    pub actions: BTreeMap<String, ActionRow>,
    /// By property.
    pub properties: Vec<PropertyRow>,
    /// The violation, if one was found.
    pub found: Option<Found>,
}

/// What threads, or shards, counted together.
#[derive(Debug, Default)]
pub(super) struct Sum {
    pub(super) interrupted: bool,
    pub(super) calls: u64,
    pub(super) cpu_ms: u64,
    /// By property, in the order of the registry.
    pub(super) hits: Vec<u64>,
    pub(super) actions: BTreeMap<String, ActionRow>,
}

impl Sum {
    pub(super) fn add(&mut self, other: Self) {
        self.interrupted |= other.interrupted;
        self.calls += other.calls;
        self.cpu_ms += other.cpu_ms;
        self.hits.resize(self.hits.len().max(other.hits.len()), 0);
        self.hits.iter_mut().zip(other.hits).for_each(|(sum, hits)| *sum += hits);
        for (name, row) in other.actions {
            let sum = self.actions.entry(name).or_default();
            sum.calls += row.calls;
            sum.accepted += row.accepted;
            sum.gas += row.gas;
            sum.always_rejected |= row.always_rejected;
        }
    }

    pub(super) fn rows(&self, properties: &[Property]) -> Vec<PropertyRow> {
        let row = |(property, hits): (_, &u64)| PropertyRow::new(property, *hits, self.calls);
        properties.iter().zip(&self.hits).map(row).collect()
    }
}

impl Report {
    fn sum(&self) -> Sum {
        Sum {
            interrupted: self.interrupted,
            calls: self.calls,
            cpu_ms: self.cpu_ms,
            hits: self.properties.iter().map(|row| row.hits).collect(),
            actions: self.actions.clone(),
        }
    }

    /// Properties that were checked too seldom to mean anything.
    pub fn unexercised(&self) -> Vec<&PropertyRow> {
        let watched = |row: &&PropertyRow| self.plan.only.as_ref().is_none_or(|id| *id == row.id);
        self.properties.iter().filter(watched).filter(|row| row.hits < row.minimum).collect()
    }

    /// Names of the actions that test next to nothing: see [`ActionRow::is_idle`].
    pub fn idle(&self) -> Vec<&str> {
        let idle = self.actions.iter().filter(|(_, row)| row.is_idle());
        idle.map(|(name, _)| name.as_str()).collect()
    }

    /// Whether it ran to its end, nothing was violated and everything was exercised.
    ///
    /// A shard need not exercise everything: that is judged when all are merged.
    pub fn passed(&self) -> bool {
        let is_exercised = self.plan.shard.is_some() || self.unexercised().is_empty();
        self.found.is_none() && !self.interrupted && is_exercised
    }

    /// Calls per second of CPU.
    pub fn rate(&self) -> f64 {
        self.calls as f64 * 1e3 / self.cpu_ms.max(1) as f64
    }
}
