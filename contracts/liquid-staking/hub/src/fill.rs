//! eMETIS of the queue becomes METIS.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ILiquidStaking::Filled,
    entry::{Change, Outcome},
    erc20, host,
    mutants::{Mutant, mutant},
    word::{self, Immediate},
};

use crate::{books, errors, queue};

const FILLED: Immediate = Immediate::new(Filled::SIGNATURE_HASH.0);

/// Redeems eMETIS of the queue for what it says, at most at the rate.
///
/// # Errors
/// `CallerNotQueue`, `LossPending`, `FillTooLarge`, `BufferTooSmall`, `ERC20InsufficientBalance`.
///
/// # Events
/// `Filled`, `Transfer`.
///
/// # Access
/// The queue set at construction.
pub(crate) fn fill(call: Change<'_>) -> Outcome {
    let [nominal, assets] = call.words()?;
    let (caller, queue) = (host::caller(), queue::account());
    if (caller != queue || caller.is_zero()) && !mutant(Mutant::FillOpenToAll) {
        return Err(errors::caller_not_queue(&caller, &queue));
    }
    let before = books::load_redeemable()?;
    let (burned, paid) = (word::to_u128_saturating(nominal), word::to_u128_saturating(assets));
    let max = before.rate().assets_down(burned);
    if paid > max && !mutant(Mutant::FillOverpays) {
        return Err(errors::fill_too_large(assets, max));
    }
    let after =
        before.redeem(burned, paid, 0).map_err(|refusal| errors::refused(refusal, assets))?;

    erc20::burn(&caller, nominal)?;
    books::store(&after);
    let (supply, buffer) = (word::amount(after.supply()), word::amount(after.buffer()));
    host::log(&[FILLED.word(), *nominal, *assets, supply, buffer], 1);
    erc20::log_burn(&caller, nominal);
    if paid > 0 {
        queue::pay(&caller, assets)?;
    }
    call.commit(&[])
}
