//! METIS that was never booked leaves again.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ILiquidStaking::Swept,
    entry::{Outcome, Restricted},
    erc20, guard, host,
    mutants::{Mutant, mutant},
    word::{self, Immediate},
};

use crate::{books, errors};

const SWEPT: Immediate = Immediate::new(Swept::SIGNATURE_HASH.0);

/// Sends what the hub holds beyond its buffer.
///
/// The balance is read here and nowhere else: it decides what is nobody's, never what is anybody's.
///
/// # Errors
/// `ReceiverInvalid`, `DonationsZero`, `PaymentFailed`.
///
/// # Events
/// `Swept`.
pub(crate) fn sweep(call: Restricted<'_>) -> Outcome {
    let [receiver] = call.words()?;
    let receiver = call.address(receiver)?;
    if !erc20::can_hold(&receiver) {
        return Err(errors::receiver_invalid(&receiver));
    }
    let balance = host::balance(&host::contract());
    let buffer = word::of_u128(books::load().buffer());
    let kept = if mutant(Mutant::SweepTakesBuffer) { word::ZERO } else { buffer };
    let assets = word::checked_sub(&balance, &kept).unwrap_or(word::ZERO);
    if assets == word::ZERO {
        return Err(errors::donations_zero(&balance, &buffer));
    }

    let event = [SWEPT.word(), *host::caller().word(), *receiver.word(), assets, buffer];
    host::log(&event, 3);
    // Nothing was stored, so the books that views show meanwhile are these.
    if !guard::pay(&receiver, &assets) {
        return Err(errors::payment_failed(&receiver, &assets));
    }
    call.commit(&[assets])
}
