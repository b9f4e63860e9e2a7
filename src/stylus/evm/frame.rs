//! One call frame that runs a program.

use std::sync::Arc;

use alloy_primitives::{B256, Bytes};
use revm::Database;
use revm::context_interface::context::ContextError;
use revm::interpreter::interpreter_types::InputsTr;
use revm::interpreter::{InstructionResult, InterpreterAction, InterpreterResult};

use super::super::arbos;
use super::super::backend::End;
use super::super::host::HostState;
use super::super::program::Program;
use super::super::trace::{HostCall, ProgramEnd, ProgramTrace};
use super::api::FrameApi;
use super::{ChainState, StylusEvm};

/// What entering a program came to.
struct Entry {
    /// Gas to pay.
    gas: u64,
    /// The program.
    program: Arc<Program>,
}

/// What a program's frame came to.
struct Finish {
    end: ProgramEnd,
    result: InstructionResult,
    output: Bytes,
    gas_left: u64,
    entry_gas: u64,
    ink_start: u64,
    ink_end: u64,
    host_calls: Vec<HostCall>,
}

impl Finish {
    /// A program that never ran: nothing is left.
    fn not_run(end: ProgramEnd, result: InstructionResult) -> Self {
        Self {
            end,
            result,
            output: Bytes::new(),
            gas_left: 0,
            entry_gas: 0,
            ink_start: 0,
            ink_end: 0,
            host_calls: Vec::new(),
        }
    }
}

impl<DB: Database> StylusEvm<DB> {
    /// Runs the program of the frame on top of the stack.
    pub(super) fn run_program(&mut self) -> Result<InterpreterAction, ContextError<DB::Error>> {
        let starting_gas = self.inner.frame_stack.get().interpreter.gas.remaining();
        let entry = match self.enter_program()? {
            Ok(entry) => entry,
            Err(why) => {
                let end = ProgramEnd::NotCallable(why);
                return Ok(self.finish(Finish::not_run(end, InstructionResult::NotActivated)));
            }
        };
        let Some(gas) = starting_gas.checked_sub(entry.gas) else {
            let end = ProgramEnd::EntryUnpaid;
            return Ok(self.finish(Finish::not_run(end, InstructionResult::OutOfGas)));
        };

        let version = Arc::clone(self.inner.ctx.chain.store.version());
        let chain = &mut self.inner.ctx.chain;
        let pages_open = chain.pages_open;
        chain.pages_open = pages_open.saturating_add(entry.program.activation.footprint);
        chain.pages_ever = chain.pages_ever.max(chain.pages_open);
        chain.programs_open += 1;

        let record = chain.tracer.is_some();
        let ink_start = gas.saturating_mul(u64::from(version.ink_price));
        let frame = self.inner.frame_stack.get();
        let args = frame.interpreter.input.input().bytes(&self.inner.ctx);
        let (run, fault) = {
            let mut api = FrameApi::new(self);
            // SAFETY: `api` outlives the run, and only host functions of this run use it.
            let state = unsafe { HostState::new(version.clone(), &mut api, args, record) };
            let run = entry.program.executable.run(state, ink_start, version.max_stack_depth);
            (run, api.take_fault())
        };
        let chain = &mut self.inner.ctx.chain;
        chain.pages_open = pages_open;
        chain.programs_open -= 1;
        if let Some(fault) = fault {
            return Err(fault);
        }

        let (end, mut result) = match run.end {
            End::Status(0) => (ProgramEnd::Status(0), InstructionResult::Return),
            End::Status(status) => (ProgramEnd::Status(status), InstructionResult::Revert),
            End::Trap(why) => (ProgramEnd::Trap(why), InstructionResult::Revert),
            End::OutOfInk => (ProgramEnd::OutOfInk, InstructionResult::OutOfGas),
            End::OutOfStack => (ProgramEnd::OutOfStack, InstructionResult::StackOverflow),
            End::Fatal(why) => return Err(ContextError::Custom(why)),
        };
        let output = match end {
            ProgramEnd::Status(_) => run.state.result,
            _ => Bytes::new(),
        };
        let mut gas_left = run.ink / u64::from(version.ink_price);
        // Data returned costs at least the EVM memory that would hold it.
        let memory = self.inner.ctx.cfg.gas_params.memory_cost(output.len().div_ceil(32));
        match starting_gas.checked_sub(memory) {
            Some(most) => gas_left = gas_left.min(most),
            None => result = InstructionResult::OutOfGas,
        }
        Ok(self.finish(Finish {
            end,
            result,
            output,
            gas_left,
            entry_gas: entry.gas,
            ink_start,
            ink_end: run.ink,
            host_calls: run.state.calls.unwrap_or_default(),
        }))
    }

    /// What entering the program on top costs, or why it cannot be entered.
    fn enter_program(&mut self) -> Result<Result<Entry, String>, ContextError<DB::Error>> {
        let frame = self.inner.frame_stack.get();
        let code_hash = frame.interpreter.bytecode.get_or_calculate_hash();
        let ctx = &mut self.inner.ctx;
        let version = Arc::clone(ctx.chain.store.version());
        let now = arbos::now(ctx);
        let record = arbos::record(&mut ctx.journaled_state, code_hash)?;
        let record = match record.active(&version, now) {
            Ok(record) => record,
            Err(why) => return Ok(Err(why.to_string())),
        };
        let code = frame.interpreter.bytecode.original_byte_slice();
        let program = match ctx.chain.store.get(code_hash, code) {
            Ok(program) => program,
            Err(error) => return Err(ContextError::Custom(error.to_string())),
        };
        let chain = &mut ctx.chain;
        let pages = version.pages.gas(record.footprint, chain.pages_open, chain.pages_ever);
        let mut gas = pages.saturating_add(record.cached_gas(&version));
        if !record.cached && !chain.touch_recent(code_hash, version.block_cache) {
            gas = gas.saturating_add(record.init_gas(&version));
        }
        Ok(Ok(Entry { gas, program }))
    }

    /// Books what a program did and turns it into the frame's result.
    fn finish(&mut self, finish: Finish) -> InterpreterAction {
        let chain = &mut self.inner.ctx.chain;
        if chain.programs_open == 0 {
            chain.ink_used += finish.ink_start - finish.ink_end;
        }
        if chain.acting.len() == 1 {
            chain.root_end = Some(finish.end.clone());
        }
        if let Some(tracer) = &mut chain.tracer {
            tracer.program(ProgramTrace {
                entry_gas: finish.entry_gas,
                ink_start: finish.ink_start,
                ink_end: finish.ink_end,
                host_calls: finish.host_calls,
                end: finish.end,
            });
        }
        let mut gas = self.inner.frame_stack.get().interpreter.gas;
        gas.set_remaining(finish.gas_left);
        let mut output = finish.output;
        if finish.result.is_halt() {
            gas.spend_all();
            output = Bytes::new();
        }
        InterpreterAction::Return(InterpreterResult { result: finish.result, output, gas })
    }
}

impl ChainState {
    /// Whether the program ran before in this block; now it did.
    fn touch_recent(&mut self, code_hash: B256, keep: usize) -> bool {
        let at = self.recent.iter().position(|recent| *recent == code_hash);
        if let Some(at) = at {
            self.recent.remove(at);
        }
        self.recent.push(code_hash);
        if self.recent.len() > keep {
            self.recent.remove(0);
        }
        at.is_some()
    }
}
