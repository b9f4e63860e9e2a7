//! What came of a transaction.

use alloy_primitives::{Address, Bytes, Log};
use alloy_sol_types::{SolError, SolEvent};

use crate::stylus::trace::FrameTrace;

/// A transaction that succeeded.
#[derive(Clone, Debug)]
pub struct Receipt<T> {
    /// What the call returned, decoded.
    pub output: T,
    /// Gas of the whole transaction, after refunds.
    pub gas_used: u64,
    /// Ink that programs used, with everything they called. Zero if none ran.
    pub ink_used: u64,
    /// Logs in order, of all contracts.
    pub logs: Vec<Log>,
    /// The call tree; recorded if the call was [`traced`](crate::Call::traced).
    pub trace: Option<FrameTrace>,
}

impl<T> Receipt<T> {
    /// All events `E`, with the contracts that emitted them.
    pub fn events<E: SolEvent>(&self) -> Vec<(Address, E)> {
        self.logs
            .iter()
            .filter_map(|log| {
                let event = E::decode_log_data(&log.data).ok()?;
                // A topic and data that decode must be the event itself, with nothing added.
                (event.encode_log_data() == log.data).then_some((log.address, event))
            })
            .collect()
    }

    /// Asserts that `event` was emitted, by any contract.
    ///
    /// # Panics
    ///
    /// If it was not; prints the events of the same type that were.
    #[track_caller]
    pub fn emitted<E>(&self, event: E) -> &Self
    where
        E: SolEvent + PartialEq + std::fmt::Debug,
    {
        let found = self.events::<E>();
        assert!(
            found.iter().any(|(_, emitted)| *emitted == event),
            "expected event {event:?}\n   found {found:#?} of {} logs",
            self.logs.len()
        );
        self
    }
}

/// A transaction that failed. The three ways are never merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It reverted with data (possibly none).
    Revert {
        /// Revert data.
        data: Bytes,
        /// Gas of the whole transaction.
        gas_used: u64,
    },
    /// A program trapped, or the EVM halted for another reason than gas.
    Trap {
        /// What happened.
        why: String,
        /// Gas of the whole transaction.
        gas_used: u64,
    },
    /// The gas ran out.
    OutOfGas {
        /// Gas of the whole transaction: its limit, or nearly.
        gas_used: u64,
    },
    /// It never ran: the chain would not have included it.
    Invalid {
        /// Why not.
        why: String,
    },
}

impl Failure {
    /// Revert data; empty for any other failure.
    pub fn data(&self) -> Bytes {
        match self {
            Self::Revert { data, .. } => data.clone(),
            _ => Bytes::new(),
        }
    }

    /// Gas of the whole transaction; zero if it never ran.
    pub fn gas_used(&self) -> u64 {
        match self {
            Self::Revert { gas_used, .. }
            | Self::Trap { gas_used, .. }
            | Self::OutOfGas { gas_used } => *gas_used,
            Self::Invalid { .. } => 0,
        }
    }

    /// Whether it is a revert with exactly this error.
    pub fn is(&self, error: &impl SolError) -> bool {
        matches!(self, Self::Revert { data, .. } if *data == error.abi_encode())
    }
}
