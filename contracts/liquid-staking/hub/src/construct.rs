//! The one construction.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ILiquidStaking::Constructed,
    entry::{Change, Outcome},
    erc20, host, managed,
    mutants::{Mutant, mutant},
    slots, storage,
    totals::Totals,
    word::Immediate,
};

use crate::{books, errors};

const CONSTRUCTED: Immediate = Immediate::new(Constructed::SIGNATURE_HASH.0);

/// Sets vault, minter and authority and opens the hub.
///
/// # Errors
/// `ConstructionRepeated`, `VaultInvalid`, `AccessManagedInvalidAuthority`.
///
/// # Events
/// `AuthorityUpdated`, `Constructed`.
///
/// # Access
/// Whoever calls first: deploy and construct in one transaction.
pub(crate) fn construct(call: Change<'_>) -> Outcome {
    let [vault, minter, authority] = call.words()?;
    let (vault, minter) = (call.address(vault)?, call.address(minter)?);
    let authority = call.address(authority)?;
    if books::load().is_constructed() && !mutant(Mutant::ConstructorRepeats) {
        return Err(errors::construction_repeated());
    }
    if !erc20::can_hold(&vault) {
        return Err(errors::vault_invalid(&vault));
    }

    managed::adopt(&authority)?;
    books::store(&Totals::constructed());
    storage::store_account(slots::VAULT, &vault);
    storage::store_account(slots::MINTER, &minter);
    #[cfg(feature = "mutants")]
    emetis_common::mutants::memory::remember_birth();
    let event = [CONSTRUCTED.word(), *vault.word(), *minter.word(), *authority.word()];
    host::log(&event, 4);
    call.commit(&[])
}
