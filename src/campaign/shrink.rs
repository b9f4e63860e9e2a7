//! Small counterexamples: chunks of the list go first, then values.

use super::{Subject, Tally, Violation};

/// Runs of the subject that shrinking may take.
const BUDGET: u64 = 20_000;

/// The violation that a list of actions leads to, if any.
pub(super) fn violates<S: Subject>(
    subject: &S,
    actions: &[S::Action],
    only: Option<&'static str>,
) -> Option<Violation> {
    let mut world = subject.begin();
    let mut tally = Tally::only(only);
    actions.iter().find_map(|action| subject.step(&mut world, action, &mut tally).err())
}

/// A short list of simple actions that violates the same property, its violation, and the runs it
/// took to find it.
pub(super) fn shrink<S: Subject>(
    subject: &S,
    mut actions: Vec<S::Action>,
    mut violation: Violation,
    only: Option<&'static str>,
) -> (Vec<S::Action>, Violation, u64) {
    let mut runs = 0;
    let mut try_list = |candidate: &[S::Action], violation: &mut Violation| {
        if runs >= BUDGET {
            return false;
        }
        runs += 1;
        match violates(subject, candidate, only) {
            Some(found) if found.property == violation.property => {
                *violation = found;
                true
            }
            _ => false,
        }
    };
    loop {
        let deleted = delete_chunks(&mut actions, |list| try_list(list, &mut violation));
        let simplified = simplify(subject, &mut actions, |list| try_list(list, &mut violation));
        if !deleted && !simplified {
            break;
        }
    }
    (actions, violation, runs)
}

/// Deletes halves, then quarters, down to single actions, while the violation stays.
fn delete_chunks<A: Clone>(actions: &mut Vec<A>, mut holds: impl FnMut(&[A]) -> bool) -> bool {
    let mut changed = false;
    let mut size = actions.len().div_ceil(2);
    while size >= 1 {
        let mut start = 0;
        while start < actions.len() {
            let end = (start + size).min(actions.len());
            let candidate: Vec<A> = [&actions[..start], &actions[end..]].concat();
            if !candidate.is_empty() && holds(&candidate) {
                *actions = candidate;
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
fn simplify<S: Subject>(
    subject: &S,
    actions: &mut [S::Action],
    mut holds: impl FnMut(&[S::Action]) -> bool,
) -> bool {
    let mut changed = false;
    for at in 0..actions.len() {
        while let Some(simpler) = subject.simpler(&actions[at]).into_iter().find(|simpler| {
            let mut candidate = actions.to_vec();
            candidate[at] = simpler.clone();
            holds(&candidate)
        }) {
            actions[at] = simpler;
            changed = true;
        }
    }
    changed
}
