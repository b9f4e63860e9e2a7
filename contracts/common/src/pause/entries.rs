//! What a program with pausable entries does.

use alloy_sol_types::SolEvent;

use super::{LONGEST, Pause};
use crate::{
    abi::ILiquidStaking as I,
    entry::{Outcome, Restricted, Revert, View},
    errors, host,
    mutants::{Mutant, mutant},
    slots,
    word::{self, Immediate},
};

const PAUSED: Immediate = Immediate::new(I::Paused::SIGNATURE_HASH.0);
const UNPAUSED: Immediate = Immediate::new(I::Unpaused::SIGNATURE_HASH.0);

/// Pauses some entries; `set` sets the bit that they look at.
///
/// # Errors
/// `DurationZero`, `PauseTooLong`, `PauseTooEarly`.
///
/// # Events
/// `Paused`.
pub fn pause(call: Restricted<'_>, set: impl FnOnce()) -> Outcome {
    let [duration] = call.words()?;
    let duration = u64::from(call.seconds(duration)?);
    let before = if mutant(Mutant::PauseAgain) { Pause::default() } else { load() };
    let named = if mutant(Mutant::PauseTooLong) { duration.min(LONGEST) } else { duration };
    let mut after = before.begin(host::timestamp(), named).map_err(errors::pause_refused)?;
    if named < duration {
        after = Pause { end: after.end.saturating_add(duration).saturating_sub(named) };
    }

    store(&after);
    set();
    host::log(&[PAUSED.word(), *host::caller().word(), after.pack()], 2);
    call.commit(&[])
}

/// Ends a pause; `clear` clears the bit that entries look at.
///
/// # Errors
/// `PauseMissing`.
///
/// # Events
/// `Unpaused`.
pub fn unpause(call: Restricted<'_>, clear: impl FnOnce()) -> Outcome {
    let after = load().lift(host::timestamp()).map_err(errors::pause_refused)?;

    store(&after);
    clear();
    host::log(&[UNPAUSED.word(), *host::caller().word()], 2);
    call.commit(&[])
}

/// Refuses while entries are paused. Called only if a pause was set.
///
/// # Errors
/// `EntriesPaused`.
#[cold]
#[inline(never)]
pub fn check() -> Result<(), Revert> {
    if mutant(Mutant::PauseIgnored) {
        return Ok(());
    }
    match until() {
        0 => Ok(()),
        until => Err(errors::entries_paused(until)),
    }
}

/// Whether entries are paused. Called only if a pause was set.
#[cold]
#[must_use]
#[inline(never)]
pub fn is_active() -> bool {
    until() > 0
}

/// Until when entries are paused; zero if they are not.
///
/// # Errors
/// None of its own.
pub fn paused_until(call: View<'_>) -> Outcome {
    call.reply(&[word::of_u64(until())])
}

/// From when on a pause may begin; zero if there never was one.
///
/// # Errors
/// None of its own.
pub fn next_pause(call: View<'_>) -> Outcome {
    call.reply(&[word::of_u64(load().next())])
}

fn until() -> u64 {
    let pause = load();
    if mutant(Mutant::PauseNeverEnds) { pause.end } else { pause.until(host::timestamp()) }
}

#[inline(never)]
fn load() -> Pause {
    Pause::unpack(&host::load(&slots::variable(slots::PAUSE)))
}

fn store(pause: &Pause) {
    host::store(&slots::variable(slots::PAUSE), &pause.pack());
}
