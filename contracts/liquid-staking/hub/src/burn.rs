//! eMETIS that ends with a loss.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ILiquidStaking::Burned,
    entry::{Change, Outcome},
    erc20, host,
    mutants::{Mutant, mutant},
    slots, storage,
    word::{self, Immediate},
};

use crate::{books, errors};

const BURNED: Immediate = Immediate::new(Burned::SIGNATURE_HASH.0);

/// Burns eMETIS of the vault. What stands behind it was lost before.
///
/// # Errors
/// `CallerNotVault`, `ERC20InsufficientBalance`.
///
/// # Events
/// `Burned`, `Transfer`.
///
/// # Access
/// The vault set at construction.
pub(crate) fn burn(call: Change<'_>) -> Outcome {
    let [assets] = call.words()?;
    let (caller, vault) = (host::caller(), storage::load_account(slots::VAULT));
    let is_vault = caller == vault && !vault.is_zero();
    if !is_vault && !mutant(Mutant::BurnOpenToAll) {
        return Err(errors::caller_not_vault(&caller, &vault));
    }

    erc20::burn(&caller, assets)?;
    // No balance is above the supply, so the amount fits.
    let after = books::load().burn(word::low_u128(assets));
    books::store(&after);
    let event = [BURNED.word(), *caller.word(), *assets, word::of_u128(after.supply())];
    host::log(&event, 2);
    erc20::log_burn(&caller, assets);
    call.commit(&[])
}
