//! The one construction.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ILens::Constructed,
    entry::{Change, Outcome},
    host,
    mutants::{Mutant, mutant},
    slots::lens,
    storage,
    word::Immediate,
};

use crate::{errors, program::Program, quota::Quota, views};

const CONSTRUCTED: Immediate = Immediate::new(Constructed::SIGNATURE_HASH.0);

/// Sets the programs that are asked.
///
/// # Errors
/// `ConstructionRepeated`, `ProgramInvalid`, `ProgramFailed`, `AnswerInvalid`.
///
/// # Events
/// `Constructed`.
///
/// # Access
/// Whoever calls first: deploy and construct in one transaction.
pub(crate) fn construct(call: Change<'_>) -> Outcome {
    let [staking, quota] = call.words()?;
    let programs = [call.address(staking)?, call.address(quota)?];
    if !views::load(lens::STAKING).is_zero() && !mutant(Mutant::ConstructorRepeats) {
        return Err(errors::construction_repeated());
    }
    for program in &programs {
        if program.is_zero() || *program == host::contract() {
            return Err(errors::program_invalid(program));
        }
    }
    let [of_stake, of_groups] = programs;
    let told = Quota(Program(of_groups)).staking()?;
    if told != of_stake && !mutant(Mutant::LensTakesAnyQuota) {
        return Err(errors::program_invalid(&of_groups));
    }

    storage::store_account(lens::STAKING, &of_stake);
    storage::store_account(lens::QUOTA, &of_groups);
    host::log(&[CONSTRUCTED.word(), *staking, *quota], 3);
    call.commit(&[])
}
