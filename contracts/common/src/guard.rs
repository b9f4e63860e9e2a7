//! The lock against re-entry.
//!
//! While the program is out on a call it made, a lock stands in transient storage, and every
//! state-changing entry refuses to work. A call that is not inside another call to the same
//! program cannot meet the lock, and the host tells that for 3 gas; only a re-entrant call pays
//! for reading it. The ways out of a program, [`pay`], [`ask`], [`order`] and [`recall`], are here
//! and set it.
//!
//! The lock is 1 where nobody may come back, and the address of the program that may after
//! [`recall`]. That one is let in by entries of [`Call::pay_from`](crate::entry::Call::pay_from) only,
//! which must not call out: a way out below would take the lock away, and [`recall`] refuses then.

use crate::{
    account::Account,
    entry::Revert,
    errors, host,
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

/// Whether an entry that takes METIS back must refuse this caller.
#[inline(never)]
pub(crate) fn is_closed_to(caller: &Account) -> bool {
    if !host::is_reentrant() {
        return false;
    }
    let lock = host::load_transient(&word::of_u64(LOCK));
    lock != word::ZERO && lock != *caller.word() && !mutant(Mutant::GuardMissing)
}

/// Longest error of the suite's programs: a selector and three words.
const ERROR_SIZE: usize = 100;

/// Sends METIS, locked. What was stored is in the state by then, as views may be called meanwhile.
#[must_use]
pub fn pay(receiver: &Account, assets: &Word) -> bool {
    host::flush();
    lock(true);
    let (paid, _) = host::call(receiver, &[], assets);
    lock(false);
    paid
}

/// Calls another program of the suite, locked. The first word and the size of its answer. What was
/// stored is in the state by then.
///
/// # Errors
/// What it refuses with becomes this call's error.
pub fn order(program: &Account, data: &[u8]) -> Result<(Word, usize), Revert> {
    // Not the constant: a reference to one lands in the data section.
    let none = [0; 32];
    order_with_metis(program, data, &none)
}

/// As [`order`], with METIS.
///
/// # Errors
/// As [`order`].
#[inline(never)]
pub fn order_with_metis(
    program: &Account,
    data: &[u8],
    assets: &Word,
) -> Result<(Word, usize), Revert> {
    host::flush();
    lock(true);
    let (accepted, size) = host::call(program, data, assets);
    lock(false);
    if !accepted {
        return Err(refused(size));
    }
    let mut answer = word::ZERO;
    host::read_answer(&mut answer);
    Ok((answer, size))
}

/// As [`order`], of a program that may bring METIS back: locked, but for that program's calls of an
/// entry of [`Call::pay_from`](crate::entry::Call::pay_from).
///
/// What was loaded before may be out of date: load it again.
///
/// # Errors
/// As [`order`]; `ReentryRefused` if an entry that was called back called out itself.
#[inline(never)]
pub fn recall(program: &Account, data: &[u8]) -> Result<(Word, usize), Revert> {
    // The cache would keep the figures from before METIS came back.
    host::flush_and_forget();
    let slot = word::of_u64(LOCK);
    host::store_transient(&slot, program.word());
    let none = [0; 32];
    let (accepted, size) = host::call(program, data, &none);
    let is_kept = host::load_transient(&slot) == *program.word();
    lock(false);
    if !accepted {
        return Err(refused(size));
    }
    if !is_kept {
        return Err(errors::reentry_refused(data.first_chunk().copied().unwrap_or_default()));
    }
    let mut answer = word::ZERO;
    host::read_answer(&mut answer);
    Ok((answer, size))
}

#[cold]
#[inline(never)]
fn refused(size: usize) -> Revert {
    let mut error = [0; ERROR_SIZE];
    host::read_answer(&mut error);
    match error.get(..size.min(ERROR_SIZE)) {
        // No program of the suite refuses without a word, but for want of gas, and that must not
        // look like a refusal.
        None | Some([]) => host::run_out_of_gas(),
        Some(error) => Revert::relay(error),
    }
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
