//! Ways out to somebody who may be hostile, with a fixed amount of gas.
//!
//! Whoever is called gets exactly that much, or this call runs out of gas before: so what comes of
//! it does not depend on how much gas came with the call.

use super::{CALL_GAS, ERROR_SIZE, lock};
use crate::{
    account::Account,
    entry::Revert,
    host,
    word::{self, Word},
};

/// A refusal, of which nothing was made yet. Nothing may be called before [`Refused::relay`].
#[derive(Debug)]
pub struct Refused {
    size: usize,
}

impl Refused {
    /// Makes a typed refusal this call's error: a selector and at most three words. None for anything
    /// else, wanting gas included.
    #[must_use]
    pub fn relay(self) -> Option<Revert> {
        let mut error = [0; ERROR_SIZE];
        if self.size % 32 != 4 {
            return None;
        }
        let error = error.get_mut(..self.size)?;
        host::read_answer(error);
        Some(Revert::relay(error))
    }
}

/// Asks a contract that may be hostile, by a static call, locked and with `gas`. The first word and
/// the size of its answer; what is missing of the word is zero.
///
/// # Errors
/// That it refused, or ran dry.
#[inline(never)]
pub fn consult(contract: &Account, question: &[u8], gas: u64) -> Result<(Word, usize), Refused> {
    demand(gas);
    let mut answer = word::ZERO;
    lock(true);
    let answered = host::ask_within(contract, question, gas, &mut answer);
    lock(false);
    match answered {
        Some(size) => Ok((answer, size)),
        None => Err(Refused { size: host::answer_size() }),
    }
}

/// Calls a contract that may be hostile, locked and with `gas`. Whether it succeeded. What was
/// stored is in the state by then.
#[must_use]
#[inline(never)]
pub fn push(contract: &Account, data: &[u8], gas: u64) -> bool {
    host::flush();
    demand(gas);
    let none = [0; 32];
    lock(true);
    let (accepted, _) = host::call(contract, data, &none, gas);
    lock(false);
    accepted
}

/// Runs out of gas unless a call made now could be given `gas`: the chain keeps back a 64th.
fn demand(gas: u64) {
    let left = host::gas_left().saturating_sub(CALL_GAS);
    if left.saturating_sub(left >> 6) < gas {
        host::run_out_of_gas();
    }
}
