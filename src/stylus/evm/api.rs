//! The EVM as a program sees it: [`EvmApi`] over the frame on top of the stack.

use alloy_primitives::{Address, B256, Bytes, Log, LogData, U256};
use revm::Database;
use revm::context_interface::context::ContextError;
use revm::context_interface::host::LoadError;
use revm::context_interface::journaled_state::AccountInfoLoad;
use revm::context_interface::{Block, Cfg, ContextTr, CreateScheme, JournalTr, Transaction};
use revm::handler::FrameResult;
use revm::interpreter::instructions::contract::load_account_delegated;
use revm::interpreter::interpreter_action::FrameInit;
use revm::interpreter::interpreter_types::{InputsTr, RuntimeFlag};
use revm::interpreter::{
    CallInput, CallInputs, CallScheme, CallValue, CreateInputs, FrameInput, InputsImpl,
    InterpreterResult,
};

use super::super::host::{CallInfo, CallKind, CallRequest, CreateRequest, Denied, EvmApi, Reply};
use super::{StylusContext, StylusEvm};

/// Gas of a log, its topics and data not counted.
const LOG_BASE: u64 = 375;

/// The frame on top of an EVM's stack, lent to a program while it runs.
pub(super) struct FrameApi<'a, DB: Database> {
    evm: &'a mut StylusEvm<DB>,
    /// Inputs of the frame, which do not change while it runs.
    input: InputsImpl,
    fault: Option<ContextError<DB::Error>>,
}

impl<'a, DB: Database> FrameApi<'a, DB> {
    pub(super) fn new(evm: &'a mut StylusEvm<DB>) -> Self {
        let input = evm.inner.frame_stack.get().interpreter.input.clone();
        Self { evm, input, fault: None }
    }

    /// The error that must end the transaction, if one happened.
    pub(super) fn take_fault(self) -> Option<ContextError<DB::Error>> {
        self.fault
    }

    fn ctx(&mut self) -> &mut StylusContext<DB> {
        &mut self.evm.inner.ctx
    }

    fn is_static(&mut self) -> bool {
        self.evm.inner.frame_stack.get().interpreter.runtime_flag.is_static()
    }

    fn fail(&mut self, fault: ContextError<DB::Error>) -> Denied {
        let why = match &fault {
            ContextError::Db(error) => error.to_string(),
            ContextError::Custom(why) => why.clone(),
        };
        self.fault = Some(fault);
        Denied::Fatal(why)
    }

    /// Reads an account, making it warm.
    fn account<T>(
        &mut self,
        address: Address,
        code: bool,
        read: impl FnOnce(&AccountInfoLoad<'_>) -> T,
    ) -> Result<(T, bool), Denied> {
        let loaded =
            self.ctx().journaled_state.load_account_info_skip_cold_load(address, code, false);
        match loaded {
            Ok(account) => Ok((read(&account), account.is_cold)),
            Err(error) => Err(self.fail(ContextError::Db(error.unwrap_db_error()))),
        }
    }

    /// Runs a child frame on the same frame stack.
    fn run(&mut self, frame_input: FrameInput) -> Result<FrameResult, Denied> {
        let frame = self.evm.inner.frame_stack.get();
        let depth = frame.depth + 1;
        let memory = frame.interpreter.memory.new_child_context();
        let result = self.evm.run_child(FrameInit { depth, memory, frame_input });
        self.evm.inner.frame_stack.get().interpreter.memory.free_child_context();
        match result {
            Ok(result) => {
                let error = std::mem::replace(self.ctx().error(), Ok(()));
                match error {
                    Ok(()) => Ok(result),
                    Err(fault) => Err(self.fail(fault)),
                }
            }
            Err(fault) => Err(self.fail(fault)),
        }
    }

    /// Takes over a child's refund; returns its gas left and its data.
    fn settle(&mut self, result: &InterpreterResult) -> (u64, Bytes) {
        let gas = &mut self.evm.inner.frame_stack.get().interpreter.gas;
        if result.result.is_ok() {
            gas.record_refund(result.gas.refunded());
        }
        let left = if result.result.is_ok_or_revert() { result.gas.remaining() } else { 0 };
        (left, result.output.clone())
    }
}

impl<DB: Database> EvmApi for FrameApi<'_, DB> {
    fn info(&self) -> CallInfo {
        let ctx = &self.evm.inner.ctx;
        let (block, tx) = (&ctx.block, &ctx.tx);
        let base_fee = block.basefee();
        let input = &self.input;
        CallInfo {
            contract_address: input.target_address(),
            msg_sender: input.caller_address(),
            msg_value: input.call_value(),
            tx_origin: tx.caller(),
            tx_gas_price: U256::from(tx.effective_gas_price(u128::from(base_fee))),
            block_basefee: U256::from(base_fee),
            block_coinbase: block.beneficiary(),
            block_gas_limit: block.gas_limit(),
            block_number: block.number().saturating_to(),
            block_timestamp: block.timestamp().saturating_to(),
            chainid: ctx.cfg.chain_id(),
        }
    }

    fn reentrant(&self) -> bool {
        let address = self.input.target_address();
        let spans = &self.evm.inner.ctx.chain.acting;
        spans.iter().filter(|acting| **acting == Some(address)).count() > 1
    }

    fn load(&mut self, key: U256) -> Result<(U256, bool), Denied> {
        let address = self.input.target_address();
        match self.ctx().journaled_state.sload(address, key) {
            Ok(load) => Ok((load.data, load.is_cold)),
            Err(error) => Err(self.fail(ContextError::Db(error))),
        }
    }

    fn load_gas(&self, cold: bool) -> u64 {
        let params = &self.evm.inner.ctx.cfg.gas_params;
        if cold { params.cold_storage_cost() } else { params.warm_storage_read_cost() }
    }

    fn store(&mut self, key: U256, value: U256, gas_left: u64) -> Result<u64, Denied> {
        if self.is_static() {
            return Err(Denied::Static);
        }
        let address = self.input.target_address();
        let store = match self.ctx().journaled_state.sstore(address, key, value) {
            Ok(store) => store,
            Err(error) => return Err(self.fail(ContextError::Db(error))),
        };
        let params = &self.evm.inner.ctx.cfg.gas_params;
        let gas = params.sstore_static_gas()
            + params.sstore_dynamic_gas(true, &store.data, store.is_cold);
        let refund = params.sstore_refund(true, &store.data);
        if gas > gas_left {
            return Err(Denied::OutOfGas);
        }
        self.evm.inner.frame_stack.get().interpreter.gas.record_refund(refund);
        Ok(gas)
    }

    fn transient_load(&mut self, key: U256) -> U256 {
        let address = self.input.target_address();
        self.ctx().journaled_state.tload(address, key)
    }

    fn transient_store(&mut self, key: U256, value: U256) -> Result<(), Denied> {
        if self.is_static() {
            return Err(Denied::Static);
        }
        let address = self.input.target_address();
        self.ctx().journaled_state.tstore(address, key, value);
        Ok(())
    }

    fn balance(&mut self, address: Address) -> Result<(U256, bool), Denied> {
        self.account(address, false, |account| account.balance)
    }

    fn code(&mut self, address: Address) -> Result<(Bytes, bool), Denied> {
        self.account(address, true, |account| {
            account.code.as_ref().map(revm::state::Bytecode::original_bytes).unwrap_or_default()
        })
    }

    fn code_hash(&mut self, address: Address) -> Result<(B256, bool), Denied> {
        self.account(
            address,
            false,
            |account| if account.is_empty { B256::ZERO } else { account.code_hash },
        )
    }

    fn account_gas(&self, cold: bool) -> u64 {
        let params = &self.evm.inner.ctx.cfg.gas_params;
        let cold = if cold { params.cold_account_additional_cost() } else { 0 };
        params.warm_storage_read_cost() + cold
    }

    fn call(&mut self, request: CallRequest) -> Result<Reply, Denied> {
        let CallRequest { kind, to, data, value, gas_left, gas_wanted } = request;
        let refused = |gas| Reply { success: false, gas, created: None, data: Bytes::new() };
        let is_static = self.is_static();
        let transfers = !value.is_zero();
        if is_static && transfers {
            return Ok(refused(0));
        }

        let params = &self.evm.inner.ctx.cfg.gas_params;
        let mut price = params.warm_storage_read_cost();
        let stipend = if transfers { params.call_stipend() } else { 0 };
        if transfers {
            price += params.transfer_value_cost();
        }
        let Some(budget) = gas_left.checked_sub(price) else { return Ok(refused(gas_left)) };
        let spec = *self.ctx().cfg.spec();
        let account =
            load_account_delegated(self.ctx(), spec, budget, to, transfers, kind == CallKind::Call);
        let (extra, _, code, code_hash) = match account {
            Ok(account) => account,
            Err(LoadError::ColdLoadSkipped) => return Ok(refused(gas_left)),
            Err(LoadError::DBError) => {
                let error = std::mem::replace(self.ctx().error(), Ok(()));
                let fault = error.err().unwrap_or(ContextError::Custom("load failed".into()));
                return Err(self.fail(fault));
            }
        };
        let Some(available) = budget.checked_sub(extra) else { return Ok(refused(gas_left)) };
        price += extra;

        // Nitro keeps floor(x * 63 / 64), the EVM x - x / 64.
        let most = (u128::from(available) * 63 / 64) as u64;
        let gas_limit = most.min(gas_wanted).saturating_add(stipend);
        let own = self.input.target_address();
        let (scheme, target_address, caller, value) = match kind {
            CallKind::Call => (CallScheme::Call, to, own, CallValue::Transfer(value)),
            CallKind::Static => (CallScheme::StaticCall, to, own, CallValue::Transfer(U256::ZERO)),
            CallKind::Delegate => (
                CallScheme::DelegateCall,
                own,
                self.input.caller_address(),
                CallValue::Apparent(self.input.call_value()),
            ),
        };
        let inputs = CallInputs {
            input: CallInput::Bytes(data),
            return_memory_offset: 0..0,
            gas_limit,
            reservoir: 0,
            bytecode_address: to,
            known_bytecode: (code_hash, code),
            target_address,
            caller,
            value,
            scheme,
            is_static: is_static || kind == CallKind::Static,
            charged_new_account_state_gas: false,
        };
        let result = self.run(FrameInput::Call(Box::new(inputs)))?;
        let result = result.interpreter_result();
        let (left, data) = self.settle(result);
        let gas = price.saturating_add(gas_limit.saturating_sub(left));
        Ok(Reply { success: result.result.is_ok(), gas, created: None, data })
    }

    fn create(&mut self, request: CreateRequest) -> Result<Reply, Denied> {
        let CreateRequest { code, value, salt, gas_left } = request;
        if self.is_static() {
            return Err(Denied::Static);
        }
        let params = &self.evm.inner.ctx.cfg.gas_params;
        let (scheme, price) = match salt {
            Some(salt) => {
                (CreateScheme::Create2 { salt: salt.into() }, params.create2_cost(code.len()))
            }
            None => (CreateScheme::Create, params.create_cost()),
        };
        let available = gas_left.checked_sub(price).ok_or(Denied::OutOfGas)?;
        let kept = available / 64;
        let own = self.input.target_address();
        let inputs = CreateInputs::new(own, scheme, value, code, available - kept, 0);
        let result = self.run(FrameInput::Create(Box::new(inputs)))?;
        let created = match &result {
            FrameResult::Create(outcome) => outcome.address,
            FrameResult::Call(_) => None,
        };
        let result = result.interpreter_result();
        let (left, data) = self.settle(result);
        // Data comes back from a revert only.
        let reverted = result.result == revm::interpreter::InstructionResult::Revert;
        let data = if reverted { data } else { Bytes::new() };
        let success = result.result.is_ok();
        let gas = gas_left.saturating_sub(left + kept);
        Ok(Reply { success, gas, created: created.filter(|_| success), data })
    }

    fn log(&mut self, topics: Vec<B256>, data: Bytes) -> Result<(), Denied> {
        if self.is_static() {
            return Err(Denied::Static);
        }
        let log = Log {
            address: self.input.target_address(),
            data: LogData::new_unchecked(topics, data),
        };
        if let Some(tracer) = &mut self.ctx().chain.tracer {
            tracer.log(log.clone());
        }
        self.ctx().journaled_state.log(log);
        Ok(())
    }

    fn log_gas(&self, topics: u32, bytes: u32) -> u64 {
        LOG_BASE + self.evm.inner.ctx.cfg.gas_params.log_cost(topics as u8, u64::from(bytes))
    }

    fn add_pages(&mut self, pages: u16) -> u64 {
        let chain = &mut self.ctx().chain;
        let gas = chain.store.version().pages.gas(pages, chain.pages_open, chain.pages_ever);
        chain.pages_open = chain.pages_open.saturating_add(pages);
        chain.pages_ever = chain.pages_ever.max(chain.pages_open);
        gas
    }
}
