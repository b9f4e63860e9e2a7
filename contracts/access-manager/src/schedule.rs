//! Operations are announced, taken back, and used up by their target.

use alloy_sol_types::SolCall;
use emetis_common::{
    abi::IAccessManaged::isConsumingScheduledOpCall,
    access::Schedule,
    entry::{Change, Outcome},
    guard, host,
    mutants::{Mutant, mutant},
    word,
};

use crate::{errors, operation, rules, state};

/// The most that 48 bits hold.
const LAST_TIME: u64 = 0xffff_ffff_ffff;

/// Announces a call that the caller may make after its delay.
///
/// # Errors
/// `AccessManagerUnauthorizedCall`, `AccessManagerAlreadyScheduled`.
///
/// # Events
/// `OperationScheduled`.
///
/// # Access
/// Whoever may make the call after a delay.
pub(crate) fn schedule(call: Change<'_>) -> Outcome {
    let [target, data, when] = call.words()?;
    let (target, data) = (call.address(target)?, call.tail(data)?);
    let when = call.number::<48>(when)?;
    let (caller, now) = (host::caller(), host::timestamp());
    let selector = rules::selector_of(data);
    let permission = rules::can_call_with(&caller, &target, selector, data);
    let delay = permission.ok_or_else(|| call.invalid())?.delay;
    let soonest = now.saturating_add(u64::from(delay)).min(LAST_TIME);
    let soonest = if mutant(Mutant::ScheduleTooSoon) { now } else { soonest };
    if delay == 0 || (when > 0 && when < soonest) {
        return Err(errors::unauthorized_call(&caller, &target, selector));
    }
    let id = operation::hash(&caller, &target, data);
    let before = state::schedule(&id);
    if before.time != 0 && !before.is_expired(now) {
        return Err(errors::already_scheduled(&id));
    }

    let after = Schedule { time: when.max(soonest), nonce: before.nonce.wrapping_add(1) };
    state::store_schedule(&id, &after);
    operation::log_scheduled(&id, &after, &caller, &target, data);
    call.commit(&[id, word::of_u64(u64::from(after.nonce))])
}

/// Takes back an operation.
///
/// # Errors
/// `AccessManagerNotScheduled`, `AccessManagerUnauthorizedCancel`, `OwnRoleCancel`.
///
/// # Events
/// `OperationCanceled`.
///
/// # Access
/// The proposer; ADMIN, the guardian of the function's role and the admin of a role that is granted
/// or revoked, unless they would defend a role of theirs.
pub(crate) fn cancel(call: Change<'_>) -> Outcome {
    let [proposer, target, data] = call.words()?;
    let (proposer, target) = (call.address(proposer)?, call.address(target)?);
    let data = call.tail(data)?;
    let selector = rules::selector_of(data);
    let (caller, id) = (host::caller(), operation::hash(&proposer, &target, data));
    let schedule = state::schedule(&id);
    if schedule.time == 0 {
        return Err(errors::not_scheduled(&id));
    }
    if caller != proposer {
        if !rules::can_cancel(&caller, &target, selector, data) {
            return Err(errors::unauthorized_cancel(&caller, &proposer, &target, selector));
        }
        if let Some(role) = rules::defended_role(&caller, &target, selector, data) {
            return Err(errors::own_role_cancel(&caller, role));
        }
    }

    operation::cancel(&id, &schedule);
    call.commit(&[word::of_u64(u64::from(schedule.nonce))])
}

/// Uses up an operation on whoever calls.
///
/// # Errors
/// Those of the target; `AccessManagerUnauthorizedConsume`; those of [`operation::consume`].
///
/// # Events
/// `OperationExecuted`.
///
/// # Access
/// The operation's target, while it says that it is consuming one.
pub(crate) fn consume_scheduled_op(call: Change<'_>) -> Outcome {
    let [caller, data] = call.words()?;
    let (caller, data) = (call.address(caller)?, call.tail(data)?);
    let (target, name) = (host::caller(), isConsumingScheduledOpCall::SELECTOR);
    let answer = guard::inquire(&target, word::after_selector(&[word::of_selector(name)]))?;
    let confirms =
        matches!(answer, Some((word, 32..)) if word::to_bytes4(&word).is_some_and(|it| it == name));
    if !confirms {
        return Err(errors::unauthorized_consume(&target));
    }

    operation::consume(&operation::hash(&caller, &target, data))?;
    call.commit(&[])
}
