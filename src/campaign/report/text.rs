//! A report as its reader sees it.

use std::fmt;

use super::Report;
use crate::{Table, thousands};

impl Report {
    /// Calls of each kind of action, and how many were accepted; `!` marks those that test next to
    /// nothing.
    pub fn actions_table(&self) -> Table {
        let headings = ["action", ">calls", ">accepted", ">rejected", ">%", ">mean gas", ""];
        let mut table = Table::new(&headings);
        for (name, row) in &self.actions {
            table.row([
                name.clone(),
                thousands(row.calls),
                thousands(row.accepted),
                thousands(row.calls - row.accepted),
                format!("{:.1}", row.acceptance()),
                thousands(row.gas / row.calls.max(1)),
                if row.is_idle() { "!".into() } else { String::new() },
            ]);
        }
        table
    }

    /// Every property, how often it was checked, and how often it must have been.
    pub fn properties_table(&self) -> Table {
        let mut table = Table::new(&["id", ">every", ">checks", ">minimum", "must hold"]);
        for row in &self.properties {
            table.row([
                row.id.clone(),
                thousands(row.every),
                thousands(row.hits),
                thousands(row.minimum),
                row.sentence.clone(),
            ]);
        }
        table
    }

    /// What was found, what tests too little, and the verdict, which is the last line.
    ///
    /// Lines that say what is wrong begin with a word in capitals and have a colon after it.
    pub fn verdict(&self) -> String {
        let mut lines = self.finding();
        for name in self.idle() {
            let row = self.actions[name];
            let (share, calls) = (row.acceptance(), thousands(row.calls));
            lines.push(format!(
                "WARNING {name}: {share:.1} % of {calls} calls were accepted, which tests next to nothing"
            ));
        }
        if self.plan.shard.is_none() {
            for row in self.unexercised() {
                let (hits, minimum) = (thousands(row.hits), thousands(row.minimum));
                lines
                    .push(format!("NOT EXERCISED {}: {hits} checks of at least {minimum}", row.id));
            }
        }
        lines.push(format!(
            "{}: {} calls in {} cases, {:.1} s, {} calls per CPU second, seed {}{}",
            self.word(),
            thousands(self.calls),
            thousands(self.cases),
            self.elapsed_ms as f64 / 1e3,
            thousands(self.rate() as u64),
            self.plan.seed,
            self.plan.shard.map_or(String::new(), |shard| format!(", shard {shard}")),
        ));
        lines.join("\n")
    }

    fn word(&self) -> &'static str {
        match self {
            _ if self.passed() => "PASSED",
            Self { found: None, interrupted: true, .. } => "INTERRUPTED",
            _ => "FAILED",
        }
    }

    /// The violation and its story.
    fn finding(&self) -> Vec<String> {
        let Some(found) = &self.found else { return Vec::new() };
        let (case, runs, seed) = (found.case, found.runs, self.plan.seed);
        let cut = if self.interrupted { ", when interrupted," } else { "" };
        let head = [
            format!("VIOLATED {}: {}", found.violation.property, found.violation.message),
            format!("in case {case} of seed {seed}, shrunk{cut} in {runs} runs to:"),
        ];
        let steps = found.story.iter().enumerate();
        head.into_iter().chain(steps.map(|(at, line)| format!("  {:>2}. {line}", at + 1))).collect()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (actions, properties) = (self.actions_table(), self.properties_table());
        write!(f, "{actions}\n\n{properties}\n\n{}", self.verdict())
    }
}
