//! The one construction.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::IRedemptionQueue::Constructed,
    entry::{Change, Outcome},
    erc20, host, managed,
    mutants::{Mutant, mutant},
    queue::Head,
    word::Immediate,
};

use crate::{errors, head};

const CONSTRUCTED: Immediate = Immediate::new(Constructed::SIGNATURE_HASH.0);

/// Sets hub and authority and opens the queue.
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
    let [hub, authority] = call.words()?;
    let (hub, authority) = (call.address(hub)?, call.address(authority)?);
    if !head::hub().is_zero() && !mutant(Mutant::ConstructorRepeats) {
        return Err(errors::construction_repeated());
    }
    if !erc20::can_hold(&hub) {
        return Err(errors::program_invalid(&hub));
    }

    managed::adopt(&authority)?;
    head::store(&Head::constructed(hub));
    #[cfg(feature = "mutants")]
    emetis_common::mutants::memory::remember_birth();
    host::log(&[CONSTRUCTED.word(), *hub.word(), *authority.word()], 2);
    call.commit(&[])
}
