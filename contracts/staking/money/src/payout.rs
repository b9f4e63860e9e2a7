//! METIS out: to whom the caller named, last in the call.

use alloy_sol_types::{SolCall, SolEvent};
use emetis_common::{
    abi::{IRewardFund::receiveSlashedCall, ISequencerStaking::SlashedForwarded},
    account::Account,
    entry::{Change, Outcome, Revert},
    guard, host,
    mutants::{Mutant, mutant},
    slots::staking,
    staking::totals::Counts,
    storage,
    word::{self, Immediate},
};

use crate::{books, errors};

const SLASHED_FORWARDED: Immediate = Immediate::new(SlashedForwarded::SIGNATURE_HASH.0);

/// Refuses a receiver that METIS would be lost with.
///
/// # Errors
/// `ReceiverInvalid`.
pub(crate) fn check_receiver(receiver: &Account) -> Result<(), Revert> {
    if receiver.is_zero() || *receiver == host::contract() {
        Err(errors::receiver_invalid(receiver))
    } else {
        Ok(())
    }
}

/// Takes assets off the books, tells it by `log`, and pays them.
///
/// # Errors
/// `NothingToClaim`, `PaymentFailed`.
pub(crate) fn pay(
    call: Change<'_>,
    receiver: &Account,
    assets: u128,
    log: impl FnOnce(u128),
) -> Outcome {
    if assets == 0 {
        return Err(errors::nothing_to_claim());
    }
    books::pay_out(assets);
    log(assets);
    let assets = word::amount(assets);
    if !guard::pay(receiver, &assets) {
        return Err(errors::payment_failed(receiver, &assets));
    }
    call.commit(&[assets])
}

/// Sends slashed METIS to the fund.
///
/// # Errors
/// `NothingToClaim`; those of the distributor.
///
/// # Events
/// `SlashedForwarded`.
pub(crate) fn forward_slashed(call: Change<'_>) -> Outcome {
    let counts = books::counts();
    if counts.slashed == 0 {
        return Err(errors::nothing_to_claim());
    }
    let distributor = storage::load_account(staking::DISTRIBUTOR);
    let assets = word::amount(counts.slashed);

    if !mutant(Mutant::ForwardKeeps) {
        books::pay_out(counts.slashed);
    }
    books::store_counts(&Counts { slashed: 0, ..counts });
    host::log(&[SLASHED_FORWARDED.word(), *distributor.word(), assets], 2);
    let order = [word::of_selector(receiveSlashedCall::SELECTOR)];
    guard::order_with_metis(&distributor, word::after_selector(&order), &assets)?;
    call.commit(&[assets])
}
