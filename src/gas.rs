//! What every operation costs, and of what that is made.
//!
//! [`measure`] plays each operation in a world of its own, on a program that is in the chain's cache
//! and on one that is neither there nor recently run, and takes the cost apart by the call tree.
//! Solidity contracts that do the same work are measured in the same revm. [`sizes()`] tells what a
//! program's size makes every call and its activation cost, [`call_costs`] what a call from another
//! program does, [`flat()`] that users pay the same among few and among many.

mod calls;
mod flat;
mod parts;
mod scenarios;
mod sizes;
mod stage;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use calls::{CallCost, CallCosts, call_costs};
pub use flat::{Flat, FlatTable, TOLERANCE, flat};
pub use parts::Parts;
pub use sizes::{Size, Sizes, sizes};

use crate::suite::Programs;
use crate::table::{Table, or_dash, thousands};
use stage::Stage;

/// What one operation costs, in gas of the whole transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GasRow {
    /// The operation, in words.
    pub key: String,
    /// Gas when the program is in the chain's cache.
    pub gas: u64,
    /// Gas when it is not, and did not run in this block before.
    pub uncached: u64,
    /// What it may cost when cached.
    pub budget: Option<u64>,
    /// What it should cost when cached.
    pub aim: Option<u64>,
    /// A Solidity contract that does the same work, and its gas.
    pub peer: Option<(String, u64)>,
    /// What `gas` is made of.
    pub breakdown: Parts,
}

impl GasRow {
    /// Whether the operation costs more than its budget.
    pub fn is_over_budget(&self) -> bool {
        self.budget.is_some_and(|budget| self.gas > budget)
    }
}

/// The rows of a report. Its text is a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GasTable(pub Vec<GasRow>);

/// Measures every operation of the suite.
///
/// # Panics
///
/// With a call tree if an operation does not come to what its name says.
pub fn measure(programs: &Programs) -> Vec<GasRow> {
    let stage = Stage::new(programs);
    scenarios::all().map(|scenario| scenario.measure(&stage)).collect()
}

impl fmt::Display for GasTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table =
            Table::new(&["gas", ">cached", ">budget", ">aim", ">peer", "", ">not cached"]);
        for row in &self.0 {
            let (peer, name) = match &row.peer {
                Some((name, gas)) => (thousands(*gas), name.clone()),
                None => (or_dash(None), String::new()),
            };
            let figures = [thousands(row.gas), or_dash(row.budget), or_dash(row.aim), peer, name];
            let cells = std::iter::once(row.key.clone()).chain(figures);
            table.row(cells.chain([thousands(row.uncached)]));
        }
        writeln!(f, "{table}\n")?;

        let names = Parts::NAMES.map(|name| format!(">{name}"));
        let mut headings = vec!["made of", ">cached"];
        headings.extend(names.iter().map(String::as_str));
        let mut table = Table::new(&headings);
        for row in &self.0 {
            let parts = row.breakdown.named().map(|(_, gas)| thousands(gas));
            table.row([row.key.clone(), thousands(row.gas)].into_iter().chain(parts));
        }
        writeln!(f, "{table}")
    }
}
