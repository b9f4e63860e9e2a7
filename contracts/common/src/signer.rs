//! The key that a sequencer signs with.

use crate::{account::Account, hash, word::Word};

/// How long a signer serves before it can be replaced, in seconds: 7 days.
pub const TERM: u64 = 604_800;

const TIME: u128 = (1 << 40) - 1;

/// A signer, and when it took over. One slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signer {
    /// Its account.
    pub account: Account,
    /// When it took over, in seconds.
    pub since: u64,
}

impl Signer {
    /// Reads a slot: the account in bits 0 to 159, the time 160 to 199.
    #[must_use]
    pub fn unpack(slot: &Word) -> Self {
        Self { account: Account::low(slot), since: (Account::upper(slot) & TIME) as u64 }
    }

    /// The slot.
    #[must_use]
    pub fn pack(&self) -> Word {
        self.account.with_upper(u128::from(self.since))
    }

    /// From when on it can be replaced.
    #[must_use]
    pub const fn next(&self) -> u64 {
        self.since.saturating_add(TERM)
    }
}

/// The account of a public key, x and y.
#[must_use]
pub fn of_key(key: &[Word; 2]) -> Account {
    Account::low(&hash::keccak(key.as_flattened()))
}
