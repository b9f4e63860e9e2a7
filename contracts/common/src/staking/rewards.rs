//! Rewards of a sequencer: an index per share, and who gets what of an amount.

use super::{BPS, LIMIT, METIS, bits, lanes, sequencer::Money};
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
    /// METIS that waits for the operator: its part of what came in jail, and what came without stake.
    pub parked: u128,
    /// METIS that waits for the delegators: their part of what came in jail.
    pub parked_delegators: u128,
}

impl Owed {
    /// Reads a slot: the operator's in bits 0 to 83, parked for it 84 to 167, for delegators 168 to
    /// 251.
    #[must_use]
    #[inline(never)]
    pub fn unpack(slot: &Word) -> Self {
        let [operator, parked, parked_delegators] = lanes::unpack(slot);
        Self { operator, parked, parked_delegators }
    }

    /// The slot.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self) -> Word {
        lanes::pack([self.operator, self.parked, self.parked_delegators])
    }

    /// All that waits.
    #[must_use]
    pub const fn waiting(&self) -> u128 {
        self.parked.saturating_add(self.parked_delegators)
    }

    /// What there is once nothing waits any more.
    #[must_use]
    pub const fn emptied(&self) -> Self {
        Self { operator: self.operator, parked: 0, parked_delegators: 0 }
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

/// Whether rewards wait for stake: hardly any is there, and some may come.
#[must_use]
pub const fn awaits_stake(money: &Money) -> bool {
    money.stake() < METIS && !money.exiting
}

/// Brings an amount to whom it belongs by the stake of this moment. In jail it parks for them; without
/// stake it parks for the operator, who gets it once there is stake, or at once on the way out.
#[must_use]
pub fn accrue(amount: u128, money: &Money, shares: u128, index: Index, owed: Owed) -> Accrual {
    let still = Accrual::none(index, owed);
    if awaits_stake(money) {
        return park(still, amount, 0);
    }
    let Some(split) = split(amount, money, shares, index.index) else {
        return park(still, amount, 0);
    };
    if money.jailed {
        return park(still, split.operator, split.delegators);
    }
    let freed = Owed { operator: owed.operator.saturating_add(owed.parked), parked: 0, ..owed };
    distribute(Accrual { owed: freed, operator: owed.parked, ..still }, &split)
        .unwrap_or_else(|| park(still, amount, 0))
}

/// Brings what parked in jail to those it parked for, on release: the delegators' part to those who
/// stayed, or to the operator where hardly any did.
#[must_use]
pub fn unpark(money: &Money, shares: u128, index: Index, owed: Owed) -> Accrual {
    let still = Accrual::none(index, owed);
    let Owed { operator, parked, parked_delegators } = owed;
    if awaits_stake(money) {
        let parked = parked.saturating_add(parked_delegators);
        return Accrual { owed: Owed { operator, parked, parked_delegators: 0 }, ..still };
    }
    let delegators = if money.delegated < METIS { 0 } else { parked_delegators };
    let rise = scale_down(delegators, RAY, shares).unwrap_or(0);
    let operator = parked.saturating_add(parked_delegators.saturating_sub(delegators));
    let split = Split { operator, delegators, rise };
    distribute(Accrual { owed: owed.emptied(), ..still }, &split).unwrap_or(still)
}

fn park(before: Accrual, operator: u128, delegators: u128) -> Accrual {
    let owed = Owed {
        parked: before.owed.parked.saturating_add(operator),
        parked_delegators: before.owed.parked_delegators.saturating_add(delegators),
        ..before.owed
    };
    Accrual { owed, parked: operator.saturating_add(delegators), ..before }
}

fn distribute(before: Accrual, split: &Split) -> Option<Accrual> {
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
