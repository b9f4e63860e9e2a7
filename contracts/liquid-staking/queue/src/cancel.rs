//! A ticket of the open batch ends.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::IRedemptionQueue::Cancelled,
    entry::{Change, Outcome},
    host,
    mutants::{Mutant, mutant},
    word::{self, Immediate},
};

use crate::{batches, errors, head, hub, tickets};

const CANCELLED: Immediate = Immediate::new(Cancelled::SIGNATURE_HASH.0);

/// Ends a ticket and gives its eMETIS back.
///
/// # Errors
/// `ERC721NonexistentToken`, `ERC721InsufficientApproval`, `BatchNotOpen`; those of the hub's `transfer`.
///
/// # Events
/// `Cancelled`, `Transfer`; of the hub `Transfer`.
pub(crate) fn cancel(call: Change<'_>) -> Outcome {
    let [id, receiver] = call.words()?;
    let receiver = call.address(receiver)?;
    let (number, ticket) = tickets::find_own(id)?;
    let batch = batches::load(number.batch);
    let is_open = head::load().is_open(number.batch, host::timestamp(), &batch);
    #[cfg(feature = "mutants")]
    let is_open = is_open || crate::broken::may_cancel(number.batch);
    if !is_open {
        return Err(errors::batch_not_open(number.batch));
    }

    let after = batch.leave(ticket.nominal);
    if !mutant(Mutant::CancelKeepsNominal) {
        batches::store(number.batch, &after);
    }
    tickets::end(number, &ticket);
    let nominal = word::of_u128(ticket.nominal);
    let event = [
        CANCELLED.word(),
        *host::caller().word(),
        *receiver.word(),
        *id,
        nominal,
        word::amount(after.nominal()),
    ];
    host::log(&event, 4);
    tickets::log_ended(&ticket.owner, id);
    hub::push(&receiver, &nominal)?;
    call.commit(&[nominal])
}
