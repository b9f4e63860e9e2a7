//! The books of all sequencers in storage.

use emetis_common::{
    account::Account,
    entry::Revert,
    host,
    mutants::{Mutant, mutant},
    slots::{self, staking},
    staking::{
        LIMIT,
        sequencer::Money,
        totals::{Counts, Ledger},
        weight::Weight,
    },
    word::{self, Word},
};

use crate::errors;

/// METIS on the books.
pub(crate) fn ledger() -> Ledger {
    Ledger::unpack(&host::load(&slots::variable(staking::LEDGER)))
}

/// Writes METIS on the books.
pub(crate) fn store_ledger(ledger: &Ledger) {
    host::store(&slots::variable(staking::LEDGER), &ledger.pack());
}

/// The books with METIS that a call brought.
///
/// # Errors
/// `LedgerOverflow`.
#[inline(never)]
pub(crate) fn ledger_with(assets: u128) -> Result<Ledger, Revert> {
    let ledger = ledger();
    match ledger.metis.checked_add(assets).filter(|sum| *sum <= LIMIT) {
        Some(metis) => Ok(Ledger { metis, ..ledger }),
        None => Err(errors::ledger_overflow(ledger.metis, assets)),
    }
}

/// Takes METIS off the books that is about to leave.
#[inline(never)]
pub(crate) fn pay_out(assets: u128) {
    let ledger = ledger();
    store_ledger(&Ledger { metis: ledger.metis.saturating_sub(assets), ..ledger });
}

/// Counters and slashed METIS.
pub(crate) fn counts() -> Counts {
    Counts::unpack(&host::load(&slots::variable(staking::COUNTS)))
}

/// Writes counters and slashed METIS.
pub(crate) fn store_counts(counts: &Counts) {
    host::store(&slots::variable(staking::COUNTS), &counts.pack());
}

/// All stake, and its sum over time.
pub(crate) fn stake() -> Weight {
    Weight::unpack(&host::load(&slots::variable(staking::STAKE)))
}

/// Brings the stake of all and of the operator group up to what a sequencer has now.
#[inline(never)]
pub(crate) fn move_stake(before: &Money, after: &Money, now: u64) {
    let (was, is) = (before.stake(), after.stake());
    let mut all = stake();
    if mutant(Mutant::SecondsForget) {
        all.stake = moved(all.stake, was, is);
    } else {
        all.set(moved(all.stake, was, is), now);
    }
    host::store(&slots::variable(staking::STAKE), &all.pack());
    let group = group_slot(after.group);
    let stake = word::low_u128(&host::load(&group));
    host::store(&group, &word::amount(moved(stake, was, is)));
}

/// A pool's stake, its sum over time, and in the mark whether it is registered.
pub(crate) fn pool(pool: &Account) -> Weight {
    Weight::unpack(&host::load(&slots::keyed(staking::POOL, 0, 0, pool)))
}

/// Writes a pool's stake.
pub(crate) fn store_pool(pool: &Account, weight: &Weight) {
    host::store(&slots::keyed(staking::POOL, 0, 0, pool), &weight.pack());
}

/// The stake of an operator group.
pub(crate) fn group_stake(group: u64) -> u128 {
    word::low_u128(&host::load(&group_slot(group)))
}

/// A figure from which one part was taken and to which another was added.
pub(crate) const fn moved(figure: u128, was: u128, is: u128) -> u128 {
    figure.saturating_add(is).saturating_sub(was)
}

fn group_slot(group: u64) -> Word {
    slots::numbered(staking::GROUP, group as u32, 0)
}
