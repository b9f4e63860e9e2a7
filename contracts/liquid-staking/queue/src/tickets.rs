//! Tickets in storage, and who may move them.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::IRedemptionQueue::Transfer,
    account::Account,
    entry::{Outcome, Revert, View},
    host,
    mutants::{Mutant, mutant},
    queue::{Number, Ticket},
    slots::{self, queue},
    word::{self, Immediate, Word},
};

use crate::{approve, errors};

const TRANSFER: Immediate = Immediate::new(Transfer::SIGNATURE_HASH.0);

/// A ticket that is there.
///
/// # Errors
/// `ERC721NonexistentToken`.
#[inline(never)]
pub(crate) fn find(id: &Word) -> Result<(Number, Ticket), Revert> {
    let found = Number::read(id).map(|number| (number, load(number)));
    match found {
        Some((number, ticket)) if !ticket.owner.is_zero() => Ok((number, ticket)),
        _ => Err(errors::nonexistent_token(id)),
    }
}

/// A ticket that the caller may move.
///
/// # Errors
/// `ERC721NonexistentToken`, `ERC721InsufficientApproval`.
#[inline(never)]
pub(crate) fn find_own(id: &Word) -> Result<(Number, Ticket), Revert> {
    let (number, ticket) = find(id)?;
    let caller = host::caller();
    let may_move = caller == ticket.owner
        || (ticket.is_approved && approve::approved(number) == caller)
        || approve::is_operator(&ticket.owner, &caller);
    if may_move { Ok((number, ticket)) } else { Err(errors::insufficient_approval(&caller, id)) }
}

/// Reads a ticket; one without an owner is none.
#[inline(never)]
pub(crate) fn load(number: Number) -> Ticket {
    Ticket::unpack(&host::load(&slot(queue::TICKET, number)))
}

/// Writes it.
#[inline(never)]
pub(crate) fn store(number: Number, ticket: &Ticket) {
    host::store(&slot(queue::TICKET, number), &ticket.pack());
}

/// Puts a new ticket into its owner's hands.
pub(crate) fn give(number: Number, ticket: &Ticket) {
    store(number, ticket);
    recount(&ticket.owner, |count| count.saturating_add(1));
}

/// Ends a ticket. What else is kept of it goes too.
#[inline(never)]
pub(crate) fn end(number: Number, ticket: &Ticket) {
    clear(queue::TICKET, number);
    if ticket.is_approved {
        clear(queue::APPROVED, number);
    }
    if ticket.is_claimed {
        clear(queue::CLAIMED, number);
    }
    recount(&ticket.owner, |count| count.saturating_sub(1));
}

/// What was claimed of a ticket that is still there, in wei of METIS.
pub(crate) fn claimed(number: Number, ticket: &Ticket) -> u128 {
    if ticket.is_claimed && !mutant(Mutant::ClaimTwice) {
        word::low_u128(&host::load(&slot(queue::CLAIMED, number)))
    } else {
        0
    }
}

/// Notes what was claimed of a ticket.
pub(crate) fn store_claimed(number: Number, ticket: &Ticket, claimed: u128) {
    host::store(&slot(queue::CLAIMED, number), &word::of_u128(claimed));
    if !ticket.is_claimed {
        store(number, &Ticket { is_claimed: true, ..*ticket });
    }
}

/// Changes how many tickets an account has.
#[inline(never)]
pub(crate) fn recount(owner: &Account, change: impl FnOnce(u128) -> u128) {
    let slot = counts(owner);
    let count = word::low_u128(&host::load(&slot));
    host::store(&slot, &word::of_u128(change(count)));
}

/// Tells that a ticket has another owner.
pub(crate) fn log_transfer(from: &Account, to: &Account, id: &Word) {
    log(from.word(), to.word(), id);
}

/// Tells that there is a new ticket.
pub(crate) fn log_new(owner: &Account, id: &Word) {
    log(&word::count(0), owner.word(), id);
}

/// Tells that a ticket has ended.
pub(crate) fn log_ended(owner: &Account, id: &Word) {
    log(owner.word(), &word::count(0), id);
}

/// How many tickets an account has.
pub(crate) fn balance_of(call: View<'_>) -> Outcome {
    let [owner] = call.words()?;
    let owner = call.address(owner)?;
    if owner.is_zero() {
        return Err(errors::invalid_owner(&owner));
    }
    call.reply(&[host::load(&counts(&owner))])
}

/// Whose a ticket is.
pub(crate) fn owner_of(call: View<'_>) -> Outcome {
    let [id] = call.words()?;
    let (_, ticket) = find(id)?;
    call.reply(&[*ticket.owner.word()])
}

/// Forgets what is kept of a ticket.
#[inline(never)]
pub(crate) fn clear(kind: u32, number: Number) {
    // Not the constant: a reference to one lands in the data section.
    let nothing = word::count(0);
    host::store(&slot(kind, number), &nothing);
}

/// The slot of a kind for a ticket.
pub(crate) fn slot(kind: u32, number: Number) -> Word {
    slots::numbered(kind, number.batch, number.place)
}

#[inline(never)]
fn log(from: &Word, to: &Word, id: &Word) {
    host::log(&[TRANSFER.word(), *from, *to, *id], 4);
}

fn counts(owner: &Account) -> Word {
    slots::mapped(owner, &slots::variable(queue::COUNTS))
}
