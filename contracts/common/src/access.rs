//! What the access manager keeps, a slot each, and the numbers of its roles.
//!
//! Times are seconds of `block.timestamp` in 48 bits.

use crate::{
    delay::Delay,
    word::{self, Word},
};

/// Grants roles and gives functions to roles.
pub const ADMIN: u64 = 0;
/// Sets parameters of the suite.
pub const CURATOR: u64 = 1;
/// Brings facts on chain.
pub const ATTESTER: u64 = 2;
/// Proposes slashes.
pub const SLASHER: u64 = 3;
/// Vetoes slashes.
pub const VETOER: u64 = 4;
/// Pauses entries, suspends attesters and slashers.
pub const GUARDIAN: u64 = 5;
/// Gets fees and donations.
pub const TREASURY: u64 = 6;
/// Everybody is a member.
pub const PUBLIC: u64 = u64::MAX;
/// Nobody ever is a member: what is given to it is given up.
pub const NOBODY: u64 = u64::MAX - 1;

/// For how long a scheduled operation can be used, in seconds: 7 days.
pub const EXPIRATION: u64 = 604_800;
/// The least time before a changed grant or admin delay holds, in seconds: 5 days.
pub const MIN_SETBACK: u32 = 432_000;
/// The least execution delay of ADMIN, in seconds: 2 days.
pub const MIN_ADMIN_DELAY: u32 = 172_800;
/// How long the first admin has none, in seconds: 1 day.
pub const SETUP: u64 = 86_400;
/// The longest suspension, and the least time between two, in seconds: 7 days.
pub const MAX_SUSPENSION: u32 = 604_800;

const TIME_MASK: u128 = 0xffff_ffff_ffff;

/// An account's membership of a role: since when (bits 0 to 47), with which execution delay (48 to
/// 159), and the end of its last suspension (160 to 207).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// When it begins; zero if there is none.
    pub since: u64,
    /// The execution delay.
    pub delay: Delay,
    /// When the last suspension ends or ended; zero if there was none.
    pub suspended_until: u64,
}

impl Access {
    /// What a slot says.
    #[must_use]
    #[inline]
    pub fn unpack(slot: &Word) -> Self {
        let (high, low) = word::to_halves(slot);
        Self {
            since: time(low),
            delay: Delay::unpack(low >> 48 | (high & 0xffff_ffff) << 80),
            suspended_until: time(high >> 32),
        }
    }

    /// The slot.
    #[must_use]
    #[inline]
    pub fn pack(&self) -> Word {
        let delay = self.delay.pack();
        let low = bits(self.since) | delay << 48;
        word::of_halves(delay >> 80 | bits(self.suspended_until) << 32, low)
    }

    /// Whether there is a membership, also one that begins later or is suspended.
    #[must_use]
    #[inline]
    pub const fn exists(&self) -> bool {
        self.since != 0
    }

    /// Whether it is suspended.
    #[must_use]
    #[inline]
    pub const fn is_suspended(&self, now: u64) -> bool {
        now < self.suspended_until
    }

    /// Whether the account acts for the role.
    #[must_use]
    #[inline]
    pub const fn is_active(&self, now: u64) -> bool {
        self.exists() && self.since <= now && !self.is_suspended(now)
    }

    /// From when on it can be suspended.
    #[must_use]
    #[inline]
    pub const fn next_suspension(&self) -> u64 {
        match self.suspended_until {
            0 => 0,
            until => until.saturating_add(MAX_SUSPENSION as u64),
        }
    }
}

/// The settings of a role: admin (bits 0 to 63), guardian (64 to 127), grant delay (128 to 239).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Role {
    /// Members of this role grant and revoke it.
    pub admin: u64,
    /// Members of this role cancel operations of it.
    pub guardian: u64,
    /// How long new members wait.
    pub grant_delay: Delay,
}

impl Role {
    /// What a slot says.
    #[must_use]
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "each takes its 64 bits")]
    pub fn unpack(slot: &Word) -> Self {
        let (high, low) = word::to_halves(slot);
        Self { admin: low as u64, guardian: (low >> 64) as u64, grant_delay: Delay::unpack(high) }
    }

    /// The slot.
    #[must_use]
    #[inline]
    pub fn pack(&self) -> Word {
        let low = u128::from(self.admin) | u128::from(self.guardian) << 64;
        word::of_halves(self.grant_delay.pack(), low)
    }
}

/// The settings of a target: admin delay (bits 0 to 111), whether it is closed (112), whether its
/// authority is fixed (120).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// How long changes of the settings wait.
    pub admin_delay: Delay,
    /// Whether no function can be called by its role.
    pub is_closed: bool,
    /// Whether a function is given up, so that the authority stays.
    pub is_fixed: bool,
}

impl Target {
    /// What a slot says.
    #[must_use]
    #[inline]
    pub fn unpack(slot: &Word) -> Self {
        let low = word::low_u128(slot);
        let flag = |bit: u32| low >> bit & 1 == 1;
        Self { admin_delay: Delay::unpack(low), is_closed: flag(112), is_fixed: flag(120) }
    }

    /// The slot.
    #[must_use]
    #[inline]
    pub fn pack(&self) -> Word {
        let flags = u128::from(self.is_closed) << 112 | u128::from(self.is_fixed) << 120;
        word::of_u128(self.admin_delay.pack() | flags)
    }
}

/// A scheduled operation: its time (bits 0 to 47), how often it was scheduled (48 to 79).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// From when on it can be used; zero if it is not scheduled.
    pub time: u64,
    /// How often it has been scheduled.
    pub nonce: u32,
}

impl Schedule {
    /// What a slot says.
    #[must_use]
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "the nonce takes its 32 bits")]
    pub fn unpack(slot: &Word) -> Self {
        let low = word::low_u128(slot);
        Self { time: time(low), nonce: (low >> 48) as u32 }
    }

    /// The slot.
    #[must_use]
    #[inline]
    pub fn pack(&self) -> Word {
        word::of_u128(bits(self.time) | u128::from(self.nonce) << 48)
    }

    /// Whether its week is over; so it is if it is not scheduled.
    #[must_use]
    #[inline]
    pub const fn is_expired(&self, now: u64) -> bool {
        self.time.saturating_add(EXPIRATION) <= now
    }
}

/// The time in the lower 48 bits.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "masked to the width before")]
const fn time(bits: u128) -> u64 {
    (bits & TIME_MASK) as u64
}

#[inline]
const fn bits(time: u64) -> u128 {
    time as u128 & TIME_MASK
}
