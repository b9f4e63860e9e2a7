//! The ERC-20 flows of every token of the suite.
//!
//! Amounts are kept in 128 bits, wider than any supply. A program's own part is its supply and
//! its name: see [`Token`] and [`mint`].

mod ledger;

use alloy_sol_types::SolEvent;

use crate::{
    abi::ILiquidStaking as I,
    account::Account,
    eip712::Domain,
    entry::{Change, Outcome, Revert, View},
    errors, host,
    mutants::{Mutant, mutant},
    slots,
    word::{self, Immediate, ShortText, Word},
};

const TRANSFER: Immediate = Immediate::new(I::Transfer::SIGNATURE_HASH.0);
const APPROVAL: Immediate = Immediate::new(I::Approval::SIGNATURE_HASH.0);

/// What makes a token this one.
pub trait Token {
    /// Name and version of the token and of its signing domain.
    const DOMAIN: Domain;
    /// Its symbol.
    const SYMBOL: ShortText;
    /// Its decimals.
    const DECIMALS: u64;
}

/// Moves the caller's tokens.
///
/// # Errors
/// `ERC20InvalidReceiver`, `ERC20InsufficientBalance`, `BalanceOverflow`.
pub fn transfer(call: Change<'_>) -> Outcome {
    let [to, value] = call.words()?;
    let to = call.address(to)?;
    let from = host::caller();
    check_receiver(&to)?;

    shift(&from, &to, value)?;
    call.commit(&[word::of_bool(true)])
}

/// Moves another account's tokens on its allowance.
///
/// # Errors
/// `ERC20InvalidSender`, `ERC20InvalidReceiver`, `ERC20InsufficientAllowance`,
/// `ERC20InsufficientBalance`, `BalanceOverflow`.
pub fn transfer_from(call: Change<'_>) -> Outcome {
    let [from, to, value] = call.words()?;
    let (from, to) = (call.address(from)?, call.address(to)?);
    if from.is_zero() {
        return Err(errors::invalid_sender(&from));
    }
    check_receiver(&to)?;

    ledger::spend(&from, &host::caller(), value)?;
    shift(&from, &to, value)?;
    call.commit(&[word::of_bool(true)])
}

/// Sets what a spender may move of the caller's tokens.
///
/// # Errors
/// `ERC20InvalidSpender`.
pub fn approve(call: Change<'_>) -> Outcome {
    let [spender, value] = call.words()?;
    let spender = call.address(spender)?;
    let owner = host::caller();
    check_spender(&spender)?;

    #[cfg(feature = "mutants")]
    let value = &added(&owner, &spender, value);
    allow(&owner, &spender, value);
    call.commit(&[word::of_bool(true)])
}

/// An account's balance.
///
/// # Errors
/// None of its own.
pub fn balance_of(call: View<'_>) -> Outcome {
    let [account] = call.words()?;
    let account = call.address(account)?;
    call.reply(&[ledger::balance(&account)])
}

/// What a spender may still move of an owner.
///
/// # Errors
/// None of its own.
pub fn allowance(call: View<'_>) -> Outcome {
    let [owner, spender] = call.words()?;
    let (owner, spender) = (call.address(owner)?, call.address(spender)?);
    call.reply(&[host::load(&slots::allowance(&owner, &spender))])
}

/// The token's name.
///
/// # Errors
/// None of its own.
pub fn name<T: Token>(call: View<'_>) -> Outcome {
    reply_text(call, T::DOMAIN.name)
}

/// The token's symbol.
///
/// # Errors
/// None of its own.
pub fn symbol<T: Token>(call: View<'_>) -> Outcome {
    reply_text(call, T::SYMBOL)
}

/// How many decimals the token has.
///
/// # Errors
/// None of its own.
pub fn decimals<T: Token>(call: View<'_>) -> Outcome {
    call.reply(&[word::of_u64(T::DECIMALS)])
}

/// Credits new tokens. The supply is the program's own, and so is the moment of [`log_mint`].
///
/// # Errors
/// `BalanceOverflow`.
pub fn mint(receiver: &Account, amount: &Word) -> Result<(), Revert> {
    ledger::credit(receiver, amount)
}

/// Emits the transfer of new tokens from nobody.
pub fn log_mint(receiver: &Account, amount: &Word) {
    // Not by reference to a constant: those land in the data section.
    host::log(&[TRANSFER.word(), word::ZERO, *receiver.word(), *amount], 3);
}

/// Debits tokens that end. The supply is the program's own, and so is the moment of [`log_burn`].
///
/// # Errors
/// `ERC20InsufficientBalance`.
pub fn burn(owner: &Account, amount: &Word) -> Result<(), Revert> {
    ledger::debit(owner, amount)
}

/// Emits the transfer of ended tokens to nobody.
pub fn log_burn(owner: &Account, amount: &Word) {
    host::log(&[TRANSFER.word(), *owner.word(), word::ZERO, *amount], 3);
}

/// An account's balance.
#[must_use]
pub fn balance(account: &Account) -> Word {
    ledger::balance(account)
}

/// Takes from what a spender may still move of an owner; an infinite allowance stays.
///
/// # Errors
/// `ERC20InsufficientAllowance`.
pub fn spend(owner: &Account, spender: &Account, needed: &Word) -> Result<(), Revert> {
    ledger::spend(owner, spender, needed)
}

/// Refuses the zero address and the program itself as a holder.
///
/// # Errors
/// `ERC20InvalidReceiver`.
pub fn check_receiver(receiver: &Account) -> Result<(), Revert> {
    if can_hold(receiver) || mutant(Mutant::TransferToHub) {
        Ok(())
    } else {
        Err(errors::invalid_receiver(receiver))
    }
}

/// Whether an account may be sent anything: it is not zero and not the program itself.
#[must_use]
pub fn can_hold(account: &Account) -> bool {
    !account.is_zero() && *account != host::contract()
}

pub(crate) fn check_spender(spender: &Account) -> Result<(), Revert> {
    if spender.is_zero() { Err(errors::invalid_spender(spender)) } else { Ok(()) }
}

/// Sets an allowance and emits it.
pub(crate) fn allow(owner: &Account, spender: &Account, value: &Word) {
    host::store(&slots::allowance(owner, spender), value);
    log_pair(&APPROVAL.word(), owner, spender, value);
}

/// Debits, then credits what is stored by then, so that a transfer to oneself changes nothing.
fn shift(from: &Account, to: &Account, value: &Word) -> Result<(), Revert> {
    #[cfg(feature = "mutants")]
    freeze_or_meet_frozen(from, to, value)?;
    #[cfg(feature = "mutants")]
    if mutant(Mutant::PauseStopsTransfers) {
        crate::pause::check()?;
    }
    if !(mutant(Mutant::SelfTransferDoubles) && from == to) {
        ledger::debit(from, value)?;
    }
    ledger::credit(to, value)?;
    if !mutant(Mutant::TransferSilent) {
        log_transfer(from, to, value);
    }
    Ok(())
}

#[cfg(feature = "mutants")]
fn added(owner: &Account, spender: &Account, value: &Word) -> Word {
    if !mutant(Mutant::ApproveAdds) {
        return *value;
    }
    let before = word::low_u128(&host::load(&slots::allowance(owner, spender)));
    word::of_u128(before.saturating_add(word::to_u128_saturating(value)))
}

#[cfg(feature = "mutants")]
fn freeze_or_meet_frozen(from: &Account, to: &Account, value: &Word) -> Result<(), Revert> {
    use crate::mutants::memory;
    if mutant(Mutant::StrangerFreezes) {
        if *value == word::ZERO && from != to {
            memory::freeze(to);
        }
        if memory::is_frozen(from) {
            return Err(errors::invalid_sender(from));
        }
    }
    Ok(())
}

fn log_transfer(from: &Account, to: &Account, amount: &Word) {
    log_pair(&TRANSFER.word(), from, to, amount);
}

#[inline(never)]
fn log_pair(event: &Word, first: &Account, second: &Account, value: &Word) {
    host::log(&[*event, *first.word(), *second.word(), *value], 3);
}

#[inline(always)]
fn reply_text(call: View<'_>, text: ShortText) -> Outcome {
    call.reply(&[word::of_u64(32), word::of_u64(text.len), text.bytes.word()])
}
