//! The redemption queue, as the hub knows it.

use alloy_sol_types::SolCall;
use emetis_common::{
    abi::IRedemptionQueue::{dueCall, receiveFillCall},
    account::Account,
    entry::Revert,
    guard, slots, storage,
    word::{self, Word},
};

/// Where it is.
pub(crate) fn account() -> Account {
    storage::load_account(slots::QUEUE)
}

/// What waits in it, in wei of eMETIS.
pub(crate) fn due() -> u128 {
    let question = [word::of_selector(dueCall::SELECTOR)];
    let mut due = [word::ZERO];
    guard::look(&account(), word::after_selector(&question), &mut due);
    let [due] = due;
    word::to_u128_saturating(&due)
}

/// Sends it METIS for what was filled.
///
/// # Errors
/// What it refuses with.
pub(crate) fn pay(queue: &Account, assets: &Word) -> Result<(), Revert> {
    let order = [word::of_selector(receiveFillCall::SELECTOR)];
    guard::order_with_metis(queue, word::after_selector(&order), assets)?;
    Ok(())
}
