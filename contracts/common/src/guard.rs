//! The lock against re-entry.
//!
//! While the program is out on a call it made, a lock stands in transient storage, and every
//! state-changing entry refuses to work. A call that is not inside another call to the same
//! program cannot meet the lock, and the host tells that for 3 gas; only a re-entrant call pays
//! for reading it. The ways out of a program are here and set it: [`pay`], [`ask`], [`order`],
//! [`request`], [`recall`] and [`forward`], and for somebody who may be hostile [`push`], [`deliver`],
//! [`consult`], `ask_within` and `order_within`. Only [`look`] and [`peek`] do not: the first asks
//! views that call nobody, the second is for a program that has nothing to protect.
//!
//! The lock is 1 where nobody may come back, and the address of the program that may after
//! [`recall`]. That one is let in by entries of [`Call::pay_from`](crate::entry::Call::pay_from) only,
//! which must not call out: a way out below would take the lock away, and [`recall`] refuses then.

use crate::{
    abi::IAccessManager as I,
    account::Account,
    calldata,
    entry::Revert,
    errors,
    host::{self, buffer::Buffer},
    mutants::{Mutant, mutant},
    slots::transient::LOCK,
    word::{self, Word},
};

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

/// Gas that somebody gets who may be hostile: many times what an honest authority needs.
const GRANTED_GAS: u64 = 1_000_000;
/// Gas that a call costs by itself, generously.
const CALL_GAS: u64 = 10_000;

/// Sends METIS, locked. What was stored is in the state by then, as views may be called meanwhile.
#[must_use]
pub fn pay(receiver: &Account, assets: &Word) -> bool {
    host::flush();
    lock(true);
    let (paid, _) = host::call(receiver, &[], assets, host::ALL_GAS);
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
    let (accepted, size) = host::call(program, data, assets, host::ALL_GAS);
    lock(false);
    if !accepted {
        return Err(refused(size));
    }
    let mut answer = word::ZERO;
    host::read_answer(&mut answer);
    Ok((answer, size))
}

/// As [`order`], of a program whose refusal stops nothing. Whether it accepted.
#[inline(never)]
pub fn request(program: &Account, data: &[u8]) -> bool {
    host::flush();
    lock(true);
    let none = [0; 32];
    let (accepted, size) = host::call(program, data, &none, host::ALL_GAS);
    lock(false);
    if !accepted && size == 0 {
        // As in `refused`.
        host::run_out_of_gas();
    }
    accepted
}

/// Copies the start of the answer to the last order or question. What is missing of it stays as it
/// is: answers that are longer than the ways out tell are read by this.
#[inline]
pub fn read_answer(words: &mut [Word]) {
    host::read_answer(words.as_flattened_mut());
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
    let (accepted, size) = host::call(program, data, &none, host::ALL_GAS);
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

/// Asks a view of another program of the suite that calls nobody, by a static call, and copies the start
/// of its answer. Without the lock: nobody can come back, and a view that asks may be inside a static
/// call itself, in which nothing is stored.
#[inline(never)]
pub fn look(program: &Account, question: &[u8], answer: &mut [Word]) {
    if host::ask_within(program, question, host::ALL_GAS, answer.as_flattened_mut()).is_none() {
        // A view of the suite never fails but for want of gas.
        host::run_out_of_gas();
    }
}

/// As [`look`], of a program that may be hostile, with limited gas, for a program whose entries change
/// nothing. The size of its answer, or none if it failed; wanting gas is as in `ask_within`.
#[inline(never)]
pub fn peek(program: &Account, question: &[u8], answer: &mut [Word]) -> Option<usize> {
    let is_granted = is_granted();
    let size = host::ask_within(program, question, GRANTED_GAS, answer.as_flattened_mut());
    if size.is_none() && !is_granted {
        host::run_out_of_gas();
    }
    size
}

/// Asks a contract that may be hostile, by a static call, locked and with limited gas. The first two
/// words and the size of its answer, or none if it failed. If less gas than that was left and it
/// failed, the gas of this call was too little, and it ends so: a failure tells nothing then.
#[inline(never)]
pub(crate) fn ask_within(contract: &Account, question: &[u8]) -> Option<([Word; 2], usize)> {
    let is_granted = is_granted();
    let mut answer = [word::ZERO; 2];
    lock(true);
    let size = host::ask_within(contract, question, GRANTED_GAS, answer.as_flattened_mut());
    lock(false);
    if size.is_none() && !is_granted {
        host::run_out_of_gas();
    }
    size.map(|size| (answer, size))
}

/// Asks a contract that may be hostile and whose refusals are for the caller to read, by a static
/// call, locked and with so much gas. Whether its answer begins with `magic`; wanting gas is as in
/// [`ask_within`].
///
/// # Errors
/// What it refuses with becomes this call's error, if it is a selector and at most three words.
#[inline(never)]
pub fn consult(
    contract: &Account,
    question: &[u8],
    gas: u64,
    magic: &Word,
) -> Result<bool, Revert> {
    let is_granted = has_gas_for(gas);
    lock(true);
    let (answered, size) = host::consult(contract, question, gas);
    lock(false);
    if !answered && !is_granted {
        host::run_out_of_gas();
    }
    let mut answer = [0; ERROR_SIZE];
    host::read_answer(&mut answer);
    match (answered, answer.get(..size.min(ERROR_SIZE))) {
        (true, Some(magic_and_rest)) if size >= 32 => {
            Ok(magic_and_rest.first_chunk() == Some(magic))
        }
        (false, Some(error @ [_, _, _, _, ..])) if size <= ERROR_SIZE => Err(Revert::relay(error)),
        _ => Ok(false),
    }
}

/// Calls a contract that may be hostile, locked and with limited gas. Whether it succeeded; wanting
/// gas is as in [`ask_within`].
///
/// # Errors
/// What it refuses with becomes this call's error, unless it refuses without a word.
#[inline(never)]
pub(crate) fn order_within(contract: &Account, data: &[u8]) -> Result<bool, Revert> {
    let is_granted = is_granted();
    let none = [0; 32];
    host::flush();
    lock(true);
    let (accepted, size) = host::call(contract, data, &none, GRANTED_GAS);
    lock(false);
    match size {
        _ if accepted => Ok(true),
        0 if is_granted => Ok(false),
        _ => Err(refused(size)),
    }
}

/// Calls a contract that may be hostile and whose refusals are for the caller to read, locked and with
/// limited gas. Whether its answer begins with `magic`; wanting gas is as in [`ask_within`]. What was
/// stored is in the state by then.
///
/// # Errors
/// What it refuses with becomes this call's error, cut off after [`calldata::LIMIT`] bytes, unless it
/// refuses without a word.
#[inline(never)]
pub fn deliver(contract: &Account, data: &[u8], magic: &Word) -> Result<bool, Revert> {
    let none = word::count(0);
    host::flush();
    let is_granted = is_granted();
    lock(true);
    let (accepted, size) = host::call(contract, data, &none, GRANTED_GAS);
    lock(false);
    match (accepted, size) {
        (true, 32..) => {
            let mut answer = word::ZERO;
            host::read_answer(&mut answer);
            Ok(answer == *magic)
        }
        (false, 0) if !is_granted => host::run_out_of_gas(),
        (false, 1..) => Err(relay(size)),
        _ => Ok(false),
    }
}

/// Calls a contract that may be hostile and gets exactly so much gas, locked. Whether it succeeded.
/// What was stored is in the state by then.
///
/// With less gas left than that, this call runs out of it before: what comes of a push does not
/// depend on how much gas came with the call.
#[must_use]
#[inline(never)]
pub fn push(contract: &Account, data: &[u8], gas: u64) -> bool {
    let none = [0; 32];
    // First, as it costs gas of its own.
    host::flush();
    if !has_gas_for(gas) {
        host::run_out_of_gas();
    }
    lock(true);
    let (accepted, _) = host::call(contract, data, &none, gas);
    lock(false);
    accepted
}

/// Whether a call made now would have all the gas that somebody hostile gets.
fn is_granted() -> bool {
    has_gas_for(GRANTED_GAS)
}

/// Whether a call made now would have so much gas.
fn has_gas_for(gas: u64) -> bool {
    let left = host::gas_left();
    left.saturating_sub(left >> 6) >= gas.saturating_add(CALL_GAS)
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
    let (accepted, size) = host::call(target, data, assets, host::ALL_GAS);
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
