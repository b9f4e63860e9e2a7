//! SOL-5: redemptions wait while a loss is pending, and no longer than the hub allows.

use alloy_primitives::U256;
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::{ILiquidStaking as Hub, IRedemptionQueue as Queue};

use super::super::super::action::Program;
use super::super::super::model::Key;
use super::super::super::spec::SOL_5;
use super::super::Observed;
use super::part;

const PERIOD: u64 = 14 * 86_400;
const APART: u64 = 21 * 86_400;

/// Nothing that waits is done during a wait; periods begin 21 days apart at least, and no wait ends later
/// than 14 days after its period began, or is the third of it.
pub fn are_bounded(tally: &mut Tally, seen: &Observed<'_>) -> Result<(), Violation> {
    let goes_on = [
        seen.did::<Hub::depositCall>(Program::Hub),
        seen.did::<Hub::depositAndStakeCall>(Program::Hub),
        seen.did::<Hub::redeemNowCall>(Program::Hub),
        seen.did::<Queue::finalizeCall>(Program::Queue),
    ];
    if goes_on.contains(&true) {
        let (now, end) = (seen.before.now, seen.before.wait_end);
        tally.check(SOL_5, now >= end, || format!("at {now} a wait until {end} was ignored"))?;
    }
    let change = seen
        .changes
        .iter()
        .find(|change| (change.program, change.key) == (Program::Hub, Key::Word(10)));
    let Some(change) = change else { return Ok(()) };
    let figure = |word: U256, from| part(word, from, 40).to::<u64>();
    let (end, period) = (figure(change.after, 84), figure(change.after, 128));
    let (count, before) = (part(change.after, 168, 2), figure(change.before, 128));
    let begins =
        period == before || (period == seen.after.now && (before == 0 || period >= before + APART));
    let fits = begins && (end == 0 || end <= period + PERIOD) && count <= U256::from(2);
    tally.check(SOL_5, fits, || {
        format!("a wait until {end} in a period from {period}, number {count}; the last was from {before}")
    })
}
