//! The parameters, and who sets them.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerStaking::{
        BondRulesChanged, QuotaChanged, ThresholdsChanged, UnbondingPeriodChanged,
    },
    entry::{Outcome, Restricted, Revert},
    host, pause,
    slots::{self, staking},
    staking::{
        BPS, DAY, LIMIT, METIS,
        rules::{Ceiling, PERIOD_MAX, PERIOD_MIN, Rules},
    },
    word::{self, Immediate, Word},
};

use crate::errors;

const THRESHOLDS_CHANGED: Immediate = Immediate::new(ThresholdsChanged::SIGNATURE_HASH.0);
const BOND_RULES_CHANGED: Immediate = Immediate::new(BondRulesChanged::SIGNATURE_HASH.0);
const PERIOD_CHANGED: Immediate = Immediate::new(UnbondingPeriodChanged::SIGNATURE_HASH.0);
const QUOTA_CHANGED: Immediate = Immediate::new(QuotaChanged::SIGNATURE_HASH.0);

/// The parameters that touches read.
#[inline(never)]
pub(crate) fn load() -> Rules {
    Rules::unpack(&host::load(&slots::variable(staking::RULES)))
}

/// Writes the parameters that touches read.
pub(crate) fn store(rules: &Rules) {
    host::store(&slots::variable(staking::RULES), &rules.pack());
}

/// The quota and the most that one sequencer holds.
pub(crate) fn ceiling() -> Ceiling {
    Ceiling::unpack(&host::load(&slots::variable(staking::CEILING)))
}

/// Writes the quota and the most that one sequencer holds.
pub(crate) fn store_ceiling(ceiling: &Ceiling) {
    host::store(&slots::variable(staking::CEILING), &ceiling.pack());
}

/// The parameters, for an entry that a pause stops. A pause that is over is forgotten.
///
/// # Errors
/// `EntriesPaused`.
pub(crate) fn open() -> Result<Rules, Revert> {
    let mut rules = load();
    if rules.paused {
        pause::check()?;
        rules.paused = false;
        store(&rules);
    }
    Ok(rules)
}

/// Says whether entries have a pause to look at.
pub(crate) fn mark_paused(paused: bool) {
    store(&Rules { paused, ..load() });
}

/// Refuses a stake that one sequencer may not hold.
///
/// # Errors
/// `MaxLockExceeded`.
pub(crate) fn check_max_lock(stake: u128) -> Result<(), Revert> {
    let max_lock = ceiling().max_lock;
    if stake > max_lock { Err(errors::max_lock_exceeded(stake, max_lock)) } else { Ok(()) }
}

/// Sets the stake from which a sequencer is Active and the most that it holds.
///
/// # Errors
/// `ParameterInvalid`.
///
/// # Events
/// `ThresholdsChanged`.
///
/// # Access
/// Whom the authority lets in: the admin.
pub(crate) fn set_thresholds(call: Restricted<'_>) -> Outcome {
    let [threshold, max_lock] = call.words()?;
    let (rules, ceiling) = (load(), ceiling());
    let new_max = within(max_lock, METIS, LIMIT)?;
    let activation_threshold = within(threshold, METIS, new_max)?;
    if rules.min_bond > new_max {
        return Err(errors::parameter_invalid(max_lock, rules.min_bond, LIMIT));
    }

    store(&Rules { activation_threshold, ..rules });
    store_ceiling(&Ceiling { max_lock: new_max, ..ceiling });
    let event = [
        THRESHOLDS_CHANGED.word(),
        word::amount(rules.activation_threshold),
        *threshold,
        word::amount(ceiling.max_lock),
        *max_lock,
    ];
    host::log(&event, 1);
    call.commit(&[])
}

/// Sets the least bond.
///
/// # Errors
/// `ParameterInvalid`.
///
/// # Events
/// `BondRulesChanged`.
///
/// # Access
/// Whom the authority lets in: the admin.
pub(crate) fn set_bond_rules(call: Restricted<'_>) -> Outcome {
    let [min_bond, bps] = call.words()?;
    let rules = load();
    let new_bond = within(min_bond, METIS, ceiling().max_lock)?;
    let min_bond_bps = within(bps, 0, BPS)? as u64;

    store(&Rules { min_bond: new_bond, min_bond_bps, ..rules });
    let event = [
        BOND_RULES_CHANGED.word(),
        word::amount(rules.min_bond),
        *min_bond,
        word::count(rules.min_bond_bps),
        *bps,
    ];
    host::log(&event, 1);
    call.commit(&[])
}

/// Sets the unbonding period of buckets opened from now on.
///
/// # Errors
/// `ParameterInvalid`.
///
/// # Events
/// `UnbondingPeriodChanged`.
///
/// # Access
/// Whom the authority lets in: the admin.
pub(crate) fn set_unbonding_period(call: Restricted<'_>) -> Outcome {
    let [period] = call.words()?;
    let (min, max) = (u128::from(PERIOD_MIN), u128::from(PERIOD_MAX));
    let seconds = within(period, min, max)? as u64;
    if !seconds.is_multiple_of(DAY) {
        return Err(errors::parameter_invalid(period, min, max));
    }
    let rules = load();

    store(&Rules { period: seconds / DAY, ..rules });
    let old = word::count(rules.period.saturating_mul(DAY));
    host::log(&[PERIOD_CHANGED.word(), old, *period], 1);
    call.commit(&[])
}

/// Sets the quota that entries ask.
///
/// # Errors
/// `ProgramInvalid`.
///
/// # Events
/// `QuotaChanged`.
///
/// # Access
/// Whom the authority lets in: the admin.
pub(crate) fn set_quota(call: Restricted<'_>) -> Outcome {
    let [quota] = call.words()?;
    let quota = call.address(quota)?;
    if quota.is_zero() || quota == host::contract() {
        return Err(errors::program_invalid(&quota));
    }

    let before = ceiling();
    store_ceiling(&Ceiling { quota, ..before });
    host::log(&[QUOTA_CHANGED.word(), *before.quota.word(), *quota.word()], 3);
    call.commit(&[])
}

/// The amount in a word, within bounds.
///
/// # Errors
/// `ParameterInvalid`.
#[inline(never)]
fn within(value: &Word, min: u128, max: u128) -> Result<u128, Revert> {
    match word::to_u128(value) {
        Some(amount) if (min..=max).contains(&amount) => Ok(amount),
        _ => Err(errors::parameter_invalid(value, min, max)),
    }
}
