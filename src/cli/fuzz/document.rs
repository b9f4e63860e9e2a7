//! A report as a file: what `--json` writes and `fuzz merge` reads.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use emetis::campaign::Report;
use serde::{Deserialize, Serialize};

use crate::cli::build::cannot_write;

/// A report with what a reader needs to know besides; `script/README.md` documents the fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Document {
    schema: u32,
    passed: bool,
    /// The broken variant in force.
    pub(super) mutant: Option<u32>,
    #[serde(flatten)]
    pub(super) report: Report,
}

impl Document {
    /// Raised when a field changes its meaning or goes.
    const SCHEMA: u32 = 2;

    pub(super) fn new(report: Report, mutant: Option<u32>) -> Self {
        Self { schema: Self::SCHEMA, passed: report.passed(), mutant, report }
    }

    pub(super) fn read(path: &Path) -> Result<Self, String> {
        /// The one field that every schema has.
        #[derive(Deserialize)]
        struct Head {
            schema: u32,
        }

        let shown = path.display();
        let text = fs::read_to_string(path).map_err(|error| {
            format!("{shown}: {error}; name a file that `fuzz --json` has written")
        })?;
        let broken = |error| {
            format!("{shown} is no report: {error}; name a file that `fuzz --json` has written")
        };
        let Head { schema } = serde_json::from_str(&text).map_err(broken)?;
        if schema != Self::SCHEMA {
            let ours = Self::SCHEMA;
            return Err(format!(
                "{shown} has schema {schema}, this version reads {ours}; run its campaign again"
            ));
        }
        serde_json::from_str(&text).map_err(broken)
    }
}

/// A file opened for a report before the campaign that it will tell of: that it cannot be written
/// had better be known before.
#[derive(Debug)]
pub(super) struct Output {
    path: PathBuf,
    file: File,
}

impl Output {
    pub(super) fn create(path: &Path) -> Result<Self, String> {
        let file = File::create(path).map_err(|error| cannot_write(path, &error))?;
        Ok(Self { path: path.to_owned(), file })
    }

    pub(super) fn write(mut self, document: &Document) -> Result<(), String> {
        let text = serde_json::to_string_pretty(document).map_err(|error| error.to_string())?;
        writeln!(self.file, "{text}").map_err(|error| cannot_write(&self.path, &error))
    }
}
