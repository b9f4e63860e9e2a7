//! Typed errors of the entrance, the token, the permit and the pause. The interface says when each occurs.

use crate::{
    abi::ILiquidStaking as I,
    account::Account,
    calldata,
    entry::Revert,
    pause::{LONGEST, Refusal},
    signature::{self, Flaw},
    word::{self, Word},
};

#[inline(always)]
pub(crate) fn calldata_too_long(size: usize) -> Revert {
    Revert::with::<I::CalldataTooLong>(&[
        &word::of_u64(size as u64),
        &word::of_u64(calldata::LIMIT as u64),
    ])
}

#[inline(always)]
pub(crate) fn selector_unknown(selector: [u8; 4], size: usize) -> Revert {
    Revert::with::<I::SelectorUnknown>(&[&word::of_bytes4(selector), &word::of_u64(size as u64)])
}

#[inline(always)]
pub(crate) fn value_refused(selector: [u8; 4], value: &Word) -> Revert {
    Revert::with::<I::ValueRefused>(&[&word::of_bytes4(selector), value])
}

#[inline(always)]
pub(crate) fn reentry_refused(selector: [u8; 4]) -> Revert {
    Revert::with::<I::ReentryRefused>(&[&word::of_bytes4(selector)])
}

#[inline(always)]
pub(crate) fn arguments_invalid(selector: [u8; 4], size: usize) -> Revert {
    Revert::with::<I::ArgumentsInvalid>(&[&word::of_bytes4(selector), &word::of_u64(size as u64)])
}

#[inline(always)]
pub(crate) fn insufficient_balance(sender: &Account, balance: &Word, needed: &Word) -> Revert {
    Revert::with::<I::ERC20InsufficientBalance>(&[sender.word(), balance, needed])
}

#[inline(always)]
pub(crate) fn balance_overflow(account: &Account, balance: &Word, added: &Word) -> Revert {
    Revert::with::<I::BalanceOverflow>(&[account.word(), balance, added])
}

#[inline(always)]
pub(crate) fn insufficient_allowance(spender: &Account, allowance: &Word, needed: &Word) -> Revert {
    Revert::with::<I::ERC20InsufficientAllowance>(&[spender.word(), allowance, needed])
}

#[inline(always)]
pub(crate) fn invalid_sender(sender: &Account) -> Revert {
    Revert::with::<I::ERC20InvalidSender>(&[sender.word()])
}

#[inline(always)]
pub(crate) fn invalid_receiver(receiver: &Account) -> Revert {
    Revert::with::<I::ERC20InvalidReceiver>(&[receiver.word()])
}

#[inline(always)]
pub(crate) fn invalid_spender(spender: &Account) -> Revert {
    Revert::with::<I::ERC20InvalidSpender>(&[spender.word()])
}

#[inline(always)]
pub(crate) fn permit_expired(deadline: &Word) -> Revert {
    Revert::with::<I::ERC2612ExpiredSignature>(&[deadline])
}

#[inline(always)]
pub(crate) fn invalid_signer(signer: &Account, owner: &Account) -> Revert {
    Revert::with::<I::ERC2612InvalidSigner>(&[signer.word(), owner.word()])
}

#[inline(always)]
pub(crate) fn signature_refused(owner: &Account) -> Revert {
    Revert::with::<I::ERC1271InvalidSignature>(&[owner.word()])
}

#[inline(always)]
pub(crate) fn signature_too_long(length: usize) -> Revert {
    Revert::with::<I::SignatureTooLong>(&[
        &word::of_u64(length as u64),
        &word::of_u64(signature::LIMIT as u64),
    ])
}

#[inline(always)]
pub(crate) fn signature_flawed(flaw: Flaw) -> Revert {
    match flaw {
        Flaw::Length(length) => {
            Revert::with::<I::ECDSAInvalidSignatureLength>(&[&word::of_u64(length as u64)])
        }
        Flaw::V(v) => Revert::with::<I::ECDSAInvalidSignatureV>(&[&word::of_u64(u64::from(v))]),
        Flaw::S(s) => Revert::with::<I::ECDSAInvalidSignatureS>(&[&s]),
    }
}

#[inline(always)]
pub(crate) fn unauthorized(caller: &Account) -> Revert {
    Revert::with::<I::AccessManagedUnauthorized>(&[caller.word()])
}

#[inline(always)]
pub(crate) fn authority_invalid(authority: &Account) -> Revert {
    Revert::with::<I::AccessManagedInvalidAuthority>(&[authority.word()])
}

#[inline(always)]
pub(crate) fn entries_paused(until: u64) -> Revert {
    Revert::with::<I::EntriesPaused>(&[&word::of_u64(until)])
}

/// Why a pause cannot begin or be lifted.
#[cold]
#[inline(never)]
pub(crate) fn pause_refused(refusal: Refusal) -> Revert {
    match refusal {
        Refusal::DurationZero => Revert::with::<I::DurationZero>(&[]),
        Refusal::TooLong { duration } => {
            Revert::with::<I::PauseTooLong>(&[&word::of_u64(duration), &word::of_u64(LONGEST)])
        }
        Refusal::TooEarly { next } => Revert::with::<I::PauseTooEarly>(&[&word::of_u64(next)]),
        Refusal::Missing => Revert::with::<I::PauseMissing>(&[]),
    }
}
