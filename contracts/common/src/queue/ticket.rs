//! A ticket: whose it is and what for.

use crate::{
    account::Account,
    staking::{LIMIT, bits},
    word::{self, Word},
};

const CLAIMED: u128 = 1;
const APPROVED: u128 = 2;

/// The number of a ticket: `batch * 2^32 + place`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its batch, from 1.
    pub batch: u32,
    /// Its place in the batch, from 1.
    pub place: u32,
}

impl Number {
    /// Reads a number; those beyond 64 bits are nobody's.
    #[must_use]
    pub fn read(word: &Word) -> Option<Self> {
        let number = word::to_u64(word)?;
        Some(Self { batch: (number >> 32) as u32, place: number as u32 })
    }

    /// The word.
    #[must_use]
    pub fn word(&self) -> Word {
        word::of_u64(u64::from(self.batch) << 32 | u64::from(self.place))
    }
}

/// Owner, amount, and whether there is more to know of a ticket. One slot; zero is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Whose it is; zero for none.
    pub owner: Account,
    /// What was requested, in wei of eMETIS, at most 84 bits.
    pub nominal: u128,
    /// Whether something of it was claimed, which is in a slot of its own.
    pub is_claimed: bool,
    /// Whether somebody is approved, likewise.
    pub is_approved: bool,
}

impl Ticket {
    /// Reads the slot: owner in bits 0 to 159, nominal 160 to 243, marks 244 and 245.
    #[must_use]
    pub fn unpack(slot: &Word) -> Self {
        let upper = Account::upper(slot);
        let marks = bits(upper, 84, CLAIMED | APPROVED);
        Self {
            owner: Account::low(slot),
            nominal: bits(upper, 0, LIMIT),
            is_claimed: marks & CLAIMED != 0,
            is_approved: marks & APPROVED != 0,
        }
    }

    /// The slot.
    #[must_use]
    pub fn pack(&self) -> Word {
        let claimed = if self.is_claimed { CLAIMED } else { 0 };
        let approved = if self.is_approved { APPROVED } else { 0 };
        self.owner.with_upper(self.nominal | (claimed | approved) << 84)
    }
}
