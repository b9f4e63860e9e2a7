//! The hub, as the queue knows it.

use alloy_sol_types::SolCall;
use emetis_common::{
    abi::ILiquidStaking::{fillCall, totalsCall, transferCall, transferFromCall},
    account::Account,
    entry::Revert,
    guard, host,
    redemption::Rate,
    word::{self, Word},
};

use crate::head;

/// What a fill meets.
pub(crate) struct Books {
    /// At what eMETIS is redeemed.
    pub(crate) rate: Rate,
    /// METIS that is there, in wei.
    pub(crate) buffer: u128,
}

/// Reads the hub's books.
pub(crate) fn books(hub: &Account) -> Books {
    let question = [word::of_selector(totalsCall::SELECTOR)];
    let mut answer = [word::ZERO; 3];
    guard::look(hub, word::after_selector(&question), &mut answer);
    let [supply, buffer, placed] = answer.map(|figure| word::to_u128_saturating(&figure));
    // Two figures of 84 bits.
    Books { rate: Rate::new(buffer.saturating_add(placed), supply), buffer }
}

/// Takes eMETIS of the caller, on its allowance.
///
/// # Errors
/// Those of the hub's `transferFrom`.
pub(crate) fn pull(nominal: &Word) -> Result<(), Revert> {
    let order = [
        word::of_selector(transferFromCall::SELECTOR),
        *host::caller().word(),
        *host::contract().word(),
        *nominal,
    ];
    guard::order(&head::hub(), word::after_selector(&order))?;
    Ok(())
}

/// Gives eMETIS back.
///
/// # Errors
/// Those of the hub's `transfer`.
pub(crate) fn push(receiver: &Account, nominal: &Word) -> Result<(), Revert> {
    let order = [word::of_selector(transferCall::SELECTOR), *receiver.word(), *nominal];
    guard::order(&head::hub(), word::after_selector(&order))?;
    Ok(())
}

/// Redeems eMETIS of the queue. The METIS comes in meanwhile, by `receiveFill`: what was loaded before
/// has to be loaded again.
///
/// # Errors
/// Those of the hub's `fill`.
pub(crate) fn fill(hub: &Account, nominal: u128, assets: u128) -> Result<(), Revert> {
    let order =
        [word::of_selector(fillCall::SELECTOR), word::amount(nominal), word::amount(assets)];
    guard::recall(hub, word::after_selector(&order))?;
    Ok(())
}
