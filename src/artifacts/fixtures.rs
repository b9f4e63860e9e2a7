//! Solidity contracts that tests talk to: attackers, probes, receivers, references.
//!
//! Their sources are in `tests/fixtures`, and so are their artefacts, so that a test needs no
//! Solidity compiler: [`fixture`] reads one. [`compile_fixtures`] really compiles the sources, by
//! foundry-compilers and either a native `solc` of the pinned version or the one from npm, and
//! compares or rewrites the artefacts.
//!
//! ```no_run
//! use emetis::artifacts::fixtures::fixture;
//!
//! let donor = fixture("Donor")?;
//! assert!(!donor.init_code.is_empty());
//! # Ok::<(), emetis::artifacts::fixtures::FixtureError>(())
//! ```

mod artifact;
mod compile;
mod node;
mod source;

use std::io;
use std::path::{Path, PathBuf};

use alloy_primitives::{B256, Bytes};
use thiserror::Error;

pub use compile::{Report, compile_abis, compile_fixtures, install_packages};
pub use source::{fingerprint, sources};

/// The command that makes the artefacts anew, for messages.
const REMEDY: &str = "cargo run --release -- fixtures";

/// One compiled Solidity contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixture {
    /// Name of the contract.
    pub name: String,
    /// File it comes from, relative to the fixtures.
    pub source: String,
    /// [`fingerprint`] of what it was compiled from.
    pub hash: B256,
    /// Code that creates it, without constructor arguments.
    pub init_code: Bytes,
    /// Code of the account it creates, immutables as zero.
    pub runtime: Bytes,
    /// Its ABI in solc's JSON form.
    pub abi: serde_json::Value,
}

/// Why there is no fixture, or none that can be trusted.
#[derive(Debug, Error)]
pub enum FixtureError {
    /// No artefact has this name.
    #[error("no fixture is called {name}; there are: {}", known.join(", "))]
    Unknown {
        /// The name asked for.
        name: String,
        /// Names there are.
        known: Vec<String>,
    },
    /// A file could not be read or written.
    #[error("{path}: {source}; is this a complete checkout?")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// An artefact is not what [`compile_fixtures`] writes.
    #[error("{path}: {reason}; write it anew with `{REMEDY}`")]
    Malformed {
        /// The artefact.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Node's package manager is missing.
    #[error("npm is needed to compile the fixtures: install Node.js 20 or newer ({0})")]
    NodeMissing(io::Error),
    /// The compiler or the libraries could not be installed.
    #[error("the fixtures' packages are missing; run `npm ci` in {path}:\n{output}")]
    Packages {
        /// Where to run it.
        path: PathBuf,
        /// What npm said.
        output: String,
    },
    /// The Solidity compiler could not be used or refused a source.
    #[error("the fixtures do not compile:\n{0}")]
    Compile(String),
    /// Artefacts differ from what the sources compile to.
    #[error("artefacts differ from their sources: {}; write them anew with `{REMEDY}`", names.join(", "))]
    Stale {
        /// Names of the contracts.
        names: Vec<String>,
    },
}

impl FixtureError {
    fn file(path: &Path, source: io::Error) -> Self {
        Self::File { path: path.to_owned(), source }
    }
}

/// Where the sources are: `tests/fixtures` of this package, or what `EMETIS_FIXTURES` names.
pub fn fixtures_dir() -> PathBuf {
    match std::env::var_os("EMETIS_FIXTURES") {
        Some(path) => PathBuf::from(path),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("fixtures"),
    }
}

/// Reads the committed artefact of a contract.
///
/// # Errors
///
/// [`FixtureError::Unknown`] with the names there are, [`FixtureError::Malformed`],
/// [`FixtureError::File`].
pub fn fixture(name: &str) -> Result<Fixture, FixtureError> {
    let path = artifact::path(&fixtures_dir(), name);
    if !path.is_file() {
        return Err(FixtureError::Unknown { name: name.to_owned(), known: fixture_names()? });
    }
    artifact::read(&path)
}

/// Names of all contracts with an artefact, in alphabetical order.
///
/// # Errors
///
/// [`FixtureError::File`].
pub fn fixture_names() -> Result<Vec<String>, FixtureError> {
    artifact::names(&fixtures_dir())
}
