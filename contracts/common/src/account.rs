//! Accounts, as the words that the ABI, storage and events know them by.

use alloy_primitives::Address;

use crate::word::{self, Word};

/// An account: a word whose upper 12 bytes are zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account(Word);

impl Account {
    /// The account that stands for nobody.
    pub const ZERO: Self = Self(word::ZERO);

    /// The account at an address.
    #[must_use]
    pub fn new(address: Address) -> Self {
        Self(address.into_word().0)
    }

    /// The account in a word, or none if its upper 12 bytes are not zero.
    #[must_use]
    #[inline]
    pub fn read(word: &Word) -> Option<Self> {
        // As a number: a comparison with bytes would put them into the data section.
        (word::to_halves(word).0 >> 32 == 0).then_some(Self(*word))
    }

    /// The account in the lower 20 bytes of a word, whatever is above them.
    #[must_use]
    #[inline]
    pub fn low(word: &Word) -> Self {
        let mut account = Self::ZERO;
        *account.bytes_mut() = *Self(*word).bytes();
        account
    }

    /// The word.
    #[must_use]
    #[inline]
    pub const fn word(&self) -> &Word {
        &self.0
    }

    /// The 20 bytes of the address.
    #[must_use]
    #[inline]
    pub const fn bytes(&self) -> &[u8; 20] {
        let [_, _, _, _, _, _, _, _, _, _, _, _, bytes @ ..] = &self.0;
        bytes
    }

    /// The 20 bytes of the address, to be written.
    #[must_use]
    #[inline]
    pub const fn bytes_mut(&mut self) -> &mut [u8; 20] {
        let [_, _, _, _, _, _, _, _, _, _, _, _, bytes @ ..] = &mut self.0;
        bytes
    }

    /// A word with this account and a number of at most 96 bits above it.
    #[must_use]
    #[inline]
    pub fn with_upper(&self, upper: u128) -> Word {
        let (high, low) = word::to_halves(&self.0);
        word::of_halves(high | upper << 32, low)
    }

    /// The number above the account in a word.
    #[must_use]
    #[inline]
    pub fn upper(word: &Word) -> u128 {
        word::to_halves(word).0 >> 32
    }

    /// Whether this is nobody.
    #[must_use]
    #[inline]
    pub fn is_zero(&self) -> bool {
        word::to_halves(&self.0) == (0, 0)
    }
}

impl From<Address> for Account {
    fn from(address: Address) -> Self {
        Self::new(address)
    }
}

impl From<Account> for Address {
    fn from(account: Account) -> Self {
        Self::new(*account.bytes())
    }
}
