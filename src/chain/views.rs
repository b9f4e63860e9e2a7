//! Views whose answers are remembered.

use std::sync::{Mutex, PoisonError};

use alloy_primitives::map::HashMap;
use alloy_primitives::{Address, B256, Bytes, TxKind, U256};
use revm::state::EvmState;

use super::{Chain, GAS_LIMIT, Tx};
use crate::account::Account;
use crate::outcome::Failure;

/// Answers of views, for a test that asks the same things after every call.
///
/// What a view answers follows from its calldata, the block, and the storage words, balances and code
/// that it comes across. An answer is given again only while every one of these is what it was, so it
/// does not matter what happened to the world meanwhile, or which world it is.
#[derive(Debug, Default)]
pub struct Views {
    known: Mutex<HashMap<(Address, Bytes), Known>>,
}

/// A clone has nothing to remember yet.
impl Clone for Views {
    fn clone(&self) -> Self {
        Self::default()
    }
}

#[derive(Clone, Debug)]
struct Known {
    answer: Bytes,
    number: u64,
    time: u64,
    chain_id: u64,
    words: Vec<(Address, U256, U256)>,
    accounts: Vec<(Address, U256, B256)>,
}

impl Views {
    /// What a call from the zero address, without value, would return.
    ///
    /// # Errors
    ///
    /// If the call fails; failures are not remembered.
    pub fn ask(
        &self,
        chain: &Chain,
        to: impl Into<Address>,
        data: impl Into<Bytes>,
    ) -> Result<Bytes, Failure> {
        let key = (to.into(), data.into());
        let mut all = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all.get(&key).filter(|known| known.holds(chain)) {
            return Ok(known.answer.clone());
        }
        let tx = Tx {
            from: Account::at(Address::ZERO),
            kind: TxKind::Call(key.0),
            value: U256::ZERO,
            data: key.1.clone(),
            gas: GAS_LIMIT,
        };
        let (outcome, touched) = chain.attempt(&tx, false, false)?;
        let answer = outcome?.output;
        let known = Known::new(chain, answer.clone(), touched);
        all.insert(key, known);
        Ok(answer)
    }
}

impl Known {
    fn new(chain: &Chain, answer: Bytes, touched: EvmState) -> Self {
        let mut words = Vec::new();
        let mut accounts = Vec::new();
        for (address, account) in touched {
            for (slot, value) in account.storage {
                words.push((address, slot, value.original_value));
            }
            let info = chain.with_state(|state| state.account(address));
            accounts.push((address, info.balance, info.code_hash));
        }
        Self {
            answer,
            number: chain.block_number(),
            time: chain.time(),
            chain_id: chain.chain_id(),
            words,
            accounts,
        }
    }

    /// Whether everything that the answer came from is as it was.
    fn holds(&self, chain: &Chain) -> bool {
        let block = (chain.block_number(), chain.time(), chain.chain_id());
        block == (self.number, self.time, self.chain_id)
            && chain.with_state(|state| {
                self.words
                    .iter()
                    .all(|(account, slot, word)| state.storage(*account, *slot) == *word)
                    && self.accounts.iter().all(|(address, balance, code_hash)| {
                        let info = state.account(*address);
                        info.balance == *balance && info.code_hash == *code_hash
                    })
            })
    }
}
