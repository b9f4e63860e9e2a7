//! One program, ready to deploy.

use super::error::BuildError;
use crate::stylus::activate::{Activation, Figures};
use crate::stylus::package;
use crate::stylus::version::{Limits, Version};

/// One compiled program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Name of its package, such as `emetis-hub`.
    pub name: String,
    /// Its WASM, normalized.
    pub wasm: Vec<u8>,
    /// Its account code: prefix and compressed WASM.
    pub code: Vec<u8>,
    /// What activation counts in it.
    pub figures: Figures,
    /// Features it has of those that were asked for. None for a release.
    pub features: Vec<String>,
}

impl Artifact {
    /// EVM init code that creates an account with this program.
    pub fn init_code(&self) -> Vec<u8> {
        package::init_code(&self.code)
    }

    /// What activating it records and costs, in gas.
    pub fn activation(&self, version: &Version) -> Activation {
        self.figures.activation(&version.activation)
    }

    /// Whether code and WASM, in bytes, are within what a chain takes.
    ///
    /// # Errors
    ///
    /// [`BuildError::TooLarge`] with the size and the limit.
    pub fn check_size(&self, limits: &Limits) -> Result<(), BuildError> {
        let sizes =
            [("code", self.code.len(), limits.code), ("WASM", self.wasm.len(), limits.wasm)];
        for (part, size, limit) in sizes {
            if size > limit {
                return Err(BuildError::TooLarge { name: self.name.clone(), part, size, limit });
            }
        }
        Ok(())
    }
}
