//! What the vault asks of eMETIS.

use alloy_sol_types::SolCall;
use emetis_common::{
    abi::ILiquidStaking as I,
    account::Account,
    entry::Revert,
    guard, host,
    word::{self, Word},
};

/// Takes eMETIS of an account that allowed it.
///
/// # Errors
/// `ERC20InsufficientAllowance`, `ERC20InsufficientBalance`.
pub(crate) fn pull(asset: &Account, from: &Account, assets: &Word) -> Result<(), Revert> {
    let name = word::of_selector(I::transferFromCall::SELECTOR);
    order(asset, &[name, *from.word(), *host::contract().word(), *assets])
}

/// Sends eMETIS of the vault.
///
/// # Errors
/// `ERC20InvalidReceiver` for eMETIS itself.
pub(crate) fn push(asset: &Account, to: &Account, assets: &Word) -> Result<(), Revert> {
    order(asset, &[word::of_selector(I::transferCall::SELECTOR), *to.word(), *assets])
}

/// Burns eMETIS of the vault.
///
/// # Errors
/// None while the ledger is covered.
pub(crate) fn burn(asset: &Account, assets: &Word) -> Result<(), Revert> {
    order(asset, &[word::of_selector(I::burnCall::SELECTOR), *assets])
}

/// Turns METIS of the vault into eMETIS of the vault.
///
/// # Errors
/// Those of eMETIS's `deposit`.
pub(crate) fn deposit(asset: &Account, metis: &Word) -> Result<(), Revert> {
    let name = word::of_selector(I::depositCall::SELECTOR);
    let words = [name, *host::contract().word(), word::ZERO];
    guard::order_with_metis(asset, word::after_selector(&words), metis).map(|_| ())
}

/// The vault's balance of eMETIS. It decides what is nobody's, never what is anybody's.
pub(crate) fn balance(asset: &Account) -> Word {
    let name = word::of_selector(I::balanceOfCall::SELECTOR);
    let answer = guard::ask(asset, word::after_selector(&[name, *host::contract().word()]));
    answer.map_or(word::ZERO, |(balance, _)| balance)
}

/// Whether an asset names this vault as its own.
pub(crate) fn is_ours(asset: &Account) -> bool {
    let name = word::of_selector(I::vaultCall::SELECTOR);
    let answer = guard::ask(asset, word::after_selector(&[name]));
    matches!(answer, Some((vault, 32..)) if vault == *host::contract().word())
}

#[inline(never)]
fn order(asset: &Account, words: &[Word]) -> Result<(), Revert> {
    guard::order(asset, word::after_selector(words)).map(|_| ())
}
