//! Call trees: what every frame of a transaction did, EVM and Stylus alike.

use alloy_primitives::{Address, Bytes, Log, U256};
use revm::interpreter::InstructionResult;

/// One host call of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostCall {
    /// Name in module `vm_hooks`.
    pub name: &'static str,
    /// Ink left before.
    pub ink_before: u64,
    /// Ink left after. What a call made inside cost is part of the difference.
    pub ink_after: u64,
}

impl HostCall {
    /// Ink this host call took.
    pub fn ink(&self) -> u64 {
        self.ink_before - self.ink_after
    }
}

/// How a frame was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "named after the opcodes")]
pub enum FrameKind {
    #[default]
    Call,
    CallCode,
    DelegateCall,
    StaticCall,
    Create,
    Create2,
}

/// How a program ended, if the frame ran one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProgramEnd {
    /// With this status: 0 is success, anything else a revert with the data written.
    Status(u32),
    /// By a trap: it reverts with empty data and keeps its gas.
    Trap(String),
    /// Out of ink.
    OutOfInk,
    /// Out of operand stack: like out of ink, nothing is left.
    OutOfStack,
    /// It never ran: not activated, expired, or activated for another Stylus version.
    NotCallable(String),
    /// Entering it cost more gas than there was.
    EntryUnpaid,
}

/// What a frame that ran a program adds to the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramTrace {
    /// Gas paid on entry: pages, cached init and, for a program not cached, init.
    pub entry_gas: u64,
    /// Ink the program was given.
    pub ink_start: u64,
    /// Ink that was left.
    pub ink_end: u64,
    /// Host calls in order.
    pub host_calls: Vec<HostCall>,
    /// How it ended.
    pub end: ProgramEnd,
}

/// One frame and everything it called.
#[derive(Clone, Debug)]
pub struct FrameTrace {
    /// How it was opened.
    pub kind: FrameKind,
    /// Who opened it.
    pub caller: Address,
    /// Whose storage and balance it acts on. For a creation, the new contract once it is known.
    pub target: Address,
    /// Whose code ran.
    pub code: Address,
    /// Wei sent along.
    pub value: U256,
    /// Calldata or init code.
    pub input: Bytes,
    /// Return or revert data.
    pub output: Bytes,
    /// Gas it was given.
    pub gas_limit: u64,
    /// Gas it used, with everything below it.
    pub gas_used: u64,
    /// How it ended.
    pub result: InstructionResult,
    /// Set if the code was a Stylus program.
    pub program: Option<ProgramTrace>,
    /// Logs of this frame, while it did not revert. Those of calls are theirs.
    pub logs: Vec<Log>,
    /// Frames it opened.
    pub calls: Vec<FrameTrace>,
}

/// Builds a call tree while frames open and close.
#[derive(Clone, Debug, Default)]
pub(super) struct Tracer {
    open: Vec<FrameTrace>,
    root: Option<FrameTrace>,
}

impl Tracer {
    pub(super) fn enter(&mut self, frame: FrameTrace) {
        self.open.push(frame);
    }

    pub(super) fn program(&mut self, program: ProgramTrace) {
        if let Some(frame) = self.open.last_mut() {
            frame.program = Some(program);
        }
    }

    pub(super) fn log(&mut self, log: Log) {
        if let Some(frame) = self.open.last_mut() {
            frame.logs.push(log);
        }
    }

    pub(super) fn exit(
        &mut self,
        result: InstructionResult,
        gas_used: u64,
        output: Bytes,
        created: Option<Address>,
    ) {
        let Some(mut frame) = self.open.pop() else { return };
        frame.result = result;
        frame.gas_used = gas_used;
        frame.output = output;
        if let Some(created) = created {
            frame.target = created;
            frame.code = created;
        }
        match self.open.last_mut() {
            Some(parent) => parent.calls.push(frame),
            None => self.root = Some(frame),
        }
    }

    pub(super) fn finish(self) -> Option<FrameTrace> {
        self.root
    }
}
