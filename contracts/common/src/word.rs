//! The 32-byte words of the ABI and of storage.

use alloy_primitives::{Address, U256};

/// A big-endian word.
pub type Word = [u8; 32];

/// The word of all zeros.
pub const ZERO: Word = [0; 32];

/// The word of a small number.
#[must_use]
#[inline]
pub fn of_u64(value: u64) -> Word {
    of_u256(U256::from_limbs([value, 0, 0, 0]))
}

/// The word of an amount.
#[must_use]
#[inline]
pub fn of_u128(value: u128) -> Word {
    of_limbs(0, value)
}

/// The word of a number.
#[must_use]
#[inline]
pub fn of_u256(value: U256) -> Word {
    value.to_be_bytes()
}

/// The word of an address, in its lower 20 bytes.
#[must_use]
#[inline]
pub fn of_address(address: &Address) -> Word {
    address.into_word().0
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
    of_u64(u64::from(u32::from_be_bytes(selector)))
}

/// The word whose *first* four bytes are a selector: the ABI's `bytes4`.
#[must_use]
#[inline]
pub fn of_bytes4(selector: [u8; 4]) -> Word {
    of_limbs(u128::from(u32::from_be_bytes(selector)) << 96, 0)
}

/// The word of two halves.
#[must_use]
#[inline]
pub fn of_limbs(high: u128, low: u128) -> Word {
    let mut word = ZERO;
    let (upper, lower) = word.split_at_mut(16);
    upper.copy_from_slice(&high.to_be_bytes());
    lower.copy_from_slice(&low.to_be_bytes());
    word
}

/// The two halves of a word.
#[must_use]
#[inline]
pub fn to_limbs(word: &Word) -> (u128, u128) {
    let (mut high, mut low) = ([0; 16], [0; 16]);
    let (upper, lower) = word.split_at(16);
    high.copy_from_slice(upper);
    low.copy_from_slice(lower);
    (u128::from_be_bytes(high), u128::from_be_bytes(low))
}

/// The number in a word.
#[must_use]
#[inline]
pub fn to_u256(word: &Word) -> U256 {
    U256::from_be_bytes(*word)
}

/// The amount in a word, or none if it needs more than 128 bits.
#[must_use]
#[inline]
pub fn to_u128(word: &Word) -> Option<u128> {
    let (high, low) = to_limbs(word);
    (high == 0).then_some(low)
}

/// The size in a word, or none if it needs more than 32 bits.
#[must_use]
#[inline]
pub fn to_size(word: &Word) -> Option<usize> {
    to_u128(word).and_then(|value| u32::try_from(value).ok()).map(|value| value as usize)
}

/// The address in a word, or none if its upper 12 bytes are not zero.
#[must_use]
#[inline]
pub fn to_address(word: &Word) -> Option<Address> {
    let (high, low) = to_limbs(word);
    (high >> 32 == 0).then(|| address_of_limbs(high, low))
}

/// The lower 20 bytes of a word, whatever is above them.
#[must_use]
#[inline]
pub fn low_address(word: &Word) -> Address {
    let (high, low) = to_limbs(word);
    address_of_limbs(high, low)
}

#[inline]
fn address_of_limbs(high: u128, low: u128) -> Address {
    let [.., a, b, c, d] = high.to_be_bytes();
    let mut bytes = [0; 20];
    let (upper, lower) = bytes.split_at_mut(4);
    upper.copy_from_slice(&[a, b, c, d]);
    lower.copy_from_slice(&low.to_be_bytes());
    Address::new(bytes)
}

/// The byte in a word, or none if it is above 255.
#[must_use]
#[inline]
pub fn to_u8(word: &Word) -> Option<u8> {
    to_u128(word).and_then(|value| u8::try_from(value).ok())
}

/// The bytes of an error or a call whose first word is [`of_selector`].
#[must_use]
#[inline]
pub fn after_selector(words: &[Word]) -> &[u8] {
    words.as_flattened().get(28..).unwrap_or_default()
}

/// A constant word held as four numbers.
///
/// A constant of 32 bytes lands in the data section, which every call pays for, byte by byte.
/// Four numbers become immediates of the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Immediate {
    limbs: [u64; 4],
}

impl Immediate {
    /// Takes a constant apart, at compile time.
    #[must_use]
    pub const fn new(bytes: Word) -> Self {
        Self { limbs: U256::from_be_bytes(bytes).into_limbs() }
    }

    /// The word.
    #[must_use]
    #[inline(always)]
    pub fn word(self) -> Word {
        of_u256(U256::from_limbs(self.limbs))
    }
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
