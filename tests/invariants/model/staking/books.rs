//! The figures that staking remembers, and what follows from them at a moment.

use std::collections::BTreeMap;

use alloy_primitives::{Address, U256};

use super::{Staking, ceil, floor, seconds};

/// Wei in 1 METIS.
pub const METIS: U256 = U256::from_limbs([1_000_000_000_000_000_000, 0, 0, 0]);
/// Seconds of a day.
pub const DAY: u64 = 86_400;
/// What an index counts in.
pub const RAY: U256 = U256::from_limbs([0x9fd0_803c_e800_0000, 0x033b_2e3c, 0, 0]);
/// Parts of a whole.
pub const BPS: U256 = U256::from_limbs([10_000, 0, 0, 0]);

/// The parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    pub threshold: U256,
    pub max_lock: U256,
    pub min_bond: U256,
    pub min_bond_bps: U256,
    /// In seconds.
    pub period: u64,
}

impl Default for Rules {
    fn default() -> Self {
        let metis = |count: u64| METIS * U256::from(count);
        Self {
            threshold: metis(20_000),
            max_lock: metis(100_000),
            min_bond: metis(2_000),
            min_bond_bps: U256::from(500),
            period: 21 * DAY,
        }
    }
}

impl Rules {
    /// The least bond under a stake.
    pub fn needed(&self, stake: U256) -> U256 {
        self.min_bond.max(ceil(stake, self.min_bond_bps, BPS))
    }
}

/// What a sequencer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Status {
    None,
    Candidate,
    Active,
    Jailed,
    Exiting,
    Exited,
}

/// Whose money unbonds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    Delegations,
    Bond,
}

impl Side {
    pub const ALL: [Self; 2] = [Self::Delegations, Self::Bond];
}

/// One side of a bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// What joined.
    pub nominal: U256,
    /// What slashes left of it.
    pub assets: U256,
    pub paid: U256,
}

/// What unbonds together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bucket {
    /// The one opened before it, zero for none.
    pub previous: u64,
    /// In the order of [`Side::ALL`].
    pub sides: [Part; 2],
}

/// What of an account is in a side of a bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub nominal: U256,
    pub claimed: U256,
}

/// What a proposal may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    pub bond_loss: U256,
    pub delegated_loss: U256,
    pub bond_scope: U256,
    pub delegated_scope: U256,
    pub fault: u64,
    pub at: u64,
    pub until: u64,
    /// Until when it was in jail before; zero if it was free.
    pub jailed_before: u64,
}

/// A sequencer's money and counters.
#[derive(Clone, Debug, Default)]
pub struct Sequencer {
    pub owner: Address,
    pub pending_owner: Address,
    pub recipient: Address,
    pub group: u64,
    pub bond: U256,
    pub delegated: U256,
    pub shares: U256,
    pub direct_shares: U256,
    pub nonce: u64,
    pub commission: U256,
    pub registered: u64,
    pub jailed: bool,
    pub jailed_until: u64,
    pub exiting: bool,
    pub inactive_since: u64,
    pub index: U256,
    /// What delegators are owed, their rounding included.
    pub delegators: U256,
    pub operator: U256,
    /// Parked for the operator, and for delegators.
    pub parked: U256,
    pub parked_delegators: U256,
    pub pending: U256,
    /// Number of the latest bucket, zero for none.
    pub latest: u64,
    pub buckets: BTreeMap<u64, Bucket>,
    pub hold: Option<Hold>,
}

/// What an account has delegated to a sequencer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    pub shares: U256,
    /// What of `shares * index / RAY` is not earned; below zero where it is owed.
    pub debt: Debt,
    pub pooled: bool,
}

/// A number with a sign: `plus - minus`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Debt {
    pub plus: U256,
    pub minus: U256,
}

impl Position {
    /// What can be claimed at an index.
    pub fn earned(&self, index: U256) -> U256 {
        let all = floor(self.shares, index, RAY) + self.debt.minus;
        all.saturating_sub(self.debt.plus)
    }
}

/// A stake and the sum over time of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    pub stake: U256,
    pub since: u64,
    pub seconds: U256,
}

impl Weight {
    pub fn seconds(&self, now: u64) -> U256 {
        self.seconds + self.stake * seconds(now - self.since)
    }

    pub fn set(&mut self, stake: U256, now: u64) {
        *self = Self { stake, since: now, seconds: self.seconds(now) };
    }
}

/// When a bucket's day ends.
pub fn end_of(number: u64) -> u64 {
    ((number >> 12) + 1) * DAY
}

/// When a bucket matures.
pub fn matures(number: u64) -> u64 {
    end_of(number) + (number & 63) * DAY
}

impl Sequencer {
    pub fn stake(&self) -> U256 {
        self.bond + self.delegated
    }

    pub fn status(&self, rules: &Rules) -> Status {
        let backed = rules.needed(self.stake()) <= self.bond && self.stake() >= rules.threshold;
        match self {
            _ if self.exiting && self.bond.is_zero() && self.shares.is_zero() => Status::Exited,
            _ if self.exiting => Status::Exiting,
            _ if self.jailed => Status::Jailed,
            _ if backed => Status::Active,
            _ => Status::Candidate,
        }
    }

    /// The hold that is in force.
    pub fn held(&self, now: u64) -> Option<&Hold> {
        self.hold.as_ref().filter(|hold| now < hold.until)
    }

    /// What shares stand for, rounded down.
    pub fn worth(&self, shares: U256) -> U256 {
        floor(shares, self.delegated, self.shares)
    }

    /// Buckets that a proposal made then, on a fault of then, may take from; the latest first.
    pub fn scope(&self, fault: u64, at: u64) -> Vec<u64> {
        let mut chain = Vec::new();
        let mut number = self.latest;
        while number != 0 {
            if end_of(number) > fault && matures(number) > at {
                chain.push(number);
            }
            number = self.buckets[&number].previous;
        }
        chain
    }

    /// Assets of one side in these buckets.
    pub fn unbonding(&self, scope: &[u64], side: Side) -> U256 {
        let assets = scope.iter().map(|number| self.buckets[number].sides[side as usize].assets);
        assets.fold(U256::ZERO, |sum, assets| sum + assets)
    }
}

impl Staking {
    /// The stake of a sequencer, its group and all has changed by what was added or taken.
    pub(super) fn reweigh(&mut self, id: u64, added: U256, taken: U256) {
        let group = self.at(id).group as usize - 1;
        self.groups[group] = self.groups[group] + added - taken;
        let stake = self.total.stake + added - taken;
        self.total.set(stake, self.now);
    }

    /// As [`Staking::reweigh`], for a pool's stake, which does not fall below zero.
    pub(super) fn reweigh_pool(&mut self, pool: Address, added: U256, taken: U256) {
        let now = self.now;
        let weight = self.pool_weights.entry(pool).or_default();
        let stake = (weight.stake + added).saturating_sub(taken);
        self.pooled = (self.pooled + stake).saturating_sub(weight.stake);
        weight.set(stake, now);
    }

    /// Notes since when a sequencer is not Active.
    pub(super) fn note_status(&mut self, id: u64) {
        let (now, rules) = (self.now, self.rules);
        let sequencer = self.at_mut(id);
        if sequencer.status(&rules) == Status::Active {
            sequencer.inactive_since = 0;
        } else if sequencer.inactive_since == 0 {
            sequencer.inactive_since = now;
        }
    }
}
