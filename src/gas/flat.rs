//! What users pay among few and among many.

mod queue;
mod staking;

use std::fmt;

use super::stage::Stage;
use crate::chain::Tx;
use crate::suite::Programs;
use crate::table::{Table, thousands};

/// By how much an operation may cost more or less among many, in gas.
pub const TOLERANCE: u64 = 200;

/// Gas of an operation among few and among many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flat {
    /// The operation.
    pub key: &'static str,
    /// Among whom or what: "1", "100 tickets".
    pub among: Vec<&'static str>,
    /// What it costs among these.
    pub gas: Vec<u64>,
}

impl Flat {
    /// The most that the number of others moves it by.
    pub fn spread(&self) -> u64 {
        self.gas.iter().max().unwrap_or(&0) - self.gas.iter().min().unwrap_or(&0)
    }

    /// Whether users pay the same among few and among many.
    pub fn is_flat(&self) -> bool {
        self.spread() <= TOLERANCE
    }
}

/// The rows of a report. Its text is a table for each kind of crowd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlatTable(pub Vec<Flat>);

/// Measures what users do among few and among many.
///
/// # Panics
///
/// If an operation is refused.
pub fn flat(programs: &Programs) -> Vec<Flat> {
    let stage = Stage::new(programs);
    [staking::rows(&stage), queue::rows(&stage)].concat()
}

type Play = fn(&mut Stage) -> Tx;

/// What an operation costs on each of some stages.
fn row(key: &'static str, stages: &[(&'static str, Stage)], play: Play) -> Flat {
    let cost = |(_, origin): &(_, Stage)| {
        let mut stage = origin.clone();
        let tx = play(&mut stage);
        let (outcome, _) = stage.play(&tx);
        outcome.expect("what is measured is accepted").gas_used
    };
    let among = stages.iter().map(|(name, _)| *name).collect();
    Flat { key, among, gas: stages.iter().map(cost).collect() }
}

impl fmt::Display for FlatTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for rows in self.0.chunk_by(|one, other| one.among == other.among) {
            let crowds = rows[0].among.iter().map(|name| format!(">{name}"));
            let heads: Vec<_> = ["among".to_owned()]
                .into_iter()
                .chain(crowds)
                .chain([">spread".to_owned()])
                .collect();
            let mut table = Table::new(&heads.iter().map(String::as_str).collect::<Vec<_>>());
            for row in rows {
                let figures = row.gas.iter().copied().chain([row.spread()]).map(thousands);
                table.row([row.key.to_owned()].into_iter().chain(figures));
            }
            writeln!(f, "{table}")?;
        }
        Ok(())
    }
}
