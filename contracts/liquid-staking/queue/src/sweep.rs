//! METIS that was never booked leaves again.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::IRedemptionQueue::Swept,
    entry::{Outcome, Restricted},
    erc20, guard, host,
    mutants::{Mutant, mutant},
    word::{self, Immediate},
};

use crate::{errors, head};

const SWEPT: Immediate = Immediate::new(Swept::SIGNATURE_HASH.0);

/// Sends what the queue holds beyond its escrow.
///
/// # Errors
/// `ReceiverInvalid`, `DonationsZero`, `PaymentFailed`.
///
/// # Events
/// `Swept`.
///
/// # Access
/// TREASURY.
pub(crate) fn sweep(call: Restricted<'_>) -> Outcome {
    let [receiver] = call.words()?;
    let receiver = call.address(receiver)?;
    if !erc20::can_hold(&receiver) {
        return Err(errors::receiver_invalid(&receiver));
    }
    let (balance, escrow) = (host::balance(&host::contract()), word::of_u128(head::sums().escrow));
    let kept = if mutant(Mutant::QueueSweepTakesEscrow) { word::ZERO } else { escrow };
    let assets = word::checked_sub(&balance, &kept).unwrap_or(word::ZERO);
    if assets == word::ZERO {
        return Err(errors::donations_zero(&balance, &escrow));
    }

    let event = [SWEPT.word(), *host::caller().word(), *receiver.word(), assets, escrow];
    host::log(&event, 3);
    if !guard::pay(&receiver, &assets) {
        return Err(errors::payment_failed(&receiver, &assets));
    }
    call.commit(&[assets])
}
