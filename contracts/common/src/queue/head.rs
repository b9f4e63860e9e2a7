//! Which batch is open, and which is filled next.

use super::{Batch, LENGTH, Number};
use crate::{
    account::Account,
    mutants::{Mutant, mutant},
    staking::{LIMIT, TIME, bits, small},
    word::Word,
};

const NUMBER: u128 = u32::MAX as u128;
const LENGTHS: u128 = (1 << 24) - 1;

/// The queue's own figures, and where the hub is. One slot, which a request reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    hub: Account,
    batch: u32,
    front: u32,
    length: u64,
    counted: bool,
}

/// A ticket that joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The head after it.
    pub head: Head,
    /// Its batch after it.
    pub batch: Batch,
    /// Whether the batch opened by it.
    pub is_opened: bool,
    /// What waits from now on in batches that are counted, in wei of eMETIS: that of the one before, if
    /// this is the first ticket of the next.
    pub counted: u128,
}

/// Why a ticket cannot join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There are no more numbers.
    Exhausted {
        /// The last batch.
        batch: u32,
    },
    /// The batch would pass 84 bits.
    BatchOverflow {
        /// What it holds before.
        nominal: u128,
    },
}

impl Joined {
    /// The number of the ticket.
    #[must_use]
    pub const fn number(&self) -> Number {
        Number { batch: self.head.batch, place: self.batch.tickets() }
    }
}

impl Head {
    /// Before the first ticket.
    #[must_use]
    pub const fn constructed(hub: Account) -> Self {
        Self { hub, batch: 0, front: 1, length: LENGTH, counted: false }
    }

    /// Reads the slot: hub in bits 0 to 159, batch 160 to 191, front 192 to 223, length 224 to 247, counted
    /// 248.
    #[must_use]
    pub fn unpack(slot: &Word) -> Self {
        let upper = Account::upper(slot);
        Self {
            hub: Account::low(slot),
            batch: bits(upper, 0, NUMBER) as u32,
            front: bits(upper, 32, NUMBER) as u32,
            length: small(upper, 64, LENGTHS),
            counted: bits(upper, 88, 1) == 1,
        }
    }

    /// The slot.
    #[must_use]
    pub fn pack(&self) -> Word {
        let upper = u128::from(self.batch)
            | u128::from(self.front) << 32
            | u128::from(self.length) << 64
            | u128::from(self.counted) << 88;
        self.hub.with_upper(upper)
    }

    /// Where the hub is; zero before construction.
    #[must_use]
    pub const fn hub(&self) -> Account {
        self.hub
    }

    /// The last batch, zero before the first.
    #[must_use]
    pub const fn batch(&self) -> u32 {
        self.batch
    }

    /// The first batch that is not filled.
    #[must_use]
    pub const fn front(&self) -> u32 {
        self.front
    }

    /// How long batches last that open now, in seconds.
    #[must_use]
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// With another length, of at most 24 bits.
    #[must_use]
    pub const fn with_length(self, length: u64) -> Self {
        Self { length, ..self }
    }

    /// Whether tickets join a batch, which is as told: the last one until its time is over.
    #[must_use]
    pub fn is_open(&self, number: u32, now: u64, batch: &Batch) -> bool {
        self.is_last(number) && (!batch.is_over(now) || mutant(Mutant::BatchNeverCloses))
    }

    /// Whether a batch, which is as told, waits to be filled.
    #[must_use]
    pub fn is_closed(&self, number: u32, now: u64, batch: &Batch) -> bool {
        let is_there = number != 0 && number <= self.batch && !self.is_before_front(number);
        let fills_open = mutant(Mutant::FillOpenBatch) && batch.nominal() > 0;
        is_there && (!self.is_open(number, now, batch) || fills_open)
    }

    /// Whether a batch is the last one, and not filled.
    const fn is_last(&self, number: u32) -> bool {
        number == self.batch && number != 0 && !self.is_before_front(number)
    }

    /// Whether all of a batch is filled.
    #[must_use]
    pub const fn is_before_front(&self, number: u32) -> bool {
        number < self.front && number != 0
    }

    /// With another ticket. `last` is the last batch.
    ///
    /// # Errors
    /// In this order: [`Refusal::Exhausted`], [`Refusal::BatchOverflow`].
    pub fn join(self, now: u64, nominal: u128, last: &Batch) -> Result<Joined, Refusal> {
        let exhausted = Refusal::Exhausted { batch: self.batch };
        let (mut head, mut batch, mut counted) = (self, *last, 0);
        if !self.is_last(self.batch) || last.is_over(now) {
            counted = self.uncounted(last);
            head.batch = self.batch.checked_add(1).ok_or(exhausted)?;
            head.counted = false;
            batch = Batch::default();
        }
        // The first ticket of all, or the first since all were cancelled.
        let is_opened = batch.nominal() == 0;
        let closes = if is_opened { now.saturating_add(self.length) } else { batch.closes() };
        let tickets = batch.tickets().checked_add(1).ok_or(exhausted)?;
        let sum = batch.nominal().checked_add(nominal).filter(|sum| *sum <= LIMIT);
        let sum = sum.ok_or(Refusal::BatchOverflow { nominal: batch.nominal() })?;
        let batch = Batch::new(sum, closes & TIME as u64, tickets);
        Ok(Joined { head, batch, is_opened, counted })
    }

    /// What of the last batch is not counted among what waits, in wei of eMETIS: all of it until the next
    /// opens or its filling begins.
    #[must_use]
    pub const fn uncounted(&self, last: &Batch) -> u128 {
        if self.counted { 0 } else { last.nominal() }
    }

    /// With the last batch counted.
    #[must_use]
    pub const fn with_counted(self) -> Self {
        Self { counted: true, ..self }
    }

    /// With the first batch that is not filled.
    #[must_use]
    pub const fn with_front(self, front: u32) -> Self {
        Self { front, ..self }
    }
}
