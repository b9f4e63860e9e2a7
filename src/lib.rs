//! The METIS staking suite's harness: real Stylus WASM and EVM bytecode in one in-process revm.

mod account;
pub mod artifacts;
pub mod bench;
mod call;
pub mod campaign;
mod chain;
mod dictionary;
pub mod gas;
pub mod interfaces;
mod outcome;
mod state;
pub mod stylus;
pub mod suite;
mod table;
mod tree;
mod units;

pub use account::{Account, Signature};
pub use call::Call;
pub use chain::{CHAIN_ID, Chain, GAS_LIMIT, GENESIS, Snapshot};
pub use dictionary::Dictionary;
pub use outcome::{Failure, Receipt};
pub use state::State;
pub use units::{WEI, days, ether, hours, milliether, minutes};
