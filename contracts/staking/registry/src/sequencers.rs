//! What the staking program knows of sequencers, and is told.

use alloy_sol_types::SolCall;
use emetis_common::{
    abi::ISequencerStaking as I,
    account::Account,
    entry::Revert,
    guard, host,
    mutants::{Mutant, mutant},
    word::{self, Word},
};

use crate::errors;

/// Words of the answer to `sequencer`, up to the commission.
const UP_TO_COMMISSION: usize = 8;

/// Refuses everyone but the owner of a sequencer. Its id.
///
/// # Errors
/// `SequencerUnknown`, `CallerNotOwner`.
pub(crate) fn check_owner(staking: &Account, id: &Word) -> Result<u32, Revert> {
    let owner = Account::low(&ask(staking, I::ownerOfCall::SELECTOR, id));
    let number = word::to_u32(id).filter(|_| !owner.is_zero());
    let number = number.ok_or_else(|| errors::sequencer_unknown(id))?;
    let caller = host::caller();
    if caller != owner && !mutant(Mutant::OwnerUnchecked) {
        return Err(errors::caller_not_owner(&caller, &owner));
    }
    Ok(number)
}

/// The commission of a sequencer, in bps.
pub(crate) fn commission(staking: &Account, id: &Word) -> u64 {
    let _ = ask(staking, I::sequencerCall::SELECTOR, id);
    let mut words = [[0; 32]; UP_TO_COMMISSION];
    guard::read_answer(&mut words);
    let [.., commission] = words;
    word::low_u128(&commission) as u64
}

/// Takes the METIS sent as the bond of a new sequencer. Its id.
///
/// # Errors
/// Those of `ISequencerStaking.open`; `ProgramInvalid` before anything is constructed.
pub(crate) fn open(
    staking: &Account,
    recipient: &Account,
    commission: &Word,
    displaced: &Word,
    bond: &Word,
) -> Result<Word, Revert> {
    let order = [
        word::of_selector(I::openCall::SELECTOR),
        *host::caller().word(),
        *recipient.word(),
        *commission,
        *displaced,
    ];
    match guard::order_with_metis(staking, word::after_selector(&order), bond)? {
        (id, 32..) => Ok(id),
        // There is no code at staking's address, which would keep the METIS.
        _ => Err(errors::program_invalid(staking)),
    }
}

/// Sets the commission of a sequencer. Its nonce after the change.
///
/// # Errors
/// None but those of a staking program that is not the registry's.
pub(crate) fn set_commission(staking: &Account, id: &Word, bps: u64) -> Result<Word, Revert> {
    let name = word::of_selector(I::setCommissionCall::SELECTOR);
    let order = [name, *id, word::of_u64(bps)];
    Ok(guard::order(staking, word::after_selector(&order))?.0)
}

/// Counts a change of a sequencer. Its nonce after the change.
///
/// # Errors
/// None but those of a staking program that is not the registry's.
pub(crate) fn record_change(staking: &Account, id: &Word) -> Result<Word, Revert> {
    let order = [word::of_selector(I::recordChangeCall::SELECTOR), *id];
    Ok(guard::order(staking, word::after_selector(&order))?.0)
}

/// The first word of what staking answers to a question about a sequencer.
#[inline(never)]
fn ask(staking: &Account, question: [u8; 4], id: &Word) -> Word {
    let question = [word::of_selector(question), *id];
    match guard::ask(staking, word::after_selector(&question)) {
        Some((answer, _)) => answer,
        // A view of the suite never fails but for want of gas.
        None => host::run_out_of_gas(),
    }
}
