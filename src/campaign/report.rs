//! What a campaign says.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Counts, Plan, Property, Step, Violation};

/// Calls of one kind of action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionRow {
    /// Calls made.
    pub calls: u64,
    /// Calls that succeeded.
    pub accepted: u64,
    /// Gas of all calls.
    pub gas: u64,
}

impl ActionRow {
    pub(super) fn count(&mut self, step: Step) {
        self.calls += 1;
        self.accepted += u64::from(step.accepted);
        self.gas += step.gas;
    }

    fn add(&mut self, other: &Self) {
        self.calls += other.calls;
        self.accepted += other.accepted;
        self.gas += other.gas;
    }
}

/// Checks of one property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PropertyRow {
    /// Short name.
    pub id: String,
    /// What must hold.
    pub sentence: String,
    /// Checks made.
    pub hits: u64,
    /// Checks below which it counts as not exercised.
    pub minimum: u64,
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
    /// Cases done.
    pub cases: u64,
    /// Calls made.
    pub calls: u64,
    /// Wall-clock time, in milliseconds.
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

impl Report {
    /// Properties that were checked too seldom to mean anything.
    pub fn unexercised(&self) -> Vec<&PropertyRow> {
        self.properties.iter().filter(|row| row.hits < row.minimum).collect()
    }

    /// Whether nothing was violated and everything was exercised.
    pub fn passed(&self) -> bool {
        self.found.is_none() && self.unexercised().is_empty()
    }

    /// Calls per second of CPU.
    pub fn rate(&self) -> f64 {
        self.calls as f64 * 1e3 / self.cpu_ms.max(1) as f64
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<22} {:>9} {:>9} {:>9} {:>10}",
            "action", "calls", "accepted", "rejected", "mean gas"
        )?;
        for (name, row) in &self.actions {
            let mean = row.gas / row.calls.max(1);
            let rejected = row.calls - row.accepted;
            writeln!(
                f,
                "{name:<22} {:>9} {:>9} {rejected:>9} {mean:>10}",
                row.calls, row.accepted
            )?;
        }
        writeln!(f)?;
        writeln!(f, "{:<7} {:>9} {:>9}  must hold", "id", "checks", "minimum")?;
        for row in &self.properties {
            writeln!(f, "{:<7} {:>9} {:>9}  {}", row.id, row.hits, row.minimum, row.sentence)?;
        }
        writeln!(f)?;
        if let Some(found) = &self.found {
            writeln!(f, "VIOLATED {}: {}", found.violation.property, found.violation.message)?;
            let (case, runs) = (found.case, found.runs);
            writeln!(f, "in case {case} of seed {}, shrunk in {runs} runs to:", self.plan.seed)?;
            for (at, line) in found.story.iter().enumerate() {
                writeln!(f, "  {:>2}. {line}", at + 1)?;
            }
        }
        for row in self.unexercised() {
            writeln!(
                f,
                "NOT EXERCISED {}: {} checks of at least {}",
                row.id, row.hits, row.minimum
            )?;
        }
        let verdict = if self.passed() { "PASSED" } else { "FAILED" };
        write!(
            f,
            "{verdict}: {} calls in {} cases, {:.1} s, {:.0} calls per CPU second, seed {}",
            self.calls,
            self.cases,
            self.elapsed_ms as f64 / 1e3,
            self.rate(),
            self.plan.seed
        )
    }
}

pub(super) fn assemble(
    properties: &[Property],
    plan: &Plan,
    counts: &[Counts],
    cases: u64,
    elapsed: Duration,
    found: Option<Found>,
) -> Report {
    let calls = counts.iter().map(|count| count.calls).sum();
    let mut actions = BTreeMap::<String, ActionRow>::new();
    let mut hits = BTreeMap::<&str, u64>::new();
    for count in counts {
        for (name, row) in &count.actions {
            actions.entry((*name).into()).or_default().add(row);
        }
        for (id, number) in &count.tally.hits {
            *hits.entry(id).or_default() += number;
        }
    }
    let rows = properties.iter().map(|property| PropertyRow {
        id: property.id.into(),
        sentence: property.sentence.into(),
        hits: hits.get(property.id).copied().unwrap_or(0),
        minimum: property.minimum * calls / 10_000,
    });
    Report {
        plan: plan.clone(),
        cases,
        calls,
        elapsed_ms: elapsed.as_millis() as u64,
        cpu_ms: counts.iter().map(|count| count.cpu.as_millis() as u64).sum(),
        actions,
        properties: rows.collect(),
        found,
    }
}
