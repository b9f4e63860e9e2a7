//! The one construction.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ILiquidStaking::Constructed,
    account::Account,
    entry::{Change, Outcome, Revert},
    erc20, host, managed,
    mutants::{Mutant, mutant},
    redemption::Instant,
    slots, storage,
    totals::Totals,
    word::Immediate,
};

use crate::{books, errors, redeem};

const CONSTRUCTED: Immediate = Immediate::new(Constructed::SIGNATURE_HASH.0);

/// Sets the programs and the authority and opens the hub.
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
    let [vault, queue, allocator, authority] = call.words()?;
    let (vault, queue) = (call.address(vault)?, call.address(queue)?);
    let (allocator, authority) = (call.address(allocator)?, call.address(authority)?);
    if books::load().is_constructed() && !mutant(Mutant::ConstructorRepeats) {
        return Err(errors::construction_repeated());
    }
    for program in [&vault, &queue, &allocator] {
        check(program)?;
    }

    managed::adopt(&authority)?;
    books::store(&Totals::constructed());
    storage::store_account(slots::VAULT, &vault);
    storage::store_account(slots::QUEUE, &queue);
    storage::store_account(slots::ALLOCATOR, &allocator);
    redeem::store(&Instant::constructed());
    #[cfg(feature = "mutants")]
    emetis_common::mutants::memory::remember_birth();
    let event =
        [CONSTRUCTED.word(), *vault.word(), *queue.word(), *allocator.word(), *authority.word()];
    host::log(&event, 4);
    call.commit(&[])
}

fn check(program: &Account) -> Result<(), Revert> {
    if erc20::can_hold(program) { Ok(()) } else { Err(errors::program_invalid(program)) }
}
