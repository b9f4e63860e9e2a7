//! A reward that unlocks second by second.
//!
//! ```
//! use emetis_common::stream::{CYCLE, Stream};
//!
//! let now = 1_800_000_000;
//! let stream = Stream::default().notify(now, 1_000);
//! assert_eq!(stream.locked_up(now), 1_000);
//! assert_eq!(stream.locked_up(now + CYCLE / 2), 500);
//! assert_eq!(stream.locked_up(now + CYCLE), 0);
//! ```

/// How long a reward takes to unlock, in seconds: 7 days.
pub const CYCLE: u64 = 604_800;
/// The least time between two rewards, in seconds: 1 day.
pub const INTERVAL: u64 = 86_400;

/// An amount that unlocks evenly over `length` seconds from `start` on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stream {
    amount: u128,
    start: u64,
    length: u64,
}

impl Stream {
    /// A stream as it was stored: wei, seconds of the clock, seconds.
    #[must_use]
    #[inline]
    pub const fn new(amount: u128, start: u64, length: u64) -> Self {
        Self { amount, start, length }
    }

    /// What was locked at the start, in wei.
    #[must_use]
    pub const fn amount(&self) -> u128 {
        self.amount
    }

    /// Since when it unlocks.
    #[must_use]
    pub const fn start(&self) -> u64 {
        self.start
    }

    /// Over how many seconds, at most [`CYCLE`].
    #[must_use]
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// When the last of it unlocks.
    #[must_use]
    pub const fn end(&self) -> u64 {
        self.start.saturating_add(self.length)
    }

    /// What is still locked, `amount * left / length` rounded up.
    #[must_use]
    #[inline]
    pub fn locked_up(&self, now: u64) -> u128 {
        let left = self.end().saturating_sub(now).min(self.length);
        // 84 bits times 20: saturation is out of reach.
        div_up(self.amount.saturating_mul(u128::from(left)), u128::from(self.length))
    }

    /// The stream after a reward came in: its end is the mean of both ends, weighted by amounts.
    #[must_use]
    pub fn notify(&self, now: u64, reward: u128) -> Self {
        let locked = self.locked_up(now);
        let left = self.end().saturating_sub(now);
        let amount = locked.saturating_add(reward);
        let weighted = locked
            .saturating_mul(u128::from(left))
            .saturating_add(reward.saturating_mul(u128::from(CYCLE)));
        // The mean of two numbers that are at most a cycle.
        let length = div_up(weighted, amount) as u64;
        Self { amount, start: now, length }
    }

    /// The stream after it gave up to `loss`, and what it gave. Its end stays.
    #[must_use]
    pub fn absorb(&self, now: u64, loss: u128) -> (Self, u128) {
        let locked = self.locked_up(now);
        let taken = locked.min(loss);
        let length = self.end().saturating_sub(now);
        (Self { amount: locked.saturating_sub(taken), start: now, length }, taken)
    }
}

/// `ceil(a / b)`, zero for nothing.
#[inline]
fn div_up(a: u128, b: u128) -> u128 {
    a.saturating_add(b.saturating_sub(1)).checked_div(b).unwrap_or(0)
}
