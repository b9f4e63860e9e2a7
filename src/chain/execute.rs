//! One transaction through the engine.

use std::sync::Arc;

use alloy_primitives::{Bytes, TxKind, U256};
use revm::context::TxEnv;
use revm::context_interface::result::{EVMError, ExecutionResult, HaltReason, Output};
use revm::state::EvmState;

use super::Chain;
use crate::account::Account;
use crate::outcome::{Failure, Receipt};
use crate::state::State;
use crate::stylus::trace::{FrameTrace, ProgramEnd};
use crate::stylus::{Executed, StylusEvm};
use crate::tree;

impl Chain {
    /// A call tree as text, with the names this world knows.
    pub fn render(&self, trace: &FrameTrace) -> String {
        tree::render(trace, &self.names)
    }

    /// The call tree that `tx` would leave now.
    pub(crate) fn trace(&self, tx: &Tx) -> Option<FrameTrace> {
        self.with_evm(|evm| evm.transact(tx.env(self.chain_id), true))
            .ok()
            .and_then(|executed| executed.trace)
    }

    /// Runs a transaction; commits what it changed if `commit`.
    pub(crate) fn execute(
        &self,
        tx: &Tx,
        commit: bool,
        trace: bool,
    ) -> Result<Receipt<Bytes>, Failure> {
        let (outcome, state) = self.attempt(tx, commit, trace)?;
        if commit {
            self.state.borrow_mut().commit(state);
        }
        outcome
    }

    /// Runs a transaction and commits nothing; what it touched comes beside what came of it.
    pub(super) fn attempt(
        &self,
        tx: &Tx,
        warm: bool,
        trace: bool,
    ) -> Result<(Result<Receipt<Bytes>, Failure>, EvmState), Failure> {
        let recent = (!warm).then(|| self.recent.borrow().clone());
        let executed = self.with_evm(|evm| evm.transact(tx.env(self.chain_id), trace));
        if let Some(recent) = recent {
            *self.recent.borrow_mut() = recent;
        }
        match executed {
            Ok(mut executed) => {
                let state = std::mem::take(&mut executed.state);
                Ok((outcome(executed), state))
            }
            Err(EVMError::Custom(why)) => panic!("the engine stopped: {why}"),
            Err(error) => Err(Failure::Invalid { why: error.to_string() }),
        }
    }

    /// Lends the state to an EVM for one transaction.
    fn with_evm<T>(&self, run: impl FnOnce(&mut StylusEvm<State>) -> T) -> T {
        let mut evm =
            self.evm.borrow_mut().take().unwrap_or_else(|| {
                Box::new(StylusEvm::new(State::default(), Arc::clone(&self.store)))
            });
        let ctx = evm.context_mut();
        ctx.block.clone_from(&self.block);
        ctx.cfg.chain_id = self.chain_id;
        ctx.cfg.disable_nonce_check = true;
        std::mem::swap(&mut ctx.journaled_state.database, &mut self.state.borrow_mut());
        evm.swap_recent(&mut self.recent.borrow_mut());
        let result = run(&mut evm);
        evm.swap_recent(&mut self.recent.borrow_mut());
        let ctx = evm.context_mut();
        std::mem::swap(&mut ctx.journaled_state.database, &mut self.state.borrow_mut());
        *self.evm.borrow_mut() = Some(evm);
        result
    }
}

/// What came of a transaction that ran.
fn outcome(executed: Executed) -> Result<Receipt<Bytes>, Failure> {
    let Executed { result, ink_used, program_end, trace, .. } = executed;
    let gas_used = result.tx_gas_used();
    match result {
        ExecutionResult::Success { output, logs, .. } => {
            let output = match output {
                Output::Call(data) => data,
                Output::Create(_, Some(address)) => address.to_vec().into(),
                Output::Create(_, None) => Bytes::new(),
            };
            Ok(Receipt { output, gas_used, ink_used, logs, trace })
        }
        ExecutionResult::Revert { output, .. } => Err(match program_end {
            Some(ProgramEnd::Trap(why)) => Failure::Trap { why, gas_used },
            _ => Failure::Revert { data: output, gas_used },
        }),
        ExecutionResult::Halt { reason, .. } => Err(match (program_end, reason) {
            (Some(ProgramEnd::NotCallable(why)), _) => Failure::Trap { why, gas_used },
            (_, HaltReason::OutOfGas(_)) => Failure::OutOfGas { gas_used },
            (_, reason) => Failure::Trap { why: format!("{reason:?}"), gas_used },
        }),
    }
}

/// A transaction before it is sent.
#[derive(Clone, Debug)]
pub(crate) struct Tx {
    pub(crate) from: Account,
    pub(crate) kind: TxKind,
    pub(crate) value: U256,
    pub(crate) data: Bytes,
    pub(crate) gas: u64,
}

impl Tx {
    fn env(&self, chain_id: u64) -> TxEnv {
        TxEnv {
            caller: self.from.address,
            kind: self.kind,
            value: self.value,
            data: self.data.clone(),
            gas_limit: self.gas,
            gas_price: 0,
            chain_id: Some(chain_id),
            ..TxEnv::default()
        }
    }
}
