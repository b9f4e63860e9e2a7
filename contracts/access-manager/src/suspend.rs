//! Guardians take a role from an account for a while.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::IAccessManager::{Suspended, SuspensionEnded},
    access::{ATTESTER, Access, GUARDIAN, MAX_SUSPENSION, SLASHER},
    account::Account,
    entry::{Change, Outcome, Revert},
    host,
    mutants::{Mutant, mutant},
    word::{self, Immediate},
};

use crate::{errors, rules, state};

const SUSPENDED: Immediate = Immediate::new(Suspended::SIGNATURE_HASH.0);
const ENDED: Immediate = Immediate::new(SuspensionEnded::SIGNATURE_HASH.0);

/// Suspends a member of ATTESTER or SLASHER from now on.
///
/// The membership stays, and its end ends the suspension: whoever grants the role anew decides anew.
///
/// # Errors
/// `AccessManagerUnauthorizedAccount`, `RoleNotSuspendable`, `DurationInvalid`, `MembershipMissing`,
/// `SuspensionTooEarly`.
///
/// # Events
/// `Suspended`.
///
/// # Access
/// GUARDIAN, without its delay.
pub(crate) fn suspend(call: Change<'_>) -> Outcome {
    let [role, account, duration] = call.words()?;
    let (role, account) = (call.number::<64>(role)?, call.address(account)?);
    let duration = call.seconds(duration)?;
    let (guardian, now) = (host::caller(), host::timestamp());
    check_guardian(&guardian)?;
    if role != ATTESTER && role != SLASHER {
        return Err(errors::role_not_suspendable(role));
    }
    if duration == 0 || duration > MAX_SUSPENSION {
        return Err(errors::duration_invalid(duration));
    }
    let access = state::access(role, &account);
    if !access.exists() {
        return Err(errors::membership_missing(role, &account));
    }
    if access.next_suspension() > now && !mutant(Mutant::SuspensionAgain) {
        return Err(errors::suspension_too_early(access.next_suspension()));
    }

    let until = now.saturating_add(u64::from(duration));
    state::store_access(role, &account, &Access { suspended_until: until, ..access });
    let (role, until) = (word::of_u64(role), word::of_u64(until));
    host::log(&[SUSPENDED.word(), role, *account.word(), *guardian.word(), until], 4);
    call.commit(&[])
}

/// Ends a suspension now.
///
/// # Errors
/// `AccessManagerUnauthorizedAccount`, `SuspensionMissing`.
///
/// # Events
/// `SuspensionEnded`.
///
/// # Access
/// GUARDIAN, without its delay.
pub(crate) fn end_suspension(call: Change<'_>) -> Outcome {
    let [role, account] = call.words()?;
    let (role, account) = (call.number::<64>(role)?, call.address(account)?);
    let (guardian, now) = (host::caller(), host::timestamp());
    check_guardian(&guardian)?;
    let access = state::access(role, &account);
    if !access.is_suspended(now) {
        return Err(errors::suspension_missing(role, &account));
    }

    state::store_access(role, &account, &Access { suspended_until: now, ..access });
    let event = [ENDED.word(), word::of_u64(role), *account.word(), *guardian.word()];
    host::log(&event, 4);
    call.commit(&[])
}

fn check_guardian(caller: &Account) -> Result<(), Revert> {
    if rules::has_role(GUARDIAN, caller).0 || mutant(Mutant::SuspendOpenToAll) {
        Ok(())
    } else {
        Err(errors::unauthorized_account(caller, GUARDIAN))
    }
}
