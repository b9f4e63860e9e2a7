//! The limits, which the admin sets and the curator lowers.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerQuota::LimitsChanged,
    entry::{Outcome, Restricted, Revert},
    host,
    mutants::{Mutant, mutant},
    quota::{
        groups::LARGEST,
        limits::{Limits, Marks, is_floor},
    },
    slots::{self, quota},
    staking::{BPS, LIMIT},
    word::{self, Immediate, Word},
};

use crate::errors;

const LIMITS_CHANGED: Immediate = Immediate::new(LimitsChanged::SIGNATURE_HASH.0);

/// How many limits there are.
pub(crate) const COUNT: usize = 7;

/// Sets all limits.
///
/// # Errors
/// `ParameterInvalid`.
///
/// # Events
/// `LimitsChanged`.
pub(crate) fn set_limits(call: Restricted<'_>) -> Outcome {
    change(call, false)
}

/// Lowers some limits.
///
/// # Errors
/// `ParameterInvalid`, `LimitRaised`.
///
/// # Events
/// `LimitsChanged`.
pub(crate) fn lower_limits(call: Restricted<'_>) -> Outcome {
    change(call, !mutant(Mutant::CuratorRaisesLimits))
}

/// Sets limits, in the interface's order, of which none may rise if `is_lowering`.
#[inline(never)]
fn change(call: Restricted<'_>, is_lowering: bool) -> Outcome {
    let words: &[Word; COUNT] = call.words()?;
    let (old, marks) = load();
    let mut figures = [0; COUNT];
    let mut event = [[0; 32]; 1 + 2 * COUNT];
    let [name, parts @ ..] = &mut event;
    *name = LIMITS_CHANGED.word();
    let pairs = parts.as_chunks_mut::<2>().0;
    let olds = told(&old);
    let all = words.iter().zip(&olds).zip(figures.iter_mut().zip(pairs));
    for (at, ((word, old), (figure, [was, is]))) in all.enumerate() {
        *figure = check(word, at)?;
        if is_lowering && *figure > *old {
            return Err(errors::limit_raised(*figure, *old));
        }
        (*was, *is) = (word::amount(*old), *word);
    }

    store(&read(&figures), marks);
    host::log(&event, 1);
    call.commit(&[])
}

/// A limit within its bounds: amounts are the second, the fourth and the fifth.
fn check(word: &Word, at: usize) -> Result<u128, Revert> {
    let figure = word::to_u128_saturating(word);
    let is_amount = matches!(at, 1 | 3 | 4);
    let max = if is_amount { LIMIT } else { BPS };
    if figure > max || is_amount && !is_floor(figure) {
        return Err(errors::parameter_invalid(word, 0, max));
    }
    Ok(figure)
}

/// The limits in the interface's order.
pub(crate) fn told(limits: &Limits) -> [u128; COUNT] {
    [
        limits.operator_share_bps.into(),
        limits.operator_floor,
        limits.pool_share_bps.into(),
        limits.pool_floor,
        limits.pool_cap,
        limits.direct_share_bps.into(),
        limits.churn_bps.into(),
    ]
}

fn read(figures: &[u128; COUNT]) -> Limits {
    let [operator_share, operator_floor, pool_share, pool_floor, pool_cap, direct, churn] =
        *figures;
    Limits {
        operator_share_bps: operator_share as u64,
        operator_floor,
        pool_share_bps: pool_share as u64,
        pool_floor,
        pool_cap,
        direct_share_bps: direct as u64,
        churn_bps: churn as u64,
    }
}

/// Reads the limits, and what the slot tells besides.
pub(crate) fn load() -> (Limits, Marks) {
    Limits::unpack(&host::load(&slots::variable(quota::LIMITS)))
}

/// Writes them.
pub(crate) fn store(limits: &Limits, marks: Marks) {
    let slot = slots::variable(quota::LIMITS);
    let (before, _) = word::halves(&host::load(&slot));
    let (high, low) = word::halves(&limits.pack(marks));
    host::store(&slot, &word::joined(high | before >> FILTER << FILTER, low));
}

/// First of the bits, above the limits, that say which groups may share a cap: one for all whose
/// numbers leave the same rest.
const FILTER: u32 = 32;
/// How many there are.
const FILTERS: u64 = 64;

/// Whether a group may share a cap. So whoever does not nearly always costs nothing to look up.
pub(crate) fn may_share(group: u64) -> bool {
    let (high, _) = word::halves(&host::load(&slots::variable(quota::LIMITS)));
    // One that cannot be has a slot by its lowest bits, which is another's.
    group <= LARGEST && high & bit(group) != 0
}

/// Notes that two groups share a cap.
pub(crate) fn note_shared(group: u64, other: u64) {
    let (limits, marks) = load();
    store(&limits, Marks { groups: true, ..marks });
    let slot = slots::variable(quota::LIMITS);
    let (high, low) = word::halves(&host::load(&slot));
    host::store(&slot, &word::joined(high | bit(group) | bit(other), low));
}

const fn bit(group: u64) -> u128 {
    (1 << FILTER) << (group % FILTERS)
}
