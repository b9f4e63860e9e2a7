//! `emetis fuzz`: a property campaign against the compiled programs, or the replay of a finding.

use std::fs::File;
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;
use clap::builder::RangedU64ValueParser;
use emetis::campaign::{self, Plan, Progress, Report};
use emetis::stylus::ProgramStore;
use emetis::suite::Programs;
use serde::Serialize;

use super::build::{cannot_write, shown};
use super::replay::Replay;
use super::screen::{self, Ink, Meter, number};
use super::{Outcome, Verdict, build};
use crate::invariants::action::Action;
use crate::invariants::spec::PROPERTIES;
use crate::invariants::world::Origin;

/// Sequences of the default campaign: about ten seconds on two cores.
const CASES: u64 = 2_500;
/// Calls in each.
pub(super) const DEPTH: usize = 60;

#[derive(Args, Debug)]
pub(super) struct Options {
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
    /// Run what a failing campaign has written, instead of a campaign
    #[arg(long, value_name = "FILE", conflicts_with_all = ["cases", "depth", "seed", "jobs", "property", "mutant", "json"])]
    replay: Option<PathBuf>,
    /// Write the report to this file, too; script/README.md documents the fields
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            cases: CASES,
            depth: DEPTH,
            seed: None,
            jobs: None,
            property: None,
            mutant: None,
            replay: None,
            json: None,
        }
    }
}

pub(super) fn run(options: &Options) -> Outcome {
    if let Some(path) = &options.replay {
        return replay(path);
    }
    // A file that cannot be written had better be known before the campaign than after it.
    let json = options.json.as_deref().map(Json::create).transpose()?;
    let plan = Plan {
        seed: options.seed.unwrap_or_else(fresh_seed),
        cases: options.cases,
        depth: options.depth,
        jobs: jobs(options.jobs),
        only: options.property.map(Into::into),
    };
    let origin = deploy(options.mutant)?;
    let report = fuzz(&origin, &plan);

    screen::print(&painted(&report));
    if let Some(found) = &report.found {
        let path = Replay::new(&plan, options.mutant, found).write()?;
        screen::print(&format!("replay: cargo run --release -- fuzz --replay {}", shown(&path)));
    } else {
        screen::print(&format!("again:  cargo run --release -- fuzz{}", arguments(&plan, options)));
    }
    if let Some(json) = json {
        json.write(options.mutant, &report)?;
    }
    Ok(Verdict::from(report.passed()))
}

/// Builds the programs, prints their sizes, deploys them.
fn deploy(mutant: Option<u32>) -> Result<Origin, Box<dyn std::error::Error>> {
    let builder = build::builder(mutant.is_some());
    let artifacts = builder.build()?;
    let programs = Programs::build(&builder)?;
    drop(builder);
    screen::print(&format!("{}\n", build::sizes(&artifacts)));
    let store = Arc::new(ProgramStore::standard()?);
    screen::status("Deploying", "the suite into a world of this process");
    Ok(Origin::new(store, &programs, mutant.unwrap_or(0)))
}

/// Runs a campaign under a progress bar.
fn fuzz(origin: &Origin, plan: &Plan) -> Report {
    let Plan { seed, cases, depth, jobs, .. } = plan;
    let cases_text = number(cases);
    screen::status(
        "Fuzzing",
        &format!("{cases_text} cases of {depth} calls, seed {seed}, {jobs} threads"),
    );
    let meter = Meter::bar("Fuzzing", *cases);
    campaign::run(origin, plan, &|progress: Progress| {
        let rate = progress.calls as f64 / meter.elapsed().as_secs_f64();
        let calls = number(progress.calls);
        meter.tell(progress.cases, format!("cases, {calls} calls, {}/s", number(rate as u64)));
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

/// A report with its verdicts in colour.
fn painted(report: &Report) -> String {
    let text = report.to_string();
    let paint = |line: &str| {
        let (word, rest) = line.split_once(':').unwrap_or((line, ""));
        let ink = match word.split(' ').next() {
            Some("PASSED") => Ink::Good,
            Some("FAILED" | "VIOLATED" | "NOT") => Ink::Bad,
            _ => return line.to_owned(),
        };
        format!("{}:{rest}", screen::paint(word, ink))
    };
    text.lines().map(paint).collect::<Vec<_>>().join("\n")
}

/// The arguments that run the same campaign again.
fn arguments(plan: &Plan, options: &Options) -> String {
    let mut text = format!(" --seed {} --cases {} --depth {}", plan.seed, plan.cases, plan.depth);
    if let Some(property) = options.property {
        text += &format!(" --property {property}");
    }
    if let Some(number) = options.mutant {
        text += &format!(" --mutant {number}");
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

/// The report as data.
struct Json {
    path: PathBuf,
    file: File,
}

impl Json {
    /// Schema of what is written; raised when a field changes its meaning or goes.
    const SCHEMA: u32 = 1;

    fn create(path: &Path) -> Result<Self, String> {
        let file = File::create(path).map_err(|error| cannot_write(path, &error))?;
        Ok(Self { path: path.to_owned(), file })
    }

    fn write(mut self, mutant: Option<u32>, report: &Report) -> Result<(), String> {
        #[derive(Serialize)]
        struct Contents<'a> {
            schema: u32,
            passed: bool,
            mutant: Option<u32>,
            #[serde(flatten)]
            report: &'a Report,
        }

        let contents = Contents { schema: Self::SCHEMA, passed: report.passed(), mutant, report };
        let text = serde_json::to_string_pretty(&contents).map_err(|error| error.to_string())?;
        writeln!(self.file, "{text}").map_err(|error| cannot_write(&self.path, &error))
    }
}
