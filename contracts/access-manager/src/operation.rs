//! Operations: their name, and how they are used up.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::IAccessManager::{OperationCanceled, OperationExecuted, OperationScheduled},
    access::Schedule,
    account::Account,
    calldata,
    entry::Revert,
    hash, host,
    host::buffer::Buffer,
    mutants::{Mutant, mutant},
    word::{self, Immediate, Word},
};

use crate::{errors, state};

const SCHEDULED: Immediate = Immediate::new(OperationScheduled::SIGNATURE_HASH.0);
const EXECUTED: Immediate = Immediate::new(OperationExecuted::SIGNATURE_HASH.0);
const CANCELED: Immediate = Immediate::new(OperationCanceled::SIGNATURE_HASH.0);

/// Eight words, and data of any call, whole words of it.
const SPACE: usize = 256 + calldata::LIMIT;

/// The name of an operation: the hash of `abi.encode(caller, target, data)`.
#[inline(never)]
pub(crate) fn hash(caller: &Account, target: &Account, data: &[u8]) -> Word {
    let (offset, size) = (word::of_u64(96), word::of_u64(data.len() as u64));
    // Data is a part of the calldata, which has at most 8,192 bytes: all of it fits.
    let mut text = Buffer::<SPACE>::new();
    text.push_words(&[*caller.word(), *target.word(), offset, size]);
    text.push(data);
    text.pad();
    hash::keccak(text.bytes())
}

#[inline(never)]
pub(crate) fn log_scheduled(
    id: &Word,
    schedule: &Schedule,
    caller: &Account,
    target: &Account,
    data: &[u8],
) {
    let mut text = Buffer::<SPACE>::new();
    text.push_words(&[
        SCHEDULED.word(),
        *id,
        word::of_u64(u64::from(schedule.nonce)),
        word::of_u64(schedule.time),
        *caller.word(),
        *target.word(),
        word::of_u64(128),
        word::of_u64(data.len() as u64),
    ]);
    text.push(data);
    text.pad();
    host::log_bytes(text.bytes(), 3);
}

/// Uses up an operation whose time has come. Its nonce.
///
/// # Errors
/// `AccessManagerNotScheduled`, `AccessManagerNotReady`, `AccessManagerExpired`.
///
/// # Events
/// `OperationExecuted`.
#[inline(never)]
pub(crate) fn consume(id: &Word) -> Result<u32, Revert> {
    let (schedule, now) = (state::schedule(id), host::timestamp());
    if schedule.time == 0 {
        return Err(errors::not_scheduled(id));
    }
    if schedule.time > now && !mutant(Mutant::ExecuteTooSoon) {
        return Err(errors::not_ready(id));
    }
    if schedule.is_expired(now) && !mutant(Mutant::OperationOutlivesWeek) {
        return Err(errors::expired(id));
    }
    if !mutant(Mutant::OperationRepeats) {
        state::store_schedule(id, &Schedule { time: 0, ..schedule });
    }
    let nonce = word::of_u64(u64::from(schedule.nonce));
    host::log(&[EXECUTED.word(), *id, nonce], 3);
    Ok(schedule.nonce)
}

/// Takes an operation back.
///
/// # Events
/// `OperationCanceled`.
pub(crate) fn cancel(id: &Word, schedule: &Schedule) {
    state::store_schedule(id, &Schedule { time: 0, ..*schedule });
    host::log(&[CANCELED.word(), *id, word::of_u64(u64::from(schedule.nonce))], 3);
}
