//! The caps as numbers. `total` is all stake before the entry.

use super::limits::Limits;
use crate::{
    muldiv::{scale_down, scale_up},
    mutants::{Mutant, mutant},
    staking::BPS,
};

/// Stake from which a pool counts as one of four, in bps of all stake.
pub const FOURTH_BPS: u64 = 500;

/// So many bps of an amount, rounded down; all of it beyond the whole.
#[must_use]
#[inline(never)]
pub fn part_down(amount: u128, bps: u64) -> u128 {
    scale_down(amount, u128::from(bps).min(BPS), BPS).unwrap_or(amount)
}

/// So many bps of an amount, rounded up; all of it beyond the whole.
#[must_use]
#[inline]
pub fn part_up(amount: u128, bps: u64) -> u128 {
    scale_up(amount, u128::from(bps).min(BPS), BPS).unwrap_or(amount)
}

/// What a sequencer may hold, its bond included: between threshold and lock, by its composite score.
#[must_use]
pub fn sequencer_down(composite: u64, threshold: u128, max_lock: u128) -> u128 {
    threshold.saturating_add(part_down(max_lock.saturating_sub(threshold), composite))
}

/// What an operator group may hold, its bonds included.
#[must_use]
pub fn group_down(total: u128, limits: &Limits) -> u128 {
    let share = part_down(total, limits.operator_share_bps);
    if mutant(Mutant::FloorIsACliff) && total > limits.operator_floor.saturating_mul(4) {
        return share;
    }
    share.max(limits.operator_floor)
}

/// What a pool may hold whatever other pools hold: its cap while its share binds in full.
#[must_use]
pub fn pool_least_down(total: u128, limits: &Limits) -> u128 {
    part_down(total, limits.pool_share_bps).max(limits.pool_floor).min(limits.pool_cap)
}

/// What a pool may hold. `fourth` is the stake of the third largest of the *other* pools.
///
/// The share of a pool binds only while there are four that hold 5 % each. A pool that is beyond its
/// share is one of them, so the third largest of the others decides. That by which it is beyond 5 %
/// comes off the absolute cap, wei by wei, until only the share is left: a line across which the
/// share bound at once would let one wei of somebody else close a pool.
///
/// The pool's own stake is not looked at. So a pool's cap never falls by what the pool does, and an
/// amount that may be delegated may be delegated in parts.
#[must_use]
pub fn pool_down(total: u128, fourth: u128, limits: &Limits) -> u128 {
    let line = part_up(total, FOURTH_BPS);
    if mutant(Mutant::FourthJumps) && fourth >= line {
        return pool_least_down(total, limits);
    }
    let beyond = if mutant(Mutant::FourthJumps) { 0 } else { fourth.saturating_sub(line) };
    limits.pool_cap.saturating_sub(beyond).max(pool_least_down(total, limits))
}

/// What direct positions may hold in a sequencer with this cap.
#[must_use]
pub fn direct_in_sequencer_down(cap: u128, limits: &Limits) -> u128 {
    part_down(cap, limits.direct_share_bps)
}

/// What direct positions may hold in all sequencers.
///
/// While there is little stake, or none but bonds, the share alone would let nobody begin: it is
/// measured before the entry, so without stake it is zero. What one operator may hold in any case,
/// all who delegate by themselves may hold too.
#[must_use]
pub fn direct_down(total: u128, limits: &Limits) -> u128 {
    part_down(total, limits.direct_share_bps).max(limits.operator_floor)
}
