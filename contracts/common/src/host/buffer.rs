//! Bytes put together for a hash, an event or an answer, where their number is not known before.

use core::mem::MaybeUninit;

use stylus_sdk::hostio;

use crate::word::Word;

/// Bytes that are put together on the stack.
#[derive(Debug)]
pub struct Buffer<const N: usize> {
    bytes: [MaybeUninit<u8>; N],
    len: usize,
}

impl<const N: usize> Buffer<N> {
    /// Nothing yet.
    #[must_use]
    #[inline(always)]
    #[allow(clippy::new_without_default, reason = "one way to make it is enough")]
    pub const fn new() -> Self {
        Self { bytes: [const { MaybeUninit::uninit() }; N], len: 0 }
    }

    /// How many bytes there are.
    #[must_use]
    #[inline]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    #[inline]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds bytes; nothing if not all of them fit.
    #[inline]
    pub fn push(&mut self, bytes: &[u8]) {
        if let Some(space) = self.space(bytes.len()) {
            copy(space, bytes);
            self.len = self.len.saturating_add(bytes.len());
        }
    }

    /// Adds words; nothing if not all of them fit.
    #[inline]
    pub fn push_words(&mut self, words: &[Word]) {
        self.push(words.as_flattened());
    }

    /// Adds so many bytes of the last answer; nothing if they do not fit.
    #[inline]
    pub fn push_answer(&mut self, size: usize) {
        if let Some(space) = self.space(size) {
            // SAFETY: the host writes at most `size` bytes, and the answer has as many.
            unsafe { hostio::read_return_data(space.as_mut_ptr().cast(), 0, size) };
            self.len = self.len.saturating_add(size);
        }
    }

    /// Adds zeros up to a whole word.
    #[inline]
    pub fn pad(&mut self) {
        self.pad_after(0);
    }

    /// Adds zeros up to a whole word, counted from some byte on.
    #[inline]
    pub fn pad_after(&mut self, start: usize) {
        let rest = start.wrapping_sub(self.len) & 31;
        if let Some(space) = self.space(rest) {
            space.fill(MaybeUninit::new(0));
            self.len = self.len.saturating_add(rest);
        }
    }

    /// Replaces the word that begins at a byte; nothing if there is none.
    #[inline]
    pub fn replace(&mut self, start: usize, word: &Word) {
        let end = start.saturating_add(32);
        if end <= self.len
            && let Some(space) = self.bytes.get_mut(start..end)
        {
            copy(space, word);
        }
    }

    /// The bytes.
    #[must_use]
    #[inline]
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: the first `len` bytes have been written, and there are as many.
        unsafe { core::slice::from_raw_parts(self.bytes.as_ptr().cast(), self.len) }
    }

    #[inline]
    fn space(&mut self, size: usize) -> Option<&mut [MaybeUninit<u8>]> {
        self.bytes.get_mut(self.len..)?.get_mut(..size)
    }
}

/// Copies bytes into a space of the same size. The library's way to do it brings a panic along.
#[inline(always)]
fn copy(space: &mut [MaybeUninit<u8>], bytes: &[u8]) {
    let size = space.len().min(bytes.len());
    // SAFETY: both have `size` bytes, and a space that is borrowed to be written overlaps nothing.
    unsafe { core::ptr::copy_nonoverlapping(bytes.as_ptr(), space.as_mut_ptr().cast(), size) };
}

impl<const N: usize> crate::art::Sink for Buffer<N> {
    fn push(&mut self, bytes: &[u8]) {
        Self::push(self, bytes);
    }
}
