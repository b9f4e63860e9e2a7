//! Stylus programs inside revm.
//!
//! A Stylus program is a WASM module behind an account: its code is `EFF000`, a dictionary byte and
//! the brotli-compressed module. This module runs such programs beside ordinary EVM code in one
//! in-process, deterministic EVM, with the gas that Arbitrum's Nitro would charge.
//!
//! It knows nothing of any particular contract. From the outside in:
//!
//! | part | what it does |
//! |---|---|
//! | [`StylusEvm`] | revm's EVM whose call frames may be programs; takes transactions |
//! | [`ProgramStore`] | instruments, prices and compiles programs; shared by worlds and threads |
//! | [`Backend`] | engines that run WASM: [`WasmtimeBackend`], [`WasmiBackend`] |
//! | [`package`] · [`normalize`](mod@normalize) | WASM to account code and back |
//! | [`instrument`](mod@instrument) · [`activate`] | metering, limits, activation prices |
//! | [`host`] | the 42 host functions a program may import |
//! | [`arbwasm`] · [`arbos`] | the activation precompile and its records |
//! | [`Version`] | every price and limit of an ArbOS version, as data |
//! | [`trace`] | call trees with host calls |
//!
//! # Exactness
//!
//! Ink of WASM code and of host functions, page costs and call costs follow the published prices of
//! ArbOS 60 with Stylus version 2. Metering is put into the code, so it does not depend on the back
//! end. Where a live node could not be asked the figure is a model: see the crate's README.

pub mod activate;
pub mod arbos;
pub mod arbwasm;
pub mod backend;
pub mod evm;
pub mod host;
pub mod imports;
pub mod instrument;
pub mod normalize;
pub mod package;
pub mod program;
pub mod refusal;
pub mod trace;
pub mod version;

pub use backend::{Backend, BackendError, Compiler, WasmiBackend, WasmtimeBackend};
pub use evm::{Executed, StylusEvm};
pub use normalize::normalize;
pub use program::{Program, ProgramError, ProgramStore};
pub use refusal::Refusal;
pub use version::Version;
