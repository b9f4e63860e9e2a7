//! A delay that changes by itself at a moment in the future: OpenZeppelin's `Time.Delay`.
//!
//! Times are seconds of `block.timestamp` in 48 bits, delays are seconds in 32 bits.

/// Bits of a time.
pub const TIME_BITS: u32 = 48;

const TIME_MASK: u128 = 0xffff_ffff_ffff;
const DELAY_MASK: u128 = 0xffff_ffff;

/// A delay, and the one that takes its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delay {
    before: u32,
    after: u32,
    effect: u64,
}

/// A delay as it is at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// What holds.
    pub current: u32,
    /// What will hold; zero if no change is pending.
    pub pending: u32,
    /// From when on; zero if no change is pending.
    pub effect: u64,
}

impl Delay {
    /// A delay that stays.
    #[must_use]
    pub const fn new(seconds: u32) -> Self {
        Self { before: 0, after: seconds, effect: 0 }
    }

    /// A delay of `before` until `effect`, and of `after` from then on.
    #[must_use]
    pub const fn changing(before: u32, after: u32, effect: u64) -> Self {
        Self { before, after, effect }
    }

    /// The delay in the lower 112 bits of a number.
    #[must_use]
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "masked to the width before")]
    pub const fn unpack(bits: u128) -> Self {
        Self {
            after: (bits & DELAY_MASK) as u32,
            before: ((bits >> 32) & DELAY_MASK) as u32,
            effect: ((bits >> 64) & TIME_MASK) as u64,
        }
    }

    /// The delay in 112 bits.
    #[must_use]
    #[inline]
    pub const fn pack(&self) -> u128 {
        self.after as u128 | (self.before as u128) << 32 | (self.effect as u128 & TIME_MASK) << 64
    }

    /// The delay at a moment, and the change that is pending.
    #[must_use]
    #[inline]
    pub const fn told(&self, now: u64) -> Told {
        if self.effect <= now {
            Told { current: self.after, pending: 0, effect: 0 }
        } else {
            Told { current: self.before, pending: self.after, effect: self.effect }
        }
    }

    /// The delay at a moment.
    #[must_use]
    #[inline]
    pub const fn at(&self, now: u64) -> u32 {
        self.told(now).current
    }

    /// When the last change took or takes effect.
    #[must_use]
    #[inline]
    pub const fn effect(&self) -> u64 {
        self.effect
    }

    /// The delay after a change to `seconds`, which takes effect as late as the delay gets shorter
    /// by it, and `min_setback` seconds later at the earliest. Drops a change that was pending.
    #[must_use]
    #[inline]
    pub fn update(&self, now: u64, seconds: u32, min_setback: u32) -> Self {
        let before = self.at(now);
        let setback = before.saturating_sub(seconds).max(min_setback);
        Self { before, after: seconds, effect: now.saturating_add(u64::from(setback)) }
    }
}
