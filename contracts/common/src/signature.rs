//! The 65 bytes that an account without code signs with.

use crate::word::{Immediate, Word};

/// The longest signature that is handed on to a contract.
pub const LIMIT: usize = 4_096;

/// Half of the order of secp256k1; a larger `s` has a smaller twin.
const HALF_ORDER: [u64; 4] =
    [0x7fff_ffff_ffff_ffff, 0xffff_ffff_ffff_ffff, 0x5d57_6e73_57a4_501d, 0xdfe9_2f46_681b_20a0];

/// What a contract answers when it accepts a signature (ERC-1271).
pub const ACCEPTED: [u8; 4] = [0x16, 0x26, 0xba, 0x7e];

/// The answer as a word.
pub const ACCEPTED_WORD: Immediate = {
    let [a, b, c, d] = ACCEPTED;
    let mut word = [0; 32];
    let [w, x, y, z, ..] = &mut word;
    (*w, *x, *y, *z) = (a, b, c, d);
    Immediate::new(word)
};

/// A signature of an account without code, not malleable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// First coordinate.
    pub r: Word,
    /// Proof, in the lower half of the order.
    pub s: Word,
    /// 27 or 28.
    pub v: u8,
}

/// Why 65 bytes are no signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// There are more or fewer than 65.
    Length(usize),
    /// The last is neither 27 nor 28.
    V(u8),
    /// `s` is in the upper half of the order.
    S(Word),
}

impl Signature {
    /// Lays out a signature as the bytes r, s, v.
    #[must_use]
    pub fn join(r: &Word, s: &Word, v: u8) -> [u8; 65] {
        let mut bytes = [0; 65];
        let (head, last) = bytes.split_at_mut(64);
        let (first, second) = head.split_at_mut(32);
        first.copy_from_slice(r);
        second.copy_from_slice(s);
        last.copy_from_slice(&[v]);
        bytes
    }

    /// Reads the bytes r, s, v.
    ///
    /// # Errors
    /// In this order: [`Flaw::Length`], [`Flaw::V`], [`Flaw::S`].
    pub fn parse(bytes: &[u8]) -> Result<Self, Flaw> {
        let signature = Self::parse_malleable(bytes)?;
        if is_high(&signature.s) { Err(Flaw::S(signature.s)) } else { Ok(signature) }
    }

    /// Reads the bytes r, s, v, and does not look whether `s` has a smaller twin.
    ///
    /// # Errors
    /// In this order: [`Flaw::Length`], [`Flaw::V`].
    pub fn parse_malleable(bytes: &[u8]) -> Result<Self, Flaw> {
        let flaw = Flaw::Length(bytes.len());
        let (r, rest) = bytes.split_first_chunk::<32>().ok_or(flaw)?;
        let (s, rest) = rest.split_first_chunk::<32>().ok_or(flaw)?;
        let [v] = rest else { return Err(flaw) };
        if *v == 27 || *v == 28 { Ok(Self { r: *r, s: *s, v: *v }) } else { Err(Flaw::V(*v)) }
    }
}

/// Whether `s` is above half of the order.
fn is_high(s: &Word) -> bool {
    let [a, b, c, d] = HALF_ORDER;
    let half = (join(a, b), join(c, d));
    crate::word::to_halves(s) > half
}

#[inline(always)]
const fn join(high: u64, low: u64) -> u128 {
    ((high as u128) << 64) | low as u128
}
