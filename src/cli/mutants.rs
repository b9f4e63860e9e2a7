//! `emetis mutants`: every deliberately broken variant against the properties that must notice it.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use clap::Args;
use emetis::campaign::Plan;
use emetis::stylus::ProgramStore;
use emetis::suite::Programs;
use emetis::{Table, thousands};
use emetis_common::mutants::in_stories;

use super::fuzz::{DEPTH, jobs};
use super::screen::{self, Ink, Meter};
use super::{Outcome, Verdict, build};
use crate::invariants::mutants::{LIMIT, Trial, pairs, try_mutant};
use crate::invariants::spec::PROPERTIES;

#[derive(Args, Debug)]
pub(super) struct Options {
    /// Sequences of calls after which a mutant counts as a survivor
    #[arg(long, default_value_t = LIMIT, value_parser = clap::value_parser!(u64).range(1..))]
    cases: u64,
    /// Number that everything follows from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Threads; they change nothing but the time it takes [default: one a core]
    #[arg(long)]
    jobs: Option<NonZeroUsize>,
    /// Mutants to try, by number [default: all]
    #[arg(long, value_delimiter = ',')]
    only: Vec<u32>,
}

pub(super) fn run(options: &Options) -> Outcome {
    let programs = Programs::build(&build::builder(true))?;
    let store = Arc::new(ProgramStore::roomy()?);
    let trials = try_all(&store, &programs, options)?;

    let heads = [">", "mutant", "must be noticed by", ">calls", ">steps", "verdict"];
    let mut table = Table::new(&heads);
    for trial in &trials {
        let killed = trial.killed();
        let story = trial.report.found.as_ref().map(|found| found.actions.len());
        table.row([
            trial.mutant.to_string(),
            trial.name.into(),
            trial.property.into(),
            thousands(trial.report.calls),
            story.map_or("-".into(), |steps| steps.to_string()),
            if killed { "killed".into() } else { screen::paint("SURVIVED", Ink::Bad) },
        ]);
    }
    screen::print(&format!("{}\n", screen::table(&table)));

    let survivors = trials.iter().filter(|trial| !trial.killed());
    let mut findings: Vec<String> = survivors
        .map(|trial| format!("SURVIVED {} {}: {}", trial.property, trial.name, trial.sentence))
        .collect();
    findings.extend(unpaired());
    for line in &findings {
        screen::print(&screen::paint(line, Ink::Bad));
    }
    let killed = trials.iter().filter(|trial| trial.killed()).count();
    let (word, ink) =
        if findings.is_empty() { ("PASSED", Ink::Good) } else { ("FAILED", Ink::Bad) };
    screen::print(&format!(
        "{}: {killed} of {} pairs killed, {} mutants, {} properties, seed {}",
        screen::paint(word, ink),
        trials.len(),
        emetis_common::mutants::MUTANTS.len(),
        PROPERTIES.len(),
        options.seed
    ));
    Ok(Verdict::from(findings.is_empty()))
}

/// Tries all pairs, each on one thread, so that the calls counted follow from the seed.
fn try_all(
    store: &Arc<ProgramStore>,
    programs: &Programs,
    options: &Options,
) -> Result<Vec<Trial>, std::io::Error> {
    const STACK: usize = 64 << 20;
    let plan = Plan { seed: options.seed, cases: options.cases, depth: DEPTH, ..Plan::default() };
    let mut pairs = pairs();
    pairs.retain(|(number, _)| options.only.is_empty() || options.only.contains(number));
    let next = AtomicUsize::new(0);
    let trials = Mutex::new(Vec::new());
    let meter = Meter::bar("Trying", pairs.len() as u64);
    let work = || {
        while let Some((number, property)) = pairs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let trial = try_mutant(store, programs, *number, property, &plan);
            let mut trials = trials.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let message = format!("pairs, {} against {}", property.id, trial.name);
            trials.push(trial);
            meter.tell(trials.len() as u64, message);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..jobs(options.jobs) {
            std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work)?;
        }
        Ok::<_, std::io::Error>(())
    })?;
    let mut trials = trials.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    trials.sort_by_key(|trial| (trial.mutant, trial.property));
    Ok(trials)
}

/// Properties that no mutant violates, and mutants that no property must notice.
fn unpaired() -> Vec<String> {
    let properties = PROPERTIES.iter().filter(|property| property.mutants.is_empty());
    let mut lines: Vec<String> = properties
        .map(|property| format!("NO MUTANT shows that {} can fail", property.id))
        .collect();
    let mutants = emetis_common::mutants::MUTANTS.iter().filter(|(number, ..)| {
        !in_stories().any(|other| other == *number)
            && !PROPERTIES.iter().any(|property| property.mutants.contains(number))
    });
    lines.extend(
        mutants.map(|(number, name, _)| format!("NO PROPERTY is tried on {number} {name}")),
    );
    lines
}
