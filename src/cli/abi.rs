//! `emetis abi`: the programs' ABIs as JSON.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use emetis::abi::{ContractAbi, contracts};

use super::build::{cannot_write, folder, shown};
use super::{Outcome, Verdict, screen};

#[derive(Args, Debug)]
pub(super) struct Options {
    /// Folder to write them to, made if it is not there [default: target/emetis/abi]
    #[arg(long, value_name = "DIR", conflicts_with = "print")]
    out: Option<PathBuf>,
    /// Print one to standard output and write nothing
    #[arg(long, value_name = "NAME", value_parser = names())]
    print: Option<String>,
}

fn names() -> PossibleValuesParser {
    PossibleValuesParser::new(contracts().iter().map(|abi| abi.name))
}

pub(super) fn run(options: &Options) -> Outcome {
    if let Some(name) = &options.print {
        for abi in contracts().iter().filter(|abi| abi.name == name) {
            screen::print(abi.to_string().trim_end());
        }
        return Ok(Verdict::Passed);
    }
    let folder = options.out.clone().unwrap_or_else(|| folder().join("abi"));
    fs::create_dir_all(&folder).map_err(|error| cannot_write(&folder, &error))?;
    for abi in contracts() {
        let path = folder.join(format!("{}.json", abi.name));
        fs::write(&path, abi.to_string()).map_err(|error| cannot_write(&path, &error))?;
        screen::status("Wrote", &format!("{} ({})", shown(&path), contents(&abi)));
    }
    Ok(Verdict::Passed)
}

/// How much is in an ABI.
fn contents(abi: &ContractAbi) -> String {
    let count = |kind| abi.items.iter().filter(|item| item.json_type() == kind).count();
    let [functions, events, errors] = ["function", "event", "error"].map(count);
    format!("{functions} functions, {events} events, {errors} errors")
}
