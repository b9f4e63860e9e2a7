//! What a proposal to slash may take, fixed when it was made, and how a loss is spread.

use super::{BPS, LIMIT, TIME, bits, buckets::Number, small};
use crate::{
    muldiv::{scale_down, scale_up},
    word::{self, Word},
};

/// A hold: losses, what they are measured by, and times. Two slots.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hold {
    /// What it may take of bond and unbonding bond.
    pub bond_loss: u128,
    /// What it may take of delegations and unbonding delegations.
    pub delegated_loss: u128,
    /// Bond and unbonding bond when it was laid.
    pub bond_scope: u128,
    /// Delegations and unbonding delegations in scope.
    pub delegated_scope: u128,
    /// When the fault was.
    pub fault: u64,
    /// When it was laid.
    pub at: u64,
    /// When it ends by itself.
    pub until: u64,
    /// When the term in jail would have ended without it; zero if there was none.
    pub jailed_before: u64,
}

impl Hold {
    /// Reads two slots: each has a loss in bits 0 to 83, a time 84 to 123, what the loss is measured
    /// by in 128 to 211 and a time in 212 to 251.
    #[must_use]
    #[inline(never)]
    pub fn unpack(bond: &Word, delegated: &Word) -> Self {
        let (bond_loss, at, bond_scope, until) = parts(bond);
        let (delegated_loss, fault, delegated_scope, jailed_before) = parts(delegated);
        Self {
            bond_loss,
            delegated_loss,
            bond_scope,
            delegated_scope,
            fault,
            at,
            until,
            jailed_before,
        }
    }

    /// The two slots.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self) -> [Word; 2] {
        [
            whole(self.bond_loss, self.at, self.bond_scope, self.until),
            whole(self.delegated_loss, self.fault, self.delegated_scope, self.jailed_before),
        ]
    }

    /// A hold of this moment, without losses yet.
    #[must_use]
    #[inline(never)]
    pub fn laid(at: u64, until: u64, fault: u64, jailed_before: u64) -> Self {
        Self { fault, at, until, jailed_before, ..Self::default() }
    }

    /// Whether its time is not over.
    #[must_use]
    pub const fn is_live(&self, now: u64) -> bool {
        now < self.until
    }

    /// Whether a bucket is in its scope: it ended after the fault and had not matured.
    #[must_use]
    pub const fn covers(&self, bucket: Number) -> bool {
        bucket.end() > self.fault && bucket.matures() > self.at
    }

    /// Sets the losses: so much of everything in scope, of the bond side first.
    pub fn fix_losses(&mut self, bps: u64) {
        let scope = self.bond_scope.saturating_add(self.delegated_scope);
        let loss = scale_down(scope, u128::from(bps), BPS).unwrap_or(0).min(scope);
        self.bond_loss = loss.min(self.bond_scope);
        self.delegated_loss = loss.saturating_sub(self.bond_loss);
    }

    /// What of a bucket's bond must wait, rounded up.
    #[must_use]
    pub fn held_bond_up(&self, assets: u128) -> u128 {
        scale_up(assets, self.bond_loss, self.bond_scope).unwrap_or(0)
    }

    /// What of a bucket's delegations must wait, rounded up.
    #[must_use]
    pub fn held_delegations_up(&self, assets: u128) -> u128 {
        scale_up(assets, self.delegated_loss, self.delegated_scope).unwrap_or(0)
    }
}

/// A loss on its way over the parts of a scope: each part loses at one ratio, to the wei, and the
/// parts add up to the loss.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    loss: u128,
    scope: u128,
    seen: u128,
    taken: u128,
}

impl Spread {
    /// A loss of a scope, which is at least as large.
    #[must_use]
    pub const fn new(loss: u128, scope: u128) -> Self {
        Self { loss, scope, seen: 0, taken: 0 }
    }

    /// What the next part of the scope loses.
    #[must_use]
    #[inline(never)]
    pub fn take(&mut self, part: u128) -> u128 {
        self.seen = self.seen.saturating_add(part);
        let taken = scale_down(self.seen, self.loss, self.scope).unwrap_or(0);
        let now = taken.saturating_sub(self.taken);
        self.taken = taken;
        now
    }
}

fn parts(slot: &Word) -> (u128, u64, u128, u64) {
    let (high, low) = word::halves(slot);
    (bits(low, 0, LIMIT), small(low, 84, TIME), bits(high, 0, LIMIT), small(high, 84, TIME))
}

fn whole(loss: u128, low_time: u64, scope: u128, high_time: u64) -> Word {
    word::joined(scope | u128::from(high_time) << 84, loss | u128::from(low_time) << 84)
}
