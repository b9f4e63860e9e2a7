//! Compiled programs, shared by all worlds and threads.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use alloy_primitives::{B256, keccak256};

use super::activate::Activation;
use super::backend::{Backend, BackendError, Compiler, Executable, WasmtimeBackend};
use super::instrument::{Instrumented, instrument};
use super::package::decompress;
use super::refusal::Refusal;
use super::version::Version;

/// A program ready to run: instrumented, priced, compiled.
#[derive(Debug)]
pub struct Program {
    /// Costs and sizes that activation records.
    pub activation: Activation,
    /// Hash of the instrumented WASM.
    pub module_hash: B256,
    /// The compiled code.
    pub executable: Arc<dyn Executable>,
}

/// Why account code cannot be made a program.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProgramError {
    /// The chain refuses it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The chain accepts it, the back end does not.
    #[error(transparent)]
    Backend(#[from] BackendError),
}

/// Programs by code hash, compiled once for one version and one back end.
///
/// Cheap to share: put it in an [`Arc`] and give it to every world. It holds no chain state: whether
/// a program is activated is written in each world's own storage.
#[derive(Debug)]
pub struct ProgramStore {
    version: Arc<Version>,
    backend: Box<dyn Backend>,
    programs: RwLock<HashMap<B256, Result<Arc<Program>, ProgramError>>>,
}

impl ProgramStore {
    /// A store for `version` on `backend`.
    pub fn new(version: Version, backend: Box<dyn Backend>) -> Self {
        Self { version: Arc::new(version), backend, programs: RwLock::default() }
    }

    /// ArbOS 60 on wasmtime's one-pass compiler.
    ///
    /// # Errors
    ///
    /// If wasmtime does not support this machine; [`super::WasmiBackend`] runs anywhere.
    pub fn standard() -> Result<Self, BackendError> {
        Ok(Self::new(Version::ARBOS_60, Box::new(WasmtimeBackend::new(Compiler::Winch)?)))
    }

    /// As [`ProgramStore::standard`], with room for builds that contain broken variants.
    ///
    /// # Errors
    ///
    /// As [`ProgramStore::standard`].
    pub fn roomy() -> Result<Self, BackendError> {
        Ok(Self::new(Version::ROOMY, Box::new(WasmtimeBackend::new(Compiler::Winch)?)))
    }

    /// The version in force.
    pub fn version(&self) -> &Arc<Version> {
        &self.version
    }

    /// The back end that runs programs.
    pub fn backend(&self) -> &dyn Backend {
        &*self.backend
    }

    /// The program in account code `code`, whose hash is `code_hash`.
    ///
    /// # Errors
    ///
    /// The same error at every call: a refusal is remembered like a program.
    pub fn get(&self, code_hash: B256, code: &[u8]) -> Result<Arc<Program>, ProgramError> {
        if let Some(program) = self.programs.read().expect("no writer panics").get(&code_hash) {
            return program.clone();
        }
        let program = self.build(code).map(Arc::new);
        let mut programs = self.programs.write().expect("no writer panics");
        programs.entry(code_hash).or_insert(program).clone()
    }

    /// Number of programs held.
    pub fn len(&self) -> usize {
        self.programs.read().expect("no writer panics").len()
    }

    /// Whether no program was compiled yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn build(&self, code: &[u8]) -> Result<Program, ProgramError> {
        let wasm = decompress(code, &self.version.limits)?;
        let Instrumented { wasm, figures, .. } = instrument(&wasm, &self.version)?;
        Ok(Program {
            activation: figures.activation(&self.version.activation),
            module_hash: keccak256(&wasm),
            executable: self.backend.compile(&wasm)?,
        })
    }
}
