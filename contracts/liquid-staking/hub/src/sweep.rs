//! METIS that was never booked leaves again.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ILiquidStaking::Swept,
    entry::{Outcome, Restricted},
    erc20, guard, host,
    mutants::{Mutant, mutant},
    word::{self, Immediate},
};

use crate::{books, errors, redeem};

const SWEPT: Immediate = Immediate::new(Swept::SIGNATURE_HASH.0);

/// Sends what the hub holds beyond buffer and fees.
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
    let mut buffer = books::load().buffer();
    let mut fees = redeem::load().fees();
    // Two figures of 84 bits.
    let ledger = word::of_u128(buffer.saturating_add(fees));
    if mutant(Mutant::SweepTakesBuffer) {
        buffer = 0;
    }
    if mutant(Mutant::SweepTakesFees) {
        fees = 0;
    }
    let kept = word::of_u128(buffer.saturating_add(fees));
    let assets = word::checked_sub(&balance, &kept).unwrap_or(word::ZERO);
    if assets == word::ZERO {
        return Err(errors::donations_zero(&balance, &ledger));
    }

    let event = [SWEPT.word(), *host::caller().word(), *receiver.word(), assets, ledger];
    host::log(&event, 3);
    // Nothing was stored, so the books that views show meanwhile are these.
    if !guard::pay(&receiver, &assets) {
        return Err(errors::payment_failed(&receiver, &assets));
    }
    call.commit(&[assets])
}
