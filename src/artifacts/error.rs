//! What can keep the programs from being built.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::stylus::Refusal;

/// Why there is no artefact. Each message ends with what to do next.
#[derive(Debug, Error)]
pub enum BuildError {
    /// The contracts are not where they are looked for.
    #[error(
        "no contracts in {0}: there is no Cargo.toml; name the root of their workspace by \
         `Builder::contracts` or in EMETIS_CONTRACTS"
    )]
    ContractsMissing(PathBuf),
    /// A file could not be read or written.
    #[error("{path}: {source}; check its permissions and the space on the disk")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// No toolchain is pinned, or none exactly.
    #[error(
        "{0} pins no toolchain; equal sources make equal programs only by the same compiler, so \
         write into it:\n[toolchain]\nchannel = \"1.95.0\"   # or another exact version"
    )]
    PinMissing(PathBuf),
    /// Versions of dependencies are not pinned.
    #[error("no Cargo.lock in {0}; run `cargo generate-lockfile` there and commit it")]
    LockMissing(PathBuf),
    /// The workspace has no program.
    #[error(
        "no package in {0} is a program; give its library the crate types \
         `crate-type = [\"lib\", \"cdylib\"]`"
    )]
    ProgramMissing(PathBuf),
    /// No package has a feature that was asked for.
    #[error("no package in {folder} has the feature `{feature}`; declare it, or do not ask for it")]
    FeatureMissing {
        /// The feature.
        feature: String,
        /// The workspace.
        folder: PathBuf,
    },
    /// There is neither rustup nor cargo.
    #[error("Rust {pin} is needed to build the contracts; install rustup from https://rustup.rs")]
    CargoMissing {
        /// The toolchain that the contracts are pinned to.
        pin: String,
    },
    /// There is no rustup, and the Rust that is there is another one.
    #[error(
        "the contracts are pinned to Rust {pin} and this is {found}; install rustup from \
         https://rustup.rs, which brings the right one"
    )]
    WrongRust {
        /// The toolchain that the contracts are pinned to.
        pin: String,
        /// The version found.
        found: String,
    },
    /// There is no rustup, and Rust lacks the target.
    #[error(
        "Rust at {0} cannot compile for wasm32-unknown-unknown; install that target from where \
         your Rust comes from, or rustup from https://rustup.rs"
    )]
    TargetMissing(PathBuf),
    /// rustup could not add the toolchain or the target.
    #[error("`{command}` failed; run it once by hand:\n{output}")]
    Rustup {
        /// The command.
        command: String,
        /// The end of what it printed.
        output: String,
    },
    /// A program could not be run at all.
    #[error("`{command}` cannot be run: {source}; check that it is installed and executable")]
    Spawn {
        /// The command.
        command: String,
        /// What the system says.
        source: io::Error,
    },
    /// The nested cargo failed.
    #[error("`{command}` failed in {folder}; fix what it reports and build again:\n{output}")]
    Cargo {
        /// The command, without the flags that are always the same.
        command: String,
        /// Where it ran.
        folder: PathBuf,
        /// The end of what it printed.
        output: String,
    },
    /// A dependency lies outside of the workspace: by its own manifest, or by a path override or
    /// patch of the user's.
    #[error(
        "{package} was taken from {path}, outside of the workspace; move it inside, or remove \
         `paths` or `[patch]` from your cargo configuration"
    )]
    Foreign {
        /// The package.
        package: String,
        /// Where cargo found it.
        path: PathBuf,
    },
    /// A package was compiled with another profile than the contracts' own.
    #[error(
        "{package} was compiled with another profile; remove `profile.release.package` from your \
         cargo configuration"
    )]
    Profile {
        /// The package.
        package: String,
    },
    /// cargo built a package but no WASM came out.
    #[error("cargo made no WASM for {0}; does its library have the crate type `cdylib`?")]
    WasmMissing(String),
    /// Sources were edited while they were compiled.
    #[error("the contracts changed while they were built; build again")]
    Changing,
    /// A program would not activate.
    #[error("{name} would not activate: {refusal}")]
    Refused {
        /// Its package.
        name: String,
        /// The rule it breaks.
        refusal: Refusal,
    },
    /// A program is larger than a chain takes.
    #[error("{name}: {size} bytes of {part}, {limit} allowed; make it smaller or split it")]
    TooLarge {
        /// Its package.
        name: String,
        /// What is too large.
        part: &'static str,
        /// Bytes found.
        size: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// No program has this name.
    #[error("no program is called {name}; there are: {}", known.join(", "))]
    Unknown {
        /// The name asked for.
        name: String,
        /// Names there are.
        known: Vec<String>,
    },
}

impl BuildError {
    /// For `map_err` on what reads or writes `path`.
    pub(super) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }
}
