//! ACC-2: a pause of staking halts its entries and nothing else, within its bounds.

use alloy_sol_types::SolError;
use emetis::campaign::{Tally, Violation};

use super::super::super::model::WEEK;
use super::super::super::model::staking::{Money, Names, Part};
use super::super::super::spec::ACC_2;
use super::super::super::world::staking::Stage;
use super::Noticed;

/// Whether a call is of an entry that a pause halts.
fn is_entry(noticed: &Noticed<'_>) -> bool {
    let call = noticed.call;
    call.is::<Money::delegateCall>(Part::Staking)
        || call.is::<Money::openCall>(Part::Staking)
        || call.is::<Names::register_0Call>(Part::Registry)
        || call.is::<Names::register_1Call>(Part::Registry)
}

/// No entry goes on while paused, nothing else meets a pause, and a pause begins and ends in time.
pub fn call(tally: &mut Tally, stage: &Stage, noticed: &Noticed<'_>) -> Result<(), Violation> {
    let (before, after, now) = (noticed.before, &stage.seen, stage.seen.now);
    let is_paused = now < before.paused_until;
    let enters = is_entry(noticed);
    tally.check(ACC_2, !(enters && is_paused && noticed.outcome.is_ok()), || {
        format!("staking was entered at {now}, while paused until {}", before.paused_until)
    })?;
    let failure = noticed.outcome.as_ref().err().map(emetis::Failure::data).unwrap_or_default();
    let met = failure.starts_with(&Money::EntriesPaused::SELECTOR);
    tally
        .check(ACC_2, !met || (enters && is_paused), || "a pause halted what it must not".into())?;

    let begins = noticed.did::<Money::pauseCall>(Part::Staking);
    let ends = noticed.did::<Money::unpauseCall>(Part::Staking);
    let fits = if begins {
        let length = after.paused_until.saturating_sub(now);
        now >= before.next_pause && (1..=WEEK).contains(&length)
    } else if ends {
        is_paused && after.paused_until == 0 && after.next_pause == now + WEEK
    } else {
        after.next_pause == before.next_pause
    };
    tally.check(ACC_2, fits, || {
        format!(
            "at {now} the pause of staking went from {} to {}, the next may begin at {}",
            before.paused_until, after.paused_until, after.next_pause
        )
    })
}
