//! Balances and allowances, and what moves them.

use crate::{
    account::Account,
    entry::Revert,
    errors, host,
    mutants::{Mutant, mutant},
    slots,
    word::{self, Word},
};

/// An account's balance, as it is stored.
pub(crate) fn balance(account: &Account) -> Word {
    #[cfg(feature = "mutants")]
    if mutant(Mutant::ForgetsAfterAYear) && crate::mutants::memory::is_a_year_old() {
        return word::ZERO;
    }
    host::load(&slots::balance(account))
}

/// Adds to an account's balance.
///
/// # Errors
/// `BalanceOverflow`, which no supply within its width can reach.
pub(crate) fn credit(account: &Account, added: &Word) -> Result<(), Revert> {
    let slot = slots::balance(account);
    let before = host::load(&slot);
    let Some(after) = word::low_u128(&before).checked_add(word::low_u128(added)) else {
        return Err(errors::balance_overflow(account, &before, added));
    };
    host::store(&slot, &word::of_u128(after));
    Ok(())
}

/// Takes from an account's balance.
///
/// # Errors
/// `ERC20InsufficientBalance`.
pub(crate) fn debit(account: &Account, needed: &Word) -> Result<(), Revert> {
    let slot = slots::balance(account);
    let balance = balance(account);
    let before = word::low_u128(&balance);
    let after = match word::to_u128(needed).and_then(|taken| before.checked_sub(taken)) {
        Some(after) => after,
        None if mutant(Mutant::TransferWraps) => before.wrapping_sub(word::low_u128(needed)),
        None => return Err(errors::insufficient_balance(account, &balance, needed)),
    };
    host::store(&slot, &word::of_u128(after));
    Ok(())
}

/// Takes from an allowance; an infinite one stays.
///
/// # Errors
/// `ERC20InsufficientAllowance`.
pub(crate) fn spend(owner: &Account, spender: &Account, needed: &Word) -> Result<(), Revert> {
    let slot = slots::allowance(owner, spender);
    let before = host::load(&slot);
    if before == word::MAX && !mutant(Mutant::InfiniteAllowanceFalls) {
        return Ok(());
    }
    let Some(after) = word::checked_sub(&before, needed) else {
        if mutant(Mutant::AllowanceUnchecked) {
            return Ok(());
        }
        return Err(errors::insufficient_allowance(spender, &before, needed));
    };
    if !mutant(Mutant::AllowanceStays) {
        host::store(&slot, &after);
    }
    Ok(())
}
