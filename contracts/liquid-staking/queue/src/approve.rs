//! Who besides the owner may move or claim a ticket.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::IRedemptionQueue::{Approval, ApprovalForAll},
    account::Account,
    entry::{Change, Outcome, View},
    host,
    queue::{Number, Ticket},
    slots::{self, queue},
    word::{self, Immediate, Word},
};

use crate::{errors, tickets};

const APPROVAL: Immediate = Immediate::new(Approval::SIGNATURE_HASH.0);
const APPROVAL_FOR_ALL: Immediate = Immediate::new(ApprovalForAll::SIGNATURE_HASH.0);

/// Lets somebody move a ticket.
///
/// # Errors
/// `ERC721NonexistentToken`, `ERC721InvalidApprover`.
///
/// # Events
/// `Approval`.
pub(crate) fn approve(call: Change<'_>) -> Outcome {
    let [to, id] = call.words()?;
    let to = call.address(to)?;
    let (number, ticket) = tickets::find(id)?;
    let caller = host::caller();
    if caller != ticket.owner && !is_operator(&ticket.owner, &caller) {
        return Err(errors::invalid_approver(&caller));
    }

    host::store(&tickets::slot(queue::APPROVED, number), to.word());
    tickets::store(number, &Ticket { is_approved: !to.is_zero(), ..ticket });
    host::log(&[APPROVAL.word(), *ticket.owner.word(), *to.word(), *id], 4);
    call.commit(&[])
}

/// Lets somebody move all tickets of the caller, or no longer.
///
/// # Errors
/// `ERC721InvalidOperator`.
///
/// # Events
/// `ApprovalForAll`.
pub(crate) fn set_approval_for_all(call: Change<'_>) -> Outcome {
    let [operator, approved] = call.words()?;
    let (operator, is_approved) = (call.address(operator)?, call.truth(approved)?);
    if operator.is_zero() {
        return Err(errors::invalid_operator(&operator));
    }
    let caller = host::caller();

    host::store(&operators(&caller, &operator), &word::of_bool(is_approved));
    host::log(&[APPROVAL_FOR_ALL.word(), *caller.word(), *operator.word(), *approved], 3);
    call.commit(&[])
}

/// Who may move a ticket.
pub(crate) fn get_approved(call: View<'_>) -> Outcome {
    let [id] = call.words()?;
    let (number, ticket) = tickets::find(id)?;
    let approved = if ticket.is_approved { *approved(number).word() } else { word::count(0) };
    call.reply(&[approved])
}

/// Whether somebody may move all tickets of an owner.
pub(crate) fn is_approved_for_all(call: View<'_>) -> Outcome {
    let [owner, operator] = call.words()?;
    let (owner, operator) = (call.address(owner)?, call.address(operator)?);
    call.reply(&[word::of_bool(is_operator(&owner, &operator))])
}

/// Who is approved for a ticket that says that somebody is.
pub(crate) fn approved(number: Number) -> Account {
    Account::low(&host::load(&tickets::slot(queue::APPROVED, number)))
}

/// Whether somebody may move all tickets of an owner.
#[inline(never)]
pub(crate) fn is_operator(owner: &Account, operator: &Account) -> bool {
    host::load(&operators(owner, operator)) != word::ZERO
}

fn operators(owner: &Account, operator: &Account) -> Word {
    slots::mapped(operator, &slots::mapped(owner, &slots::variable(queue::OPERATORS)))
}
