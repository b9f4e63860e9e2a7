//! What is requested in a batch of tickets, which share one fate.

use crate::{
    staking::{LIMIT, TIME, bits, small},
    word::{self, Word},
};

/// What was requested in a batch, and when it closes. One slot, which filling does not touch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    nominal: u128,
    closes: u64,
    tickets: u32,
}

impl Batch {
    /// Any batch: wei of eMETIS in 84 bits, seconds in 40, tickets.
    #[must_use]
    pub const fn new(nominal: u128, closes: u64, tickets: u32) -> Self {
        Self { nominal, closes, tickets }
    }

    /// Reads the slot: nominal in bits 0 to 83, closes 84 to 123, tickets 128 to 159.
    #[must_use]
    pub fn unpack(slot: &Word) -> Self {
        let (high, low) = word::halves(slot);
        Self {
            nominal: bits(low, 0, LIMIT),
            closes: small(low, 84, TIME),
            tickets: bits(high, 0, u32::MAX as u128) as u32,
        }
    }

    /// The slot.
    #[must_use]
    pub fn pack(&self) -> Word {
        word::joined(self.tickets.into(), self.nominal | u128::from(self.closes) << 84)
    }

    /// What is requested, in wei of eMETIS. What was cancelled is not.
    #[must_use]
    pub const fn nominal(&self) -> u128 {
        self.nominal
    }

    /// When it closes or closed, in seconds.
    #[must_use]
    pub const fn closes(&self) -> u64 {
        self.closes
    }

    /// Tickets that ever joined.
    #[must_use]
    pub const fn tickets(&self) -> u32 {
        self.tickets
    }

    /// Whether its time is over. An empty one waits for its next ticket.
    #[must_use]
    pub const fn is_over(&self, now: u64) -> bool {
        now >= self.closes && self.nominal > 0
    }

    /// Without a ticket that was cancelled.
    #[must_use]
    pub const fn leave(self, nominal: u128) -> Self {
        Self { nominal: self.nominal.saturating_sub(nominal), ..self }
    }
}
