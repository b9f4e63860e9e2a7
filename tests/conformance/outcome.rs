//! What a transaction did, without the words that differ between back ends.

use std::fmt;
use std::ops::Deref;

use alloy_primitives::{Address, Log, hex};
use emetis::stylus::trace::{FrameKind, FrameTrace, ProgramEnd};
use revm::interpreter::InstructionResult;

/// What a transaction did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Gas of the receipt.
    pub(crate) gas_used: u64,
    /// Gas refunded, capped as on the EVM.
    pub(crate) refund: u64,
    /// Logs of the receipt.
    pub(crate) logs: Vec<Log>,
    /// Its first frame.
    pub(crate) frame: Frame,
}

/// What a frame did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) kind: FrameKind,
    pub(crate) target: Address,
    pub(crate) result: InstructionResult,
    pub(crate) gas_limit: u64,
    pub(crate) gas_used: u64,
    pub(crate) output: Output,
    /// How its program ended, if it ran one.
    pub(crate) end: Option<End>,
    /// Gas paid to enter the program.
    pub(crate) entry: u64,
    /// Ink the program used.
    pub(crate) ink: u64,
    /// Ink it left.
    pub(crate) ink_left: u64,
    /// Host calls with their ink.
    pub(crate) hooks: Vec<(&'static str, u64)>,
    pub(crate) calls: Vec<Frame>,
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Status(u32),
    Trap,
    OutOfInk,
    OutOfStack,
    NotCallable,
    EntryUnpaid,
}

/// Bytes that compare with anything that is bytes.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Output(Vec<u8>);

impl<T: AsRef<[u8]> + ?Sized> PartialEq<T> for Output {
    fn eq(&self, other: &T) -> bool {
        self.0 == other.as_ref()
    }
}

impl Deref for Output {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode_prefixed(&self.0))
    }
}

impl Frame {
    /// Ink of the only call of host function `name`.
    #[track_caller]
    pub(crate) fn hook(&self, name: &str) -> u64 {
        let [ink] = self.hooks(name)[..] else { panic!("not one {name} in {:?}", self.hooks) };
        ink
    }

    /// Ink of each call of host function `name`, in order.
    pub(crate) fn hooks(&self, name: &str) -> Vec<u64> {
        let calls = self.hooks.iter().filter(|(hook, _)| *hook == name);
        calls.map(|(_, ink)| *ink).collect()
    }

    /// The frame itself, which ended without revert or halt.
    #[track_caller]
    pub(crate) fn ok(&self) -> &Self {
        assert!(self.result.is_ok(), "{self:#?}");
        self
    }

    /// The frame itself, which reverted with `output` and kept gas.
    #[track_caller]
    pub(crate) fn reverts_with(&self, output: &[u8]) -> &Self {
        assert_eq!(self.result, InstructionResult::Revert, "{self:#?}");
        assert_eq!(self.output, output, "{self:#?}");
        assert!(self.gas_used < self.gas_limit, "a revert keeps the gas left: {self:#?}");
        self
    }

    /// The frame itself, which used up all its gas and returned nothing.
    #[track_caller]
    pub(crate) fn consumed_all(&self) -> &Self {
        assert!(self.result.is_halt(), "{self:#?}");
        assert_eq!(self.gas_used, self.gas_limit, "{self:#?}");
        assert!(self.output.is_empty(), "{self:#?}");
        self
    }

    /// The frame itself, whose program trapped: no data, gas kept.
    #[track_caller]
    pub(crate) fn trapped(&self) -> &Self {
        assert_eq!(self.end, Some(End::Trap), "{self:#?}");
        self.reverts_with(&[])
    }
}

pub(crate) fn frame(trace: FrameTrace) -> Frame {
    let program = trace.program;
    let end = program.as_ref().map(|program| match program.end {
        ProgramEnd::Status(status) => End::Status(status),
        ProgramEnd::Trap(_) => End::Trap,
        ProgramEnd::OutOfInk => End::OutOfInk,
        ProgramEnd::OutOfStack => End::OutOfStack,
        ProgramEnd::NotCallable(_) => End::NotCallable,
        ProgramEnd::EntryUnpaid => End::EntryUnpaid,
    });
    let hooks = program.iter().flat_map(|program| &program.host_calls);
    Frame {
        kind: trace.kind,
        target: trace.target,
        result: trace.result,
        gas_limit: trace.gas_limit,
        gas_used: trace.gas_used,
        output: Output(trace.output.to_vec()),
        end,
        entry: program.as_ref().map_or(0, |program| program.entry_gas),
        ink: program.as_ref().map_or(0, |program| program.ink_start - program.ink_end),
        ink_left: program.as_ref().map_or(0, |program| program.ink_end),
        hooks: hooks.map(|call| (call.name, call.ink())).collect(),
        calls: trace.calls.into_iter().map(frame).collect(),
    }
}
