//! Losses of what is placed: recognised, pending, lifted.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ILiquidStaking::Settled,
    entry::{Change, Outcome},
    host,
    mutants::{Mutant, mutant},
    word::{self, Immediate},
};

use crate::{allocator, books, errors, wait};

const SETTLED: Immediate = Immediate::new(Settled::SIGNATURE_HASH.0);

/// Takes a loss off what is placed, and notes what more is pending.
///
/// # Errors
/// `CallerNotAllocator`, `PlacedTooSmall`.
///
/// # Events
/// `Settled`.
///
/// # Access
/// The allocator set at construction.
pub(crate) fn settle(call: Change<'_>) -> Outcome {
    let [loss, pending, until] = call.words()?;
    allocator::check()?;
    let mut taken = word::to_u128_saturating(loss);
    if mutant(Mutant::SettleSpares) {
        taken = taken.saturating_sub(1);
    }
    let after = books::load().lose(taken).map_err(|refusal| errors::refused(refusal, loss))?;
    let now = host::timestamp();
    let until = word::to_u64(until).unwrap_or(u64::MAX);
    let wait = wait::load().settle(now, word::to_u128_saturating(pending), until);
    let until = wait.until(now);

    books::store(&after.with_wait(until != 0));
    wait::store(&wait);
    let event = [
        SETTLED.word(),
        *loss,
        word::amount(after.placed()),
        word::amount(after.shortfall()),
        word::amount(wait.pending()),
        word::count(until),
    ];
    host::log(&event, 1);
    call.commit(&[])
}
