//! `emetis gas` and `emetis bench`: what operations cost, in gas and in time.

use std::sync::Arc;

use emetis::artifacts::Artifact;
use emetis::bench::{self, BenchTable};
use emetis::campaign::{self, Plan};
use emetis::gas::{self, GasRow, GasTable, Sizes, sizes};
use emetis::stylus::{ProgramStore, Version};
use emetis::suite::Programs;
use emetis::thousands;

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
    meter.tell(count.get() + 1, "a campaign".into());
    let origin = Origin::new(Arc::new(ProgramStore::standard()?), &programs, 0);
    let plan = Plan { seed: 1, cases: CASES, depth: DEPTH, ..Plan::default() };
    let report = campaign::run(&origin, &plan, &|_| {});
    drop(meter);

    screen::print(&BenchTable(rows).to_string());
    let rate = thousands(report.rate() as u64);
    screen::print(&format!(
        "campaign, every property after every call: {rate} calls per CPU second"
    ));
    Ok(Verdict::Passed)
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
