//! The vault's figures and what follows from them at a moment.

use alloy_primitives::U256;

use super::super::{ceil_div, largest, mul_div};

/// Wei in 1 METIS: the dead stake, and the least that entries need.
pub const METIS: U256 = U256::from_limbs([1_000_000_000_000_000_000, 0, 0, 0]);
/// Shares that exist for nobody.
const VIRTUAL_SHARES: u64 = 1_000_000;
/// How long a reward takes to unlock, in seconds.
pub const CYCLE: u64 = 604_800;
/// The least time between two rewards, in seconds.
pub const INTERVAL: u64 = 86_400;
/// Bits of the ledger, of what is locked and of what is pending.
pub const LEDGER_BITS: usize = 84;
/// Bits of all shares.
pub const SHARES_BITS: usize = 104;

/// Against whom a conversion rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    Down,
    Up,
}

/// `S`, `A`, the stream and `Q`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Books {
    /// `S`.
    pub shares: U256,
    /// `A`.
    pub ledger: U256,
    /// Reward that was locked when the stream started.
    pub locked: U256,
    /// When the stream started, in seconds.
    pub start: u64,
    /// How long it takes, in seconds.
    pub length: u64,
    /// `Q`.
    pub pending: U256,
    /// When the last reward came, in seconds.
    pub notified: u64,
}

impl Books {
    /// When the stream ends, in seconds.
    pub fn end(&self) -> u64 {
        self.start + self.length
    }

    /// `U`: what is still locked.
    pub fn still_locked(&self, now: u64) -> U256 {
        if now >= self.end() {
            return U256::ZERO;
        }
        let (left, whole) = (U256::from(self.end() - now), U256::from(self.length));
        ceil_div(self.locked * left, whole)
    }

    /// `P`: what a pending loss may cost beyond locked rewards.
    pub fn provision(&self, now: u64) -> U256 {
        self.pending.saturating_sub(self.still_locked(now))
    }

    /// `A - U - P`.
    pub fn total_assets(&self, now: u64) -> U256 {
        self.ledger - self.still_locked(now) - self.provision(now)
    }

    /// Assets and shares that a rate is made of, virtual ones included.
    pub fn rate(&self, now: u64) -> (U256, U256) {
        (self.total_assets(now) + U256::ONE, self.shares + U256::from(VIRTUAL_SHARES))
    }

    /// Shares for assets, unless they do not fit 256 bits.
    pub fn shares_for(&self, now: u64, assets: U256, rounding: Rounding) -> Option<U256> {
        let (all_assets, all_shares) = self.rate(now);
        mul_div(assets, all_shares, all_assets, rounding == Rounding::Up)
    }

    /// Assets for shares, unless they do not fit 256 bits.
    pub fn assets_for(&self, now: u64, shares: U256, rounding: Rounding) -> Option<U256> {
        let (all_assets, all_shares) = self.rate(now);
        mul_div(shares, all_assets, all_shares, rounding == Rounding::Up)
    }

    /// Whether shares can be had.
    pub fn is_open(&self, now: u64) -> bool {
        self.provision(now).is_zero() && self.total_assets(now) >= METIS
    }

    /// The most assets that can come in: neither ledger nor shares overflow.
    pub fn max_deposit(&self, now: u64) -> U256 {
        if !self.is_open(now) {
            return U256::ZERO;
        }
        let (all_assets, all_shares) = self.rate(now);
        // floor(a * S / A) <= room means a * S < (room + 1) * A.
        let beyond = (self.room_for_shares() + U256::ONE) * all_assets;
        self.room_for_assets().min((beyond - U256::ONE) / all_shares)
    }

    /// The most shares that can be had.
    pub fn max_mint(&self, now: u64) -> U256 {
        if !self.is_open(now) {
            return U256::ZERO;
        }
        let worth = self.shares_for(now, self.room_for_assets(), Rounding::Down);
        self.room_for_shares().min(worth.unwrap_or(U256::MAX))
    }

    fn room_for_assets(&self) -> U256 {
        largest(LEDGER_BITS).saturating_sub(self.ledger)
    }

    fn room_for_shares(&self) -> U256 {
        largest(SHARES_BITS).saturating_sub(self.shares)
    }

    /// From when on the next reward may come, in seconds; zero as long as none has come.
    pub fn next(&self) -> u64 {
        if self.notified == 0 { 0 } else { self.notified + INTERVAL }
    }

    /// When a stream ends that `reward` joins at `now`.
    pub fn joined_end(&self, now: u64, reward: U256) -> u64 {
        let locked = self.still_locked(now);
        let left = U256::from(self.end().saturating_sub(now));
        let weighed = locked * left + reward * U256::from(CYCLE);
        now + ceil_div(weighed, locked + reward).to::<u64>()
    }

    /// One of the slots 0, 6 and 7 by the layout, without the asset in slot 6 and the mark of a pause.
    pub fn word(&self, slot: u8) -> U256 {
        match slot {
            0 => {
                let (start, length) = (U256::from(self.start), U256::from(self.length));
                let flag = U256::from(u8::from(!self.pending.is_zero()));
                self.shares
                    | self.ledger << SHARES_BITS
                    | start << 188
                    | length << 228
                    | flag << 248
            }
            6 => self.locked << 160,
            7 => self.pending | U256::from(self.notified) << LEDGER_BITS,
            other => panic!("slot {other} holds none of the figures"),
        }
    }

    /// Takes over one of the slots 0, 6 and 7.
    pub fn set_word(&mut self, slot: u8, word: U256) {
        let field = |low: usize, bits: usize| (word >> low) & largest(bits);
        match slot {
            0 => {
                self.shares = field(0, SHARES_BITS);
                self.ledger = field(SHARES_BITS, LEDGER_BITS);
                self.start = field(188, 40).to();
                self.length = field(228, 20).to();
            }
            6 => self.locked = field(160, LEDGER_BITS),
            7 => {
                self.pending = field(0, LEDGER_BITS);
                self.notified = field(LEDGER_BITS, 40).to();
            }
            other => panic!("slot {other} holds none of the figures"),
        }
    }
}
