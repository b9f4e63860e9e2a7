//! The books in their three slots.

use super::{Books, LENGTH, SHARES_LIMIT, TIME};
use crate::{
    stream::Stream,
    totals::LIMIT,
    word::{self, Word},
};

impl Books {
    /// Reads the slots. `pending` is asked for the third only if the head says that it matters.
    #[must_use]
    #[inline]
    pub fn unpack(head: &Word, reward: &Word, pending: impl FnOnce() -> Word) -> Self {
        let (high, low) = word::to_halves(head);
        let ledger = (low >> 104 | high << 24) & LIMIT;
        let start = (high >> 60) as u64 & TIME;
        let length = (high >> 100) as u64 & LENGTH;
        let pending = if high >> 120 & 1 == 1 { unpack_pending(&pending()).0 } else { 0 };
        let amount = word::to_halves(reward).0 >> 32 & LIMIT;
        let stream = Stream::new(amount, start, length);
        let pause_set = high >> 121 & 1 == 1;
        Self { shares: low & SHARES_LIMIT, ledger, stream, pending, pause_set }
    }

    /// Writes the head.
    #[must_use]
    #[inline]
    pub fn pack_head(&self) -> Word {
        let (start, length) = (u128::from(self.stream.start()), u128::from(self.stream.length()));
        let low = self.shares | self.ledger << 104;
        let is_pending = u128::from(self.pending != 0);
        let flags = is_pending << 120 | u128::from(self.pause_set) << 121;
        let high = self.ledger >> 24 | start << 60 | length << 100 | flags;
        word::of_halves(high, low)
    }

    /// Writes the reward's slot, which keeps the asset's address.
    #[must_use]
    pub fn pack_reward(&self, before: &Word) -> Word {
        let (high, low) = word::to_halves(before);
        word::of_halves(high & u128::from(u32::MAX) | self.stream.amount() << 32, low)
    }

    /// Writes the third slot, with the time of the last reward.
    #[must_use]
    pub fn pack_pending(&self, notified: u64) -> Word {
        word::of_u128(self.pending | u128::from(notified) << 84)
    }
}

/// Reads the third slot: the loss that is pending, and the time of the last reward.
#[must_use]
pub fn unpack_pending(slot: &Word) -> (u128, u64) {
    let low = word::low_u128(slot);
    (low & LIMIT, (low >> 84) as u64 & TIME)
}
