//! One thread of a campaign.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use proptest::strategy::{BoxedStrategy, Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::report::Sum;
use super::shrink::Counterexample;
use super::{ActionRow, Plan, Subject, Tally};

/// How a case ended.
pub(super) enum End<A> {
    /// All actions were done.
    Reached,
    /// It was told to end.
    Interrupted,
    /// The last action done violated a property.
    Violation(Counterexample<A>),
}

/// One thread of a campaign and what it counted.
pub(super) struct Worker<'a, S: Subject> {
    subject: &'a S,
    plan: &'a Plan,
    tally: Tally,
    actions: BTreeMap<&'static str, ActionRow>,
    calls: u64,
    interrupted: bool,
}

impl<'a, S: Subject> Worker<'a, S> {
    pub(super) fn new(subject: &'a S, plan: &'a Plan, only: Option<&'static str>) -> Self {
        Self {
            subject,
            plan,
            tally: Tally::new(subject.properties()).only(only).at(plan.checks),
            actions: BTreeMap::new(),
            calls: 0,
            interrupted: false,
        }
    }

    /// Calls made so far.
    pub(super) fn calls(&self) -> u64 {
        self.calls
    }

    pub(super) fn run_case(&mut self, case: u64, stop: &AtomicBool) -> End<S::Action> {
        let subject = self.subject;
        let mut world = subject.begin();
        let mut draw = draw(self.plan, subject.actions_of(case), case);
        let mut actions = Vec::new();
        self.tally.enter(case);
        for _ in 0..self.plan.depth {
            if stop.load(Ordering::Relaxed) {
                self.interrupted = true;
                return End::Interrupted;
            }
            let action = draw();
            let result = subject.step(&mut world, &action, &mut self.tally);
            self.calls += 1;
            let name = subject.name(&action);
            let row = self.actions.entry(name).or_insert_with(|| ActionRow {
                always_rejected: subject.always_rejected(name),
                ..ActionRow::default()
            });
            actions.push(action);
            match result {
                Ok(step) => row.count(step),
                Err(violation) => {
                    return End::Violation(Counterexample { actions, violation });
                }
            }
        }
        End::Reached
    }

    /// What it counted, in so much CPU time.
    pub(super) fn finish(self, cpu: Duration) -> Sum {
        let actions = self.actions.into_iter().map(|(name, row)| (name.to_owned(), row));
        Sum {
            interrupted: self.interrupted,
            calls: self.calls,
            cpu_ms: cpu.as_millis() as u64,
            hits: self.tally.into_hits(),
            actions: actions.collect(),
        }
    }
}

/// The actions of a case, drawn from its own random numbers.
fn draw<A: Debug>(plan: &Plan, strategy: BoxedStrategy<A>, case: u64) -> impl FnMut() -> A {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&plan.seed.to_le_bytes());
    seed[8..16].copy_from_slice(&case.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    move || strategy.new_tree(&mut runner).expect("strategies here reject nothing").current()
}
