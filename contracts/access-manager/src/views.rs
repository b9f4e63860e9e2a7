//! What the manager tells.

use emetis_common::{
    access::{ADMIN, EXPIRATION, MIN_SETBACK, NOBODY, PUBLIC},
    entry::{Outcome, View},
    host,
    word::{self, Word},
};

use crate::{operation, rules, state};

pub(crate) fn can_call(call: View<'_>) -> Outcome {
    let [caller, target, selector] = call.words()?;
    let (caller, target) = (call.address(caller)?, call.address(target)?);
    let permission = rules::can_call(&caller, &target, call.bytes4(selector)?);
    call.reply(&[word::of_bool(permission.immediate), seconds(permission.delay)])
}

pub(crate) fn has_role(call: View<'_>) -> Outcome {
    let [role, account] = call.words()?;
    let (role, account) = (call.number::<64>(role)?, call.address(account)?);
    let (is_member, delay) = rules::has_role(role, &account);
    call.reply(&[word::of_bool(is_member), seconds(delay)])
}

pub(crate) fn get_access(call: View<'_>) -> Outcome {
    let [role, account] = call.words()?;
    let (role, account) = (call.number::<64>(role)?, call.address(account)?);
    let access = state::access(role, &account);
    let delay = access.delay.told(host::timestamp());
    call.reply(&[
        word::of_u64(access.since),
        seconds(delay.current),
        seconds(delay.pending),
        word::of_u64(delay.effect),
    ])
}

pub(crate) fn get_suspension(call: View<'_>) -> Outcome {
    let [role, account] = call.words()?;
    let (role, account) = (call.number::<64>(role)?, call.address(account)?);
    call.reply(&[word::of_u64(state::access(role, &account).suspended_until)])
}

pub(crate) fn get_role_admin(call: View<'_>) -> Outcome {
    let [role] = call.words()?;
    let role = state::role(call.number::<64>(role)?);
    call.reply(&[word::of_u64(role.admin)])
}

pub(crate) fn get_role_guardian(call: View<'_>) -> Outcome {
    let [role] = call.words()?;
    let role = state::role(call.number::<64>(role)?);
    call.reply(&[word::of_u64(role.guardian)])
}

pub(crate) fn get_role_grant_delay(call: View<'_>) -> Outcome {
    let [role] = call.words()?;
    let role = state::role(call.number::<64>(role)?);
    call.reply(&[seconds(role.grant_delay.at(host::timestamp()))])
}

pub(crate) fn get_target_function_role(call: View<'_>) -> Outcome {
    let [target, selector] = call.words()?;
    let (target, selector) = (call.address(target)?, call.bytes4(selector)?);
    call.reply(&[word::of_u64(state::function_role(&target, selector))])
}

pub(crate) fn get_target_admin_delay(call: View<'_>) -> Outcome {
    let [target] = call.words()?;
    let target = state::target(&call.address(target)?);
    call.reply(&[seconds(target.admin_delay.at(host::timestamp()))])
}

pub(crate) fn is_target_closed(call: View<'_>) -> Outcome {
    let [target] = call.words()?;
    let target = state::target(&call.address(target)?);
    call.reply(&[word::of_bool(target.is_closed)])
}

pub(crate) fn is_authority_fixed(call: View<'_>) -> Outcome {
    let [target] = call.words()?;
    let target = state::target(&call.address(target)?);
    call.reply(&[word::of_bool(target.is_fixed)])
}

pub(crate) fn get_schedule(call: View<'_>) -> Outcome {
    let [id] = call.words()?;
    let schedule = state::schedule(id);
    let time = if schedule.is_expired(host::timestamp()) { 0 } else { schedule.time };
    call.reply(&[word::of_u64(time)])
}

pub(crate) fn get_nonce(call: View<'_>) -> Outcome {
    let [id] = call.words()?;
    call.reply(&[seconds(state::schedule(id).nonce)])
}

pub(crate) fn hash_operation(call: View<'_>) -> Outcome {
    let [caller, target, data] = call.words()?;
    let (caller, target) = (call.address(caller)?, call.address(target)?);
    let id = operation::hash(&caller, &target, call.tail(data)?);
    call.reply(&[id])
}

pub(crate) fn expiration(call: View<'_>) -> Outcome {
    call.reply(&[word::of_u64(EXPIRATION)])
}

pub(crate) fn min_setback(call: View<'_>) -> Outcome {
    call.reply(&[seconds(MIN_SETBACK)])
}

pub(crate) fn admin_role(call: View<'_>) -> Outcome {
    call.reply(&[word::of_u64(ADMIN)])
}

pub(crate) fn public_role(call: View<'_>) -> Outcome {
    call.reply(&[word::of_u64(PUBLIC)])
}

pub(crate) fn nobody_role(call: View<'_>) -> Outcome {
    call.reply(&[word::of_u64(NOBODY)])
}

/// The word of a number of 32 bits.
fn seconds(number: u32) -> Word {
    word::of_u64(u64::from(number))
}
