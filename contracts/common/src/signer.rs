//! The keys that sequencers sign with.
//!
//! A signer is the account of its key, so that the key is kept and the account is not. What a signer
//! belongs to is kept by its account: that is also where the time is when it took over.

use crate::{
    account::Account,
    hash,
    word::{self, Word},
};

/// How long a signer serves before it can be replaced, in seconds: 7 days.
pub const TERM: u64 = 604_800;

const TIME: u128 = (1 << 40) - 1;

/// What a signer belongs to, or belonged to. One slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Belonging {
    /// The sequencer; zero for none.
    pub id: u32,
    /// When the signer took over, in seconds.
    pub since: u64,
}

impl Belonging {
    /// Reads a slot: the sequencer in bits 0 to 31, the time 32 to 71.
    #[must_use]
    pub fn unpack(slot: &Word) -> Self {
        let low = word::low_u128(slot);
        Self { id: low as u32, since: (low >> 32 & TIME) as u64 }
    }

    /// The slot.
    #[must_use]
    pub fn pack(&self) -> Word {
        word::of_u128(u128::from(self.id) | u128::from(self.since) << 32)
    }

    /// From when on the signer can be replaced.
    #[must_use]
    pub const fn next(&self) -> u64 {
        self.since.saturating_add(TERM)
    }
}

/// The account of a public key, x and y; the zero account for no key.
#[must_use]
pub fn of_key(key: &[Word; 2]) -> Account {
    let [x, y] = key;
    if *x == word::ZERO && *y == word::ZERO {
        return Account::low(x);
    }
    Account::low(&hash::keccak(key.as_flattened()))
}
