//! `emetis fuzz`: a property campaign against the compiled programs, or the replay of a finding.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::builder::RangedU64ValueParser;
use clap::{Args, Subcommand};
use emetis::campaign::{self, Plan, Progress, Report, Shard};
use emetis::stylus::ProgramStore;
use emetis::suite::Programs;
use emetis::thousands;

use document::{Document, Output};

use super::build::shown;
use super::replay::Replay;
use super::screen::{self, Ink, Meter};
use super::{Outcome, Verdict, build};
use crate::invariants::action::Action;
use crate::invariants::spec::PROPERTIES;
use crate::invariants::world::Origin;

mod document;
pub(super) mod interrupt;
mod merge;

/// Sequences of the default campaign: some five seconds on two cores.
const CASES: u64 = 2_500;
/// Calls in each.
pub(super) const DEPTH: usize = 60;

#[derive(Debug, Subcommand)]
enum Task {
    /// Puts the reports of all shards of a campaign together
    Merge(merge::Options),
}

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Options {
    #[command(subcommand)]
    task: Option<Task>,
    /// Sequences of calls to try
    #[arg(long, default_value_t = CASES, value_parser = clap::value_parser!(u64).range(1..))]
    cases: u64,
    /// Calls in each sequence
    #[arg(long, default_value_t = DEPTH, value_parser = RangedU64ValueParser::<usize>::new().range(1..))]
    depth: usize,
    /// Number that everything follows from [default: another one each time]
    #[arg(long)]
    seed: Option<u64>,
    /// Threads; they change nothing but the time it takes [default: one a core]
    #[arg(long)]
    jobs: Option<NonZeroUsize>,
    /// Watch only this property, such as SOL-1
    #[arg(long, value_name = "ID", value_parser = property)]
    property: Option<&'static str>,
    /// Run against a deliberately broken variant, by its number in `emetis mutants`
    #[arg(long, value_name = "NUMBER", value_parser = mutant)]
    mutant: Option<u32>,
    /// Run only this part of the cases, as 1/3, 2/3 and 3/3 on three machines; see `fuzz merge`
    #[arg(long, value_name = "I/N", requires = "seed")]
    shard: Option<Shard>,
    /// Run what a failing campaign has written, instead of a campaign
    #[arg(long, value_name = "FILE", conflicts_with_all = ["cases", "depth", "seed", "jobs", "property", "mutant", "shard", "json"])]
    replay: Option<PathBuf>,
    /// Write the report to this file, too; script/README.md documents the fields
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            task: None,
            cases: CASES,
            depth: DEPTH,
            seed: None,
            jobs: None,
            property: None,
            mutant: None,
            shard: None,
            replay: None,
            json: None,
        }
    }
}

pub(super) fn run(options: &Options) -> Outcome {
    if let Some(Task::Merge(options)) = &options.task {
        return merge::run(options);
    }
    if let Some(path) = &options.replay {
        return replay(path);
    }
    let output = options.json.as_deref().map(Output::create).transpose()?;
    let plan = Plan {
        seed: options.seed.unwrap_or_else(fresh_seed),
        cases: options.cases,
        depth: options.depth,
        jobs: jobs(options.jobs),
        only: options.property.map(Into::into),
        shard: options.shard,
        ..Plan::default()
    };
    let origin = deploy(options.mutant)?;
    let report = fuzz(&origin, &plan, &*interrupt::listen()?);
    conclude(&Document::new(report, options.mutant), output)
}

/// Prints a report and how to run it, or what it found, again; writes it if it is to be written.
fn conclude(document: &Document, output: Option<Output>) -> Outcome {
    let Document { report, mutant, .. } = document;
    screen::print(&painted(report));
    if let Some(output) = output {
        output.write(document)?;
    }
    if let Some(found) = &report.found {
        let path = Replay::new(&report.plan, *mutant, found).write()?;
        screen::print(&format!("replay: cargo run --release -- fuzz --replay {}", shown(&path)));
    } else {
        let arguments = arguments(&report.plan, *mutant);
        screen::print(&format!("again:  cargo run --release -- fuzz{arguments}"));
    }
    Ok(match report {
        Report { found: None, interrupted: true, .. } => Verdict::Interrupted,
        report => report.passed().into(),
    })
}

/// Builds the programs, prints their sizes, deploys them.
fn deploy(mutant: Option<u32>) -> Result<Origin, Box<dyn std::error::Error>> {
    let builder = build::builder(mutant.is_some());
    let artifacts = builder.build()?;
    let programs = Programs::build(&builder)?;
    drop(builder);
    screen::print(&format!("{}\n", build::sizes(&artifacts)));
    let store = if mutant.is_some() { ProgramStore::roomy() } else { ProgramStore::standard() };
    let store = Arc::new(store?);
    screen::status("Deploying", "the suite into a world of this process");
    Ok(Origin::new(store, &programs, mutant.unwrap_or(0)))
}

/// Runs a campaign under a progress bar.
fn fuzz(origin: &Origin, plan: &Plan, stop: &AtomicBool) -> Report {
    let Plan { seed, depth, jobs, .. } = plan;
    let cases = thousands(plan.share());
    let shard = plan.shard.map_or(String::new(), |shard| format!(", shard {shard}"));
    screen::status(
        "Fuzzing",
        &format!("{cases} cases of {depth} calls, seed {seed}{shard}, threads: {jobs}"),
    );
    let meter = Meter::bar("Fuzzing", plan.share());
    campaign::run_until(origin, plan, stop, &|progress: Progress| {
        let rate = thousands((progress.calls as f64 / meter.elapsed().as_secs_f64()) as u64);
        let calls = thousands(progress.calls);
        meter.tell(progress.cases, format!("cases, {calls} calls, {rate}/s"));
    })
}

fn replay(path: &Path) -> Outcome {
    let replay = Replay::read(path)?;
    let Replay { seed, case, mutant, property, only, .. } = &replay;
    let actions: Vec<Action> = replay.decode()?;
    let watched = self::property(property)?;
    if let Some(number) = mutant {
        self::mutant(&number.to_string())?;
    }
    let origin = deploy(*mutant)?;

    screen::status("Replaying", &format!("case {case} of seed {seed}: {} steps", actions.len()));
    let (story, violation) = campaign::replay(&origin, &actions, only.then_some(watched));
    for (at, line) in story.iter().enumerate() {
        screen::print(&format!("  {:>2}. {line}", at + 1));
    }
    let Some(violation) = violation else {
        screen::print(&screen::paint("PASSED: this story no longer violates anything", Ink::Good));
        return Ok(Verdict::Passed);
    };
    let word = screen::paint(&format!("VIOLATED {}", violation.property), Ink::Bad);
    screen::print(&format!("{word}: {}", violation.message));
    Ok(Verdict::Failed)
}

/// A report in colour.
fn painted(report: &Report) -> String {
    let [actions, properties] =
        [report.actions_table(), report.properties_table()].map(|table| screen::table(&table));
    let paint = |line: &str| {
        let (word, rest) = line.split_once(':').unwrap_or((line, ""));
        let ink = match word.split(' ').next() {
            Some("PASSED") => Ink::Good,
            Some("FAILED" | "VIOLATED" | "NOT") => Ink::Bad,
            Some("INTERRUPTED" | "WARNING") => Ink::Doubtful,
            _ => return line.to_owned(),
        };
        format!("{}:{rest}", screen::paint(word, ink))
    };
    let verdict: Vec<String> = report.verdict().lines().map(paint).collect();
    format!("{actions}\n\n{properties}\n\n{}", verdict.join("\n"))
}

/// The arguments that run the same campaign again.
fn arguments(plan: &Plan, mutant: Option<u32>) -> String {
    let Plan { seed, cases, depth, only, shard, .. } = plan;
    let mut text = format!(" --seed {seed} --cases {cases} --depth {depth}");
    if let Some(property) = only {
        text += &format!(" --property {property}");
    }
    if let Some(number) = mutant {
        text += &format!(" --mutant {number}");
    }
    if let Some(shard) = shard {
        text += &format!(" --shard {shard}");
    }
    text
}

/// Threads: as many as there are cores unless said otherwise.
pub(super) fn jobs(wanted: Option<NonZeroUsize>) -> usize {
    let cores = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    wanted.unwrap_or_else(cores).get()
}

/// Another number each time, short enough to be typed.
fn fresh_seed() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::from(now.subsec_nanos()) ^ (now.as_secs() & 0xffff)
}

/// The ID of a property.
fn property(text: &str) -> Result<&'static str, String> {
    let find = PROPERTIES.iter().find(|property| property.id.eq_ignore_ascii_case(text));
    let known = || PROPERTIES.iter().map(|property| property.id).collect::<Vec<_>>().join(", ");
    find.map(|property| property.id).ok_or_else(|| format!("there are: {}", known()))
}

/// The number of a broken variant.
fn mutant(text: &str) -> Result<u32, String> {
    let mutants = emetis_common::mutants::MUTANTS;
    let number =
        text.parse().ok().filter(|number| mutants.iter().any(|mutant| mutant.0 == *number));
    number.ok_or_else(|| format!("there are 1 to {}, listed by `emetis mutants`", mutants.len()))
}
