//! Property campaigns: random sequences of calls, properties after each, small counterexamples.
//!
//! A [`Subject`] says what a world is, which actions there are and what must hold; [`run`] draws
//! sequences from a seed, spreads them over threads, counts what was exercised, and shrinks the first
//! sequence that violates a property. Everything follows from the seed: the same seed and number of
//! cases give the same report on any machine and with any number of threads.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use proptest::strategy::{BoxedStrategy, Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::outcome::{Failure, Receipt};

pub mod amounts;
mod report;
mod shrink;

pub use report::{ActionRow, Found, PropertyRow, Report};

/// Something that must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Property {
    /// Short name, as in `SOL-1`.
    pub id: &'static str,
    /// What must hold, in a sentence.
    pub sentence: &'static str,
    /// Checks per 10,000 calls below which the property counts as not exercised.
    pub minimum: u64,
    /// Numbers of the broken variants that must violate it.
    pub mutants: &'static [u32],
}

impl Property {
    /// A property to be checked once in 10,000 calls at least, with no broken variant.
    ///
    /// The rest by struct update: `Property { minimum: 500, ..Property::new("PAY-1", "…") }`.
    pub const fn new(id: &'static str, sentence: &'static str) -> Self {
        Self { id, sentence, minimum: 1, mutants: &[] }
    }
}

/// A property that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// Which one.
    pub property: String,
    /// Expected and found.
    pub message: String,
}

/// Counts checks, and says which of them matter.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    hits: BTreeMap<&'static str, u64>,
    only: Option<&'static str>,
}

impl Tally {
    /// A tally in which only one property can be violated; all are counted.
    pub fn only(property: Option<&'static str>) -> Self {
        Self { hits: BTreeMap::new(), only: property }
    }

    /// Whether violations of a property matter.
    pub fn watches(&self, property: &str) -> bool {
        self.only.is_none_or(|only| only == property)
    }

    /// Counts one check of a property.
    ///
    /// # Errors
    ///
    /// A [`Violation`] with `message` if the property does not hold and matters.
    pub fn check(
        &mut self,
        property: &'static str,
        holds: bool,
        message: impl FnOnce() -> String,
    ) -> Result<(), Violation> {
        *self.hits.entry(property).or_default() += 1;
        if holds || !self.watches(property) {
            return Ok(());
        }
        Err(Violation { property: property.into(), message: message() })
    }
}

/// What one action came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Whether the call succeeded.
    pub accepted: bool,
    /// Gas of the transaction.
    pub gas: u64,
}

impl<T> From<&Result<Receipt<T>, Failure>> for Step {
    fn from(outcome: &Result<Receipt<T>, Failure>) -> Self {
        match outcome {
            Ok(receipt) => Self { accepted: true, gas: receipt.gas_used },
            Err(failure) => Self { accepted: false, gas: failure.gas_used() },
        }
    }
}

/// What a campaign runs against.
pub trait Subject: Sync {
    /// One call that the campaign may draw. It is written to replay files.
    type Action: Clone + Debug + Send + Sync + Serialize + DeserializeOwned;
    /// The system and its model, together.
    type World;

    /// The properties, in the order of the report.
    fn properties(&self) -> &'static [Property];

    /// A fresh world, once a case and often while shrinking. Keep a [`Snapshot`](crate::Snapshot) of a
    /// [sealed](crate::Chain::seal) chain in the subject and make a [`Chain`](crate::Chain) of its
    /// clone: that takes microseconds.
    fn begin(&self) -> Self::World;

    /// Where actions come from.
    fn actions(&self) -> BoxedStrategy<Self::Action>;

    /// Name of an action, for the table.
    fn name(&self, action: &Self::Action) -> &'static str;

    /// Does one action to the world and checks what must hold.
    ///
    /// # Errors
    ///
    /// The first property that does not hold.
    fn step(
        &self,
        world: &mut Self::World,
        action: &Self::Action,
        tally: &mut Tally,
    ) -> Result<Step, Violation>;

    /// Simpler actions to try in place of this one, simplest first; none unless a subject says so.
    /// [`amounts::smaller`] does it for amounts.
    fn simpler(&self, action: &Self::Action) -> Vec<Self::Action> {
        let _ = action;
        Vec::new()
    }

    /// One line of a story: the action as it stands in this world, or else as it prints for debugging.
    fn tell(&self, world: &Self::World, action: &Self::Action) -> String {
        let _ = world;
        format!("{action:?}")
    }
}

/// How much to run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Everything follows from it.
    pub seed: u64,
    /// Sequences.
    pub cases: u64,
    /// Actions in each.
    pub depth: usize,
    /// Threads.
    pub jobs: usize,
    /// If set, only this property can be violated.
    pub only: Option<String>,
}

impl Default for Plan {
    /// Some 30,000 calls on all cores, with every property watched.
    fn default() -> Self {
        let jobs = std::thread::available_parallelism().map_or(1, usize::from);
        Self { seed: 1, cases: 500, depth: 60, jobs, only: None }
    }
}

/// Progress of a running campaign, told now and then.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Cases done.
    pub cases: u64,
    /// Calls made.
    pub calls: u64,
}

/// Counts of one thread.
#[derive(Default)]
struct Counts {
    tally: Tally,
    actions: BTreeMap<&'static str, ActionRow>,
    calls: u64,
    cpu: Duration,
}

/// A violation as it was found: its case, and the actions that led to it.
type Finding<A> = (u64, Vec<A>, Violation);

/// Runs a campaign and reports. Stops at the first violation, and shrinks it.
///
/// `progress` is called from several threads, about every hundred cases.
pub fn run<S: Subject>(subject: &S, plan: &Plan, progress: &(dyn Fn(Progress) + Sync)) -> Report {
    let started = Instant::now();
    let next = AtomicU64::new(0);
    let done = AtomicU64::new(0);
    let calls = AtomicU64::new(0);
    let stop = AtomicBool::new(false);
    let found: Mutex<Option<Finding<S::Action>>> = Mutex::new(None);
    let only = property_id(subject, plan.only.as_deref());

    let work = || {
        let mut counts = Counts { tally: Tally::only(only), ..Counts::default() };
        let clock = ThreadTime::now();
        let strategy = subject.actions();
        while !stop.load(Ordering::Relaxed) {
            let case = next.fetch_add(1, Ordering::Relaxed);
            if case >= plan.cases {
                break;
            }
            let before = counts.calls;
            if let Some((actions, violation)) =
                run_case(subject, plan, &strategy, case, &mut counts)
            {
                stop.store(true, Ordering::Relaxed);
                let mut found = found.lock().expect("no holder panics");
                if found.as_ref().is_none_or(|(earlier, ..)| case < *earlier) {
                    *found = Some((case, actions, violation));
                }
            }
            let made = counts.calls - before;
            let calls = calls.fetch_add(made, Ordering::Relaxed) + made;
            let cases = done.fetch_add(1, Ordering::Relaxed) + 1;
            if cases.is_multiple_of(64) || cases == plan.cases {
                progress(Progress { cases, calls });
            }
        }
        counts.cpu = clock.elapsed();
        counts
    };
    let counts: Vec<Counts> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..plan.jobs.max(1)).map(|_| spawn(scope, &work)).collect();
        threads.into_iter().map(join).collect()
    });

    let failure =
        found.into_inner().expect("no holder panics").map(|(case, actions, violation)| {
            let (actions, violation, runs) = shrink::shrink(subject, actions, violation, only);
            Found {
                case,
                runs,
                story: tell(subject, &actions, only),
                violation,
                actions: encode(&actions),
            }
        });
    report::assemble(
        subject.properties(),
        plan,
        &counts,
        done.into_inner(),
        started.elapsed(),
        failure,
    )
}

/// Runs a recorded list of actions once.
pub fn replay<S: Subject>(
    subject: &S,
    actions: &[S::Action],
    only: Option<&str>,
) -> (Vec<String>, Option<Violation>) {
    let only = property_id(subject, only);
    (tell(subject, actions, only), shrink::violates(subject, actions, only))
}

fn property_id<S: Subject>(subject: &S, name: Option<&str>) -> Option<&'static str> {
    let name = name?;
    let property = subject.properties().iter().find(|property| property.id == name);
    Some(property.unwrap_or_else(|| panic!("there is no property {name}")).id)
}

fn spawn<'scope, T: Send + 'scope>(
    scope: &'scope std::thread::Scope<'scope, '_>,
    work: &'scope (impl Fn() -> T + Sync),
) -> std::thread::ScopedJoinHandle<'scope, T> {
    // Nested programs need stack; the pages are only touched if they are used.
    const STACK: usize = 64 << 20;
    std::thread::Builder::new()
        .stack_size(STACK)
        .spawn_scoped(scope, work)
        .expect("the system can start a thread")
}

fn join<T>(thread: std::thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn encode<A: Serialize>(actions: &[A]) -> Vec<serde_json::Value> {
    actions.iter().map(|action| serde_json::to_value(action).expect("actions are data")).collect()
}

/// The actions of a case, drawn from its own random numbers.
fn draw<A: Debug>(plan: &Plan, strategy: &BoxedStrategy<A>, case: u64) -> impl FnMut() -> A {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&plan.seed.to_le_bytes());
    seed[8..16].copy_from_slice(&case.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let strategy = strategy.clone();
    move || strategy.new_tree(&mut runner).expect("strategies here reject nothing").current()
}

fn run_case<S: Subject>(
    subject: &S,
    plan: &Plan,
    strategy: &BoxedStrategy<S::Action>,
    case: u64,
    counts: &mut Counts,
) -> Option<(Vec<S::Action>, Violation)> {
    let mut world = subject.begin();
    let mut draw = draw(plan, strategy, case);
    let mut actions = Vec::with_capacity(plan.depth);
    for _ in 0..plan.depth {
        let action = draw();
        let result = subject.step(&mut world, &action, &mut counts.tally);
        counts.calls += 1;
        let row = counts.actions.entry(subject.name(&action)).or_default();
        actions.push(action);
        match result {
            Ok(step) => row.count(step),
            Err(violation) => return Some((actions, violation)),
        }
    }
    None
}

/// The story of a list of actions, with the gas of each.
fn tell<S: Subject>(subject: &S, actions: &[S::Action], only: Option<&'static str>) -> Vec<String> {
    let mut world = subject.begin();
    let mut tally = Tally::only(only);
    let mut story = Vec::new();
    for action in actions {
        let line = subject.tell(&world, action);
        match subject.step(&mut world, action, &mut tally) {
            Ok(Step { accepted: true, gas }) => story.push(format!("{line}  [{gas} gas]")),
            Ok(Step { accepted: false, gas }) => {
                story.push(format!("{line}  [rejected, {gas} gas]"))
            }
            Err(violation) => {
                story.push(format!("{line}  [violates {}]", violation.property));
                break;
            }
        }
    }
    story
}
