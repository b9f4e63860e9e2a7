//! Rewards of a sequencer: an index per share, and who gets what of an amount.

use super::{BPS, LIMIT, METIS, bits, sequencer::Money};
use crate::{
    muldiv::scale_down,
    word::{self, Word},
};

/// Parts of a wei that the index counts per share.
pub const RAY: u128 = 1_000_000_000_000_000_000_000_000_000;

/// What delegators are owed. One slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Index {
    /// Rewards per share since the beginning, in ray. Never falls.
    pub index: u128,
    /// METIS that positions can still claim, their rounding included.
    pub delegators: u128,
}

impl Index {
    /// Reads a slot: the index in the upper half, what is owed in bits 0 to 83.
    #[must_use]
    #[inline(never)]
    pub fn unpack(slot: &Word) -> Self {
        let (index, low) = word::halves(slot);
        Self { index, delegators: bits(low, 0, LIMIT) }
    }

    /// The slot.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self) -> Word {
        word::joined(self.index, self.delegators)
    }
}

/// What the operator is owed, and what waits. One slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Owed {
    /// METIS of the operator: commission and the bond's part.
    pub operator: u128,
    /// METIS that is nobody's yet: it came in jail, or while there was no stake.
    pub parked: u128,
}

impl Owed {
    /// Reads a slot: the operator's in bits 0 to 83, parked 128 to 211.
    #[must_use]
    #[inline(never)]
    pub fn unpack(slot: &Word) -> Self {
        let (high, low) = word::halves(slot);
        Self { operator: bits(low, 0, LIMIT), parked: bits(high, 0, LIMIT) }
    }

    /// The slot.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self) -> Word {
        word::joined(self.parked, self.operator)
    }
}

/// Who gets what of an amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// Part of the operator.
    pub operator: u128,
    /// Part of the delegations.
    pub delegators: u128,
    /// By how much the index rises, in ray per share.
    pub rise: u128,
}

/// Splits an amount over a sequencer with so many shares. The operator's parts are rounded down but
/// for what nobody else could get, the index is rounded down.
///
/// None if the index could not hold it.
#[must_use]
#[inline(never)]
pub fn split(amount: u128, money: &Money, shares: u128, index: u128) -> Option<Split> {
    let all = Split { operator: amount, delegators: 0, rise: 0 };
    if money.delegated < METIS || amount == 0 {
        return Some(all);
    }
    let commission = scale_down(amount, u128::from(money.commission), BPS)?.min(amount);
    let rest = amount.checked_sub(commission)?;
    let on_bond = scale_down(rest, money.bond, money.stake())?;
    let delegators = rest.checked_sub(on_bond)?;
    let rise = scale_down(delegators, RAY, shares)?;
    index.checked_add(rise)?;
    Some(Split { operator: commission.checked_add(on_bond)?, delegators, rise })
}

/// What a sequencer's rewards are after an amount came in: a touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accrual {
    /// What delegators are owed.
    pub index: Index,
    /// What the operator is owed, and what waits.
    pub owed: Owed,
    /// What went to the operator just now.
    pub operator: u128,
    /// What went to delegators just now.
    pub delegators: u128,
    /// What was parked just now.
    pub parked: u128,
}

impl Accrual {
    /// Nothing came in.
    #[inline(never)]
    const fn none(index: Index, owed: Owed) -> Self {
        Self { index, owed, operator: 0, delegators: 0, parked: 0 }
    }
}

/// Brings an amount to whom it belongs at this moment: it parks in jail and without stake; once there
/// is stake, what parked for want of it is the operator's.
#[must_use]
pub fn accrue(amount: u128, money: &Money, shares: u128, index: Index, owed: Owed) -> Accrual {
    let still = Accrual::none(index, owed);
    if money.jailed || money.stake() < METIS {
        return park(still, amount);
    }
    let freed = Owed { operator: owed.operator.saturating_add(owed.parked), parked: 0 };
    let freed = Accrual { owed: freed, operator: owed.parked, ..still };
    distribute(freed, amount, money, shares).unwrap_or_else(|| park(still, amount))
}

/// Brings what parked in jail to those who stayed, on release.
#[must_use]
pub fn unpark(money: &Money, shares: u128, index: Index, owed: Owed) -> Accrual {
    let still = Accrual::none(index, owed);
    if money.jailed || money.stake() < METIS {
        return still;
    }
    let emptied = Accrual { owed: Owed { parked: 0, ..owed }, ..still };
    distribute(emptied, owed.parked, money, shares).unwrap_or(still)
}

fn park(before: Accrual, amount: u128) -> Accrual {
    let parked = before.owed.parked.saturating_add(amount);
    Accrual { owed: Owed { parked, ..before.owed }, parked: amount, ..before }
}

fn distribute(before: Accrual, amount: u128, money: &Money, shares: u128) -> Option<Accrual> {
    let split = split(amount, money, shares, before.index.index)?;
    Some(Accrual {
        index: Index {
            index: before.index.index.checked_add(split.rise)?,
            delegators: before.index.delegators.checked_add(split.delegators)?,
        },
        owed: Owed { operator: before.owed.operator.checked_add(split.operator)?, ..before.owed },
        operator: before.operator.checked_add(split.operator)?,
        delegators: split.delegators,
        parked: 0,
    })
}
