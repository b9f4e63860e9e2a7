//! The METIS staking suite's harness: real Stylus WASM and EVM bytecode in one in-process revm.

mod account;
mod call;
mod chain;
mod dictionary;
mod outcome;
mod state;
pub mod stylus;
mod tree;
mod units;

pub use account::{Account, Signature};
pub use call::Call;
pub use chain::{CHAIN_ID, Chain, GAS_LIMIT, GENESIS, Snapshot};
pub use dictionary::Dictionary;
pub use outcome::{Failure, Receipt};
pub use state::State;
pub use units::{WEI, days, ether, hours, milliether, minutes};
