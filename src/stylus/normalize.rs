//! Canonical form of a module.
//!
//! A compiler may write an index or a length in more bytes than it needs, and a program with such a
//! module is refused. Every number is written again in its shortest form here, and what carries no
//! meaning for a run (names, producers, debug data) is left out.

use wasm_encoder::Module;
use wasm_encoder::reencode::{self, Reencode};
use wasmparser::{CustomSectionReader, Parser};

use super::refusal::Refusal;

/// Writes `wasm` again with shortest encodings and without custom sections.
///
/// Does not judge: what a program may not contain is refused by
/// [`instrument`](super::instrument::instrument). Twice is the same as once.
///
/// # Errors
///
/// [`Refusal::Malformed`] if the bytes are not a WASM module.
pub fn normalize(wasm: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut module = Module::new();
    Canonical.parse_core_module(&mut module, Parser::new(0), wasm)?;
    Ok(module.finish())
}

/// The re-encoder that keeps everything but custom sections.
struct Canonical;

impl Reencode for Canonical {
    type Error = std::convert::Infallible;

    fn parse_custom_section(
        &mut self,
        _module: &mut Module,
        _section: CustomSectionReader<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
