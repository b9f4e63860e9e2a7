//! METIS that was never booked leaves again.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerStaking::Swept,
    entry::{Outcome, Restricted},
    guard, host,
    word::{self, Immediate},
};

use crate::{books, errors, payout};

const SWEPT: Immediate = Immediate::new(Swept::SIGNATURE_HASH.0);

/// Sends what is held beyond the books.
///
/// The balance is read here and nowhere else: it decides what is nobody's, never what is anybody's.
///
/// # Errors
/// `ReceiverInvalid`, `DonationsZero`, `PaymentFailed`.
///
/// # Events
/// `Swept`.
///
/// # Access
/// Whom the authority lets in: the treasury.
pub(crate) fn sweep(call: Restricted<'_>) -> Outcome {
    let [receiver] = call.words()?;
    let receiver = call.address(receiver)?;
    payout::check_receiver(&receiver)?;
    let balance = word::to_u128_saturating(&host::balance(&host::contract()));
    let ledger = books::ledger().metis;
    #[cfg(feature = "mutants")]
    let ledger = crate::broken::swept(ledger);
    let assets = balance.saturating_sub(ledger);
    if assets == 0 {
        return Err(errors::donations_zero(balance, ledger));
    }
    let (assets, ledger) = (word::amount(assets), word::amount(ledger));

    let event = [SWEPT.word(), *host::caller().word(), *receiver.word(), assets, ledger];
    host::log(&event, 3);
    if !guard::pay(&receiver, &assets) {
        return Err(errors::payment_failed(&receiver, &assets));
    }
    call.commit(&[assets])
}
