//! Settings of roles.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::IAccessManager::{
        RoleAdminChanged, RoleGrantDelayChanged, RoleGuardianChanged, RoleLabel,
    },
    access::{ADMIN, MIN_SETBACK, NOBODY, PUBLIC, Role},
    calldata,
    delay::Delay,
    entry::{Change, Outcome, Revert},
    host::{self, buffer::Buffer},
    mutants::{Mutant, mutant},
    word::{self, Immediate},
};

use crate::{errors, rules, state};

const LABEL: Immediate = Immediate::new(RoleLabel::SIGNATURE_HASH.0);
const ADMIN_CHANGED: Immediate = Immediate::new(RoleAdminChanged::SIGNATURE_HASH.0);
const GUARDIAN_CHANGED: Immediate = Immediate::new(RoleGuardianChanged::SIGNATURE_HASH.0);
const GRANT_DELAY_CHANGED: Immediate = Immediate::new(RoleGrantDelayChanged::SIGNATURE_HASH.0);

/// Gives a role a name.
///
/// # Errors
/// Those of [`rules::check`]; `AccessManagerLockedRole`.
///
/// # Events
/// `RoleLabel`.
///
/// # Access
/// ADMIN.
pub(crate) fn label_role(call: Change<'_>) -> Outcome {
    let [role, label] = call.words()?;
    let (id, label) = (call.number::<64>(role)?, call.tail(label)?);
    rules::check(&call)?;
    check_changeable(id)?;

    log_label(id, label);
    call.commit(&[])
}

/// Sets whose members grant and revoke a role.
///
/// # Errors
/// Those of [`rules::check`]; `AccessManagerLockedRole`.
///
/// # Events
/// `RoleAdminChanged`.
///
/// # Access
/// ADMIN.
pub(crate) fn set_role_admin(call: Change<'_>) -> Outcome {
    let [role, admin] = call.words()?;
    let (id, admin) = (call.number::<64>(role)?, call.number::<64>(admin)?);
    rules::check(&call)?;
    check_changeable(id)?;

    state::store_role(id, &Role { admin, ..state::role(id) });
    host::log(&[ADMIN_CHANGED.word(), *role, word::of_u64(admin)], 3);
    call.commit(&[])
}

/// Sets whose members cancel operations of a role.
///
/// # Errors
/// Those of [`rules::check`]; `AccessManagerLockedRole`.
///
/// # Events
/// `RoleGuardianChanged`.
///
/// # Access
/// ADMIN.
pub(crate) fn set_role_guardian(call: Change<'_>) -> Outcome {
    let [role, guardian] = call.words()?;
    let (id, guardian) = (call.number::<64>(role)?, call.number::<64>(guardian)?);
    rules::check(&call)?;
    check_changeable(id)?;

    state::store_role(id, &Role { guardian, ..state::role(id) });
    host::log(&[GUARDIAN_CHANGED.word(), *role, word::of_u64(guardian)], 3);
    call.commit(&[])
}

/// Sets how long new members of a role wait.
///
/// # Errors
/// Those of [`rules::check`]; `AccessManagerLockedRole`.
///
/// # Events
/// `RoleGrantDelayChanged`.
///
/// # Access
/// ADMIN.
pub(crate) fn set_grant_delay(call: Change<'_>) -> Outcome {
    let [role, delay] = call.words()?;
    let (id, seconds) = (call.number::<64>(role)?, call.seconds(delay)?);
    rules::check(&call)?;
    if id == PUBLIC || id == NOBODY {
        return Err(errors::locked_role(id));
    }

    let before = state::role(id);
    let grant_delay = updated(&before.grant_delay, seconds);
    state::store_role(id, &Role { grant_delay, ..before });
    let since = word::of_u64(grant_delay.effect());
    host::log(&[GRANT_DELAY_CHANGED.word(), *role, *delay, since], 2);
    call.commit(&[])
}

/// A delay that is changed from now on, after the least setback.
pub(crate) fn updated(delay: &Delay, seconds: u32) -> Delay {
    let setback = if mutant(Mutant::ShorterAtOnce) { 0 } else { MIN_SETBACK };
    delay.update(host::timestamp(), seconds, setback)
}

fn check_changeable(role: u64) -> Result<(), Revert> {
    if role == ADMIN || role == PUBLIC || role == NOBODY {
        return Err(errors::locked_role(role));
    }
    Ok(())
}

#[inline(never)]
fn log_label(role: u64, label: &[u8]) {
    // Four words, and a label that is a part of the calldata: all of it fits.
    let mut text = Buffer::<{ calldata::LIMIT + 128 }>::new();
    let size = word::of_u64(label.len() as u64);
    text.push_words(&[LABEL.word(), word::of_u64(role), word::of_u64(32), size]);
    text.push(label);
    text.pad();
    host::log_bytes(text.bytes(), 2);
}
