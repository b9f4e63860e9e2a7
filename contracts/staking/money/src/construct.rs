//! The one construction.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerStaking::Constructed,
    account::Account,
    entry::{Change, Outcome, Revert},
    host, managed,
    slots::staking,
    staking::rules::{Ceiling, MAX_LOCK, Rules},
    storage,
    word::Immediate,
};

use crate::{errors, rules};

const CONSTRUCTED: Immediate = Immediate::new(Constructed::SIGNATURE_HASH.0);

/// Sets the programs that it works with, and the parameters to begin with.
///
/// # Errors
/// `ConstructionRepeated`, `ProgramInvalid`, `AccessManagedInvalidAuthority`.
///
/// # Events
/// `AuthorityUpdated`, `Constructed`.
///
/// # Access
/// Whoever calls first: deploy and construct in one transaction.
pub(crate) fn construct(call: Change<'_>) -> Outcome {
    let [registry, court, distributor, quota, authority] = call.words()?;
    let (registry, court) = (call.address(registry)?, call.address(court)?);
    let (distributor, quota) = (call.address(distributor)?, call.address(quota)?);
    let authority = call.address(authority)?;
    if rules::load().period != 0 {
        return Err(errors::construction_repeated());
    }
    check(&registry)?;
    check(&court)?;
    check(&distributor)?;
    check(&quota)?;

    managed::adopt(&authority)?;
    rules::store(&Rules::default());
    rules::store_ceiling(&Ceiling { quota, max_lock: MAX_LOCK });
    storage::store_account(staking::REGISTRY, &registry);
    storage::store_account(staking::COURT, &court);
    storage::store_account(staking::DISTRIBUTOR, &distributor);
    let event = [
        CONSTRUCTED.word(),
        *registry.word(),
        *court.word(),
        *distributor.word(),
        *quota.word(),
        *authority.word(),
    ];
    host::log(&event, 4);
    call.commit(&[])
}

/// Refuses what cannot be another program.
///
/// # Errors
/// `ProgramInvalid`.
fn check(program: &Account) -> Result<(), Revert> {
    if program.is_zero() || *program == host::contract() {
        Err(errors::program_invalid(program))
    } else {
        Ok(())
    }
}
