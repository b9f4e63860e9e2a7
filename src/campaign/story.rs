//! Lists of actions as a reader sees them.

use super::{Step, Subject, Tally, Violation, property_id, shrink};

/// Runs a recorded list of actions once, with every check due at every step: what happened, line by
/// line, and the violation it led to.
///
/// # Panics
///
/// If the subject has no property called `only`.
pub fn replay<S: Subject>(
    subject: &S,
    actions: &[S::Action],
    only: Option<&str>,
) -> (Vec<String>, Option<Violation>) {
    let only = property_id(subject, only);
    let violation = shrink::violates(subject, actions, only).map(|(_, violation)| violation);
    (tell(subject, actions, only), violation)
}

/// The story of a list of actions, with the gas of each.
pub(super) fn tell<S: Subject>(
    subject: &S,
    actions: &[S::Action],
    only: Option<&'static str>,
) -> Vec<String> {
    let mut world = subject.begin();
    let mut tally = Tally::new(subject.properties()).only(only);
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
