//! `emetis gas` and `emetis bench`: what operations cost, in gas and in time.

use std::sync::Arc;

use emetis::artifacts::Artifact;
use emetis::bench::{self, BenchTable, ForgeRun};
use emetis::campaign::{self, Checks, Plan};
use emetis::gas::{self, GasRow, GasTable, Sizes, sizes};
use emetis::stylus::{ProgramStore, Version};
use emetis::suite::Programs;
use emetis::{Table, thousands};

use super::fuzz::DEPTH;
use super::screen::{self, Ink, Meter};
use super::{Outcome, Verdict, build};
use crate::invariants::world::Origin;

/// Prints what every operation costs; finds fault with those over their budget.
pub(super) fn gas() -> Outcome {
    let (artifacts, programs) = programs()?;
    let rows = gas::measure(&programs);
    let over: Vec<String> = rows.iter().filter(|row| row.is_over_budget()).map(overrun).collect();
    screen::print(&GasTable(rows).to_string());
    screen::print(&Sizes(sizes(&artifacts, &Version::ARBOS_60)).to_string());
    for line in &over {
        screen::print(&screen::paint(line, Ink::Bad));
    }
    Ok(Verdict::from(over.is_empty()))
}

/// Prints how long single operations take. The targets are for reading: machines differ.
pub(super) fn bench() -> Outcome {
    const CASES: u64 = 300;
    let (artifacts, programs) = programs()?;
    let is_hub = |artifact: &&Artifact| programs.liquid_staking.as_ref() == artifact.code;
    let hub = artifacts.iter().find(is_hub).ok_or("the hub is not among the programs")?;

    let meter = Meter::spinner("Timing");
    let count = std::cell::Cell::new(0);
    let rows = bench::measure(&programs, hub, &|key| {
        count.set(count.get() + 1);
        meter.tell(count.get(), key.to_owned());
    });
    meter.tell(count.get() + 1, "campaigns".into());
    let origin = Origin::new(Arc::new(ProgramStore::standard()?), &programs, 0);
    let rates = [Checks::All, Checks::State, Checks::None].map(|checks| {
        let plan = Plan { seed: 1, cases: CASES, depth: DEPTH, checks, ..Plan::default() };
        campaign::run(&origin, &plan, &|_| {}).rate()
    });
    meter.tell(count.get() + 2, "forge".into());
    let forge = bench::forge_campaign();
    drop(meter);

    screen::print(&BenchTable(rows).to_string());
    screen::print(&campaigns(rates, forge.as_ref().ok()).to_string());
    if let Err(error) = forge {
        screen::print(&error.to_string());
    }
    Ok(Verdict::Passed)
}

/// Calls per CPU second of our campaign, by how much is checked, and of forge's.
fn campaigns(rates: [f64; 3], forge: Option<&ForgeRun>) -> Table {
    let mut table = Table::new(&["campaign", ">calls per CPU second", ">to forge"]);
    let mut row = |name: &str, rate: f64| {
        let ratio = forge.map_or("–".into(), |forge| format!("{:.1}", rate / forge.rate()));
        table.row([name.to_owned(), thousands(rate as u64), ratio]);
    };
    let names = ["every property", "properties of the state after every call", "no checks"];
    for (name, rate) in names.into_iter().zip(rates) {
        row(name, rate);
    }
    if let Some(forge) = forge {
        row(&format!("{}, the twins' state after every call", forge.forge), forge.rate());
    }
    table
}

/// The programs as released, and the artefacts they come from.
fn programs() -> Result<(Vec<Artifact>, Programs), Box<dyn std::error::Error>> {
    let builder = build::builder(false);
    Ok((builder.build()?, Programs::build(&builder)?))
}

fn overrun(row: &GasRow) -> String {
    let budget = row.budget.unwrap_or_default();
    format!("OVER BUDGET {}: {} gas of {budget}", row.key, row.gas)
}
