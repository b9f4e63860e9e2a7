//! The one construction.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISlashingCourt::Constructed,
    court::Rules,
    entry::{Change, Outcome},
    host, managed,
    mutants::{Mutant, mutant},
    word::Immediate,
};

use crate::{
    errors,
    head::{self, Head},
};

const CONSTRUCTED: Immediate = Immediate::new(Constructed::SIGNATURE_HASH.0);

/// Sets the staking program and the authority.
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
    let [staking, authority] = call.words()?;
    let (staking, authority) = (call.address(staking)?, call.address(authority)?);
    if !head::load().staking.is_zero() && !mutant(Mutant::ConstructorRepeats) {
        return Err(errors::construction_repeated());
    }
    if staking.is_zero() || staking == host::contract() {
        return Err(errors::program_invalid(&staking));
    }

    managed::adopt(&authority)?;
    head::store(&Head { staking, rules: Rules::default() });
    host::log(&[CONSTRUCTED.word(), *staking.word(), *authority.word()], 3);
    call.commit(&[])
}
