//! What a pool moves from one sequencer to another.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerQuota::Drawn,
    account::Account,
    entry::{Change, Outcome},
    host,
    limiter::Limiter,
    mutants::{Mutant, mutant},
    quota::churn::daily_down,
    slots::{self, quota},
    word::{self, Immediate, Word},
};

use crate::{
    errors, limits, programs,
    staking::{ACTIVE, Staking},
};

const DRAWN: Immediate = Immediate::new(Drawn::SIGNATURE_HASH.0);

/// Draws on the churn of the pool that calls.
///
/// # Errors
/// `PoolUnknown`, `SequencerUnknown`, `ChurnExceeded`.
///
/// # Events
/// `Drawn`.
///
/// # Access
/// Registered pools.
pub(crate) fn draw(call: Change<'_>) -> Outcome {
    let [id, amount] = call.words()?;
    let (pool, staking, now) = (host::caller(), Staking(programs::staking()), host::timestamp());
    let (registered, _) = staking.pool(&pool);
    if !registered && !mutant(Mutant::DrawOpenToAll) {
        return Err(errors::pool_unknown(&pool));
    }
    let status = staking.status(id);
    if status == 0 {
        return Err(errors::sequencer_unknown(id));
    }
    let (bucket, daily) = (load(&pool), daily(&staking));
    if status != ACTIVE && !mutant(Mutant::IdleDrawsChurn) {
        return call.commit(&[word::amount(bucket.left_down(now, daily))]);
    }

    let mut assets = word::to_u128_saturating(amount);
    if mutant(Mutant::ChurnIgnored) {
        assets = assets.min(bucket.left_down(now, daily));
    }
    let bucket = bucket.take(now, daily, assets).map_err(errors::churn_exceeded)?;
    host::store(&slot(&pool), &bucket.pack());
    let left = word::amount(bucket.left_down(now, daily));
    host::log(&[DRAWN.word(), *pool.word(), *id, *amount, left], 3);
    call.commit(&[left])
}

/// What pools may move in a day.
pub(crate) fn daily(staking: &Staking) -> u128 {
    let (limits, _) = limits::load();
    daily_down(staking.totals().stake, staking.parameters().threshold, &limits)
}

/// The bucket of a pool.
pub(crate) fn load(pool: &Account) -> Limiter {
    Limiter::unpack(&host::load(&slot(pool)))
}

fn slot(pool: &Account) -> Word {
    let pool = if mutant(Mutant::ChurnShared) { &Account::ZERO } else { pool };
    slots::keyed(quota::CHURN, 0, 0, pool)
}
