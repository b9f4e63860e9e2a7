//! `emetis gas`: what operations cost in gas.

use emetis::artifacts::Artifact;
use emetis::gas::{
    self, CallCosts, Flat, FlatTable, GasRow, GasTable, Sizes, TOLERANCE, call_costs, flat, sizes,
};
use emetis::stylus::Version;
use emetis::suite::Programs;

use super::screen::{self, Ink};
use super::{Outcome, Verdict, build};

/// Prints what every operation costs; finds fault with those over their budget.
pub(super) fn run() -> Outcome {
    let (artifacts, programs) = programs()?;
    let rows = gas::measure(&programs);
    let over: Vec<String> = rows.iter().filter(|row| row.is_over_budget()).map(overrun).collect();
    screen::print(&GasTable(rows).to_string());
    screen::print(&Sizes(sizes(&artifacts, &Version::ARBOS_60)).to_string());
    screen::print(&CallCosts(call_costs(&artifacts)).to_string());
    let crowded = flat(&programs);
    let uneven = crowded.iter().filter(|row| !row.is_flat()).map(unevenness);
    let faults: Vec<String> = over.into_iter().chain(uneven).collect();
    screen::print(&FlatTable(crowded).to_string());
    for line in &faults {
        screen::print(&screen::paint(line, Ink::Bad));
    }
    Ok(Verdict::from(faults.is_empty()))
}

/// The programs as released, and the artefacts they come from.
pub(super) fn programs() -> Result<(Vec<Artifact>, Programs), Box<dyn std::error::Error>> {
    let builder = build::builder(false);
    Ok((builder.build()?, Programs::build(&builder)?))
}

fn overrun(row: &GasRow) -> String {
    let budget = row.budget.unwrap_or_default();
    format!("OVER BUDGET {}: {} gas of {budget}", row.key, row.gas)
}

fn unevenness(row: &Flat) -> String {
    format!("NOT FLAT {}: {} gas apart, {TOLERANCE} allowed", row.key, row.spread())
}
