//! What waits: entries join the open bucket, and all entries of a bucket share one fate. What of a
//! bucket is free is paid pro rata, in as many parts as it becomes free, without a search.
//!
//! An unbonding bucket is of one sequencer and one day, and its number says when it matures:
//! `day << 12 | part << 6 | period in days`, days counted from 1970.

use super::{DAY, LIMIT, bits, lanes};
use crate::{
    muldiv::scale_down,
    word::{self, Word},
};

/// What joined a bucket, what is left of it, what was paid. One slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bucket {
    /// Assets that joined; what entries are measured by.
    pub nominal: u128,
    /// Assets that slashes left of them.
    pub assets: u128,
    /// Assets that were paid out of it.
    pub paid: u128,
}

/// What of an account is in a bucket. One slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Assets that it brought.
    pub nominal: u128,
    /// Assets that it was paid.
    pub claimed: u128,
}

impl Bucket {
    /// Reads a slot: nominal in bits 0 to 83, assets 84 to 167, paid 168 to 251.
    #[must_use]
    #[inline(never)]
    pub fn unpack(slot: &Word) -> Self {
        let [nominal, assets, paid] = lanes::unpack(slot);
        Self { nominal, assets, paid }
    }

    /// The slot.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self) -> Word {
        lanes::pack([self.nominal, self.assets, self.paid])
    }

    /// Whether no slash has hit it, so that a wei of it is a wei.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.nominal == self.assets
    }

    /// The bucket with assets that join, and what they are measured by there, or none beyond 84 bits. In one
    /// that a slash has hit that is more than they are, rounded down, so that they bear nothing of it.
    #[must_use]
    pub fn joined(self, assets: u128) -> Option<(Self, u128)> {
        let is_whole = self.is_whole() || self.assets == 0;
        let part = if is_whole { assets } else { scale_down(assets, self.nominal, self.assets)? };
        let nominal = self.nominal.checked_add(part).filter(|sum| *sum <= LIMIT)?;
        Some((Self { nominal, assets: self.assets.checked_add(assets)?, ..self }, part))
    }

    /// What is still in it.
    #[must_use]
    pub const fn rest(&self) -> u128 {
        self.assets.saturating_sub(self.paid)
    }
}

impl Entry {
    /// Reads a slot: nominal in bits 0 to 83, claimed 128 to 211.
    #[must_use]
    #[inline(never)]
    pub fn unpack(slot: &Word) -> Self {
        let (high, low) = word::halves(slot);
        Self { nominal: bits(low, 0, LIMIT), claimed: bits(high, 0, LIMIT) }
    }

    /// The slot.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self) -> Word {
        word::joined(self.claimed, self.nominal)
    }

    /// What it can be paid now, if so much of the bucket is free, rounded down.
    #[must_use]
    #[inline(never)]
    pub fn claimable(&self, bucket: &Bucket, free: u128) -> u128 {
        self.share_down(bucket, free).saturating_sub(self.claimed)
    }

    /// Its part of an amount of the bucket, rounded down.
    #[must_use]
    #[inline(never)]
    pub fn share_down(&self, bucket: &Bucket, amount: u128) -> u128 {
        scale_down(self.nominal, amount, bucket.nominal).unwrap_or(0)
    }
}

/// The number of a bucket: when it was opened and when it matures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number(u64);

/// The last part of a day.
const PART: u64 = 63;

impl Number {
    /// The first bucket of the day of a moment, with a period in days.
    #[must_use]
    pub const fn first(now: u64, period: u64) -> Self {
        Self((now / DAY) << 12 | period & PART)
    }

    /// The number as stored.
    #[must_use]
    pub const fn of(number: u64) -> Self {
        Self(number)
    }

    /// The number to store.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// Whether it was opened on the day of a moment, with a period in days.
    #[must_use]
    pub const fn is_of(self, now: u64, period: u64) -> bool {
        self.day() == now / DAY && self.0 & PART == period
    }

    /// The next bucket of the day of a moment, after this one: a greater number, or the same once the
    /// day has no further part.
    #[must_use]
    pub const fn next(self, now: u64, period: u64) -> Self {
        let first = Self::first(now, period);
        if self.day() != now / DAY {
            return first;
        }
        // Parts are opened by slashes and changes of the period, of which a day sees a few. Whoever
        // changes more often opens no more: numbers must rise, or a search of them would not end.
        let part = (self.0 >> 6) & PART;
        if part == PART {
            return self;
        }
        Self(first.0 | part.saturating_add(1) << 6)
    }

    /// When nobody can join it any more, in seconds.
    #[must_use]
    pub const fn end(self) -> u64 {
        self.day().saturating_add(1).saturating_mul(DAY)
    }

    /// When it matures, in seconds.
    #[must_use]
    pub const fn matures(self) -> u64 {
        self.end().saturating_add((self.0 & PART).saturating_mul(DAY))
    }

    const fn day(self) -> u64 {
        self.0 >> 12
    }
}
