//! Accounts become members of roles and cease to be.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::IAccessManager::{RoleGranted, RoleRevoked},
    access::{ADMIN, Access, MIN_ADMIN_DELAY, NOBODY, PUBLIC},
    account::Account,
    delay::Delay,
    entry::{Change, Outcome, Revert},
    host,
    mutants::{Mutant, mutant},
    word::{self, Immediate},
};

use crate::{errors, rules, state};

const GRANTED: Immediate = Immediate::new(RoleGranted::SIGNATURE_HASH.0);
const REVOKED: Immediate = Immediate::new(RoleRevoked::SIGNATURE_HASH.0);

/// Makes an account a member of a role, or changes its execution delay.
///
/// # Errors
/// Those of [`rules::check`]; `AccessManagerLockedRole`, `DelayTooShort`.
///
/// # Events
/// `RoleGranted`.
///
/// # Access
/// The role's admin role.
pub(crate) fn grant_role(call: Change<'_>) -> Outcome {
    let [role, account, delay] = call.words()?;
    let (role, account) = (call.number::<64>(role)?, call.address(account)?);
    let delay = call.seconds(delay)?;
    rules::check(&call)?;
    check_grantable(role)?;
    if role == ADMIN && delay < MIN_ADMIN_DELAY && !mutant(Mutant::AdminWithoutDelay) {
        return Err(errors::delay_too_short(delay));
    }

    let (before, now) = (state::access(role, &account), host::timestamp());
    let (after, since) = if before.exists() {
        let updated = before.delay.update(now, delay, 0);
        let updated = match mutant(Mutant::ShorterAtOnce) {
            true => Delay::new(delay),
            false => updated,
        };
        (Access { delay: updated, ..before }, updated.effect())
    } else {
        let wait = state::role(role).grant_delay.at(now);
        let wait = if mutant(Mutant::GrantAtOnce) { 0 } else { wait };
        let since = now.saturating_add(u64::from(wait));
        (Access { since, delay: Delay::new(delay), suspended_until: 0 }, since)
    };
    state::store_access(role, &account, &after);
    log_granted(role, &account, delay, since, !before.exists());
    call.commit(&[])
}

/// Ends an account's membership, and its suspension with it.
///
/// # Errors
/// Those of [`rules::check`]; `AccessManagerLockedRole`.
///
/// # Events
/// `RoleRevoked`, if there was a membership.
///
/// # Access
/// The role's admin role.
pub(crate) fn revoke_role(call: Change<'_>) -> Outcome {
    let [role, account] = call.words()?;
    let (role, account) = (call.number::<64>(role)?, call.address(account)?);
    rules::check(&call)?;
    revoke(call, role, &account)
}

/// Ends the caller's own membership.
///
/// # Errors
/// `AccessManagerBadConfirmation`, `AccessManagerLockedRole`.
///
/// # Events
/// `RoleRevoked`, if there was a membership.
///
/// # Access
/// Everybody.
pub(crate) fn renounce_role(call: Change<'_>) -> Outcome {
    let [role, account] = call.words()?;
    let (role, account) = (call.number::<64>(role)?, call.address(account)?);
    if account != host::caller() {
        return Err(errors::bad_confirmation());
    }
    revoke(call, role, &account)
}

fn revoke(call: Change<'_>, role: u64, account: &Account) -> Outcome {
    check_grantable(role)?;
    if state::access(role, account).exists() {
        state::store_access(role, account, &Access::default());
        host::log(&[REVOKED.word(), word::of_u64(role), *account.word()], 3);
    }
    call.commit(&[])
}

fn check_grantable(role: u64) -> Result<(), Revert> {
    if role == PUBLIC || role == NOBODY { Err(errors::locked_role(role)) } else { Ok(()) }
}

pub(crate) fn log_granted(role: u64, account: &Account, delay: u32, since: u64, is_new: bool) {
    let event = [
        GRANTED.word(),
        word::of_u64(role),
        *account.word(),
        word::of_u64(u64::from(delay)),
        word::of_u64(since),
        word::of_bool(is_new),
    ];
    host::log(&event, 3);
}
