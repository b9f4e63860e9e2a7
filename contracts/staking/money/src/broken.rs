//! Deliberately broken variants, see `emetis_common::mutants`.

use emetis_common::muldiv::scale_down;
use emetis_common::{
    entry::Revert,
    guard, host,
    mutants::{Mutant, mutant},
    staking::{
        BPS, DAY, METIS,
        buckets::Number,
        hold::{Hold, Spread},
        position::Position,
        rewards::{Accrual, RAY},
        totals::Ledger,
    },
    word,
};

use crate::{books, errors, rewards, rules, sequencer, sequencer::Sequencer, unbond::Side};

/// When a bucket is looked at, and the hold that is looked at.
pub(crate) fn freed(
    side: Side,
    number: Number,
    hold: Option<&Hold>,
    now: u64,
) -> (u64, Option<&Hold>) {
    let hold = if mutant(Mutant::BucketMaturesUnderHold) { None } else { hold };
    if mutant(Mutant::BucketMaturesEarly) {
        return (now.saturating_add(DAY), hold);
    }
    if mutant(Mutant::BondUnlocksAtOnce) && side == Side::Bond {
        return (u64::MAX, hold);
    }
    if mutant(Mutant::PeriodOfTheMoment) {
        let matures = number.end().saturating_add(rules::load().period.saturating_mul(DAY));
        return (if now >= matures { u64::MAX } else { 0 }, hold);
    }
    (now, hold)
}

/// A position that was given shares, and the books.
pub(crate) fn delegated(
    before: Position,
    after: Position,
    mut ledger: Ledger,
) -> (Position, Ledger) {
    if mutant(Mutant::DonationIsLedger) {
        ledger.metis = word::to_u128_saturating(&host::balance(&host::contract()));
    }
    if mutant(Mutant::DelegateForgetsDebt) {
        let mut forgetful = before;
        (forgetful.shares, forgetful.pooled) = (after.shares, after.pooled);
        return (forgetful, ledger);
    }
    (after, ledger)
}

/// Somebody leaves.
pub(crate) fn leaving() -> Result<(), Revert> {
    if mutant(Mutant::QuotaStopsExit) {
        let quota = rules::ceiling().quota;
        guard::consult(&quota, &[], 60_000, &word::count(0))?;
        return Err(errors::quota_unavailable(&quota));
    }
    if mutant(Mutant::PauseStopsExit) {
        rules::open()?;
    }
    Ok(())
}

/// What a touch brought.
pub(crate) fn accrued(sequencer: &Sequencer, pending: u128, mut accrued: Accrual) -> Accrual {
    let money = &sequencer.money;
    if mutant(Mutant::IndexRoundsUp) && accrued.delegators != 0 {
        accrued.index.index = accrued.index.index.saturating_add(1_000_000_000);
    }
    if mutant(Mutant::ParkedToEntrant) && rewards::frees(sequencer) {
        let parked = accrued.operator.min(rewards::owed(sequencer.id).parked);
        let rise = scale_down(parked, RAY, sequencer.shares.total).unwrap_or(0);
        accrued.owed.operator = accrued.owed.operator.saturating_sub(parked);
        accrued.index.delegators = accrued.index.delegators.saturating_add(parked);
        accrued.index.index = accrued.index.index.saturating_add(rise);
    }
    if mutant(Mutant::RewardsVanish) && !money.jailed && money.stake() < METIS {
        accrued.owed.parked = accrued.owed.parked.saturating_sub(pending);
    }
    if mutant(Mutant::ParkedIsOperators) && money.jailed {
        accrued.owed.parked = accrued.owed.waiting();
        accrued.owed.parked_delegators = 0;
    }
    if mutant(Mutant::JailEarns) && money.jailed {
        let mut free = *sequencer;
        free.money.jailed = false;
        return rewards::preview(&free, pending);
    }
    if mutant(Mutant::CommissionTwice) {
        let taken = scale_down(accrued.delegators, u128::from(money.commission), BPS).unwrap_or(0);
        let fall = scale_down(taken, RAY, sequencer.shares.total).unwrap_or(0);
        accrued.owed.operator = accrued.owed.operator.saturating_add(taken);
        accrued.index.delegators = accrued.index.delegators.saturating_sub(taken);
        accrued.index.index = accrued.index.index.saturating_sub(fall);
    }
    accrued
}

/// What a proposal fixes.
pub(crate) fn held(mut hold: Hold) -> Hold {
    if mutant(Mutant::DelegationsBeforeBond) {
        let loss = hold.bond_loss.saturating_add(hold.delegated_loss);
        hold.delegated_loss = loss.min(hold.delegated_scope);
        hold.bond_loss = loss.saturating_sub(hold.delegated_loss);
    }
    hold
}

/// What an execution takes.
pub(crate) fn taken(mut hold: Hold, bond: u128) -> Hold {
    if mutant(Mutant::SlashMeasuredAnew) {
        let loss = hold.bond_loss;
        hold.bond_loss = scale_down(loss, bond, hold.bond_scope).unwrap_or(loss);
    }
    hold
}

/// How a loss is spread over delegations and what unbonds of them.
pub(crate) fn delegations(hold: &Hold, delegated: u128) -> Spread {
    if mutant(Mutant::SlashLeaversLast) {
        // Those that stay come first.
        return Spread::new(hold.delegated_loss.min(delegated), delegated);
    }
    Spread::new(hold.delegated_loss, hold.delegated_scope)
}

/// Slashed METIS.
pub(crate) fn in_hand(loss: u128, hold: &Hold, forfeited: u128) -> u128 {
    if mutant(Mutant::ForfeitVanishes) {
        return loss.saturating_sub(forfeited);
    }
    if mutant(Mutant::SlashVanishes) {
        return loss.saturating_sub(hold.delegated_loss);
    }
    loss
}

/// The number of a new sequencer.
pub(crate) fn opened(next: u64) -> u64 {
    let last = next.saturating_sub(1);
    let before = sequencer::at(last as u32);
    let has_exited = before.money.exiting && before.money.bond == 0 && before.shares.total == 0;
    if mutant(Mutant::IdReused) && has_exited { last } else { next }
}

/// What a sweep leaves.
pub(crate) fn swept(ledger: u128) -> u128 {
    if !mutant(Mutant::SweepTakesPending) {
        return ledger;
    }
    let pending = (1..=books::counts().sequencers)
        .fold(0_u128, |sum, id| sum.saturating_add(rewards::pending(id as u32).2));
    ledger.saturating_sub(pending)
}
