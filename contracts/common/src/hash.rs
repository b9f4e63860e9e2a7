//! Keccak-256: by the host in a program, in software elsewhere, at compile time for constants.

use crate::word::Word;

/// The hash of some bytes.
#[must_use]
#[inline]
pub fn keccak(bytes: &[u8]) -> Word {
    #[cfg(target_arch = "wasm32")]
    return crate::host::keccak(bytes);
    #[cfg(not(target_arch = "wasm32"))]
    return alloy_primitives::keccak256(bytes).0;
}

/// The hash of a constant text.
#[must_use]
pub const fn keccak_text(text: &str) -> Word {
    keccak_const::Keccak256::new().update(text.as_bytes()).finalize()
}
