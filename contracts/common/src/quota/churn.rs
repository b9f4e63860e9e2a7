//! How much a pool may move from one sequencer to another in a day.

use super::{caps::part_down, limits::Limits};
use crate::staking::LIMIT;

/// What may pass in a day: a part of all stake, rounded down, and what
/// makes one sequencer Active in any case.
#[must_use]
pub fn daily_down(total: u128, threshold: u128, limits: &Limits) -> u128 {
    part_down(total, limits.churn_bps).max(threshold).min(LIMIT)
}
