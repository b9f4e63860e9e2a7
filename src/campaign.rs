//! Property campaigns: random sequences of calls, properties after each, small counterexamples.
//!
//! A [`Subject`] says what a world is, which actions there are and what must hold; [`run`] draws
//! sequences from a seed, spreads them over threads, counts what was exercised, and shrinks the first
//! sequence that violates a property. Everything follows from the seed: the same seed and number of
//! cases give the same report on any machine and with any number of threads.

use std::fmt::Debug;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use cpu_time::ThreadTime;
use proptest::strategy::BoxedStrategy;
use serde::{Serialize, de::DeserializeOwned};

use crate::outcome::{Failure, Receipt};

pub mod amounts;
pub mod dice;
mod plan;
mod property;
mod report;
mod shrink;
mod story;
mod tally;
#[cfg(test)]
mod tests;
mod worker;

pub use plan::{NoShard, Plan, Shard};
pub use property::{Property, Violation};
pub use report::{ActionRow, Found, MergeError, PropertyRow, Report};
pub use story::replay;
pub use tally::{Checks, Tally};

use report::Sum;
use shrink::Counterexample;
use worker::{End, Worker};

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

    /// Where the actions of a case come from, if cases differ: those of [`Subject::actions`] unless a
    /// subject says otherwise.
    fn actions_of(&self, case: u64) -> BoxedStrategy<Self::Action> {
        let _ = case;
        self.actions()
    }

    /// Name of an action, for the table.
    fn name(&self, action: &Self::Action) -> &'static str;

    /// Whether actions of this name are there to be rejected, every time. Any other that is nearly
    /// always rejected tests next to nothing, and the report warns of it.
    fn always_rejected(&self, _name: &str) -> bool {
        false
    }

    /// Does one action to the world and checks what must hold, as far as the tally asks for it: see
    /// [`Tally::level`] and [`Tally::is_due`].
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

/// Progress of a running campaign, told now and then.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Cases done.
    pub cases: u64,
    /// Calls made.
    pub calls: u64,
}

/// Runs a campaign and reports. Stops at the first violation, and shrinks it.
///
/// `progress` is called from several threads, about every hundred cases.
///
/// # Panics
///
/// If the plan names a property that the subject has not, or the subject panics.
pub fn run<S: Subject>(subject: &S, plan: &Plan, progress: &(dyn Fn(Progress) + Sync)) -> Report {
    run_until(subject, plan, &AtomicBool::new(false), progress)
}

/// As [`run`], but ends soon once `stop` is true, wherever it is: the report tells what was done
/// until then, the smallest story found until then, and that it was interrupted.
///
/// # Panics
///
/// As [`run`].
pub fn run_until<S: Subject>(
    subject: &S,
    plan: &Plan,
    stop: &AtomicBool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Report {
    let started = Instant::now();
    let (first, stride) = plan.stride();
    let share = plan.share();
    let only = property_id(subject, plan.only.as_deref());
    let next = AtomicU64::new(0);
    let done = AtomicU64::new(0);
    let calls = AtomicU64::new(0);
    let is_found = AtomicBool::new(false);
    let found: Mutex<Option<(u64, Counterexample<S::Action>)>> = Mutex::new(None);

    let work = || {
        let mut worker = Worker::new(subject, plan, only);
        let clock = ThreadTime::now();
        while !is_found.load(Ordering::Relaxed) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= share {
                break;
            }
            let case = first + number * stride;
            let before = worker.calls();
            match worker.run_case(case, stop) {
                End::Reached => {}
                End::Interrupted => break,
                End::Violation(counterexample) => {
                    is_found.store(true, Ordering::Relaxed);
                    let mut found = found.lock().expect("no holder panics");
                    if found.as_ref().is_none_or(|(earlier, _)| case < *earlier) {
                        *found = Some((case, counterexample));
                    }
                }
            }
            let made = worker.calls() - before;
            let calls = calls.fetch_add(made, Ordering::Relaxed) + made;
            let cases = done.fetch_add(1, Ordering::Relaxed) + 1;
            if cases.is_multiple_of(64) || cases == share {
                progress(Progress { cases, calls });
            }
        }
        worker.finish(clock.elapsed())
    };
    let mut sum = Sum::default();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..plan.jobs.max(1)).map(|_| spawn(scope, &work)).collect();
        threads.into_iter().for_each(|thread| sum.add(join(thread)));
    });

    let found = found.into_inner().expect("no holder panics").map(|(case, counterexample)| {
        let shrunk = shrink::shrink(subject, counterexample, only, stop);
        sum.interrupted |= shrunk.was_cut;
        let Counterexample { actions, violation } = shrunk.smallest;
        let story = story::tell(subject, &actions, only);
        Found { case, runs: shrunk.runs, story, violation, actions: encode(&actions) }
    });
    Report {
        plan: plan.clone(),
        interrupted: sum.interrupted,
        cases: done.into_inner(),
        calls: sum.calls,
        elapsed_ms: started.elapsed().as_millis() as u64,
        cpu_ms: sum.cpu_ms,
        properties: sum.rows(subject.properties()),
        actions: sum.actions,
        found,
    }
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
