//! A ticket in, METIS out.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::IRedemptionQueue::{Claimed, MetadataUpdate},
    account::Account,
    entry::{Change, Outcome, Revert},
    erc20, guard, host,
    mutants::{Mutant, mutant},
    queue::{MAX_TICKETS, Number, Ticket},
    word::{self, Immediate, Word},
};

use crate::{batches, errors, head, tickets};

const CLAIMED: Immediate = Immediate::new(Claimed::SIGNATURE_HASH.0);
const METADATA_UPDATE: Immediate = Immediate::new(MetadataUpdate::SIGNATURE_HASH.0);

/// Pays what is filled of a ticket.
///
/// # Rounding
/// Down, by ticket.
///
/// # Errors
/// `ReceiverInvalid`, `ERC721NonexistentToken`, `ERC721InsufficientApproval`, `TicketNotFilled`,
/// `PaymentFailed`.
///
/// # Events
/// `Claimed`; `Transfer` or `MetadataUpdate`.
pub(crate) fn claim(call: Change<'_>) -> Outcome {
    let [id, receiver] = call.words()?;
    let receiver = receiver_of(&call, receiver)?;
    let assets = take(id, &receiver)?;
    pay(call, &receiver, assets)
}

/// As [`claim`], of several tickets.
///
/// # Errors
/// As [`claim`], and `CountInvalid` after `ReceiverInvalid`.
///
/// # Events
/// As [`claim`] for each ticket.
pub(crate) fn claims(call: Change<'_>) -> Outcome {
    let [ids, receiver] = call.words()?;
    let ids = call.list(ids)?;
    let receiver = receiver_of(&call, receiver)?;
    errors::check_count(ids.heads().len(), MAX_TICKETS)?;
    let mut sum = 0_u128;
    for id in ids.heads() {
        // What is in escrow fits 84 bits, and this is part of it.
        sum = sum.saturating_add(take(id, &receiver)?);
    }
    pay(call, &receiver, sum)
}

/// Who is paid.
///
/// # Errors
/// `ReceiverInvalid`.
fn receiver_of(call: &Change<'_>, receiver: &Word) -> Result<Account, Revert> {
    let receiver = call.address(receiver)?;
    if erc20::can_hold(&receiver) { Ok(receiver) } else { Err(errors::receiver_invalid(&receiver)) }
}

/// Takes what is filled of a ticket out of escrow and tells it. How much that is.
///
/// # Errors
/// `ERC721NonexistentToken`, `ERC721InsufficientApproval`, `TicketNotFilled`.
#[inline(never)]
fn take(id: &Word, receiver: &Account) -> Result<u128, Revert> {
    let (number, ticket) = claimer(id)?;
    let filled = batches::filled(number.batch);
    let claimed = tickets::claimed(number, &ticket);
    let share = filled.share_down(ticket.nominal);
    #[cfg(feature = "mutants")]
    let share = crate::broken::share(share, &ticket);
    let assets = share.saturating_sub(claimed);
    if assets == 0 && !filled.is_whole() {
        return Err(errors::ticket_not_filled(id));
    }

    let mut sums = head::sums();
    if !mutant(Mutant::ClaimKeepsEscrow) {
        sums.escrow = sums.escrow.saturating_sub(assets);
    }
    head::store_sums(&sums);
    if filled.is_whole() {
        tickets::end(number, &ticket);
    } else {
        tickets::store_claimed(number, &ticket, share);
    }
    let caller = host::caller();
    let event = [
        CLAIMED.word(),
        *caller.word(),
        *receiver.word(),
        *id,
        word::amount(assets),
        word::amount(sums.escrow),
    ];
    host::log(&event, 4);
    if filled.is_whole() {
        tickets::log_ended(&ticket.owner, id);
    } else {
        host::log(&[METADATA_UPDATE.word(), *id], 1);
    }
    Ok(assets)
}

/// A ticket that the caller may claim.
///
/// # Errors
/// `ERC721NonexistentToken`, `ERC721InsufficientApproval`.
fn claimer(id: &Word) -> Result<(Number, Ticket), Revert> {
    #[cfg(feature = "mutants")]
    crate::broken::ask_authority(id)?;
    if mutant(Mutant::ClaimOpenToAll) { tickets::find(id) } else { tickets::find_own(id) }
}

/// Pays, as the last act.
///
/// # Errors
/// `PaymentFailed`.
fn pay(call: Change<'_>, receiver: &Account, assets: u128) -> Outcome {
    let paid = word::of_u128(assets);
    if assets > 0 && !guard::pay(receiver, &paid) {
        return Err(errors::payment_failed(receiver, &paid));
    }
    call.commit(&[paid])
}
