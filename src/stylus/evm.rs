//! revm with Stylus programs.
//!
//! [`StylusEvm`] wraps revm's own EVM and delegates everything to it. Only `frame_run` differs: a
//! call frame whose code starts with `EFF000` runs the program instead of the interpreter. revm's
//! mainnet handler runs on top unchanged, so validation, fees, refunds, access lists and precompiles
//! are revm's.

use std::sync::Arc;

use alloy_primitives::{Address, B256, Bytes};
use revm::context::result::{EVMError, ExecutionResult, HaltReason, InvalidTransaction};
use revm::context::{BlockEnv, CfgEnv, Context, Evm, Journal, LocalContext, TxEnv};
use revm::context_interface::context::ContextError;
use revm::context_interface::{CreateScheme, JournalTr};
use revm::handler::evm::{ContextDbError, FrameInitResult, FrameTr};
use revm::handler::instructions::{EthInstructions, InstructionProvider};
use revm::handler::{
    EthFrame, EvmTr, FrameInitOrResult, FrameResult, Handler, ItemOrResult, MainnetHandler,
};
use revm::interpreter::interpreter::EthInterpreter;
use revm::interpreter::interpreter_action::FrameInit;
use revm::interpreter::{CallScheme, FrameInput, InstructionResult, InterpreterAction};
use revm::primitives::hardfork::SpecId;
use revm::state::EvmState;
use revm::{Database, context_interface::local::FrameStack};

use super::arbwasm::StylusPrecompiles;
use super::package::is_program;
use super::program::ProgramStore;
use super::trace::{FrameKind, FrameTrace, ProgramEnd, Tracer};

mod api;
mod frame;

/// The context of a [`StylusEvm`]: revm's, with [`ChainState`] in its chain slot.
pub type StylusContext<DB> =
    Context<BlockEnv, TxEnv, CfgEnv, DB, Journal<DB>, ChainState, LocalContext>;

type Inner<DB> = Evm<
    StylusContext<DB>,
    (),
    EthInstructions<EthInterpreter, StylusContext<DB>>,
    StylusPrecompiles,
    EthFrame<EthInterpreter>,
>;

/// What Stylus keeps beside the EVM's own state while transactions run.
#[derive(Clone, Debug)]
pub struct ChainState {
    /// Compiled programs.
    pub(super) store: Arc<ProgramStore>,
    /// Memory pages open now, in this transaction.
    pub(super) pages_open: u16,
    /// Most memory pages ever open in this transaction.
    pub(super) pages_ever: u16,
    /// Programs running now, one inside the other.
    programs_open: u32,
    /// Ink that outermost programs of this transaction used, with everything below them.
    ink_used: u64,
    /// How the program of the transaction's first frame ended, if it ran one.
    root_end: Option<ProgramEnd>,
    /// Acting address of each open frame; `None` for one that runs in its caller's span.
    acting: Vec<Option<Address>>,
    /// Code hashes of programs run in this block, most recent last.
    pub(super) recent: Vec<B256>,
    /// Set while a transaction is traced.
    pub(super) tracer: Option<Tracer>,
}

/// An EVM that runs Stylus programs beside EVM code.
#[expect(missing_debug_implementations, reason = "revm's frame stack has none")]
pub struct StylusEvm<DB: Database> {
    inner: Inner<DB>,
}

/// What a transaction did.
#[derive(Debug)]
pub struct Executed {
    /// revm's result: success, revert or halt, with gas, output and logs.
    pub result: ExecutionResult<HaltReason>,
    /// The accounts it touched, to commit or to drop.
    pub state: EvmState,
    /// Ink that outermost programs used, with everything they called.
    pub ink_used: u64,
    /// How the program that the transaction called ended, if it called one: tells a trap from a
    /// revert without data.
    pub program_end: Option<ProgramEnd>,
    /// The call tree, if it was asked for. None for a transaction that never opened a frame.
    pub trace: Option<FrameTrace>,
}

/// A transaction that never ran: invalid, or stopped by the database or an unmodelled precompile.
pub type TransactError<DB> = EVMError<<DB as Database>::Error, InvalidTransaction>;

impl<DB: Database> StylusEvm<DB> {
    /// An EVM over `db` that takes programs from `store`.
    ///
    /// The rules are Osaka's, without those that have no meaning on an Arbitrum chain: EIP-3541
    /// (for `EFF000` only), the floor price of calldata, the transaction gas cap and the block gas
    /// limit. Accounts with code may send, so that a test can act as a contract.
    pub fn new(db: DB, store: Arc<ProgramStore>) -> Self {
        const SPEC: SpecId = SpecId::OSAKA;
        let size = store.version().limits.code;
        let chain = ChainState {
            store,
            pages_open: 0,
            pages_ever: 0,
            programs_open: 0,
            ink_used: 0,
            root_end: None,
            acting: Vec::new(),
            recent: Vec::new(),
            tracer: None,
        };
        let mut ctx = Context::<BlockEnv, TxEnv, CfgEnv, DB, Journal<DB>, ()>::new(db, SPEC)
            .with_chain(chain);
        ctx.cfg.disable_eip3541 = true;
        ctx.cfg.tx_gas_limit_cap = Some(u64::MAX);
        ctx.cfg.disable_block_gas_limit = true;
        ctx.cfg.disable_eip3607 = true;
        ctx.cfg.disable_eip7623 = true;
        ctx.cfg.tx_chain_id_check = false;
        ctx.cfg.limit_contract_code_size = Some(size);
        ctx.cfg.limit_contract_initcode_size = Some(size.saturating_mul(2));
        let inner = Evm {
            ctx,
            inspector: (),
            instruction: EthInstructions::new_mainnet_with_spec(SPEC),
            precompiles: StylusPrecompiles::new(SPEC),
            frame_stack: FrameStack::new_prealloc(8),
        };
        Self { inner }
    }

    /// Block and chain parameters, and the database.
    pub fn context(&self) -> &StylusContext<DB> {
        &self.inner.ctx
    }

    /// Block and chain parameters, and the database, to change between transactions.
    pub fn context_mut(&mut self) -> &mut StylusContext<DB> {
        &mut self.inner.ctx
    }

    /// Starts a new block: no program counts as recently run.
    pub fn new_block(&mut self) {
        self.inner.ctx.chain.recent.clear();
    }

    /// Exchanges the list of programs run in this block with another: for worlds that share an EVM.
    pub fn swap_recent(&mut self, recent: &mut Vec<B256>) {
        std::mem::swap(&mut self.inner.ctx.chain.recent, recent);
    }

    /// Runs a transaction without committing it.
    ///
    /// # Errors
    ///
    /// Only if the transaction never ran. Reverts and halts are results.
    pub fn transact(&mut self, tx: TxEnv, trace: bool) -> Result<Executed, TransactError<DB>> {
        let chain = &mut self.inner.ctx.chain;
        chain.pages_open = 0;
        chain.pages_ever = 0;
        chain.programs_open = 0;
        chain.ink_used = 0;
        chain.root_end = None;
        chain.acting.clear();
        chain.tracer = trace.then(Tracer::default);
        self.inner.ctx.tx = tx;
        let result: Result<_, TransactError<DB>> = MainnetHandler::default().run(self);
        let chain = &mut self.inner.ctx.chain;
        let trace = chain.tracer.take().and_then(Tracer::finish);
        let (ink_used, program_end) = (chain.ink_used, chain.root_end.take());
        self.inner.frame_stack.clear();
        let state = self.inner.ctx.journaled_state.finalize();
        Ok(Executed { result: result?, state, ink_used, program_end, trace })
    }

    /// Runs one child frame and everything below it, and returns its result without handing it to
    /// the frame that is now on top.
    fn run_child(
        &mut self,
        init: FrameInit,
    ) -> Result<FrameResult, ContextDbError<StylusContext<DB>>> {
        let base = self.inner.frame_stack.index();
        if let ItemOrResult::Result(result) = self.frame_init(init)? {
            return Ok(result);
        }
        loop {
            let result = match self.frame_run()? {
                ItemOrResult::Item(init) => match self.frame_init(init)? {
                    ItemOrResult::Item(_) => continue,
                    ItemOrResult::Result(result) => result,
                },
                ItemOrResult::Result(result) => result,
            };
            if self.inner.frame_stack.get().is_finished() {
                self.inner.frame_stack.pop();
            }
            if self.inner.frame_stack.index() == base {
                return Ok(result);
            }
            let ctx = &mut self.inner.ctx;
            self.inner
                .frame_stack
                .get()
                .return_result::<_, ContextDbError<StylusContext<DB>>>(ctx, result)?;
        }
    }
}

impl<DB: Database> EvmTr for StylusEvm<DB> {
    type Context = StylusContext<DB>;
    type Instructions = EthInstructions<EthInterpreter, StylusContext<DB>>;
    type Precompiles = StylusPrecompiles;
    type Frame = EthFrame<EthInterpreter>;

    fn all(
        &self,
    ) -> (&Self::Context, &Self::Instructions, &Self::Precompiles, &FrameStack<Self::Frame>) {
        self.inner.all()
    }

    fn all_mut(
        &mut self,
    ) -> (
        &mut Self::Context,
        &mut Self::Instructions,
        &mut Self::Precompiles,
        &mut FrameStack<Self::Frame>,
    ) {
        self.inner.all_mut()
    }

    fn frame_init(
        &mut self,
        init: <Self::Frame as FrameTr>::FrameInit,
    ) -> Result<FrameInitResult<'_, Self::Frame>, ContextDbError<Self::Context>> {
        let acting = acting(&init.frame_input);
        if let Some(tracer) = &mut self.inner.ctx.chain.tracer {
            let input = match &init.frame_input {
                FrameInput::Call(inputs) => inputs.input.bytes_local(&self.inner.ctx.local),
                FrameInput::Create(inputs) => inputs.init_code().clone(),
                FrameInput::Empty => Bytes::new(),
            };
            tracer.enter(opening(&init.frame_input, input));
        }
        let result = match self.inner.frame_init(init)? {
            ItemOrResult::Item(_) => None,
            ItemOrResult::Result(result) => Some(result),
        };
        Ok(match result {
            None => {
                self.inner.ctx.chain.acting.push(acting);
                ItemOrResult::Item(self.inner.frame_stack.get())
            }
            Some(result) => {
                close(&mut self.inner.ctx.chain, &result);
                ItemOrResult::Result(result)
            }
        })
    }

    fn frame_run(
        &mut self,
    ) -> Result<FrameInitOrResult<Self::Frame>, ContextDbError<Self::Context>> {
        let frame = self.inner.frame_stack.get();
        let runs_program = matches!(frame.input, FrameInput::Call(_))
            && is_program(frame.interpreter.bytecode.original_byte_slice());
        let outcome = if runs_program {
            let action = self.run_program()?;
            let frame = self.inner.frame_stack.get();
            let outcome = frame
                .process_next_action::<_, ContextError<DB::Error>>(&mut self.inner.ctx, action)?;
            frame.set_finished(outcome.is_result());
            outcome
        } else {
            let logs = self.inner.ctx.journaled_state.logs().len();
            let outcome = self.run_interpreter()?;
            self.record_logs(logs);
            outcome
        };
        if let ItemOrResult::Result(result) = &outcome {
            self.inner.ctx.chain.acting.pop();
            close(&mut self.inner.ctx.chain, result);
        }
        Ok(outcome)
    }

    fn frame_return_result(
        &mut self,
        result: <Self::Frame as FrameTr>::FrameResult,
    ) -> Result<Option<<Self::Frame as FrameTr>::FrameResult>, ContextDbError<Self::Context>> {
        self.inner.frame_return_result(result)
    }
}

impl<DB: Database> StylusEvm<DB> {
    /// Runs the EVM code of the frame on top until it calls, creates or ends.
    ///
    /// As revm does it, but for EIP-3541: it stays in force for all code except programs.
    fn run_interpreter(
        &mut self,
    ) -> Result<FrameInitOrResult<EthFrame<EthInterpreter>>, ContextDbError<StylusContext<DB>>>
    {
        let Inner::<DB> { ctx, instruction, frame_stack, .. } = &mut self.inner;
        let frame = frame_stack.get();
        let action = frame.interpreter.run_plain(
            instruction.instruction_table(),
            instruction.gas_table(),
            ctx,
        );
        if let (FrameInput::Create(_), InterpreterAction::Return(result)) = (&frame.input, &action)
        {
            ctx.cfg.disable_eip3541 = is_program(&result.output);
        }
        let outcome =
            frame.process_next_action::<_, ContextDbError<StylusContext<DB>>>(ctx, action);
        ctx.cfg.disable_eip3541 = true;
        let outcome = outcome?;
        frame.set_finished(outcome.is_result());
        Ok(outcome)
    }

    /// Gives logs that the interpreter emitted since `before` to the open frame of the trace.
    fn record_logs(&mut self, before: usize) {
        let ctx = &mut self.inner.ctx;
        if let Some(tracer) = &mut ctx.chain.tracer {
            for log in ctx.journaled_state.logs().iter().skip(before) {
                tracer.log(log.clone());
            }
        }
    }
}

/// The address whose CALL or STATICCALL span a frame opens.
fn acting(input: &FrameInput) -> Option<Address> {
    match input {
        FrameInput::Call(inputs) => match inputs.scheme {
            CallScheme::Call | CallScheme::StaticCall => Some(inputs.target_address),
            CallScheme::CallCode | CallScheme::DelegateCall => None,
        },
        FrameInput::Create(_) | FrameInput::Empty => None,
    }
}

fn opening(input: &FrameInput, data: Bytes) -> FrameTrace {
    let (kind, caller, target, code, value, gas_limit) = match input {
        FrameInput::Call(inputs) => (
            match inputs.scheme {
                CallScheme::Call => FrameKind::Call,
                CallScheme::CallCode => FrameKind::CallCode,
                CallScheme::DelegateCall => FrameKind::DelegateCall,
                CallScheme::StaticCall => FrameKind::StaticCall,
            },
            inputs.caller,
            inputs.target_address,
            inputs.bytecode_address,
            inputs.value.get(),
            inputs.gas_limit,
        ),
        FrameInput::Create(inputs) => (
            match inputs.scheme() {
                CreateScheme::Create2 { .. } => FrameKind::Create2,
                _ => FrameKind::Create,
            },
            inputs.caller(),
            Address::ZERO,
            Address::ZERO,
            inputs.value(),
            inputs.gas_limit(),
        ),
        FrameInput::Empty => Default::default(),
    };
    FrameTrace {
        kind,
        caller,
        target,
        code,
        value,
        input: data,
        output: Bytes::new(),
        gas_limit,
        gas_used: 0,
        result: InstructionResult::Stop,
        program: None,
        logs: Vec::new(),
        calls: Vec::new(),
    }
}

/// Closes the open frame of the trace.
fn close(chain: &mut ChainState, result: &FrameResult) {
    let Some(tracer) = &mut chain.tracer else { return };
    let created = match result {
        FrameResult::Create(outcome) => outcome.address,
        FrameResult::Call(_) => None,
    };
    let interpreter = result.interpreter_result();
    let limit = interpreter.gas.limit();
    let left = if interpreter.result.is_halt() { 0 } else { interpreter.gas.remaining() };
    let output = interpreter.output.clone();
    tracer.exit(interpreter.result, limit.saturating_sub(left), output, created);
}
