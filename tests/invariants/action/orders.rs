//! Calls of the access manager, and what becomes of operations.

use serde::{Deserialize, Serialize};

use super::{Actor, Program};

/// A call that may be announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Later {
    Sweep {
        of: Program,
        receiver: Actor,
    },
    Pause {
        of: Program,
        seconds: u32,
    },
    Unpause {
        of: Program,
    },
    Grant {
        role: u64,
        account: Actor,
        delay: u32,
    },
    Revoke {
        role: u64,
        account: Actor,
    },
    /// One of the restricted functions of a program is given to a role.
    Give {
        of: Program,
        function: Restricted,
        role: u64,
    },
}

/// A function that the authority is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Restricted {
    Sweep,
    Pause,
    Unpause,
}

/// A call of the access manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    /// At once, which may not be allowed.
    Now(Later),
    /// `after`: so many seconds from now, zero for as soon as possible.
    Schedule {
        call: Later,
        after: u32,
    },
    Suspend {
        role: u64,
        account: Actor,
        seconds: u32,
    },
    EndSuspension {
        role: u64,
        account: Actor,
    },
}

/// When something becomes of an operation: the clock goes there if that is later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum When {
    Now,
    /// So many seconds after it is due.
    Due(i8),
    /// So many seconds after its week is over.
    Expired(i8),
}

/// What becomes of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// The manager makes the call.
    Executed,
    /// The proposer makes the call itself.
    Made,
    Cancelled,
}
