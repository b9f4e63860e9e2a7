//! Small counterexamples: chunks of the list go first, then values.

use std::sync::atomic::{AtomicBool, Ordering};

use super::{Subject, Tally, Violation};

/// Runs of the subject that shrinking may take.
const RUNS: u64 = 20_000;
/// Actions that these runs may do together; it bounds the time where sequences are long.
const STEPS: u64 = 400_000;

/// A list of actions and the violation that its last one leads to.
#[derive(Clone, Debug)]
pub(super) struct Counterexample<A> {
    pub(super) actions: Vec<A>,
    pub(super) violation: Violation,
}

/// What shrinking came to.
#[derive(Debug)]
pub(super) struct Shrunk<A> {
    pub(super) smallest: Counterexample<A>,
    /// Runs of the subject it took.
    pub(super) runs: u64,
    /// Whether it was told to end before it was done.
    pub(super) was_cut: bool,
}

/// The violation that a list of actions leads to, if any, and the number of actions until then.
///
/// All checks are due at every step.
pub(super) fn violates<S: Subject>(
    subject: &S,
    actions: &[S::Action],
    only: Option<&'static str>,
) -> Option<(usize, Violation)> {
    let mut world = subject.begin();
    let mut tally = Tally::new(subject.properties()).only(only);
    let step = |action| subject.step(&mut world, action, &mut tally).err();
    let mut steps = actions.iter().map(step).enumerate();
    steps.find_map(|(at, violation)| Some((at + 1, violation?)))
}

/// A short list of simple actions that violates the same property; ends soon once `stop` is set.
pub(super) fn shrink<S: Subject>(
    subject: &S,
    found: Counterexample<S::Action>,
    only: Option<&'static str>,
    stop: &AtomicBool,
) -> Shrunk<S::Action> {
    let mut search = Search { subject, only, stop, smallest: found, runs: 0, steps: 0 };
    search.settle();
    while search.delete_chunks() | search.simplify() {}
    Shrunk { was_cut: search.is_stopped(), smallest: search.smallest, runs: search.runs }
}

struct Search<'a, S: Subject> {
    subject: &'a S,
    only: Option<&'static str>,
    stop: &'a AtomicBool,
    smallest: Counterexample<S::Action>,
    runs: u64,
    steps: u64,
}

impl<S: Subject> Search<'_, S> {
    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Whether no more lists are to be tried.
    fn is_over(&self) -> bool {
        self.is_stopped() || self.runs >= RUNS || self.steps >= STEPS
    }

    /// Runs the list as stories and replays run it. Where everything is checked at every step,
    /// another violation may come first: that one is told from here on.
    fn settle(&mut self) {
        self.runs += 1;
        if let Some((length, violation)) = violates(self.subject, &self.smallest.actions, self.only)
        {
            self.smallest.actions.truncate(length);
            self.smallest.violation = violation;
        } else {
            self.smallest.violation.message += " (but not when these actions were done again)";
        }
    }

    /// Takes a list instead of the smallest known if it violates the same property.
    fn take(&mut self, mut actions: Vec<S::Action>) -> bool {
        self.runs += 1;
        self.steps += actions.len() as u64;
        match violates(self.subject, &actions, self.only) {
            Some((length, violation)) if violation.property == self.smallest.violation.property => {
                actions.truncate(length);
                self.smallest = Counterexample { actions, violation };
                true
            }
            _ => false,
        }
    }

    /// Deletes halves, then quarters, down to single actions, while the violation stays.
    fn delete_chunks(&mut self) -> bool {
        let mut changed = false;
        let mut size = self.smallest.actions.len().div_ceil(2);
        while size >= 1 {
            let mut start = 0;
            while start < self.smallest.actions.len() && !self.is_over() {
                let actions = &self.smallest.actions;
                let end = (start + size).min(actions.len());
                let rest = [&actions[..start], &actions[end..]].concat();
                if !rest.is_empty() && self.take(rest) {
                    changed = true;
                } else {
                    start = end;
                }
            }
            size /= 2;
        }
        changed
    }

    /// Replaces actions by simpler ones while the violation stays.
    fn simplify(&mut self) -> bool {
        let mut changed = false;
        let mut at = 0;
        while let Some(action) = self.smallest.actions.get(at) {
            let simpler = self.subject.simpler(action);
            let is_simpler = simpler.into_iter().any(|simpler| {
                let mut actions = self.smallest.actions.clone();
                actions[at] = simpler;
                !self.is_over() && self.take(actions)
            });
            changed |= is_simpler;
            at += usize::from(!is_simpler);
        }
        changed
    }
}
