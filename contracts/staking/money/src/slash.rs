//! What the court orders: a hold, its end, and what it takes.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerStaking::{Held, Released, Slashed},
    entry::{Change, Outcome, Revert},
    host,
    mutants::{Mutant, mutant},
    staking::{
        hold::{Hold, Spread},
        sequencer::Identity,
        totals::{Counts, Ledger},
    },
    word::{self, Immediate, Word},
};

use crate::{
    access, books, errors, pools, rewards,
    sequencer::{self, Sequencer},
    unbond::{Scope, Side},
    unjail,
};

const HELD: Immediate = Immediate::new(Held::SIGNATURE_HASH.0);
const RELEASED: Immediate = Immediate::new(Released::SIGNATURE_HASH.0);
const SLASHED: Immediate = Immediate::new(Slashed::SIGNATURE_HASH.0);

/// Jails a sequencer and fixes what may be taken of it. What each pool may lose.
///
/// # Rounding
/// The loss down; what a pool may lose, up.
///
/// # Errors
/// `CallerNotCourt`, `SequencerUnknown`, `SlashPending`.
///
/// # Events
/// `RewardsAccrued`, `Held`.
///
/// # Access
/// The court.
pub(crate) fn hold(call: Change<'_>) -> Outcome {
    let [id, bps, fault, until, jailed_until] = call.words()?;
    let bps = call.number::<32>(bps)?;
    let (fault, until) = (word::low_u128(fault) as u64, word::low_u128(until) as u64);
    let jailed_until = word::low_u128(jailed_until) as u64;
    access::check_court()?;
    let (mut sequencer, now) = (sequencer::load(id)?, host::timestamp());
    if let Some(hold) = sequencer.live_hold(now) {
        return Err(errors::slash_pending(id, hold.until));
    }
    rewards::touch(&mut sequencer);

    let identity = sequencer.identity();
    let mut hold = Hold::laid(now, until, fault, identity.jailed_until);
    (hold.bond_scope, hold.delegated_scope) = scope(&sequencer, &hold);
    hold.fix_losses(bps);
    #[cfg(feature = "mutants")]
    let hold = crate::broken::held(hold);
    sequencer.store_hold(&hold);
    let term = jailed_until.max(identity.jailed_until);
    sequencer.store_identity(&Identity { jailed_until: term, ..identity });
    (sequencer.money.jailed, sequencer.money.held) = (true, true);
    sequencer.commit(now);
    let event = [
        HELD.word(),
        sequencer.word(),
        word::amount(hold.bond_loss),
        word::amount(hold.delegated_loss),
        word::count(until),
        sequencer.nonce(),
    ];
    host::log(&event, 2);
    pools::reply(call, |pool| {
        let value = pools::at_risk(&sequencer, &hold, pool);
        let unbonding = if mutant(Mutant::PartsForgetBuckets) { 0 } else { value.unbonding };
        hold.held_delegations_up(value.stake.saturating_add(unbonding))
    })
}

/// Ends a hold without a loss; frees whom it alone had jailed, if the court says so.
///
/// # Errors
/// `CallerNotCourt`, `SlashMissing`.
///
/// # Events
/// `RewardsAccrued`, `Unjailed`, `Released`.
///
/// # Access
/// The court.
pub(crate) fn release(call: Change<'_>) -> Outcome {
    let [id, frees] = call.words()?;
    let frees = call.truth(frees)?;
    access::check_court()?;
    let (mut sequencer, hold) = held(id)?;
    let identity = sequencer.identity();
    rewards::touch(&mut sequencer);

    sequencer.clear_hold();
    sequencer.money.held = false;
    sequencer.money.count_change();
    if frees && hold.jailed_before == 0 {
        unjail::free(&mut sequencer, &identity);
    } else if frees {
        sequencer.store_identity(&Identity { jailed_until: hold.jailed_before, ..identity });
    }
    sequencer.save(host::timestamp());
    host::log(&[RELEASED.word(), sequencer.word(), sequencer.nonce()], 2);
    call.commit(&[])
}

/// Takes what a hold fixed: of the bond side, then of delegations, each at one ratio for what stays
/// and what unbonds. What each pool lost.
///
/// # Rounding
/// The parts add up to the loss, to the wei.
///
/// # Errors
/// `CallerNotCourt`, `SlashMissing`.
///
/// # Events
/// `RewardsAccrued`, `Slashed`.
///
/// # Access
/// The court.
pub(crate) fn take(call: Change<'_>) -> Outcome {
    let [id] = call.words()?;
    access::check_court()?;
    let (mut sequencer, hold) = held(id)?;
    let now = host::timestamp();
    rewards::touch(&mut sequencer);

    let before = sequencer.money;
    let values = pools::values(&sequencer, &hold);
    #[cfg(feature = "mutants")]
    let hold = crate::broken::taken(hold, before.bond);
    let mut on_bond = Spread::new(hold.bond_loss, hold.bond_scope);
    let mut on_delegated = delegations(&hold, before.delegated);
    sequencer.money.bond = before.bond.saturating_sub(on_bond.take(before.bond));
    sequencer.money.delegated =
        before.delegated.saturating_sub(on_delegated.take(before.delegated));
    for number in Scope::new(&sequencer, &hold) {
        cut(&sequencer, Side::Bond, number, &mut on_bond);
        cut(&sequencer, Side::Delegations, number, &mut on_delegated);
    }
    let forfeited = forfeit(&mut sequencer);
    let counts = books::counts();
    let loss = hold.bond_loss.saturating_add(hold.delegated_loss).saturating_add(forfeited);
    #[cfg(feature = "mutants")]
    let loss = crate::broken::in_hand(loss, &hold, forfeited);
    let slashed = counts.slashed.saturating_add(loss);
    books::store_counts(&Counts { slashed, ..counts });
    let (losses, pooled) = pools::lost(&sequencer, &hold, &values, now);
    let losses = if mutant(Mutant::LossesUntold) { Default::default() } else { losses };
    let ledger = books::ledger();
    books::store_ledger(&Ledger {
        bonds: books::moved(ledger.bonds, before.bond, sequencer.money.bond),
        pooled: ledger.pooled.saturating_sub(pooled),
        ..ledger
    });
    books::move_stake(&before, &sequencer.money, now);
    if !mutant(Mutant::TakeKeepsHold) {
        sequencer.clear_hold();
        sequencer.money.held = false;
    }
    sequencer.commit(now);
    let event = [
        SLASHED.word(),
        sequencer.word(),
        word::amount(hold.bond_loss),
        word::amount(hold.delegated_loss),
        word::amount(forfeited),
        word::amount(slashed),
        sequencer.nonce(),
    ];
    host::log(&event, 2);
    pools::reply_all(call, &losses)
}

/// How a loss is spread over delegations and what unbonds of them.
#[cfg(not(feature = "mutants"))]
const fn delegations(hold: &Hold, _: u128) -> Spread {
    Spread::new(hold.delegated_loss, hold.delegated_scope)
}

#[cfg(feature = "mutants")]
use crate::broken::delegations;

/// A sequencer with the hold that is laid on it.
///
/// # Errors
/// `SequencerUnknown`, `SlashMissing`.
fn held(id: &Word) -> Result<(Sequencer, Hold), Revert> {
    let sequencer = sequencer::load(id)?;
    if sequencer.money.held {
        Ok((sequencer, sequencer.hold()))
    } else {
        Err(errors::slash_missing(id))
    }
}

/// All bond and all delegations in the scope of a hold, unbonding ones included.
fn scope(sequencer: &Sequencer, hold: &Hold) -> (u128, u128) {
    let (mut bond, mut delegated) = (sequencer.money.bond, sequencer.money.delegated);
    for number in Scope::new(sequencer, hold) {
        bond = bond.saturating_add(Side::Bond.load(sequencer.id, number).assets);
        delegated = delegated.saturating_add(Side::Delegations.load(sequencer.id, number).assets);
    }
    (bond, delegated)
}

/// Takes a bucket's part of a loss.
fn cut(sequencer: &Sequencer, side: Side, number: u64, spread: &mut Spread) {
    let mut bucket = side.load(sequencer.id, number);
    let loss = spread.take(bucket.assets);
    if loss != 0 {
        bucket.assets = bucket.assets.saturating_sub(loss);
        side.store(sequencer.id, number, &bucket);
    }
}

/// Takes what parked in jail.
fn forfeit(sequencer: &mut Sequencer) -> u128 {
    if !sequencer.money.parked {
        return 0;
    }
    let owed = rewards::owed(sequencer.id);
    rewards::store_owed(sequencer.id, &owed.emptied());
    sequencer.money.parked = false;
    owed.waiting()
}
