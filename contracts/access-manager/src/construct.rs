//! The one construction.

use emetis_common::{
    access::{ADMIN, Access, MIN_ADMIN_DELAY, SETUP},
    delay::Delay,
    entry::{Change, Outcome},
    host,
    mutants::{Mutant, mutant},
    slots::{self, access::CONSTRUCTED},
    word,
};

use crate::{errors, members, state};

/// Makes an account the first admin, with a delay that begins in a day.
///
/// # Errors
/// `ConstructionRepeated`, `AccessManagerInvalidInitialAdmin`.
///
/// # Events
/// `RoleGranted` twice: the membership, then the delay to come.
///
/// # Access
/// Whoever calls first: deploy and construct in one transaction.
pub(crate) fn construct(call: Change<'_>) -> Outcome {
    let [admin] = call.words()?;
    let admin = call.address(admin)?;
    let (slot, now) = (slots::variable(CONSTRUCTED), host::timestamp());
    if host::load(&slot) != word::ZERO && !mutant(Mutant::ConstructorRepeats) {
        return Err(errors::construction_repeated());
    }
    if admin.is_zero() {
        return Err(errors::invalid_initial_admin(&admin));
    }

    let set_up = now.saturating_add(SETUP);
    let later = if mutant(Mutant::SetupNeverEnds) { 0 } else { MIN_ADMIN_DELAY };
    let delay = Delay::changing(0, later, set_up);
    host::store(&slot, &word::of_bool(true));
    state::store_access(ADMIN, &admin, &Access { since: now, delay, suspended_until: 0 });
    members::log_granted(ADMIN, &admin, 0, now, true);
    members::log_granted(ADMIN, &admin, MIN_ADMIN_DELAY, set_up, false);
    call.commit(&[])
}
