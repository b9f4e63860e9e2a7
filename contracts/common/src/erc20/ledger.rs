//! Balances and allowances, and what moves them.

use alloy_primitives::{Address, U256};

use crate::{
    entry::Revert,
    errors, host,
    mutants::{Mutant, mutant},
    slots,
    word::{self, Word},
};

/// An account's balance, as it is stored.
pub(crate) fn balance(account: &Address) -> Word {
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
pub(crate) fn credit(account: &Address, added: u128) -> Result<(), Revert> {
    let slot = slots::balance(account);
    let (_, before) = word::to_limbs(&host::load(&slot));
    let Some(after) = before.checked_add(added) else {
        return Err(errors::balance_overflow(account, before, added));
    };
    host::store(&slot, &word::of_u128(after));
    Ok(())
}

/// Takes from an account's balance.
///
/// # Errors
/// `ERC20InsufficientBalance`.
pub(crate) fn debit(account: &Address, needed: U256) -> Result<u128, Revert> {
    let balance = balance(account);
    let (_, before) = word::to_limbs(&balance);
    let (high, taken) = word::to_limbs(&word::of_u256(needed));
    let after = match before.checked_sub(taken) {
        Some(after) if high == 0 => after,
        _ if mutant(Mutant::TransferWraps) => before.wrapping_sub(taken),
        _ => return Err(errors::insufficient_balance(account, &balance, needed)),
    };
    host::store(&slots::balance(account), &word::of_u128(after));
    Ok(taken)
}

/// Takes from an allowance; an infinite one stays.
///
/// # Errors
/// `ERC20InsufficientAllowance`.
pub(crate) fn spend(owner: &Address, spender: &Address, needed: U256) -> Result<(), Revert> {
    let slot = slots::allowance(owner, spender);
    let before = word::to_u256(&host::load(&slot));
    if before == U256::MAX && !mutant(Mutant::InfiniteAllowanceFalls) {
        return Ok(());
    }
    let Some(after) = before.checked_sub(needed) else {
        if mutant(Mutant::AllowanceUnchecked) {
            return Ok(());
        }
        return Err(errors::insufficient_allowance(spender, before, needed));
    };
    if mutant(Mutant::AllowanceStays) {
        return Ok(());
    }
    host::store(&slot, &word::of_u256(after));
    Ok(())
}
