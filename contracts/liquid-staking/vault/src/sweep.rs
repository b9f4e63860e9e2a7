//! What was never booked leaves again.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::IStakedMetis::Swept,
    entry::{Outcome, Restricted},
    erc20, guard, host,
    mutants::{Mutant, mutant},
    word::{self, Immediate},
};

use crate::{asset, books, errors};

const SWEPT: Immediate = Immediate::new(Swept::SIGNATURE_HASH.0);

/// Sends eMETIS beyond the ledger, and all METIS.
///
/// # Errors
/// `ReceiverInvalid`, `DonationsZero`; `ERC20InvalidReceiver` of eMETIS; `PaymentFailed`.
///
/// # Events
/// `Swept`.
pub(crate) fn sweep(call: Restricted<'_>) -> Outcome {
    let [receiver] = call.words()?;
    let receiver = call.address(receiver)?;
    if !erc20::can_hold(&receiver) {
        return Err(errors::receiver_invalid(&receiver));
    }
    let moment = books::load();
    let balance = asset::balance(&moment.asset);
    let ledger = word::of_u128(moment.books.ledger());
    let kept = if mutant(Mutant::VaultSweepTakesLedger) { word::ZERO } else { ledger };
    let assets = word::checked_sub(&balance, &kept).unwrap_or(word::ZERO);
    let metis = host::balance(&host::contract());
    if assets == word::ZERO && metis == word::ZERO {
        return Err(errors::donations_zero(&balance, &ledger));
    }

    host::log(&[SWEPT.word(), *host::caller().word(), *receiver.word(), assets, metis], 3);
    if assets != word::ZERO {
        asset::push(&moment.asset, &receiver, &assets)?;
    }
    if metis != word::ZERO && !guard::pay(&receiver, &metis) {
        return Err(errors::payment_failed(&receiver, &metis));
    }
    call.commit(&[assets, metis])
}
