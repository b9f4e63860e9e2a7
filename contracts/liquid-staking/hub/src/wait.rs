//! The wait for a loss that is pending.

use emetis_common::{
    entry::Revert,
    host,
    mutants::{Mutant, mutant},
    slots,
    wait::Wait,
};

use crate::errors;

/// Reads it.
pub(crate) fn load() -> Wait {
    Wait::unpack(&host::load(&slots::variable(slots::WAIT)))
}

/// Writes it.
pub(crate) fn store(wait: &Wait) {
    host::store(&slots::variable(slots::WAIT), &wait.pack());
}

/// Refuses while it goes on.
///
/// # Errors
/// `LossPending`.
#[cold]
#[inline(never)]
pub(crate) fn check() -> Result<(), Revert> {
    let wait = load();
    match wait.until(host::timestamp()) {
        until if until != 0 && !mutant(Mutant::LossPendingIgnored) => {
            Err(errors::loss_pending(wait.pending(), until))
        }
        _ => Ok(()),
    }
}
