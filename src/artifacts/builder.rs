//! From the contracts' sources to programs, by the shortest way.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use alloy_primitives::{B256, keccak256};

use super::artifact::Artifact;
use super::cache::{Cache, ENGINE};
use super::environment::Environment;
use super::error::BuildError;
use super::nested::{Nested, Raw};
use super::settings::{self, RUSTFLAGS};
use super::toolchain::Toolchain;
use super::tree;
use crate::stylus::instrument::instrument;
use crate::stylus::normalize::normalize;
use crate::stylus::package::compress;
use crate::stylus::version::Version;

/// The feature that compiles the deliberately broken variants.
const MUTANTS: &str = "mutants";

/// What a build is about to do. A build from the cache has no steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step<'a> {
    /// Running this command, which adds a missing toolchain or target.
    Installing(&'a str),
    /// Going on after this package was compiled, for programs or for building them.
    Compiled(&'a str),
    /// Compressing and measuring this program.
    Packing(&'a str),
}

type Progress = Arc<dyn Fn(Step<'_>) + Send + Sync>;

/// Builds the programs of a Cargo workspace, or finds them built.
///
/// ```no_run
/// use emetis::artifacts::Builder;
///
/// for program in Builder::new().contracts("../my-contracts").build()? {
///     println!("{} {}", program.name, program.wasm.len());
/// }
/// # Ok::<(), emetis::artifacts::BuildError>(())
/// ```
///
/// # What a workspace needs
///
/// Each package whose library has the crate type `cdylib` is a program, named like its package. At
/// the workspace root there must be a `Cargo.lock` and a `rust-toolchain.toml` with an exact
/// `channel`. Dependencies by path must lie inside the workspace or a folder of
/// [`Builder::beside`], because only their files decide whether to build again.
///
/// Programs are compiled with the manifest's `[profile.release]` and with [`RUSTFLAGS`], whatever
/// `.cargo/config.toml` and the environment say.
#[derive(Clone)]
pub struct Builder {
    contracts: PathBuf,
    beside: Vec<PathBuf>,
    target: PathBuf,
    variables: Vec<(OsString, OsString)>,
    offline: bool,
    features: BTreeSet<String>,
    progress: Progress,
}

impl fmt::Debug for Builder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Builder")
            .field("contracts", &self.contracts)
            .field("beside", &self.beside)
            .field("target", &self.target)
            .field("offline", &self.offline)
            .field("features", &self.features)
            .finish_non_exhaustive()
    }
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

impl Builder {
    /// A builder of the release programs of [`contracts_dir`] in [`target_dir`].
    pub fn new() -> Self {
        Self {
            contracts: contracts_dir(),
            beside: Vec::new(),
            target: target_dir(),
            variables: std::env::vars_os().collect(),
            offline: false,
            features: BTreeSet::new(),
            progress: Arc::new(|_| {}),
        }
    }

    /// Takes another workspace of contracts, by the folder of its root.
    #[must_use]
    pub fn contracts(mut self, folder: impl Into<PathBuf>) -> Self {
        self.contracts = folder.into();
        self
    }

    /// Takes dependencies by path from this folder as well, which lies outside the workspace.
    #[must_use]
    pub fn beside(mut self, folder: impl Into<PathBuf>) -> Self {
        self.beside.push(folder.into());
        self
    }

    /// Takes another target folder. A nested one for each workspace and the cache are inside.
    #[must_use]
    pub fn target(mut self, folder: impl Into<PathBuf>) -> Self {
        self.target = folder.into();
        self
    }

    /// Takes other environment variables than those of this process. They are scrubbed alike.
    #[must_use]
    pub fn environment(
        mut self,
        variables: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Self {
        self.variables = variables.into_iter().collect();
        self
    }

    /// Forbids the nested cargo to use the network.
    #[must_use]
    pub fn offline(mut self, offline: bool) -> Self {
        self.offline = offline;
        self
    }

    /// Switches a feature on in every package that has it. At least one must.
    #[must_use]
    pub fn feature(mut self, name: impl Into<String>) -> Self {
        self.features.insert(name.into());
        self
    }

    /// Switches the feature `mutants` on: the suite's extra programs that contain every deliberately
    /// broken variant.
    #[must_use]
    pub fn mutants(mut self, mutants: bool) -> Self {
        self.features.remove(MUTANTS);
        if mutants { self.feature(MUTANTS) } else { self }
    }

    /// Has `hear` told what is going on. It is called from several threads.
    #[must_use]
    pub fn progress(mut self, hear: impl Fn(Step<'_>) + Send + Sync + 'static) -> Self {
        self.progress = Arc::new(hear);
        self
    }

    /// All programs, in alphabetical order of their names.
    ///
    /// Takes some milliseconds while nothing has changed. Several processes may do it at once.
    ///
    /// # Errors
    ///
    /// A [`BuildError`], whose message says what to do.
    pub fn build(&self) -> Result<Vec<Artifact>, BuildError> {
        let contracts = fs::canonicalize(&self.contracts)
            .ok()
            .filter(|folder| folder.join("Cargo.toml").is_file())
            .ok_or_else(|| BuildError::ContractsMissing(self.contracts.clone()))?;
        if !contracts.join("Cargo.lock").is_file() {
            return Err(BuildError::LockMissing(contracts));
        }
        let beside = self
            .beside
            .iter()
            .map(|folder| fs::canonicalize(folder).map_err(BuildError::file(folder)));
        let beside: Vec<PathBuf> = beside.collect::<Result<_, _>>()?;
        let cache = Cache::in_target(&self.target);
        let pin = settings::pin(&contracts)?;
        let key = self.key(&contracts, &beside)?;
        if let Some(artifacts) = cache.get(key) {
            return Ok(artifacts);
        }

        let artifacts = self.make(&contracts, &beside, &pin)?;
        if self.key(&contracts, &beside)? != key {
            return Err(BuildError::Changing);
        }
        cache.put(key, &artifacts);
        Ok(artifacts)
    }

    /// One program; all are built if any has changed.
    ///
    /// # Errors
    ///
    /// [`BuildError::Unknown`] with the names there are, or as [`Builder::build`].
    pub fn load(&self, name: &str) -> Result<Artifact, BuildError> {
        let mut artifacts = self.build()?;
        match artifacts.iter().position(|artifact| artifact.name == name) {
            Some(place) => Ok(artifacts.swap_remove(place)),
            None => Err(BuildError::Unknown {
                name: name.to_owned(),
                known: artifacts.into_iter().map(|artifact| artifact.name).collect(),
            }),
        }
    }

    /// The hash of all that decides what comes out: sources, lock, pinned toolchain and
    /// configuration of the contracts, flags, features, and the code that packs the result.
    fn key(&self, contracts: &Path, beside: &[PathBuf]) -> Result<B256, BuildError> {
        let limits = format!("{:?}", Version::ARBOS_60.limits);
        let set = self.set();
        let others = beside.iter().map(|folder| Ok(tree::hash(folder, &[])?.to_string()));
        let others: Vec<String> = others.collect::<Result<_, BuildError>>()?;
        let mut parts = vec![limits.as_str(), set.as_deref().unwrap_or("release")];
        parts.extend(others.iter().map(String::as_str));
        tree::hash(contracts, &[&parts[..], RUSTFLAGS, ENGINE].concat())
    }

    /// The features in one word; nothing for a release.
    fn set(&self) -> Option<String> {
        let names: Vec<&str> = self.features.iter().map(String::as_str).collect();
        (!names.is_empty()).then(|| names.join("+"))
    }

    /// Compiles and packs all programs.
    fn make(
        &self,
        contracts: &Path,
        beside: &[PathBuf],
        pin: &str,
    ) -> Result<Vec<Artifact>, BuildError> {
        let environment = Environment::scrubbed(self.variables.iter().cloned());
        let installing = |command: &str| (self.progress)(Step::Installing(command));
        let toolchain = Toolchain::find(pin, &environment, &installing)?;
        let target = std::path::absolute(&self.target).map_err(BuildError::file(&self.target))?;
        let workshop = target.join(room(contracts));
        let set = self.set().map(|set| target.join(format!("{}-{set}", room(contracts))));
        let programs = Nested {
            contracts,
            beside,
            target: set.as_ref().unwrap_or(&workshop),
            workshop: &workshop,
            pin,
            toolchain: &toolchain,
            environment: &environment,
            offline: self.offline,
            features: &self.features,
            tell: &|package| (self.progress)(Step::Compiled(package)),
        }
        .build()?;

        thread::scope(|scope| {
            let packing: Vec<_> =
                programs.into_iter().map(|raw| scope.spawn(move || self.pack(raw))).collect();
            packing.into_iter().map(join).collect()
        })
    }

    /// Makes an artefact of raw WASM.
    fn pack(&self, raw: Raw) -> Result<Artifact, BuildError> {
        let Raw { name, features, wasm } = raw;
        (self.progress)(Step::Packing(&name));
        let refused = |refusal| BuildError::Refused { name: name.clone(), refusal };
        let wasm = normalize(&wasm).map_err(refused)?;
        let figures = instrument(&wasm, &Version::ARBOS_60).map_err(refused)?.figures;
        let code = compress(&wasm);
        Ok(Artifact { name, wasm, code, figures, features })
    }
}

/// Name of the target folder of a workspace: two that share one would overwrite each other's programs
/// of the same name.
fn room(contracts: &Path) -> String {
    match fs::canonicalize(contracts_dir()) {
        Ok(own) if own == contracts => "contracts".into(),
        _ => {
            let hash = keccak256(contracts.as_os_str().as_encoded_bytes());
            format!("contracts-{}", hex::encode(&hash[..4]))
        }
    }
}

/// A finished thread's answer, or its panic here.
fn join<T>(thread: thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// One release program, such as `emetis-hub`: built first if its sources have changed.
///
/// # Errors
///
/// As [`Builder::load`].
pub fn load(name: &str) -> Result<Artifact, BuildError> {
    Builder::new().load(name)
}

/// The workspace of contracts: `contracts` of this package, or what `EMETIS_CONTRACTS` names.
pub fn contracts_dir() -> PathBuf {
    match std::env::var_os("EMETIS_CONTRACTS") {
        Some(path) => PathBuf::from(path),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("contracts"),
    }
}

/// The target folder that this program was built into, or else `target` of this package.
pub fn target_dir() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    // cargo marks its target folders as caches.
    let built = program.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file());
    built.map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"), Path::to_owned)
}
