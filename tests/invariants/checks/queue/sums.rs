//! QUE-2, QUE-3 and SOL-2: tickets add up to batches, fills less claims to the escrow, eMETIS of the queue
//! to what waits; and what stands behind eMETIS does not vanish.

use alloy_primitives::U256;
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::{ILiquidStaking as Hub, IRedemptionQueue as Queue};

use super::super::super::action::Program;
use super::super::super::model::queue::{BATCH, FILLED, TICKET};
use super::super::super::spec::{QUE_2, QUE_3, SOL_2};
use super::super::super::world::World;
use super::super::Observed;
use super::{Books, Filled, numbered, told};

/// Tickets of a batch that is not filled add up to what is requested in it.
pub fn of_tickets(tally: &mut Tally, world: &World, seen: &Observed<'_>) -> Result<(), Violation> {
    let books = Books(world);
    let changed = [numbered(seen, BATCH), numbered(seen, TICKET)].concat();
    let mut numbers: Vec<u32> = changed.iter().map(|(number, ..)| *number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    for number in numbers {
        let (batch, filled) = (books.batch(number), books.filled(number));
        // Tickets of one that is filled in part stay until they are paid in full.
        if filled.is_whole() {
            continue;
        }
        let live = (1..=batch.tickets).map(|place| books.ticket(number, place).nominal);
        let sum: U256 = live.sum();
        tally.check(QUE_2, sum == batch.nominal, || {
            format!("tickets of batch {number} are for {sum}, the batch is for {}", batch.nominal)
        })?;
    }
    Ok(())
}

/// The escrow rises by what was filled and falls by what was claimed.
pub fn escrow(tally: &mut Tally, seen: &Observed<'_>) -> Result<(), Violation> {
    let fills = numbered(seen, FILLED);
    let filled = fills.iter().fold(U256::ZERO, |sum, (_, _, before, after)| {
        let rise = Filled::read(*after).assets.saturating_sub(Filled::read(*before).assets);
        sum + rise
    });
    let claims = told::<Queue::Claimed>(seen);
    let claimed: U256 = claims.iter().map(|claim| claim.assets).sum();
    let (before, after) = (seen.before.escrow, seen.after.escrow);
    let fits = before + filled == after.wrapping_add(claimed);
    tally.check(QUE_3, fits, || {
        format!("{filled} came and {claimed} went, the escrow went from {before} to {after}")
    })?;
    let paid = seen.before.metis[2] + filled == seen.after.metis[2].wrapping_add(claimed);
    let meant = claims.is_empty() && fills.is_empty();
    tally.check(QUE_3, paid || meant, || {
        let [before, after] = [seen.before, seen.after].map(|seen| seen.metis[2]);
        format!("{filled} came and {claimed} went, the queue's METIS went from {before} to {after}")
    })
}

/// Every figure of what waits is the same: batches, what the queue tells, its eMETIS less gifts.
pub fn due(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let books = Books(world);
    let (mut due, mut dust, mut escrow) = (U256::ZERO, U256::ZERO, world.seen.escrow);
    for number in 1..=books.last() {
        let (batch, filled) = (books.batch(number), books.filled(number));
        due += batch.nominal.saturating_sub(filled.nominal);
        dust += U256::from(batch.tickets);
        for place in 1..=batch.tickets {
            let ticket = books.ticket(number, place);
            if ticket.is_there() {
                let id = U256::from(u64::from(number) << 32 | u64::from(place));
                let call = Queue::claimableCall { ticket: id };
                escrow =
                    escrow.saturating_sub(world.view(Program::Queue, call).unwrap_or(U256::MAX));
            }
        }
    }
    let (told, gifts) = (world.due(), world.model.queue.gifts);
    tally.check(SOL_2, told == due && world.seen.queued == due + gifts, || {
        let queued = world.seen.queued;
        format!(
            "{due} wait in batches, the queue tells {told}, holds {queued} and was given {gifts}"
        )
    })?;
    // What is in escrow for nobody is at most a wei for each ticket there ever was.
    tally.check(QUE_3, escrow <= dust, || {
        format!("{escrow} wei in escrow are no ticket's, of {dust} tickets")
    })
}

/// METIS that goes to sequencers and comes back leaves backing as it is, what comes for nothing raises it
/// to supply at most, and a loss lowers it by itself.
pub fn backing(tally: &mut Tally, seen: &Observed<'_>) -> Result<(), Violation> {
    let [before, after] = [seen.before, seen.after].map(|seen| seen.buffer + seen.placed);
    let value = seen.transaction.value;
    let expected = if seen.did::<Hub::placeCall>(Program::Hub)
        || seen.did::<Hub::receiveUnbondedCall>(Program::Hub)
    {
        before
    } else if seen.did::<Hub::receiveBackingCall>(Program::Hub) {
        before + value
    } else if seen.did::<Hub::settleCall>(Program::Hub) {
        before.saturating_sub(seen.transaction.word(0).unwrap_or_default())
    } else {
        return Ok(());
    };
    let beyond = seen.did::<Hub::receiveBackingCall>(Program::Hub) && after > seen.after.supply;
    tally.check(SOL_2, after == expected && !beyond, || {
        let supply = seen.after.supply;
        format!("backing went from {before} to {after}, not {expected}; supply is {supply}")
    })
}
