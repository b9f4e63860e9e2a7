//! Typed errors of the queue's own flows. The interface says when each occurs.

use emetis_common::{
    abi::IRedemptionQueue as I,
    account::Account,
    entry::Revert,
    queue::MIN_REQUEST,
    word::{self, Word},
};

#[inline(always)]
pub(crate) fn construction_repeated() -> Revert {
    Revert::with::<I::ConstructionRepeated>(&[])
}

#[inline(always)]
pub(crate) fn construction_missing(selector: [u8; 4]) -> Revert {
    Revert::with::<I::ConstructionMissing>(&[&word::of_bytes4(selector)])
}

#[inline(always)]
pub(crate) fn program_invalid(program: &Account) -> Revert {
    Revert::with::<I::ProgramInvalid>(&[program.word()])
}

#[inline(always)]
pub(crate) fn caller_not_hub(caller: &Account, hub: &Account) -> Revert {
    Revert::with::<I::CallerNotHub>(&[caller.word(), hub.word()])
}

#[inline(always)]
pub(crate) fn request_too_small(nominal: &Word) -> Revert {
    Revert::with::<I::RequestTooSmall>(&[nominal, &word::amount(MIN_REQUEST)])
}

#[inline(always)]
pub(crate) fn batch_overflow(before: u128, nominal: &Word, limit: u128) -> Revert {
    Revert::with::<I::BatchOverflow>(&[&word::amount(before), nominal, &word::amount(limit)])
}

#[inline(always)]
pub(crate) fn batches_exhausted(batch: u32) -> Revert {
    Revert::with::<I::BatchesExhausted>(&[&word::count(batch.into())])
}

/// Refuses lists that name nothing, or too much.
///
/// # Errors
/// `CountInvalid`.
#[inline(never)]
pub(crate) fn check_count(count: usize, max: usize) -> Result<(), Revert> {
    if count > 0 && count <= max {
        return Ok(());
    }
    Err(Revert::with_amounts::<I::CountInvalid>(count as u128, max as u128))
}

#[inline(always)]
pub(crate) fn batch_not_open(batch: u32) -> Revert {
    Revert::with::<I::BatchNotOpen>(&[&word::count(batch.into())])
}

#[inline(always)]
pub(crate) fn ticket_not_filled(ticket: &Word) -> Revert {
    Revert::with::<I::TicketNotFilled>(&[ticket])
}

#[inline(always)]
pub(crate) fn nothing_to_finalize(due: u128, available: u128) -> Revert {
    Revert::with_amounts::<I::NothingToFinalize>(due, available)
}

#[inline(always)]
pub(crate) fn receiver_invalid(receiver: &Account) -> Revert {
    Revert::with::<I::ReceiverInvalid>(&[receiver.word()])
}

#[inline(always)]
pub(crate) fn payment_failed(receiver: &Account, assets: &Word) -> Revert {
    Revert::with::<I::PaymentFailed>(&[receiver.word(), assets])
}

#[inline(always)]
pub(crate) fn donations_zero(balance: &Word, escrow: &Word) -> Revert {
    Revert::with::<I::DonationsZero>(&[balance, escrow])
}

#[inline(always)]
pub(crate) fn parameter_invalid(value: &Word, min: u64, max: u64) -> Revert {
    Revert::with::<I::ParameterInvalid>(&[value, &word::count(min), &word::count(max)])
}

#[inline(always)]
pub(crate) fn invalid_owner(owner: &Account) -> Revert {
    Revert::with::<I::ERC721InvalidOwner>(&[owner.word()])
}

#[inline(always)]
pub(crate) fn nonexistent_token(id: &Word) -> Revert {
    Revert::with::<I::ERC721NonexistentToken>(&[id])
}

#[inline(always)]
pub(crate) fn incorrect_owner(sender: &Account, id: &Word, owner: &Account) -> Revert {
    Revert::with::<I::ERC721IncorrectOwner>(&[sender.word(), id, owner.word()])
}

#[inline(always)]
pub(crate) fn invalid_receiver(receiver: &Account) -> Revert {
    Revert::with::<I::ERC721InvalidReceiver>(&[receiver.word()])
}

#[inline(always)]
pub(crate) fn insufficient_approval(operator: &Account, id: &Word) -> Revert {
    Revert::with::<I::ERC721InsufficientApproval>(&[operator.word(), id])
}

#[inline(always)]
pub(crate) fn invalid_approver(approver: &Account) -> Revert {
    Revert::with::<I::ERC721InvalidApprover>(&[approver.word()])
}

#[inline(always)]
pub(crate) fn invalid_operator(operator: &Account) -> Revert {
    Revert::with::<I::ERC721InvalidOperator>(&[operator.word()])
}
