//! Wrong books, for the mutants that keep them. Absent from a release build.

use emetis_common::{
    account::Account,
    host,
    mutants::{Mutant, mutant},
    totals::{LIMIT, Totals},
    word,
};

/// What a deposit makes of the books, and of its receiver.
pub(crate) fn deposit(before: &Totals, after: Totals, receiver: Account) -> (Totals, Account) {
    let (supply, buffer) = (after.supply(), after.buffer());
    if mutant(Mutant::DepositMintsTooMuch) {
        (with(supply.saturating_add(1), buffer, &after), receiver)
    } else if mutant(Mutant::DepositSkipsBuffer) {
        (with(supply, before.buffer(), &after), receiver)
    } else if mutant(Mutant::DonationIsAsset) {
        let balance = word::low_u128(&host::balance(&host::contract()));
        (with(supply, balance, &after), receiver)
    } else if mutant(Mutant::DepositCreditsCaller) {
        (after, host::caller())
    } else {
        (after, receiver)
    }
}

/// What rewards make of the books.
pub(crate) fn receive_rewards(before: &Totals, after: Totals) -> Totals {
    if mutant(Mutant::RewardsSkipBuffer) {
        with(after.supply(), before.buffer(), &after)
    } else {
        after
    }
}

/// What METIS that came back makes of the books.
pub(crate) fn receive_unbonded(before: &Totals, after: Totals) -> Totals {
    if mutant(Mutant::UnbondedIsGain) {
        let books = Totals::new(after.supply(), after.buffer(), before.placed()).unwrap_or(after);
        books.with_pause(after.is_pause_set()).with_wait(after.is_wait_set())
    } else {
        after
    }
}

/// What is kept of the books.
pub(crate) fn stored(totals: &Totals) -> Totals {
    if mutant(Mutant::TotalsTruncate) {
        with(totals.supply() & (LIMIT >> 12), totals.buffer(), totals)
    } else {
        *totals
    }
}

fn with(supply: u128, buffer: u128, totals: &Totals) -> Totals {
    let books = Totals::new(supply, buffer, totals.placed()).unwrap_or(*totals);
    books.with_pause(totals.is_pause_set()).with_wait(totals.is_wait_set())
}
