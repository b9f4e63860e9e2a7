//! What the court asks of the staking program, and orders.

use alloy_sol_types::SolCall;
use emetis_common::{
    abi::ISequencerStaking as I,
    account::Account,
    entry::Revert,
    guard, host,
    staking::rules::POOL_LIMIT,
    word::{self, Word},
};

use crate::errors;

/// Words of a list with an item for each pool: offset, length, items.
const LIST: usize = 2 + POOL_LIMIT as usize;
/// Words of the answer to `sequencer`, up to the time of registration.
const UP_TO_REGISTERED: usize = 9;
/// Words of the answer to `parameters`.
const PARAMETERS: usize = 5;

/// An answer with an item for each registered pool.
pub(crate) struct List([Word; LIST]);

impl List {
    /// The last answer.
    fn read() -> Self {
        let mut words = [[0; 32]; LIST];
        guard::read_answer(&mut words);
        Self(words)
    }

    /// The items; those of more than there can be pools are left out.
    pub(crate) fn items(&self) -> &[Word] {
        let [_, length, items @ ..] = &self.0;
        let length = word::to_size(length).unwrap_or(0);
        items.get(..length).unwrap_or(items)
    }
}

/// Number of a sequencer, and when it was registered, in seconds.
///
/// # Errors
/// `SequencerUnknown`.
pub(crate) fn registered(staking: &Account, id: &Word) -> Result<(u32, u64), Revert> {
    ask(staking, &[word::of_selector(I::sequencerCall::SELECTOR), *id]);
    let mut words = [[0; 32]; UP_TO_REGISTERED];
    guard::read_answer(&mut words);
    let [.., registered] = words;
    let number = word::to_u32(id).filter(|_| registered != word::ZERO);
    let number = number.ok_or_else(|| errors::sequencer_unknown(id))?;
    Ok((number, word::low_u128(&registered) as u64))
}

/// How long it takes to unbond, in seconds.
pub(crate) fn unbonding_period(staking: &Account) -> u64 {
    ask(staking, &[word::of_selector(I::parametersCall::SELECTOR)]);
    let mut words = [[0; 32]; PARAMETERS];
    guard::read_answer(&mut words);
    let [.., period] = words;
    word::low_u128(&period) as u64
}

/// The registered pools.
pub(crate) fn pools(staking: &Account) -> List {
    ask(staking, &[word::of_selector(I::poolsCall::SELECTOR)]);
    List::read()
}

/// Jails a sequencer and holds what a proposal may take. What each pool may lose.
///
/// # Errors
/// None but those of a staking program that is not the court's.
pub(crate) fn hold(staking: &Account, words: [&Word; 5]) -> Result<List, Revert> {
    let [id, bps, fault, until, jailed_until] = words;
    let name = word::of_selector(I::holdCall::SELECTOR);
    let order = [name, *id, *bps, *fault, *until, *jailed_until];
    guard::order(staking, word::after_selector(&order))?;
    Ok(List::read())
}

/// Takes what a hold fixed. What each pool lost.
///
/// # Errors
/// None but those of a staking program that is not the court's.
pub(crate) fn take(staking: &Account, id: &Word) -> Result<List, Revert> {
    guard::order(staking, word::after_selector(&[word::of_selector(I::takeCall::SELECTOR), *id]))?;
    Ok(List::read())
}

/// Ends a hold that is in force, and the jail with it.
///
/// # Errors
/// None but those of a staking program that is not the court's.
pub(crate) fn free(staking: &Account, id: &Word) -> Result<(), Revert> {
    guard::order(staking, word::after_selector(&release(id, true)))?;
    Ok(())
}

/// Clears away a hold that has ended by itself. Staking may have done so before: then it refuses,
/// and there is nothing left to do.
pub(crate) fn clear(staking: &Account, id: &Word) {
    let _ = guard::request(staking, word::after_selector(&release(id, false)));
}

fn release(id: &Word, free: bool) -> [Word; 3] {
    [word::of_selector(I::releaseCall::SELECTOR), *id, word::of_bool(free)]
}

/// Asks staking; what it answers is read afterwards.
#[inline(never)]
fn ask(staking: &Account, question: &[Word]) {
    if guard::ask(staking, word::after_selector(question)).is_none() {
        // A view of the suite never fails but for want of gas.
        host::run_out_of_gas();
    }
}
