//! How fast this is: CPU time of calls, worlds and compilations.
//!
//! Each figure is the median of several rounds of the same work, in CPU time of the thread (of the
//! process, where the work is spread over threads), so that other programs on the machine disturb
//! it little. It still depends on the machine: compare figures of one run only.

mod forge;
mod rounds;
mod stage;
mod work;

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use forge::{ForgeError, ForgeRun, forge_campaign};

use crate::artifacts::Artifact;
use crate::suite::Programs;
use crate::table::Table;

/// CPU time of one piece of work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BenchRow {
    /// The work, in words.
    pub key: String,
    /// CPU time of doing it once: the median over rounds.
    pub cpu: Duration,
    /// What it should take at most.
    pub target: Option<Duration>,
}

impl BenchRow {
    /// Whether it takes longer than it should.
    pub fn is_over_target(&self) -> bool {
        self.target.is_some_and(|target| self.cpu > target)
    }
}

/// The rows of a report. Its text is a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BenchTable(pub Vec<BenchRow>);

/// Measures calls, worlds and compilations; takes some ten seconds. `hub` is the artefact that
/// `programs` came from. `progress` is told the name of each piece of work before it starts.
///
/// # Panics
///
/// With a call tree if a call fails that should not.
pub fn measure(programs: &Programs, hub: &Artifact, progress: &dyn Fn(&str)) -> Vec<BenchRow> {
    let mut rows = Vec::new();
    let mut report = |key: &str, target: Option<Duration>, work: &mut dyn FnMut() -> Duration| {
        progress(key);
        rows.push(BenchRow { key: key.into(), cpu: work(), target });
    };
    work::calls(programs, &mut report);
    work::compilations(hub, &mut report);
    work::worlds(programs, &mut report);
    rows
}

impl fmt::Display for BenchTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new(&["CPU time", ">median", ">target"]);
        for row in &self.0 {
            let target =
                row.target.map_or_else(|| "–".into(), |target| format!("≤ {}", si(target)));
            table.row([row.key.clone(), si(row.cpu), target]);
        }
        writeln!(f, "{table}")
    }
}

/// A duration in the unit that suits it.
fn si(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    if micros < 1_000.0 { format!("{micros:.2} µs") } else { format!("{:.1} ms", micros / 1e3) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_told_in_the_unit_that_suits_them() {
        let cases = [(1_500, "1.50 µs"), (999_000, "999.00 µs"), (1_250_000, "1.2 ms")];
        for (nanos, text) in cases {
            assert_eq!(si(Duration::from_nanos(nanos)), text);
        }
    }

    #[test]
    fn a_target_is_met_or_not() {
        let row = |cpu| BenchRow {
            key: "deposit".into(),
            cpu: Duration::from_micros(cpu),
            target: Some(Duration::from_micros(13)),
        };

        assert!(!row(13).is_over_target());
        assert!(row(14).is_over_target());
        let text = "CPU time    median      target\ndeposit   14.00 µs  ≤ 13.00 µs\n";
        assert_eq!(BenchTable(vec![row(14)]).to_string(), text);
    }
}
