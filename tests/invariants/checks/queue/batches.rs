//! QUE-1: batches open, close and fill, one after the other.

use emetis::campaign::{Tally, Violation};
use emetis::interfaces::IRedemptionQueue as Queue;

use super::super::super::action::Program;
use super::super::super::model::queue::{BATCH, FILLED};
use super::super::super::spec::QUE_1;
use super::super::super::world::World;
use super::super::Observed;
use super::{Batch, Books, Filled, numbered};

/// Batches that one call fills at most.
const MOST: usize = 16;

/// What is requested in a batch changes only while it is open; a batch is filled only when it is closed,
/// all before it are, and by `finalize`.
pub fn follow_each_other(
    tally: &mut Tally,
    world: &World,
    seen: &Observed<'_>,
) -> Result<(), Violation> {
    let (now, books) = (seen.before.now, Books(world));
    for (number, _, before, after) in numbered(seen, BATCH) {
        let (before, after) = (Batch::read(before), Batch::read(after));
        let begun = !books.filled(number).nominal.is_zero();
        let fits = !before.is_over(now) && !begun && after.tickets >= before.tickets;
        tally.check(QUE_1, fits, || {
            format!("batch {number} went from {before:?} to {after:?} at {now}")
        })?;
    }
    let fills = numbered(seen, FILLED);
    for (number, _, before, after) in &fills {
        let (before, after) = (Filled::read(*before), Filled::read(*after));
        let (batch, number) = (books.batch(*number), *number);
        let grows = after.nominal > before.nominal && after.assets >= before.assets;
        let in_order = number == 1 || books.filled(number - 1).is_whole();
        let meant = seen.did::<Queue::finalizeCall>(Program::Queue);
        let fits = grows && in_order && meant && batch.is_over(now) && after.batch == batch.nominal;
        tally.check(QUE_1, fits && after.nominal <= after.batch, || {
            format!("batch {number}, {batch:?}, was filled from {before:?} to {after:?} at {now}")
        })?;
    }
    tally.check(QUE_1, fills.len() <= MOST, || format!("{} batches were filled", fills.len()))
}
