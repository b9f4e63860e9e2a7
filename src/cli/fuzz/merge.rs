//! `emetis fuzz merge`: the reports of all shards of a campaign, as the report of the campaign.

use std::path::PathBuf;

use clap::Args;
use emetis::campaign::Report;

use super::conclude;
use super::document::{Document, Output};
use crate::cli::Outcome;

#[derive(Args, Debug)]
pub(super) struct Options {
    /// What the shards wrote with --json, in any order
    #[arg(required = true, value_name = "FILE")]
    reports: Vec<PathBuf>,
    /// Write the merged report to this file, too
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

pub(super) fn run(options: &Options) -> Outcome {
    let paths = &options.reports;
    let read = paths.iter().map(|path| Document::read(path));
    let documents = read.collect::<Result<Vec<_>, _>>()?;
    // Of one program only.
    let mutant = documents.first().and_then(|document| document.mutant);
    if let Some(at) = documents.iter().position(|document| document.mutant != mutant) {
        let path = paths[at].display();
        return Err(format!(
            "{path}: this is a shard of another campaign: its mutant is not that of the first report"
        )
        .into());
    }
    let reports: Vec<Report> = documents.into_iter().map(|document| document.report).collect();
    let merged = Report::merge(&reports).map_err(|error| match error.at() {
        Some(at) => format!("{}: {error}", paths[at].display()),
        None => error.to_string(),
    })?;
    let output = options.json.as_deref().map(Output::create).transpose()?;
    conclude(&Document::new(merged, mutant), output)
}
