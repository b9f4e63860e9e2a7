//! Who may do what, besides those whom the authority lets in.

use emetis_common::{
    account::Account,
    entry::Revert,
    host,
    mutants::{Mutant, mutant},
    slots::staking,
    storage,
};

use crate::errors;

/// Refuses everyone but the registry.
///
/// # Errors
/// `CallerNotRegistry`.
pub(crate) fn check_registry() -> Result<(), Revert> {
    match is_program(staking::REGISTRY) {
        Ok(_) => Ok(()),
        Err((caller, registry)) => Err(errors::caller_not_registry(&caller, &registry)),
    }
}

/// Refuses everyone but the court.
///
/// # Errors
/// `CallerNotCourt`.
pub(crate) fn check_court() -> Result<(), Revert> {
    match is_program(staking::COURT) {
        Ok(_) => Ok(()),
        Err((caller, court)) => Err(errors::caller_not_court(&caller, &court)),
    }
}

/// Refuses everyone but the distributor.
///
/// # Errors
/// `CallerNotDistributor`.
pub(crate) fn check_distributor() -> Result<(), Revert> {
    match is_program(staking::DISTRIBUTOR) {
        Ok(_) => Ok(()),
        Err((caller, distributor)) => Err(errors::caller_not_distributor(&caller, &distributor)),
    }
}

/// Refuses everyone but the owner.
///
/// # Errors
/// `CallerNotOwner`.
pub(crate) fn check_owner(owner: &Account) -> Result<(), Revert> {
    let caller = host::caller();
    if caller == *owner { Ok(()) } else { Err(errors::caller_not_owner(&caller, owner)) }
}

/// The caller if it is the program in a slot, else both.
fn is_program(slot: u64) -> Result<Account, (Account, Account)> {
    let (caller, program) = (host::caller(), storage::load_account(slot));
    let is_open = mutant(Mutant::HoldOpenToAll) && slot == staking::COURT
        || mutant(Mutant::NotifyUnchecked) && slot == staking::DISTRIBUTOR;
    if caller == program && !program.is_zero() || is_open {
        Ok(caller)
    } else {
        Err((caller, program))
    }
}
