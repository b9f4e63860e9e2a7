//! The 32-byte words of the ABI and of storage.
//!
//! Programs keep a number as its word as long as they only hand it on: the virtual machine is
//! little-endian, and turning a number around costs more than copying it.

use alloy_primitives::U256;

/// A big-endian word.
pub type Word = [u8; 32];

/// The word of all zeros.
pub const ZERO: Word = [0; 32];

/// The word of all ones.
pub const MAX: Word = [0xff; 32];

/// The word of a small number.
#[must_use]
#[inline]
pub fn of_u64(value: u64) -> Word {
    of_parts([0; 24], value.to_be_bytes())
}

/// The word of an amount.
#[must_use]
#[inline]
pub fn of_u128(value: u128) -> Word {
    of_parts([0; 16], value.to_be_bytes())
}

/// As [`of_u128`], as a call: for programs in which size matters more than a gas.
#[must_use]
#[inline(never)]
pub fn amount(value: u128) -> Word {
    of_u128(value)
}

/// As [`of_halves`], as a call.
#[must_use]
#[inline(never)]
pub fn joined(high: u128, low: u128) -> Word {
    of_halves(high, low)
}

/// As [`to_halves`], as a call.
#[must_use]
#[inline(never)]
pub fn halves(word: &Word) -> (u128, u128) {
    to_halves(word)
}

/// As [`of_u64`], as a call.
#[must_use]
#[inline(never)]
pub fn count(value: u64) -> Word {
    of_u64(value)
}

/// The word of two halves.
#[must_use]
#[inline]
pub fn of_halves(high: u128, low: u128) -> Word {
    of_parts(high.to_be_bytes(), low.to_be_bytes())
}

/// The word of a truth value.
#[must_use]
#[inline]
pub fn of_bool(value: bool) -> Word {
    of_u64(u64::from(value))
}

/// The word whose *last* four bytes are a selector, so that the words after it stay aligned.
///
/// See [`after_selector`].
#[must_use]
#[inline(always)]
pub fn of_selector(selector: [u8; 4]) -> Word {
    of_parts([0; 28], selector)
}

/// The word whose *first* four bytes are a selector: the ABI's `bytes4`.
#[must_use]
#[inline]
pub fn of_bytes4(selector: [u8; 4]) -> Word {
    of_parts(selector, [0; 28])
}

/// The two halves of a word.
#[must_use]
#[inline]
pub fn to_halves(word: &Word) -> (u128, u128) {
    let (high, low) = to_parts::<16, 16>(word);
    (u128::from_be_bytes(high), u128::from_be_bytes(low))
}

/// The lower half of a word, whatever is above it.
#[must_use]
#[inline]
pub fn low_u128(word: &Word) -> u128 {
    u128::from_be_bytes(to_parts::<16, 16>(word).1)
}

/// The amount in a word, or none if it needs more than 128 bits.
#[must_use]
#[inline]
pub fn to_u128(word: &Word) -> Option<u128> {
    let (high, low) = to_parts::<16, 16>(word);
    (u128::from_be_bytes(high) == 0).then(|| u128::from_be_bytes(low))
}

/// The amount in a word, the largest there is for more than 128 bits.
#[must_use]
#[inline]
pub fn to_u128_saturating(word: &Word) -> u128 {
    to_u128(word).unwrap_or(u128::MAX)
}

/// The number in a word, or none if it needs more than 64 bits.
#[must_use]
#[inline]
pub fn to_u64(word: &Word) -> Option<u64> {
    let (high, low) = to_halves(word);
    (high == 0).then(|| u64::try_from(low).ok())?
}

/// The number in a word, or none if it needs more than 32 bits.
#[must_use]
#[inline]
pub fn to_u32(word: &Word) -> Option<u32> {
    let (high, low) = to_halves(word);
    (high == 0).then(|| u32::try_from(low).ok())?
}

/// The `bytes4` in a word, or none if there is anything after it.
#[must_use]
#[inline]
pub fn to_bytes4(word: &Word) -> Option<[u8; 4]> {
    let (high, low) = to_halves(word);
    let is_alone = low == 0 && high << 32 == 0;
    is_alone.then(|| ((high >> 96) as u32).to_be_bytes())
}

/// The word after a word.
#[must_use]
#[inline(never)]
pub fn next(word: &Word) -> Word {
    U256::from_be_bytes(*word).wrapping_add(U256::ONE).to_be_bytes()
}

/// The size in a word, or none if it needs more than 32 bits.
#[must_use]
#[inline]
pub fn to_size(word: &Word) -> Option<usize> {
    let (high, low) = to_parts::<28, 4>(word);
    (high == [0; 28]).then(|| u32::from_be_bytes(low) as usize)
}

/// The byte in a word, or none if it is above 255.
#[must_use]
#[inline]
pub fn to_u8(word: &Word) -> Option<u8> {
    let (high, [low]) = to_parts::<31, 1>(word);
    (high == [0; 31]).then_some(low)
}

/// The difference of two numbers, or none below zero.
#[must_use]
#[inline(never)]
pub fn checked_sub(from: &Word, taken: &Word) -> Option<Word> {
    let difference = U256::from_be_bytes(*from).checked_sub(U256::from_be_bytes(*taken))?;
    Some(difference.to_be_bytes())
}

/// The bytes of an error or a call whose first word is [`of_selector`].
#[must_use]
#[inline]
pub fn after_selector(words: &[Word]) -> &[u8] {
    words.as_flattened().get(28..).unwrap_or_default()
}

/// A word of two parts. Their sizes add up to 32.
#[inline(always)]
fn of_parts<const M: usize, const N: usize>(high: [u8; M], low: [u8; N]) -> Word {
    const { assert!(M < 32 && N == 32_usize.saturating_sub(M), "two parts make one word") };
    let mut word = ZERO;
    if let Some((upper, lower)) = word.split_first_chunk_mut() {
        *upper = high;
        if let Some(lower) = lower.first_chunk_mut() {
            *lower = low;
        }
    }
    word
}

/// The two parts of a word. Their sizes add up to 32.
#[inline(always)]
fn to_parts<const M: usize, const N: usize>(word: &Word) -> ([u8; M], [u8; N]) {
    const { assert!(M < 32 && N == 32_usize.saturating_sub(M), "two parts make one word") };
    let high = word.first_chunk().copied();
    let low = word.last_chunk().copied();
    (high.unwrap_or([0; M]), low.unwrap_or([0; N]))
}

/// A constant word held as four numbers.
///
/// A constant of 32 bytes lands in the data section, which every call pays for, byte by byte.
/// Four numbers become immediates of the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Immediate {
    // As the virtual machine stores them: little-endian.
    numbers: [u64; 4],
}

impl Immediate {
    /// Takes a constant apart, at compile time.
    #[must_use]
    pub const fn new(bytes: Word) -> Self {
        let [d, c, b, a] = U256::from_be_bytes(bytes).into_limbs();
        Self { numbers: [a.swap_bytes(), b.swap_bytes(), c.swap_bytes(), d.swap_bytes()] }
    }

    /// The word.
    #[must_use]
    #[inline(always)]
    pub fn word(self) -> Word {
        let [a, b, c, d] = self.numbers;
        of_numbers(a, b, c, d)
    }
}

/// The word of four numbers as the virtual machine stores them. A call, or a compiler that is asked
/// for small code would see through it and copy the constant from the data section after all.
#[inline(never)]
fn of_numbers(a: u64, b: u64, c: u64, d: u64) -> Word {
    let mut word = ZERO;
    if let ([e, f, g, h], []) = word.as_chunks_mut::<8>() {
        (*e, *f, *g, *h) = (a.to_le_bytes(), b.to_le_bytes(), c.to_le_bytes(), d.to_le_bytes());
    }
    word
}

/// A constant text of at most 31 bytes, as a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShortText {
    /// The bytes, left-aligned.
    pub bytes: Immediate,
    /// How many there are.
    pub len: u64,
}

impl ShortText {
    /// Takes a constant text, at compile time.
    ///
    /// Text beyond 31 bytes does not compile when the value is a constant.
    #[must_use]
    pub const fn new(text: &str) -> Self {
        let mut bytes = ZERO;
        let mut rest = text.as_bytes();
        let mut space: &mut [u8] = &mut bytes;
        assert!(rest.len() < 32, "a short text has at most 31 bytes");
        while let ([from, tail @ ..], [to, free @ ..]) = (rest, space) {
            *to = *from;
            rest = tail;
            space = free;
        }
        Self { bytes: Immediate::new(bytes), len: text.len() as u64 }
    }
}
