//! QUE-5: a fill is at the rate of its moment, and what is filled never changes again.

use alloy_primitives::U256;
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::IRedemptionQueue as Queue;
use emetis_common::queue::Filled as Core;
use emetis_common::redemption::Rate;

use super::super::super::action::Program;
use super::super::super::model::Key;
use super::super::super::model::queue::{CLAIMED, FILLED, TICKET};
use super::super::super::spec::{QUE_5, SAF_4};
use super::super::super::world::World;
use super::super::Observed;
use super::{Books, Filled, Ticket, numbered, told, worth};

/// METIS of a fill is what its eMETIS stood for just before; the pure core says so, too.
pub fn are_at_the_rate(tally: &mut Tally, seen: &Observed<'_>) -> Result<(), Violation> {
    for (number, _, before, after) in numbered(seen, FILLED) {
        let core = Core::unpack(&before.to_be_bytes());
        let (before, after) = (Filled::read(before), Filled::read(after));
        let nominal = after.nominal.saturating_sub(before.nominal);
        let assets = after.assets.saturating_sub(before.assets);
        let expected = worth(seen.before, nominal);
        tally.check(QUE_5, assets == expected, || {
            format!("{nominal} of batch {number} were filled with {assets}, not {expected}")
        })?;
        if !after.is_whole() {
            continue;
        }
        let small = |figure: U256| figure.saturating_to::<u128>();
        let backing = small(seen.before.buffer + seen.before.placed);
        let rate = Rate::new(backing, small(seen.before.supply));
        let (core, _) = core.fill(small(after.batch), &rate, u128::MAX);
        let found = Core::new(small(after.batch), small(after.nominal), small(after.assets));
        tally.check(SAF_4, core == found, || {
            format!("the core fills batch {number} to {core:?}, the program to {found:?}")
        })?;
    }
    Ok(())
}

/// A claim pays what is filled of its ticket and was not claimed, to the wei.
pub fn are_claimed_as_they_are(
    tally: &mut Tally,
    world: &World,
    seen: &Observed<'_>,
) -> Result<(), Violation> {
    let claims = told::<Queue::Claimed>(seen);
    if claims.is_empty() {
        return Ok(());
    }
    let (tickets, claimed) = (numbered(seen, TICKET), numbered(seen, CLAIMED));
    for Queue::Claimed { ticket, assets, .. } in claims {
        let id = ticket.to::<u64>();
        let (batch, place) = ((id >> 32) as u32, id as u32);
        let before = |changes: &[(u32, u32, U256, U256)], kind| {
            let change = changes.iter().find(|(at, of, ..)| (*at, *of) == (batch, place));
            let now = || world.figure(Program::Queue, Key::Numbered(kind, batch, place));
            change.map_or_else(now, |(_, _, before, _)| *before)
        };
        let nominal = Ticket::read(before(&tickets, TICKET)).nominal;
        let share = Books(world).filled(batch).share(nominal);
        let expected = share.saturating_sub(before(&claimed, CLAIMED));
        tally.check(QUE_5, assets == expected, || {
            format!("ticket {batch}-{place} for {nominal} was paid {assets}, not {expected}")
        })?;
    }
    Ok(())
}
