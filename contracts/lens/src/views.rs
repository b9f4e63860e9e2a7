//! The programs that are asked.

use emetis_common::{
    account::Account,
    entry::{Outcome, Revert, View},
    slots::lens,
    storage,
};

use crate::{errors, program::Program, quota::Quota, staking::Staking};

/// The program that owns the stake.
pub(crate) fn staking(call: View<'_>) -> Outcome {
    call.reply(&[*load(lens::STAKING).word()])
}

/// The program whose groups these are.
pub(crate) fn quota(call: View<'_>) -> Outcome {
    call.reply(&[*load(lens::QUOTA).word()])
}

/// Both.
///
/// # Errors
/// `ConstructionMissing`.
pub(crate) fn programs(call: &View<'_>) -> Result<(Staking, Quota), Revert> {
    let (staking, quota) = (load(lens::STAKING), load(lens::QUOTA));
    if staking.is_zero() {
        return Err(errors::construction_missing(call.selector_bytes()));
    }
    Ok((Staking(Program(staking)), Quota(Program(quota))))
}

/// One of them; zero before construction.
pub(crate) fn load(slot: u64) -> Account {
    storage::load_account(slot)
}
