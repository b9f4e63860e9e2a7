//! SOL-1 and SOL-3: METIS behind eMETIS, eMETIS behind shares.

use alloy_primitives::U256;
use emetis::campaign::{Tally, Violation};

use super::super::model::{Key, Program};
use super::super::spec::{SOL_1, SOL_3};
use super::super::world::{Change, World};
use super::Observed;

/// SOL-1: METIS of the hub is its buffer, fees and donations; that of the vault is all donated; that
/// of the queue is its escrow and donations.
pub fn programs(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let (seen, model) = (&world.seen, &world.model);
    let hub = seen.buffer.wrapping_add(seen.fees).wrapping_add(model.hub.donations);
    let queue = seen.escrow.wrapping_add(model.queue.donations);
    let expected = [hub, model.vault.metis, queue];
    tally.check(SOL_1, seen.metis == expected, || {
        format!(
            "hub, vault and queue hold {:?} wei, not {expected:?}: buffer {}, fees {}, escrow {}, \
             donations {}, {}, {}",
            seen.metis,
            seen.buffer,
            seen.fees,
            seen.escrow,
            model.hub.donations,
            model.vault.metis,
            model.queue.donations
        )
    })
}

/// SOL-3: eMETIS comes from METIS, shares come from eMETIS, and the supply of eMETIS is the sum of
/// the balances.
pub fn minted(tally: &mut Tally, seen: &Observed<'_>) -> Result<(), Violation> {
    let (before, after) = (seen.before, seen.after);
    let rise = after.supply.saturating_sub(before.supply);
    // Fees that were METIS of the hub already become backing.
    let received = after.metis[0].saturating_sub(before.metis[0]);
    let fees = before.fees.saturating_sub(after.fees);
    tally.check(SOL_3, rise.is_zero() || rise == received + fees, || {
        format!(
            "{rise} wei of eMETIS were minted against {received} wei of METIS and {fees} of fees"
        )
    })?;
    let shares = after.books.shares.saturating_sub(before.books.shares);
    let assets = after.books.ledger.saturating_sub(before.books.ledger);
    tally.check(SOL_3, shares.is_zero() || !assets.is_zero(), || {
        format!("{shares} shares were minted and the ledger did not rise")
    })?;
    let moved = sum_of_changes(Program::Hub, seen.changes);
    let minted = after.supply.wrapping_sub(before.supply);
    tally.check(SOL_3, moved == minted, || {
        format!("balances of eMETIS rose by {moved}, its supply by {minted}, modulo 2^256")
    })
}

/// By how much all balances together rose, modulo 2^256.
pub(super) fn sum_of_changes(token: Program, changes: &[Change]) -> U256 {
    let balances = changes
        .iter()
        .filter(|change| change.program == token && matches!(change.key, Key::Balance(_)));
    balances
        .fold(U256::ZERO, |sum, change| sum.wrapping_add(change.after).wrapping_sub(change.before))
}
