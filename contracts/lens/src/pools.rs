//! What is delegated, over pools and direct positions.

use emetis_common::{
    account::Account,
    entry::{Outcome, Revert, View},
    mutants::{Mutant, mutant},
};

use crate::{
    measure::Parts,
    staking::{Staking, Totals},
    views,
};

/// How concentrated it is.
///
/// # Errors
/// `ConstructionMissing`, `ProgramFailed`, `AnswerInvalid`.
pub(crate) fn concentration(call: View<'_>) -> Outcome {
    let (staking, _) = views::programs(&call)?;
    let (parts, direct) = found(&staking)?;
    parts.reply_measures(call, direct)
}

/// The pools and direct positions, and what they have.
///
/// # Errors
/// As [`concentration`].
pub(crate) fn pools(call: View<'_>) -> Outcome {
    let (staking, _) = views::programs(&call)?;
    found(&staking)?.0.reply_lists(call)
}

/// All of them, direct positions last, and what these have.
#[inline(never)]
fn found(staking: &Staking) -> Result<(Parts, u128), Revert> {
    let (pools, count) = staking.pools()?;
    let mut parts = Parts::new();
    for pool in pools.iter().take(count) {
        parts.push(pool.word(), staking.pool_stake(pool)?);
    }
    let Totals { stake, mut bonds, pooled } = staking.totals()?;
    if mutant(Mutant::LensCountsBonds) {
        bonds = 0;
    }
    let Some(delegated) = stake.checked_sub(bonds).filter(|_| parts.stake() == pooled) else {
        return Err(staking.totals_invalid());
    };
    // Slashes round pools' stake by itself: where they hold everything it may be more by some wei.
    let direct = delegated.saturating_sub(pooled);
    if !mutant(Mutant::LensForgetsDirect) {
        parts.push(Account::ZERO.word(), direct);
    }
    Ok((parts, direct))
}
