//! VAU-1 and VAU-2: the vault's ledger and its shares.

use alloy_primitives::U256;
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::{ILiquidStaking as Hub, IStakedMetis as Vault};

use super::super::model::{DEAD_SHARES, Program};
use super::super::spec::{VAU_1, VAU_2};
use super::super::world::World;
use super::Observed;
use super::solvency::sum_of_changes;

/// VAU-1: eMETIS beyond the ledger is exactly what was donated, and nothing in the ledger is spoken
/// for twice.
pub fn ledger(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let (seen, donated) = (&world.seen, world.model.vault.donations);
    let beyond = seen.held.wrapping_sub(seen.books.ledger);
    tally.check(VAU_1, beyond == donated, || {
        let ledger = seen.books.ledger;
        format!(
            "the vault holds {} eMETIS, its ledger is {ledger}, {donated} were donated",
            seen.held
        )
    })?;
    let locked = seen.books.still_locked(seen.now);
    let spoken_for = locked + seen.books.provision(seen.now);
    tally.check(VAU_1, spoken_for <= seen.books.ledger, || {
        format!("{spoken_for} are locked or provided for, of a ledger of {}", seen.books.ledger)
    })
}

/// VAU-2: shares are the sum of balances, change only in entries and exits, and the dead stake
/// stays.
pub fn shares(tally: &mut Tally, seen: &Observed<'_>) -> Result<(), Violation> {
    let (before, after) = (seen.before.books.shares, seen.after.books.shares);
    let moved = sum_of_changes(Program::Vault, seen.changes);
    let minted = after.wrapping_sub(before);
    tally.check(VAU_2, moved == minted, || {
        format!("balances of shares rose by {moved}, their supply by {minted}, modulo 2^256")
    })?;
    let enters = seen.did::<Vault::depositCall>(Program::Vault)
        || seen.did::<Vault::mintCall>(Program::Vault)
        || seen.did::<Hub::depositAndStakeCall>(Program::Hub);
    let leaves = seen.did::<Vault::withdrawCall>(Program::Vault)
        || seen.did::<Vault::redeem_0Call>(Program::Vault)
        || seen.did::<Vault::redeem_1Call>(Program::Vault);
    let allowed = match after.cmp(&before) {
        std::cmp::Ordering::Equal => true,
        std::cmp::Ordering::Greater => enters,
        std::cmp::Ordering::Less => leaves,
    };
    tally.check(VAU_2, allowed, || format!("shares went from {before} to {after}"))?;
    let dead = seen.after.dead;
    tally.check(VAU_2, dead >= DEAD_SHARES && after >= DEAD_SHARES, || {
        format!("of {after} shares {dead} are dead, {DEAD_SHARES} must be")
    })
}

/// `U256` as a wide number, to multiply without loss.
pub(super) fn wide(value: U256) -> alloy_primitives::U512 {
    alloy_primitives::U512::from(value)
}
