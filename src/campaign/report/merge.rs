//! The shards of a campaign, put together.

use super::{Plan, PropertyRow, Report, Sum};
use crate::campaign::Shard;

/// Reports that are not the shards of one campaign. `at` is a position in the list, from 0.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// There is nothing to merge.
    #[error("there are no reports to merge")]
    Empty,
    /// A report of a whole campaign.
    #[error("this is the report of a whole campaign; only those of `fuzz --shard I/N` are merged")]
    NoShard {
        /// Which report.
        at: usize,
    },
    /// A report of another campaign.
    #[error("this is a shard of another campaign: its {field} is not that of the first report")]
    OtherPlan {
        /// Which report.
        at: usize,
        /// What differs first.
        field: &'static str,
    },
    /// A shard is there already.
    #[error("shard {shard} is there already; name each shard once")]
    Twice {
        /// Which report.
        at: usize,
        /// Its shard.
        shard: Shard,
    },
    /// A shard ended before its end, and not because of a violation.
    #[error("shard {shard} did only {done} of its {share} cases; run it again")]
    Incomplete {
        /// Which report.
        at: usize,
        /// Its shard.
        shard: Shard,
        /// Cases it did.
        done: u64,
        /// Cases it had to do.
        share: u64,
    },
    /// Shards are not there.
    #[error("missing: shard {}; run it, or name its report too", list(.0))]
    Missing(Vec<Shard>),
}

impl MergeError {
    /// Which report it is about, if it is about one.
    pub fn at(&self) -> Option<usize> {
        match *self {
            Self::NoShard { at }
            | Self::OtherPlan { at, .. }
            | Self::Twice { at, .. }
            | Self::Incomplete { at, .. } => Some(at),
            Self::Empty | Self::Missing(_) => None,
        }
    }
}

fn list(shards: &[Shard]) -> String {
    shards.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

impl Report {
    /// The report of the campaign that these are the shards of, in any order.
    ///
    /// It is what the campaign would have reported without shards, but for times, which are summed,
    /// and threads. Of several violations the one in the first case counts, as there.
    ///
    /// # Errors
    ///
    /// [`MergeError`] unless they are the complete shards of one campaign, each once.
    pub fn merge(reports: &[Self]) -> Result<Self, MergeError> {
        let first = reports.first().ok_or(MergeError::Empty)?;
        check(first, reports)?;

        let mut sum = Sum::default();
        reports.iter().for_each(|report| sum.add(report.sum()));
        let rows = first.properties.iter().zip(&sum.hits);
        let properties = rows.map(|(row, hits)| row.clone().counted(*hits, sum.calls)).collect();
        let found = reports.iter().filter_map(|report| report.found.as_ref());
        Ok(Self {
            plan: Plan {
                jobs: reports.iter().map(|report| report.plan.jobs).max().unwrap_or(1),
                shard: None,
                ..first.plan.clone()
            },
            interrupted: sum.interrupted,
            cases: reports.iter().map(|report| report.cases).sum(),
            calls: sum.calls,
            elapsed_ms: reports.iter().map(|report| report.elapsed_ms).sum(),
            cpu_ms: sum.cpu_ms,
            properties,
            actions: sum.actions,
            found: found.min_by_key(|found| found.case).cloned(),
        })
    }
}

/// Whether the reports are the complete shards of one campaign.
fn check(first: &Report, reports: &[Report]) -> Result<(), MergeError> {
    let mut seen = Vec::new();
    for (at, report) in reports.iter().enumerate() {
        let shard = report.plan.shard.ok_or(MergeError::NoShard { at })?;
        if let Some(field) = difference(first, report) {
            return Err(MergeError::OtherPlan { at, field });
        }
        if seen.contains(&shard) {
            return Err(MergeError::Twice { at, shard });
        }
        let (done, share) = (report.cases, report.plan.share());
        if report.found.is_none() && done != share {
            return Err(MergeError::Incomplete { at, shard, done, share });
        }
        seen.push(shard);
    }
    let of = seen.first().map_or(0, |shard| shard.of());
    // Enough to see what is wrong, even if somebody takes a million shards.
    const NAMED: usize = 20;
    let all = (1..=of).filter_map(|index| Shard::new(index, of).ok());
    let missing: Vec<Shard> = all.filter(|shard| !seen.contains(shard)).take(NAMED).collect();
    if missing.is_empty() { Ok(()) } else { Err(MergeError::Missing(missing)) }
}

/// The first thing that two shards of one campaign have in common and these have not.
fn difference(one: &Report, other: &Report) -> Option<&'static str> {
    let what = |row: &PropertyRow| (row.id.clone(), row.every, row.minimum_per_10k);
    let (a, b) = (&one.plan, &other.plan);
    let same = [
        ("seed", a.seed == b.seed),
        ("number of cases", a.cases == b.cases),
        ("depth", a.depth == b.depth),
        ("property", a.only == b.only),
        ("level of checks", a.checks == b.checks),
        ("number of shards", a.shard.map(Shard::of) == b.shard.map(Shard::of)),
        (
            "list of properties",
            one.properties.iter().map(what).eq(other.properties.iter().map(what)),
        ),
    ];
    same.into_iter().find_map(|(field, same)| (!same).then_some(field))
}
