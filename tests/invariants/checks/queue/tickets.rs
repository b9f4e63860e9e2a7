//! QUE-4 and VAU-8: how tickets come, move and end, and by whose will.

use std::collections::BTreeMap;

use alloy_primitives::{Address, B256, U256};
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::IRedemptionQueue as Queue;

use super::super::super::action::Program;
use super::super::super::model::Key;
use super::super::super::model::queue::{APPROVED, CLAIMED, TICKET};
use super::super::super::spec::{QUE_4, VAU_8};
use super::super::super::world::World;
use super::super::Observed;
use super::{Books, Ticket, numbered};

/// A ticket comes by a request, moves by a transfer and loses its approval, and ends by being cancelled
/// while its batch is open or claimed when it is filled; its amount never changes. How many somebody has
/// follows. Nobody but the owner, who is approved, or an operator moves, claims or ends it.
pub fn live(tally: &mut Tally, world: &World, seen: &Observed<'_>) -> Result<(), Violation> {
    let mut gained = BTreeMap::<Address, i64>::new();
    for (batch, place, before, after) in numbered(seen, TICKET) {
        let (old, new) = (Ticket::read(before), Ticket::read(after));
        let name = || format!("ticket {batch}-{place} went from {old:?} to {new:?}");
        let fits = match (old.is_there(), new.is_there()) {
            (false, true) => requests(seen),
            (true, false) => ends(world, seen, batch),
            (true, true) if old.owner != new.owner => {
                transfers(seen) && !new.approved && approved(world, batch, place).is_zero()
            }
            _ => true,
        };
        let same = !old.is_there() || !new.is_there() || old.nominal == new.nominal;
        tally.check(QUE_4, fits && same, name)?;
        if old.is_there() && old != new {
            own(tally, world, seen, (batch, place), &old)?;
        }
        for (ticket, one) in [(old, -1), (new, 1)] {
            if ticket.is_there() {
                *gained.entry(ticket.owner).or_default() += one;
            }
        }
    }
    for (batch, place, ..) in numbered(seen, CLAIMED) {
        let ticket = Books(world).ticket(batch, place);
        if ticket.is_there() {
            own(tally, world, seen, (batch, place), &ticket)?;
        }
    }
    counts(tally, seen, &gained)
}

/// How many tickets somebody has rose by as many as came to them.
fn counts(
    tally: &mut Tally,
    seen: &Observed<'_>,
    gained: &BTreeMap<Address, i64>,
) -> Result<(), Violation> {
    let rise = |owner: Address| {
        let change = seen.changes.iter().find(|change| change.key == Key::Count(owner));
        change.map_or(0, |change| {
            change.after.saturating_to::<i64>() - change.before.saturating_to::<i64>()
        })
    };
    for (owner, gained) in gained {
        let rise = rise(*owner);
        tally.check(QUE_4, rise == *gained, || {
            format!("{} has {rise} tickets more, and got {gained}", seen.cast.name(*owner))
        })?;
    }
    Ok(())
}

/// Whether the caller might do that with a ticket, as it was.
fn own(
    tally: &mut Tally,
    world: &World,
    seen: &Observed<'_>,
    (batch, place): (u32, u32),
    ticket: &Ticket,
) -> Result<(), Violation> {
    let caller = seen.transaction.caller;
    let operates = |key| world.figure(Program::Queue, key) == U256::ONE;
    let approvals = numbered(seen, APPROVED);
    let change = approvals.iter().find(|(at, of, ..)| (*at, *of) == (batch, place));
    let before = match change {
        Some((_, _, before, _)) => Address::from_word(B256::from(*before)),
        None => approved(world, batch, place),
    };
    let may = caller == ticket.owner
        || (ticket.approved && before == caller)
        || operates(Key::Operator(ticket.owner, caller));
    tally.check(VAU_8, may, || {
        let (caller, owner) = (seen.cast.name(caller), seen.cast.name(ticket.owner));
        format!("{caller} changed ticket {batch}-{place} of {owner}")
    })
}

fn approved(world: &World, batch: u32, place: u32) -> Address {
    let word = world.figure(Program::Queue, Key::Numbered(APPROVED, batch, place));
    Address::from_word(B256::from(word))
}

fn requests(seen: &Observed<'_>) -> bool {
    seen.did::<Queue::requestRedeemCall>(Program::Queue)
        || seen.did::<Queue::requestRedeemWithPermitCall>(Program::Queue)
        || seen.did::<Queue::requestRedeemsCall>(Program::Queue)
}

fn transfers(seen: &Observed<'_>) -> bool {
    seen.did::<Queue::transferFromCall>(Program::Queue)
        || seen.did::<Queue::safeTransferFrom_0Call>(Program::Queue)
        || seen.did::<Queue::safeTransferFrom_1Call>(Program::Queue)
}

fn ends(world: &World, seen: &Observed<'_>, batch: u32) -> bool {
    let books = Books(world);
    let cancelled = seen.did::<Queue::cancelCall>(Program::Queue)
        && seen.before.now < books.batch(batch).closes
        && books.filled(batch).nominal.is_zero();
    let claims = seen.did::<Queue::claimCall>(Program::Queue)
        || seen.did::<Queue::claimsCall>(Program::Queue);
    cancelled || (claims && books.filled(batch).is_whole())
}
