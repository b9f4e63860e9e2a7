//! Reading the arguments of a call.

use super::{Call, Revert};
use crate::{
    account::Account,
    calldata::List,
    errors,
    mutants::{Mutant, mutant},
    word::{self, Word},
};

impl<'a> Call<'a> {
    /// The first `N` words of arguments.
    ///
    /// # Errors
    /// `ArgumentsInvalid`.
    #[inline]
    pub fn words<const N: usize>(&self) -> Result<&'a [Word; N], Revert> {
        if mutant(Mutant::TrapOnOddCalldata) && self.data.size() % 32 == 5 {
            #[cfg(feature = "mutants")]
            crate::host::trap();
        }
        self.data.words().ok_or_else(|| self.invalid())
    }

    /// The address in a word of arguments.
    ///
    /// # Errors
    /// `ArgumentsInvalid`.
    #[inline]
    pub fn address(&self, word: &Word) -> Result<Account, Revert> {
        if mutant(Mutant::DirtyAddress) {
            return Ok(Account::low(word));
        }
        Account::read(word).ok_or_else(|| self.invalid())
    }

    /// The byte in a word of arguments.
    ///
    /// # Errors
    /// `ArgumentsInvalid`.
    #[inline]
    pub fn byte(&self, word: &Word) -> Result<u8, Revert> {
        word::to_u8(word).ok_or_else(|| self.invalid())
    }

    /// The `bytes` whose offset is in a word of arguments.
    ///
    /// # Errors
    /// `ArgumentsInvalid`.
    #[inline]
    pub fn tail(&self, offset: &Word) -> Result<&'a [u8], Revert> {
        self.data.tail(offset).ok_or_else(|| self.invalid())
    }

    /// The array whose offset is in a word of arguments.
    ///
    /// # Errors
    /// `ArgumentsInvalid`.
    #[inline]
    pub fn list(&self, offset: &Word) -> Result<List<'a>, Revert> {
        self.data.list(offset).ok_or_else(|| self.invalid())
    }

    /// The number of at most `BITS` bits, 64 or fewer, in a word of arguments.
    ///
    /// # Errors
    /// `ArgumentsInvalid`.
    #[inline]
    pub fn number<const BITS: u32>(&self, word: &Word) -> Result<u64, Revert> {
        let number = word::to_u64(word).filter(|number| number.checked_shr(BITS).unwrap_or(0) == 0);
        number.ok_or_else(|| self.invalid())
    }

    /// The `uint32` in a word of arguments.
    ///
    /// # Errors
    /// `ArgumentsInvalid`.
    #[inline]
    pub fn seconds(&self, word: &Word) -> Result<u32, Revert> {
        let seconds = word::to_u64(word).and_then(|number| u32::try_from(number).ok());
        seconds.ok_or_else(|| self.invalid())
    }

    /// The truth value in a word of arguments.
    ///
    /// # Errors
    /// `ArgumentsInvalid`.
    #[inline]
    pub fn truth(&self, word: &Word) -> Result<bool, Revert> {
        Ok(self.number::<1>(word)? == 1)
    }

    /// The `bytes4` in a word of arguments.
    ///
    /// # Errors
    /// `ArgumentsInvalid`.
    #[inline]
    pub fn bytes4(&self, word: &Word) -> Result<[u8; 4], Revert> {
        word::to_bytes4(word).ok_or_else(|| self.invalid())
    }

    /// That the calldata does not hold what it should.
    #[cold]
    #[inline(never)]
    pub fn invalid(&self) -> Revert {
        errors::arguments_invalid(self.selector_bytes(), self.data.size())
    }
}
