//! Gas, taken apart by the call tree.

use serde::{Deserialize, Serialize};

use crate::stylus::trace::{FrameTrace, HostCall};

/// What the gas of an operation is made of. All parts but [`refund`](Parts::refund) add up; that
/// one is taken off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// The transaction itself, with its calldata.
    pub intrinsic: u64,
    /// Entering the program.
    pub entry: u64,
    /// Host functions of storage and of transient storage, with what the EVM charges for them.
    pub storage: u64,
    /// The host function of logs, with what the EVM charges for them.
    pub logs: u64,
    /// Calls to other contracts, with everything they cost.
    pub calls: u64,
    /// All other host functions.
    pub host: u64,
    /// WASM code, and what is lost by charging whole gas.
    pub compute: u64,
    /// Given back for storage cleared.
    pub refund: u64,
}

impl Parts {
    /// Names of the parts, in the order of [`Parts::named`].
    pub const NAMES: [&'static str; 8] =
        ["intrinsic", "entry", "storage", "logs", "calls", "host", "compute", "refund"];

    /// The parts with their names.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let values = [
            self.intrinsic,
            self.entry,
            self.storage,
            self.logs,
            self.calls,
            self.host,
            self.compute,
            self.refund,
        ];
        Self::NAMES.into_iter().zip(values)
    }

    /// What they come to.
    pub fn total(&self) -> u64 {
        let Self { intrinsic, entry, storage, logs, calls, host, compute, refund } = *self;
        intrinsic + entry + storage + logs + calls + host + compute - refund
    }

    /// Takes apart a program's frame.
    ///
    /// # Panics
    ///
    /// If the frame ran no program.
    pub(super) fn of_frame(frame: &FrameTrace, ink_price: u64) -> Self {
        let program = frame.program.as_ref().expect("the frame runs a program");
        let gas = |belongs: fn(&str) -> bool| {
            let calls = program.host_calls.iter().filter(|call| belongs(call.name));
            calls.map(HostCall::ink).sum::<u64>() / ink_price
        };
        let (entry, storage, logs) = (program.entry_gas, gas(is_storage), gas(is_log));
        let (calls, host) = (gas(is_call), gas(is_other));
        let compute = frame.gas_used - entry - storage - logs - calls - host;
        Self { intrinsic: 0, entry, storage, logs, calls, host, compute, refund: 0 }
    }

    /// Takes apart a transaction that called a program and used `gas_used` of `gas_limit`.
    pub(super) fn of_transaction(
        root: &FrameTrace,
        ink_price: u64,
        gas_limit: u64,
        gas_used: u64,
    ) -> Self {
        let intrinsic = gas_limit - root.gas_limit;
        let refund = intrinsic + root.gas_used - gas_used;
        Self { intrinsic, refund, ..Self::of_frame(root, ink_price) }
    }
}

fn is_storage(name: &str) -> bool {
    name.starts_with("storage_") || name.starts_with("transient_")
}

fn is_log(name: &str) -> bool {
    name == "emit_log"
}

fn is_call(name: &str) -> bool {
    name.ends_with("call_contract") || name.starts_with("create")
}

fn is_other(name: &str) -> bool {
    !is_storage(name) && !is_log(name) && !is_call(name)
}
