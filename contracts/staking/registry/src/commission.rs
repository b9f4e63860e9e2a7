//! The commission: announced, applied, capped.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerRegistry::{CommissionAnnounced, CommissionApplied, MaxCommissionChanged},
    commission::{Announcement, CEILING},
    entry::{Change, Outcome, Restricted},
    host,
    mutants::{Mutant, mutant},
    slots::{self, registry},
    word::{self, Immediate, Word},
};

use crate::{
    errors,
    head::{self, Head},
    sequencers,
};

const ANNOUNCED: Immediate = Immediate::new(CommissionAnnounced::SIGNATURE_HASH.0);
const APPLIED: Immediate = Immediate::new(CommissionApplied::SIGNATURE_HASH.0);
const MAX_CHANGED: Immediate = Immediate::new(MaxCommissionChanged::SIGNATURE_HASH.0);

/// Announces a raise; a cut takes effect at once.
///
/// # Errors
/// `SequencerUnknown`, `CallerNotOwner`, `CommissionTooHigh` for a raise.
///
/// # Events
/// `CommissionAnnounced`, or for a cut `CommissionApplied`.
///
/// # Access
/// The owner of the sequencer.
pub(crate) fn announce(call: Change<'_>) -> Outcome {
    let [id, commission] = call.words()?;
    let Head { staking, max_commission } = head::load();
    let number = sequencers::check_owner(&staking, id)?;
    let current = sequencers::commission(&staking, id);
    let named = word::to_u128_saturating(commission);
    let is_raise = named > u128::from(current);
    let is_too_high = is_raise && named > u128::from(max_commission);
    if is_too_high && !mutant(Mutant::CommissionUnbounded) {
        return Err(errors::commission_too_high(commission, max_commission));
    }
    // A raise is within the highest, and what is no raise is within what there is.
    let bps = named as u64;

    if bps < current {
        if !mutant(Mutant::CutKeepsRaise) {
            store(number, &Announcement::default());
        }
        let nonce = sequencers::set_commission(&staking, id, bps)?;
        host::log(&[APPLIED.word(), *id, *commission, nonce], 2);
        return call.commit(&[]);
    }
    let announcement =
        if is_raise { Announcement::new(host::timestamp(), bps) } else { Announcement::default() };
    store(number, &announcement);
    let nonce = sequencers::record_change(&staking, id)?;
    host::log(&[ANNOUNCED.word(), *id, *commission, word::of_u64(announcement.due), nonce], 2);
    call.commit(&[])
}

/// Applies what was announced.
///
/// # Errors
/// `SequencerUnknown`, `CallerNotOwner`, `CommissionMissing`, `CommissionTooEarly`,
/// `CommissionTooHigh`, `CommissionStepTooLarge`.
///
/// # Events
/// `CommissionApplied`.
///
/// # Access
/// The owner of the sequencer.
pub(crate) fn apply(call: Change<'_>) -> Outcome {
    let [id] = call.words()?;
    let Head { staking, max_commission } = head::load();
    let number = sequencers::check_owner(&staking, id)?;
    let current = sequencers::commission(&staking, id);
    let bps = load(number)
        .apply(host::timestamp(), current, max_commission)
        .map_err(|refusal| errors::apply_refused(refusal, id, current, max_commission))?;

    store(number, &Announcement::default());
    let nonce = sequencers::set_commission(&staking, id, bps)?;
    host::log(&[APPLIED.word(), *id, word::of_u64(bps), nonce], 2);
    call.commit(&[])
}

/// Sets the highest commission.
///
/// # Errors
/// `ParameterInvalid`.
///
/// # Events
/// `MaxCommissionChanged`.
pub(crate) fn set_max(call: Restricted<'_>) -> Outcome {
    let [max] = call.words()?;
    let head = head::load();
    if word::to_u128_saturating(max) > u128::from(CEILING) {
        return Err(errors::parameter_invalid(max, 0, CEILING));
    }

    head::store(&Head { max_commission: word::low_u128(max) as u64, ..head });
    host::log(&[MAX_CHANGED.word(), word::of_u64(head.max_commission), *max], 1);
    call.commit(&[])
}

/// What was announced for a sequencer.
pub(crate) fn load(id: u32) -> Announcement {
    Announcement::unpack(&host::load(&slot(id)))
}

fn store(id: u32, announcement: &Announcement) {
    host::store(&slot(id), &announcement.pack());
}

fn slot(id: u32) -> Word {
    slots::numbered(registry::ANNOUNCED, id, 0)
}
