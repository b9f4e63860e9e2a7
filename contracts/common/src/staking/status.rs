//! What a sequencer is. Nothing of it is stored: it follows from money, flags and parameters.

use super::{BPS, rules::Rules, sequencer::Money};
use crate::muldiv::scale_up;

/// What a sequencer is, numbered as in the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Status {
    /// There is no such sequencer.
    None,
    /// Bond or stake do not suffice.
    Candidate,
    /// It may produce blocks.
    Active,
    /// Barred from duty.
    Jailed,
    /// On its way out, with something left.
    Exiting,
    /// Gone.
    Exited,
}

/// The status of a sequencer with so many shares.
#[must_use]
pub fn status(money: &Money, shares: u128, rules: &Rules) -> Status {
    if !money.exists() {
        Status::None
    } else if money.exiting {
        if money.bond == 0 && shares == 0 { Status::Exited } else { Status::Exiting }
    } else if money.jailed {
        Status::Jailed
    } else if bond_needed(money.stake(), rules) <= money.bond
        && money.stake() >= rules.activation_threshold
    {
        Status::Active
    } else {
        Status::Candidate
    }
}

/// The least bond under a stake: `minBond`, and `minBondBps` of the stake, rounded up.
#[must_use]
pub fn bond_needed(stake: u128, rules: &Rules) -> u128 {
    let part = scale_up(stake, u128::from(rules.min_bond_bps), BPS).unwrap_or(u128::MAX);
    part.max(rules.min_bond)
}
