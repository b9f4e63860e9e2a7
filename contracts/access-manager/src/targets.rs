//! Settings of targets: which role a function is open to, whether all are closed, the authority.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::IAccessManager::{TargetAdminDelayUpdated, TargetClosed, TargetFunctionRoleUpdated},
    access::{NOBODY, Target},
    account::Account,
    entry::{Change, Outcome, Revert},
    guard, host,
    mutants::{Mutant, mutant},
    word::{self, Immediate},
};

use crate::{errors, roles, rules, state};

const FUNCTION_ROLE_UPDATED: Immediate =
    Immediate::new(TargetFunctionRoleUpdated::SIGNATURE_HASH.0);
const ADMIN_DELAY_UPDATED: Immediate = Immediate::new(TargetAdminDelayUpdated::SIGNATURE_HASH.0);
const CLOSED: Immediate = Immediate::new(TargetClosed::SIGNATURE_HASH.0);

/// Gives functions of a target to a role; to NOBODY for ever.
///
/// # Errors
/// Those of [`rules::check`]; `AccessManagerLockedFunction`, `SelectorGivenUp`.
///
/// # Events
/// `TargetFunctionRoleUpdated`, one for each function.
///
/// # Access
/// ADMIN, after the target's admin delay.
pub(crate) fn set_target_function_role(call: Change<'_>) -> Outcome {
    let [target, selectors, role] = call.words()?;
    let (target, selectors) = (call.address(target)?, call.list(selectors)?);
    let role = call.number::<64>(role)?;
    rules::check(&call)?;

    for word in selectors.heads() {
        let selector = call.bytes4(word)?;
        set_function_role(&target, selector, role)?;
        let event = [FUNCTION_ROLE_UPDATED.word(), *target.word(), word::of_u64(role), *word];
        host::log(&event, 3);
    }
    call.commit(&[])
}

fn set_function_role(target: &Account, selector: [u8; 4], role: u64) -> Result<(), Revert> {
    let is_given_up = role == NOBODY;
    // Authority moves by `updateAuthority` alone; and what removes members from roles must stay.
    if selector == rules::SET_AUTHORITY || (is_given_up && *target == host::contract()) {
        return Err(errors::locked_function(selector));
    }
    if state::function_role(target, selector) == NOBODY && !mutant(Mutant::GivenUpReopens) {
        return Err(errors::selector_given_up(target, selector));
    }
    state::store_function_role(target, selector, role);
    if is_given_up {
        state::store_target(target, &Target { is_fixed: true, ..state::target(target) });
    }
    Ok(())
}

/// Sets how long changes of a target's settings wait.
///
/// # Errors
/// Those of [`rules::check`].
///
/// # Events
/// `TargetAdminDelayUpdated`.
///
/// # Access
/// ADMIN.
pub(crate) fn set_target_admin_delay(call: Change<'_>) -> Outcome {
    let [target, delay] = call.words()?;
    let (target, seconds) = (call.address(target)?, call.seconds(delay)?);
    rules::check(&call)?;

    let before = state::target(&target);
    let admin_delay = roles::updated(&before.admin_delay, seconds);
    state::store_target(&target, &Target { admin_delay, ..before });
    let since = word::of_u64(admin_delay.effect());
    host::log(&[ADMIN_DELAY_UPDATED.word(), *target.word(), *delay, since], 2);
    call.commit(&[])
}

/// Closes all functions of a target, or opens them again.
///
/// # Errors
/// Those of [`rules::check`].
///
/// # Events
/// `TargetClosed`.
///
/// # Access
/// ADMIN, after the target's admin delay.
pub(crate) fn set_target_closed(call: Change<'_>) -> Outcome {
    let [target, closed] = call.words()?;
    let (target, is_closed) = (call.address(target)?, call.truth(closed)?);
    rules::check(&call)?;

    state::store_target(&target, &Target { is_closed, ..state::target(&target) });
    host::log(&[CLOSED.word(), *target.word(), *closed], 2);
    call.commit(&[])
}

/// Tells a target to obey another authority.
///
/// # Errors
/// Those of [`rules::check`]; `AuthorityFixed`; those of the target.
///
/// # Access
/// ADMIN, after the target's admin delay.
pub(crate) fn update_authority(call: Change<'_>) -> Outcome {
    let [target, authority] = call.words()?;
    let (target, authority) = (call.address(target)?, call.address(authority)?);
    rules::check(&call)?;
    if state::target(&target).is_fixed && !mutant(Mutant::AuthorityMoves) {
        return Err(errors::authority_fixed(&target));
    }

    let name = word::of_selector(rules::SET_AUTHORITY);
    let data = [name, *authority.word()];
    guard::forward(&target, word::after_selector(&data), &word::of_u64(0))?;
    call.commit(&[])
}
