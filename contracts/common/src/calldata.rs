//! Reading the calldata, as strictly as code made by solc.
//!
//! Nothing here can panic: what does not fit is `None`.

use crate::word::{self, Word};

/// The longest calldata a program reads.
pub const LIMIT: usize = 8_192;

/// What a call brought: a selector and the words after it.
#[derive(Clone, Copy, Debug)]
pub struct Calldata<'a> {
    bytes: &'a [u8],
}

impl<'a> Calldata<'a> {
    /// Reads the calldata of a call.
    #[must_use]
    #[inline]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// How many bytes the caller sent.
    #[must_use]
    #[inline]
    pub const fn size(&self) -> usize {
        self.bytes.len()
    }

    /// The selector, or none if there are fewer than four bytes.
    #[must_use]
    #[inline]
    pub fn selector(&self) -> Option<[u8; 4]> {
        self.bytes.first_chunk().copied()
    }

    /// The first four bytes, missing ones as zero: how an error names the selector.
    #[must_use]
    pub fn selector_or_part(&self) -> [u8; 4] {
        let mut selector = [0; 4];
        for (to, from) in selector.iter_mut().zip(self.bytes) {
            *to = *from;
        }
        selector
    }

    /// The first `N` words of arguments.
    #[must_use]
    #[inline]
    pub fn words<const N: usize>(&self) -> Option<&'a [Word; N]> {
        self.arguments().as_chunks().0.first_chunk()
    }

    /// The `bytes` argument whose offset is in the given word.
    ///
    /// Its padding is neither asked for nor looked at.
    #[must_use]
    pub fn tail(&self, offset: &Word) -> Option<&'a [u8]> {
        let (size, rest) =
            self.arguments().get(word::to_size(offset)?..)?.split_first_chunk::<32>()?;
        rest.get(..word::to_size(size)?)
    }

    /// The array argument whose offset is in the given word.
    #[must_use]
    pub fn list(&self, offset: &Word) -> Option<List<'a>> {
        let (size, rest) =
            self.arguments().get(word::to_size(offset)?..)?.split_first_chunk::<32>()?;
        let heads = rest.as_chunks().0.get(..word::to_size(size)?)?;
        Some(List { heads, rest })
    }

    /// All of it.
    #[must_use]
    #[inline]
    pub const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    #[inline]
    fn arguments(&self) -> &'a [u8] {
        self.bytes.get(4..).unwrap_or_default()
    }
}

/// An array among the arguments.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    heads: &'a [Word],
    rest: &'a [u8],
}

impl<'a> List<'a> {
    /// The word of each element: the element itself, or where it is.
    #[must_use]
    #[inline]
    pub const fn heads(&self) -> &'a [Word] {
        self.heads
    }

    /// The `bytes` that one of these words leads to.
    #[must_use]
    pub fn item(&self, head: &Word) -> Option<&'a [u8]> {
        let (size, rest) = self.rest.get(word::to_size(head)?..)?.split_first_chunk::<32>()?;
        rest.get(..word::to_size(size)?)
    }
}
