//! The one construction.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerQuota::Constructed,
    entry::{Change, Outcome},
    host, managed,
    mutants::{Mutant, mutant},
    quota::limits::{Limits, Marks},
    slots::quota,
    storage,
    word::Immediate,
};

use crate::{errors, limits, programs};

const CONSTRUCTED: Immediate = Immediate::new(Constructed::SIGNATURE_HASH.0);

/// Sets the programs of the suite, the authority, and the limits to begin with.
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
    let [staking, court, distributor, authority] = call.words()?;
    let authority = call.address(authority)?;
    let places = [
        (call.address(staking)?, quota::STAKING),
        (call.address(court)?, quota::COURT),
        (call.address(distributor)?, quota::DISTRIBUTOR),
    ];
    if !programs::staking().is_zero() && !mutant(Mutant::ConstructorRepeats) {
        return Err(errors::construction_repeated());
    }
    for (program, _) in &places {
        if program.is_zero() || *program == host::contract() {
            return Err(errors::program_invalid(program));
        }
    }

    managed::adopt(&authority)?;
    for (program, slot) in &places {
        storage::store_account(*slot, program);
    }
    limits::store(&Limits::default(), Marks::default());
    let event = [CONSTRUCTED.word(), *staking, *court, *distributor, *authority.word()];
    host::log(&event, 4);
    call.commit(&[])
}
