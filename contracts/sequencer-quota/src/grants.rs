//! What pools may hold: in one sequencer, and at most.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerQuota::{GrantChanged, PoolCapChanged},
    account::Account,
    entry::{Outcome, Restricted},
    host,
    mutants::{Mutant, mutant},
    quota::{
        limits::{GRANT_MAX, GRANT_MIN, Limits, Marks, is_grant},
        raise::Raise,
    },
    slots::{self, quota},
    staking::LIMIT,
    word::{self, Immediate, Word},
};

use crate::{errors, limits, scores};

const GRANT_CHANGED: Immediate = Immediate::new(GrantChanged::SIGNATURE_HASH.0);
const POOL_CAP_CHANGED: Immediate = Immediate::new(PoolCapChanged::SIGNATURE_HASH.0);

/// Sets what a pool may hold in a sequencer.
///
/// # Errors
/// `SequencerUnknown`, `ParameterInvalid`.
///
/// # Events
/// `GrantChanged`.
pub(crate) fn set_grant(call: Restricted<'_>) -> Outcome {
    let [pool, id, assets] = call.words()?;
    let (pool, number) = (call.address(pool)?, scores::known(id)?);
    let granted = word::to_u128_saturating(assets);
    if !is_grant(granted) {
        return Err(errors::parameter_invalid(assets, GRANT_MIN, GRANT_MAX));
    }

    let (before, now) = (load(&pool, number), host::timestamp());
    let mut after = before.set(granted, now);
    if mutant(Mutant::GrantRaisedAtOnce) {
        after = Raise { assets: granted, ..Raise::default() };
    }
    host::store(&slot(&pool, number), &after.pack());
    let [old, new, effective] = told(&before, &after, granted, now);
    host::log(&[GRANT_CHANGED.word(), *pool.word(), *id, old, new, effective], 3);
    call.commit(&[])
}

/// Gives a pool an absolute cap of its own.
///
/// # Errors
/// `ParameterInvalid`.
///
/// # Events
/// `PoolCapChanged`.
pub(crate) fn set_pool_cap(call: Restricted<'_>) -> Outcome {
    let [pool, assets] = call.words()?;
    let pool = call.address(pool)?;
    let cap = word::to_u128_saturating(assets);
    if cap > LIMIT {
        return Err(errors::parameter_invalid(assets, 0, LIMIT));
    }

    let ((limits, marks), now) = (limits::load(), host::timestamp());
    let before = own_cap(&pool, &limits, marks);
    let after = before.set(cap, now);
    host::store(&cap_slot(&pool), &after.pack());
    if !marks.pool_caps {
        limits::store(&limits, Marks { pool_caps: true, ..marks });
    }
    let [old, new, effective] = told(&before, &after, cap, now);
    host::log(&[POOL_CAP_CHANGED.word(), *pool.word(), old, new, effective], 2);
    call.commit(&[])
}

/// What was in force, what was set, and when that is in force.
fn told(before: &Raise, after: &Raise, set: u128, now: u64) -> [Word; 3] {
    let effective = if after.waits(now) { after.effective } else { now };
    [word::amount(before.at(now)), word::amount(set), word::count(effective)]
}

/// What a pool was granted in a sequencer.
#[inline(never)]
pub(crate) fn load(pool: &Account, id: u32) -> Raise {
    Raise::unpack(&host::load(&slot(pool, id))).unwrap_or_default()
}

/// What a pool may hold in a sequencer now.
pub(crate) fn grant(pool: &Account, id: u32, now: u64) -> u128 {
    if mutant(Mutant::GrantIgnored) {
        return LIMIT;
    }
    load(pool, id).at(now)
}

/// The absolute cap of a pool, its own or that of all.
#[inline(never)]
pub(crate) fn own_cap(pool: &Account, limits: &Limits, marks: Marks) -> Raise {
    let own = if marks.pool_caps { Raise::unpack(&host::load(&cap_slot(pool))) } else { None };
    own.unwrap_or(Raise { assets: limits.pool_cap, next: 0, effective: 0 })
}

/// The limits as they are for an account.
pub(crate) fn limits_of(pool: &Account, limits: &Limits, marks: Marks, now: u64) -> Limits {
    Limits { pool_cap: own_cap(pool, limits, marks).at(now), ..*limits }
}

fn slot(pool: &Account, id: u32) -> Word {
    slots::keyed(quota::GRANT, id, 0, pool)
}

fn cap_slot(pool: &Account) -> Word {
    slots::keyed(quota::POOL_CAP, 0, 0, pool)
}
