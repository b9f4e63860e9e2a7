//! How long deposits and redemptions wait for a loss that is pending: bounded, whoever says so.
//!
//! A wait that begins when no period runs begins one, of [`PERIOD`]; in it a second wait may begin, no
//! third, and none outlives it. From its end on nothing waits until [`APART`] after its beginning.
//!
//! ```
//! use emetis_common::wait::{APART, PERIOD, Wait};
//!
//! let (now, day) = (1_800_000_000, 86_400);
//! let wait = Wait::default().settle(now, 5, now + 9 * day);
//! assert_eq!(wait.until(now), now + 9 * day);
//! let wait = wait.settle(now + 9 * day, 5, now + 18 * day);
//! assert_eq!(wait.until(now + 9 * day), now + PERIOD);
//! let wait = wait.settle(now + PERIOD, 5, now + 27 * day);
//! assert_eq!(wait.until(now + PERIOD), 0);
//! assert_eq!(wait.settle(now + APART, 5, now + 27 * day).until(now + APART), now + 27 * day);
//! ```

use crate::{
    mutants::{Mutant, mutant},
    staking::{LIMIT, TIME, bits, small},
    word::{self, Word},
};

/// How long waits of one period last at most, in seconds: 14 days.
pub const PERIOD: u64 = 1_209_600;
/// How far apart periods begin at least, in seconds: 21 days.
pub const APART: u64 = 1_814_400;
/// Waits that begin in a period.
const WAITS: u64 = 2;

/// The loss that is pending beyond what holders of seMETIS bear, and how long redemptions wait for it.
/// One slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wait {
    /// In wei of METIS.
    pending: u128,
    /// When the wait ends or ended, in seconds; zero for none.
    end: u64,
    /// When the period of waits began, in seconds; zero for never.
    period: u64,
    /// Waits that began in it.
    count: u64,
}

impl Wait {
    /// Reads the slot: pending in bits 0 to 83, end 84 to 123, period 128 to 167, count 168 and 169.
    #[must_use]
    pub fn unpack(slot: &Word) -> Self {
        let (high, low) = word::halves(slot);
        Self {
            pending: bits(low, 0, LIMIT),
            end: small(low, 84, TIME),
            period: small(high, 0, TIME),
            count: small(high, 40, 3),
        }
    }

    /// The slot.
    #[must_use]
    pub fn pack(&self) -> Word {
        let high = u128::from(self.period) | u128::from(self.count) << 40;
        word::joined(high, self.pending | u128::from(self.end) << 84)
    }

    /// The loss that is pending, in wei of METIS.
    #[must_use]
    pub const fn pending(&self) -> u128 {
        self.pending
    }

    /// Until when redemptions wait, that second excluded; zero if they do not.
    #[must_use]
    pub const fn until(&self, now: u64) -> u64 {
        if now < self.end { self.end } else { 0 }
    }

    /// So much is pending from now on, to be decided at `until`; none for zero. `pending` is at most
    /// 84 bits wide.
    #[must_use]
    pub fn settle(self, now: u64, pending: u128, until: u64) -> Self {
        let idle = Self { pending: pending.min(LIMIT), end: 0, ..self };
        if pending == 0 {
            return idle;
        }
        let Some(next) = idle.begun(now, self.until(now) != 0) else { return idle };
        let mut end = until.min(next.period.saturating_add(PERIOD)).min(TIME as u64);
        if mutant(Mutant::LossPendingForEver) {
            end = until.min(TIME as u64);
        }
        if end > now { Self { end, ..next } } else { idle }
    }

    /// With a wait that goes on or begins now, or none if none may begin.
    fn begun(self, now: u64, is_running: bool) -> Option<Self> {
        if is_running {
            return Some(self);
        }
        let age = now.saturating_sub(self.period);
        if self.period == 0 || age >= APART || mutant(Mutant::LossPendingForEver) {
            return Some(Self { period: now, count: 1, ..self });
        }
        let may_begin = age < PERIOD && self.count < WAITS;
        may_begin.then_some(Self { count: self.count.saturating_add(1), ..self })
    }
}
