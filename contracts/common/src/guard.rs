//! The lock against re-entry.
//!
//! While the program is out on a call it made, a lock stands in transient storage, and every
//! state-changing entry refuses to work. A call that is not inside another call to the same
//! program cannot meet the lock, and the host tells that for 3 gas; only a re-entrant call pays
//! for reading it. The two ways out of a program, [`pay`] and [`ask`], are here and set it.

use crate::{
    account::Account,
    host,
    mutants::{Mutant, mutant},
    word::{self, Word},
};

/// The transient slot of the lock.
const LOCK: u64 = 0;

/// Whether a state-changing entry must refuse this call.
#[inline(always)]
pub(crate) fn is_closed() -> bool {
    host::is_reentrant() && is_locked()
}

/// Sends METIS, locked. Storage must have been flushed: views may be called meanwhile.
#[must_use]
pub fn pay(receiver: &Account, assets: &Word) -> bool {
    lock(true);
    let paid = host::pay(receiver, assets);
    lock(false);
    paid
}

/// Asks another contract by a static call, locked. See [`host::ask`].
#[must_use]
pub fn ask(contract: &Account, question: &[u8]) -> Option<(Word, usize)> {
    lock(true);
    let answer = host::ask(contract, question);
    lock(false);
    answer
}

#[inline(never)]
fn is_locked() -> bool {
    host::load_transient(&word::of_u64(LOCK)) != word::ZERO && !mutant(Mutant::GuardMissing)
}

#[inline(never)]
fn lock(locked: bool) {
    host::store_transient(&word::of_u64(LOCK), &word::of_bool(locked));
}
