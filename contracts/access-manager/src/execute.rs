//! Calls that the manager makes for those who may.

use emetis_common::{
    account::Account,
    entry::{Outcome, Pay},
    guard, host,
    mutants::{Mutant, mutant},
    slots::access as slots,
    word::{self, Word},
};

use crate::{errors, operation, rules, state};

/// Makes a call, with METIS, for whoever may make it.
///
/// What is being executed is marked meanwhile, so that its target, and the manager as a target, let
/// just this call through. The mark is transient: it falls with the call that set it.
///
/// # Errors
/// `AccessManagerUnauthorizedCall`; those of [`operation::consume`]; those of the target.
///
/// # Events
/// `OperationExecuted`, if an operation was scheduled.
///
/// # Access
/// Whoever may make the call, after its delay.
pub(crate) fn execute(call: Pay<'_>) -> Outcome {
    let [target, data] = call.words()?;
    let (target, data) = (call.address(target)?, call.tail(data)?);
    let (caller, value) = (host::caller(), call.assets());
    let selector = rules::selector_of(data);
    let permission = rules::can_call_with(&caller, &target, selector, data);
    let permission = permission.ok_or_else(|| call.invalid())?;
    if !permission.immediate && permission.delay == 0 {
        return Err(errors::unauthorized_call(&caller, &target, selector));
    }

    let id = operation::hash(&caller, &target, data);
    // An operation that can be used is, also where none is needed.
    let nonce = if permission.delay != 0 || !state::schedule(&id).is_expired(host::timestamp()) {
        operation::consume(&id)?
    } else {
        0
    };
    let slot = word::of_u64(slots::EXECUTING);
    let before = host::load_transient(&slot);
    host::store_transient(&slot, &mark(&target, selector));
    guard::forward(&target, data, &value)?;
    host::store_transient(&slot, &before);
    call.commit(&[word::of_u64(u64::from(nonce))])
}

/// Whether the manager is calling a function of a target for somebody who may.
pub(crate) fn is_executing(target: &Account, selector: [u8; 4]) -> bool {
    let marked = host::load_transient(&word::of_u64(slots::EXECUTING));
    marked == mark(target, selector) || mutant(Mutant::CallAnything)
}

/// A call in a word that is never zero: a selector, and after it a one in the bytes that an address
/// leaves free.
fn mark(target: &Account, selector: [u8; 4]) -> Word {
    let mut mark = *target.word();
    if let Some(start) = mark.first_chunk_mut() {
        let [a, b, c, d] = selector;
        *start = [a, b, c, d, 1];
    }
    mark
}
