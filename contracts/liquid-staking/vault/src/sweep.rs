//! What was never booked leaves again.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::IStakedMetis::Swept,
    entry::{Change, Outcome},
    erc20, guard, host,
    mutants::{Mutant, mutant},
    slots::vault,
    storage,
    word::{self, Immediate},
};

use crate::{asset, books, errors};

const SWEPT: Immediate = Immediate::new(Swept::SIGNATURE_HASH.0);

/// Sends eMETIS beyond the ledger, and all METIS.
///
/// # Errors
/// `CallerNotTreasury`, `ReceiverInvalid`, `DonationsZero`; `ERC20InvalidReceiver` of eMETIS;
/// `PaymentFailed`.
///
/// # Events
/// `Swept`.
///
/// # Access
/// The treasury set at construction.
pub(crate) fn sweep(call: Change<'_>) -> Outcome {
    let [receiver] = call.words()?;
    let receiver = call.address(receiver)?;
    let (caller, treasury) = (host::caller(), storage::load_account(vault::TREASURY));
    if caller != treasury || treasury.is_zero() {
        return Err(errors::caller_not_treasury(&caller, &treasury));
    }
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

    host::log(&[SWEPT.word(), *caller.word(), *receiver.word(), assets, metis], 3);
    if assets != word::ZERO {
        asset::push(&moment.asset, &receiver, &assets)?;
    }
    if metis != word::ZERO && !guard::pay(&receiver, &metis) {
        return Err(errors::payment_failed(&receiver, &metis));
    }
    call.commit(&[assets, metis])
}
