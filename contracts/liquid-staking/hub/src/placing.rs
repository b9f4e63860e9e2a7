//! METIS on its way to sequencers and back.

use alloy_sol_types::{SolCall, SolEvent};
use emetis_common::{
    abi::IAllocator::receivePlacedCall,
    abi::ILiquidStaking::{BackingReceived, Placed, UnbondedReceived},
    entry::{Change, Outcome, Pay},
    guard, host,
    mutants::{Mutant, mutant},
    word::{self, Immediate},
};

use crate::{allocator, books, errors, queue};

const PLACED: Immediate = Immediate::new(Placed::SIGNATURE_HASH.0);
const UNBONDED_RECEIVED: Immediate = Immediate::new(UnbondedReceived::SIGNATURE_HASH.0);
const BACKING_RECEIVED: Immediate = Immediate::new(BackingReceived::SIGNATURE_HASH.0);

/// Sends METIS of the buffer to the allocator, to be placed.
///
/// # Errors
/// `CallerNotAllocator`, `AssetsZero`, `BufferTooSmall`, `PlacedOverflow`.
///
/// # Events
/// `Placed`.
///
/// # Access
/// The allocator set at construction.
pub(crate) fn place(call: Change<'_>) -> Outcome {
    let [assets] = call.words()?;
    let allocator =
        if mutant(Mutant::PlaceOpenToAll) { host::caller() } else { allocator::check()? };
    let owed = if mutant(Mutant::PlaceIgnoresDue) { 0 } else { queue::due() };
    let after = books::load()
        .place(word::to_u128_saturating(assets), owed)
        .map_err(|refusal| errors::refused(refusal, assets))?;

    books::store(&after);
    let (buffer, placed) = (word::amount(after.buffer()), word::amount(after.placed()));
    host::log(&[PLACED.word(), *assets, buffer, placed], 1);
    let order = [word::of_selector(receivePlacedCall::SELECTOR)];
    guard::order_with_metis(&allocator, word::after_selector(&order), assets)?;
    call.commit(&[])
}

/// Books METIS that was placed and came back.
///
/// # Errors
/// `CallerNotAllocator`, `AssetsZero`, `PlacedTooSmall`, `BufferOverflow`.
///
/// # Events
/// `UnbondedReceived`.
///
/// # Access
/// The allocator set at construction.
pub(crate) fn receive_unbonded(call: Pay<'_>) -> Outcome {
    allocator::check()?;
    let (before, value) = (books::load(), call.assets());
    let assets = word::to_u128_saturating(&value);
    let after =
        before.receive_unbonded(assets).map_err(|refusal| errors::refused(refusal, &value))?;
    #[cfg(feature = "mutants")]
    let after = crate::broken::receive_unbonded(&before, after);

    books::store(&after);
    let (buffer, placed) = (word::amount(after.buffer()), word::amount(after.placed()));
    host::log(&[UNBONDED_RECEIVED.word(), value, buffer, placed], 1);
    call.commit(&[])
}

/// Books METIS as backing that was missing.
///
/// # Errors
/// `CallerNotAllocator`, `AssetsZero`, `BackingTooLarge`, `BufferOverflow`.
///
/// # Events
/// `BackingReceived`.
///
/// # Access
/// The allocator set at construction.
pub(crate) fn receive_backing(call: Pay<'_>) -> Outcome {
    allocator::check()?;
    let value = call.assets();
    let after = books::load()
        .receive_backing(word::to_u128_saturating(&value))
        .map_err(|refusal| errors::refused(refusal, &value))?;

    books::store(&after);
    let (buffer, shortfall) = (word::amount(after.buffer()), word::amount(after.shortfall()));
    host::log(&[BACKING_RECEIVED.word(), value, buffer, shortfall], 1);
    call.commit(&[])
}
