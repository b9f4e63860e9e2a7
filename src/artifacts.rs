//! What tests deploy: contract WASM and Solidity fixtures, built, located, cached.
//!
//! [`Builder`] compiles the programs under `contracts/` by a nested cargo that nothing in the
//! user's environment can bend: equal sources make equal bytes in every checkout. What it makes is
//! kept on disk by the hash of all that went in, so that a second run takes milliseconds.
//!
//! ```no_run
//! let hub = emetis::artifacts::load("emetis-hub")?;
//! println!("{}: {} bytes of code", hub.name, hub.code.len());
//! # Ok::<(), emetis::artifacts::BuildError>(())
//! ```
//!
//! [`fixtures`] holds the Solidity side.

pub mod fixtures;

mod artifact;
mod builder;
mod cache;
mod environment;
mod error;
mod nested;
mod settings;
mod toolchain;
mod tree;

pub use artifact::Artifact;
pub use builder::{Builder, Step, contracts_dir, load, target_dir};
pub use error::BuildError;
pub use settings::RUSTFLAGS;
