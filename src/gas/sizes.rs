//! What a program's size costs.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::artifacts::Artifact;
use crate::stylus::Version;
use crate::table::{Table, thousands};

/// Sizes of a program and the costs that follow from them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// Name of the program.
    pub program: String,
    /// Bytes of WASM.
    pub wasm: u64,
    /// Bytes of account code.
    pub code: u64,
    /// Bytes of account code that a chain takes.
    pub code_limit: u64,
    /// Functions.
    pub functions: u64,
    /// Bytes of the data section's items, for which every call pays.
    pub data: u64,
    /// Gas that every call pays to enter, memory not included.
    pub cached_init: u64,
    /// Gas that a call pays besides, if the program is neither cached nor recently run.
    pub init: u64,
    /// Gas of its activation.
    pub activation: u64,
}

/// The rows of a report. Its text is a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sizes(pub Vec<Size>);

/// Sizes of programs under the rules of `version`.
pub fn sizes(programs: &[Artifact], version: &Version) -> Vec<Size> {
    let size = |program: &Artifact| {
        let activation = program.activation(version);
        Size {
            program: program.name.clone(),
            wasm: program.wasm.len() as u64,
            code: program.code.len() as u64,
            code_limit: version.limits.code as u64,
            functions: program.figures.functions,
            data: program.figures.data_bytes,
            cached_init: version.call.min_cached + u64::from(activation.cached),
            init: version.call.min_init + u64::from(activation.init),
            activation: version.activation.upfront + activation.gas,
        }
    };
    programs.iter().map(size).collect()
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new(&[
            "sizes",
            ">WASM",
            ">code",
            ">limit",
            ">functions",
            ">data",
            ">cached init",
            ">init",
            ">activation",
        ]);
        for row in &self.0 {
            let figures = [
                row.wasm,
                row.code,
                row.code_limit,
                row.functions,
                row.data,
                row.cached_init,
                row.init,
                row.activation,
            ];
            table.row(std::iter::once(row.program.clone()).chain(figures.map(thousands)));
        }
        writeln!(f, "{table}")
    }
}
