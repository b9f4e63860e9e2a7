//! The lock against re-entry.
//!
//! While the program is out on a call it made, a lock stands in transient storage, and every
//! state-changing entry refuses to work. A call that is not inside another call to the same
//! program cannot meet the lock, and the host tells that for 3 gas; only a re-entrant call pays
//! for reading it. The ways out of a program, [`pay`], [`ask`], [`order`] and [`forward`], are here and set
//! it.

use crate::{
    abi::IAccessManager as I,
    account::Account,
    calldata,
    entry::Revert,
    host::{self, buffer::Buffer},
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

/// Calls any contract with METIS, locked. What was stored is in the state by then.
///
/// # Errors
/// What it refuses with becomes this call's error, cut off after [`calldata::LIMIT`] bytes.
/// `AddressEmptyCode`, `FailedCall`.
#[inline(never)]
pub fn forward(target: &Account, data: &[u8], assets: &Word) -> Result<(), Revert> {
    host::flush();
    lock(true);
    let (accepted, size) = host::call(target, data, assets);
    lock(false);
    if !accepted {
        return Err(if size > 0 { relay(size) } else { failed_bare(target) });
    }
    if size == 0 && !host::has_code(target) {
        return Err(Revert::with::<I::AddressEmptyCode>(&[target.word()]));
    }
    Ok(())
}

/// Calls the program itself as the caller of this call, and tells the size of the answer. What was
/// stored is in the state by then. Not a way out, so no lock is set.
///
/// # Errors
/// What it refuses with.
#[inline(never)]
pub fn recurse(data: &[u8]) -> Result<usize, Revert> {
    host::flush();
    let (accepted, size) = host::delegate_call(&host::contract(), data);
    if accepted {
        Ok(size)
    } else if size > 0 {
        Err(relay(size))
    } else {
        // As in `refused`.
        host::run_out_of_gas()
    }
}

/// As [`ask`]; what the contract refuses with becomes this call's error.
///
/// # Errors
/// What the contract refuses with, if it says anything.
pub fn inquire(contract: &Account, question: &[u8]) -> Result<Option<(Word, usize)>, Revert> {
    lock(true);
    let answer = host::ask(contract, question);
    lock(false);
    let size = host::answer_size();
    if answer.is_none() && size > 0 {
        return Err(relay(size));
    }
    Ok(answer)
}

#[cold]
#[inline(never)]
fn failed_bare(target: &Account) -> Revert {
    if *target == host::contract() {
        host::run_out_of_gas()
    }
    Revert::with::<I::FailedCall>(&[])
}

/// The last answer as this call's error.
#[cold]
#[inline(never)]
fn relay(size: usize) -> Revert {
    let mut error = Buffer::<{ calldata::LIMIT }>::new();
    error.push_answer(size.min(calldata::LIMIT));
    Revert::relay(error.bytes())
}

#[inline(never)]
fn is_locked() -> bool {
    host::load_transient(&word::of_u64(LOCK)) != word::ZERO && !mutant(Mutant::GuardMissing)
}

#[inline(never)]
fn lock(locked: bool) {
    host::store_transient(&word::of_u64(LOCK), &word::of_bool(locked));
}
