//! Rewards come in and unlock over time.

use alloy_primitives::U256;
use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::IStakedMetis::Notified,
    entry::{Change, Outcome},
    host,
    mutants::{Mutant, mutant},
    word::{self, Immediate},
};

use crate::{asset, books, errors, pool};

const NOTIFIED: Immediate = Immediate::new(Notified::SIGNATURE_HASH.0);

/// Takes a reward of the pool, to unlock with what is locked already.
///
/// # Rounding
/// The end of the stream up, to the second.
///
/// # Errors
/// `CallerNotPool`, `AssetsZero`, `NotifyTooEarly`, `NotifyHalted`, `LedgerOverflow`; those of
/// eMETIS.
///
/// # Events
/// `Notified`.
///
/// # Access
/// The pool set at construction.
pub(crate) fn notify(call: Change<'_>) -> Outcome {
    let [assets] = call.words()?;
    let moment = books::load();
    let caller = host::caller();
    if !mutant(Mutant::NotifyOpenToAll) {
        pool::check(&caller)?;
    }
    let last = if mutant(Mutant::NotifyAnytime) { 0 } else { books::last_reward() };
    let after = moment
        .books
        .notify(moment.now, U256::from_be_bytes(*assets), last)
        .map_err(|refusal| errors::notify_refused(refusal, assets))?;
    #[cfg(feature = "mutants")]
    let after = crate::broken::notify(moment.now, after);
    let stream = after.stream();
    let end = word::of_u64(stream.end());

    moment.store(&after, moment.now);
    let locked = word::of_u128(stream.amount());
    host::log(&[NOTIFIED.word(), *caller.word(), *assets, locked, end], 2);
    asset::pull(&moment.asset, &caller, assets)?;
    call.commit(&[end])
}
