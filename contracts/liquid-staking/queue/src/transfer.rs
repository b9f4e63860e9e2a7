//! A ticket has another owner.

use alloy_sol_types::SolCall;
use emetis_common::{
    abi::IERC721Receiver::onERC721ReceivedCall,
    account::Account,
    calldata,
    entry::{Change, Outcome, Revert},
    erc20, guard,
    host::{self, buffer::Buffer},
    mutants::{Mutant, mutant},
    queue::Ticket,
    slots::queue,
    word::{self, Word},
};

use crate::{errors, tickets};

/// Longest calldata that a receiver is asked with: a selector, five words and what the caller sent.
const QUESTION: usize = calldata::LIMIT.saturating_add(164);

/// Moves a ticket.
///
/// # Errors
/// `ERC721InvalidReceiver`, `ERC721NonexistentToken`, `ERC721InsufficientApproval`,
/// `ERC721IncorrectOwner`.
///
/// # Events
/// `Transfer`.
pub(crate) fn transfer_from(call: Change<'_>) -> Outcome {
    let [from, to, id] = call.words()?;
    shift(&call, from, to, id)?;
    call.commit(&[])
}

/// Moves a ticket to who takes it.
///
/// # Errors
/// As [`transfer_from`]; what the receiver refuses with.
///
/// # Events
/// As [`transfer_from`].
pub(crate) fn safe_transfer_from(call: Change<'_>) -> Outcome {
    let [from, to, id] = call.words()?;
    shift(&call, from, to, id)?;
    offer(from, to, id, &[])?;
    call.commit(&[])
}

/// As [`safe_transfer_from`], with data for the receiver.
///
/// # Errors
/// As [`safe_transfer_from`].
///
/// # Events
/// As [`transfer_from`].
pub(crate) fn safe_transfer_from_with_data(call: Change<'_>) -> Outcome {
    let [from, to, id, data] = call.words()?;
    let data = call.tail(data)?;
    shift(&call, from, to, id)?;
    offer(from, to, id, data)?;
    call.commit(&[])
}

#[inline(never)]
fn shift(call: &Change<'_>, from: &Word, to: &Word, id: &Word) -> Result<(), Revert> {
    let (from, to) = (call.address(from)?, call.address(to)?);
    if !erc20::can_hold(&to) {
        return Err(errors::invalid_receiver(&to));
    }
    let (number, ticket) = if mutant(Mutant::TicketMovesByAnyone) {
        tickets::find(id)?
    } else {
        tickets::find_own(id)?
    };
    if ticket.owner != from {
        return Err(errors::incorrect_owner(&from, id, &ticket.owner));
    }

    let keeps_approval = mutant(Mutant::ApprovalStays) && ticket.is_approved;
    if ticket.is_approved && !keeps_approval {
        tickets::clear(queue::APPROVED, number);
    }
    tickets::store(number, &Ticket { owner: to, is_approved: keeps_approval, ..ticket });
    if !mutant(Mutant::TransferKeepsCount) {
        tickets::recount(&from, |count| count.saturating_sub(1));
    }
    tickets::recount(&to, |count| count.saturating_add(1));
    tickets::log_transfer(&from, &to, id);
    Ok(())
}

/// Asks a contract whether it takes the ticket, which it has by then.
///
/// # Errors
/// `ERC721InvalidReceiver`, or what it refuses with.
#[inline(never)]
fn offer(from: &Word, to: &Word, id: &Word, data: &[u8]) -> Result<(), Revert> {
    let receiver = Account::low(to);
    if mutant(Mutant::SafeTransferUnasked) || !host::has_code(&receiver) {
        return Ok(());
    }
    let mut question = Buffer::<QUESTION>::new();
    let head = [
        word::of_selector(onERC721ReceivedCall::SELECTOR),
        *host::caller().word(),
        *from,
        *id,
        word::of_u64(128),
        word::of_u64(data.len() as u64),
    ];
    question.push(word::after_selector(&head));
    question.push(data);
    // Whole words after the selector.
    question.pad_after(4);
    let magic = word::of_bytes4(onERC721ReceivedCall::SELECTOR);
    if guard::deliver(&receiver, question.bytes(), &magic)? {
        Ok(())
    } else {
        Err(errors::invalid_receiver(&receiver))
    }
}
