//! `emetis bench`: how long operations and campaigns take.

use std::sync::Arc;

use emetis::bench::{self, BenchTable, ForgeRun};
use emetis::campaign::{self, Checks, Plan};
use emetis::stylus::ProgramStore;
use emetis::{Table, thousands};

use super::fuzz::DEPTH;
use super::gas::programs;
use super::screen::{self, Meter};
use super::{Outcome, Verdict};
use crate::invariants::world::Origin;

/// Sequences of calls in a campaign that is timed.
const CASES: u64 = 1_000;
/// How often each is timed; the median counts.
const ROUNDS: usize = 5;

/// What is checked, in the order of the table.
const LEVELS: [(Checks, &str); 3] = [
    (Checks::None, "nothing: the calls alone"),
    (Checks::State, "state properties after every call"),
    (Checks::All, "and operation properties at their cadence"),
];

/// Prints how long single operations take. The targets are for reading: machines differ.
pub(super) fn run() -> Outcome {
    let (artifacts, programs) = programs()?;
    let is_hub =
        |artifact: &&emetis::artifacts::Artifact| programs.liquid_staking.as_ref() == artifact.code;
    let hub = artifacts.iter().find(is_hub).ok_or("the hub is not among the programs")?;

    let meter = Meter::spinner("Timing");
    let count = std::cell::Cell::new(0);
    let tell = |what: &str| {
        count.set(count.get() + 1);
        meter.tell(count.get(), what.to_owned());
    };
    let rows = bench::measure(&programs, hub, &tell);
    tell("campaigns");
    let origin = Origin::new(Arc::new(ProgramStore::standard()?), &programs, 0);
    let rates = rates(&origin);
    tell("forge");
    let forge = bench::forge_campaign();
    drop(meter);

    screen::print(&BenchTable(rows).to_string());
    screen::print(&campaigns(rates, forge.as_ref().ok()).to_string());
    if let Err(error) = forge {
        screen::print(&error.to_string());
    }
    Ok(Verdict::Passed)
}

/// Calls per CPU second of the same lists of actions at each level of checking.
///
/// The levels take turns, so that a machine that slows down slows all of them.
fn rates(origin: &Origin) -> [f64; LEVELS.len()] {
    let mut rounds = [[0.0; ROUNDS]; LEVELS.len()];
    for round in 0..ROUNDS {
        for (rates, (checks, _)) in rounds.iter_mut().zip(LEVELS) {
            let plan = Plan { seed: 1, cases: CASES, depth: DEPTH, checks, ..Plan::default() };
            rates[round] = campaign::run(origin, &plan, &|_| {}).rate();
        }
    }
    rounds.map(|mut rates| {
        rates.sort_by(f64::total_cmp);
        rates[ROUNDS / 2]
    })
}

fn campaigns(rates: [f64; LEVELS.len()], forge: Option<&ForgeRun>) -> Table {
    let heads = ["campaign, checked is", ">calls per CPU second", ">of unchecked", ">to forge"];
    let mut table = Table::new(&heads);
    let to_forge = |rate: f64| {
        forge.map_or_else(|| "–".into(), |forge| format!("{:.1} times", rate / forge.rate()))
    };
    for ((_, what), rate) in LEVELS.iter().zip(rates) {
        let part = format!("{:.0} %", 100.0 * rate / rates[0]);
        table.row([(*what).to_owned(), thousands(rate as u64), part, to_forge(rate)]);
    }
    if let Some(forge) = forge {
        let what = format!("{}, the Solidity twins: state after every call", forge.forge);
        table.row([what, thousands(forge.rate() as u64), "–".into(), to_forge(forge.rate())]);
    }
    table
}
