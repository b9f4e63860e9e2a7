//! `emetis access`: who may call what.

use std::fs;

use clap::Args;
use emetis::suite::access;

use super::build::{cannot_write, shown};
use super::{Outcome, Verdict, screen};

#[derive(Args, Debug)]
pub(super) struct Options {
    /// Write the table into contracts/README.md as well
    #[arg(long)]
    write: bool,
}

pub(super) fn run(options: &Options) -> Outcome {
    screen::print(access::text().trim_end());
    if !options.write {
        return Ok(Verdict::Passed);
    }
    let page = access::page()?;
    if page.text != page.expected {
        fs::write(&page.path, &page.expected).map_err(|error| cannot_write(&page.path, &error))?;
        screen::status("Wrote", &shown(&page.path));
    }
    Ok(Verdict::Passed)
}
