//! Losses: pending, recognised, lifted.

use alloy_primitives::U256;
use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::IStakedMetis::Settled,
    entry::{Change, Outcome},
    host,
    mutants::{Mutant, mutant},
    word::{self, Immediate},
};

use crate::{asset, books, errors, pool};

const SETTLED: Immediate = Immediate::new(Settled::SIGNATURE_HASH.0);

/// Burns a loss, locked rewards first, and sets the loss that is pending.
///
/// What is pending counts locked rewards in, so that shares stand for the same just before and
/// just after a pending loss is recognised, however much has unlocked meanwhile.
///
/// # Errors
/// `CallerNotPool`, `LossTooLarge`, `PendingTooLarge`.
///
/// # Events
/// `Settled`; of eMETIS `Burned`, `Transfer`.
///
/// # Access
/// The pool set at construction.
pub(crate) fn settle(call: Change<'_>) -> Outcome {
    let [loss, pending] = call.words()?;
    let moment = books::load();
    let caller = host::caller();
    if !mutant(Mutant::SettleOpenToAll) {
        pool::check(&caller)?;
    }
    let after = moment
        .books
        .settle(moment.now, U256::from_be_bytes(*loss), U256::from_be_bytes(*pending))
        .map_err(|refusal| errors::settle_refused(refusal, loss, pending))?;
    #[cfg(feature = "mutants")]
    let after = crate::broken::settle(&moment.books, after);

    moment.store(&after, books::last_reward());
    let event = [
        SETTLED.word(),
        *caller.word(),
        *loss,
        *pending,
        word::of_u128(after.stream().locked_up(moment.now)),
        word::of_u128(after.assets(moment.now)),
    ];
    host::log(&event, 2);
    if *loss != word::ZERO {
        asset::burn(&moment.asset, loss)?;
    }
    call.commit(&[])
}
