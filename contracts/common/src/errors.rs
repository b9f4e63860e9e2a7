//! Typed errors of the entrance, the token and the permit. The interface says when each occurs.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolError;

use crate::{
    abi::ILiquidStaking as I,
    calldata,
    entry::Revert,
    signature::{self, Flaw},
    word::{self, Word},
};

/// The first word of the error `E`, as [`Revert::with`] wants it.
#[must_use]
#[inline(always)]
pub fn name<E: SolError>() -> Word {
    word::of_selector(E::SELECTOR)
}

#[cold]
#[inline(never)]
pub(crate) fn calldata_too_long(size: usize) -> Revert {
    Revert::with(&[
        name::<I::CalldataTooLong>(),
        word::of_u64(size as u64),
        word::of_u64(calldata::LIMIT as u64),
    ])
}

#[cold]
#[inline(never)]
pub(crate) fn selector_unknown(selector: [u8; 4], size: usize) -> Revert {
    Revert::with(&[
        name::<I::SelectorUnknown>(),
        word::of_bytes4(selector),
        word::of_u64(size as u64),
    ])
}

#[cold]
#[inline(never)]
pub(crate) fn value_refused(selector: [u8; 4], value: U256) -> Revert {
    Revert::with(&[name::<I::ValueRefused>(), word::of_bytes4(selector), word::of_u256(value)])
}

#[cold]
#[inline(never)]
pub(crate) fn reentry_refused(selector: [u8; 4]) -> Revert {
    Revert::with(&[name::<I::ReentryRefused>(), word::of_bytes4(selector)])
}

#[cold]
#[inline(never)]
pub(crate) fn arguments_invalid(selector: [u8; 4], size: usize) -> Revert {
    Revert::with(&[
        name::<I::ArgumentsInvalid>(),
        word::of_bytes4(selector),
        word::of_u64(size as u64),
    ])
}

#[cold]
#[inline(never)]
pub(crate) fn insufficient_balance(sender: &Address, balance: &Word, needed: U256) -> Revert {
    Revert::with(&[
        name::<I::ERC20InsufficientBalance>(),
        word::of_address(sender),
        *balance,
        word::of_u256(needed),
    ])
}

#[cold]
#[inline(never)]
pub(crate) fn balance_overflow(account: &Address, balance: u128, added: u128) -> Revert {
    Revert::with(&[
        name::<I::BalanceOverflow>(),
        word::of_address(account),
        word::of_u128(balance),
        word::of_u128(added),
    ])
}

#[cold]
#[inline(never)]
pub(crate) fn insufficient_allowance(spender: &Address, allowance: U256, needed: U256) -> Revert {
    Revert::with(&[
        name::<I::ERC20InsufficientAllowance>(),
        word::of_address(spender),
        word::of_u256(allowance),
        word::of_u256(needed),
    ])
}

#[cold]
#[inline(never)]
pub(crate) fn invalid_sender(sender: &Address) -> Revert {
    Revert::with(&[name::<I::ERC20InvalidSender>(), word::of_address(sender)])
}

#[cold]
#[inline(never)]
pub(crate) fn invalid_receiver(receiver: &Address) -> Revert {
    Revert::with(&[name::<I::ERC20InvalidReceiver>(), word::of_address(receiver)])
}

#[cold]
#[inline(never)]
pub(crate) fn invalid_spender(spender: &Address) -> Revert {
    Revert::with(&[name::<I::ERC20InvalidSpender>(), word::of_address(spender)])
}

#[cold]
#[inline(never)]
pub(crate) fn permit_expired(deadline: U256) -> Revert {
    Revert::with(&[name::<I::ERC2612ExpiredSignature>(), word::of_u256(deadline)])
}

#[cold]
#[inline(never)]
pub(crate) fn invalid_signer(signer: &Address, owner: &Address) -> Revert {
    Revert::with(&[
        name::<I::ERC2612InvalidSigner>(),
        word::of_address(signer),
        word::of_address(owner),
    ])
}

#[cold]
#[inline(never)]
pub(crate) fn signature_refused(owner: &Address) -> Revert {
    Revert::with(&[name::<I::ERC1271InvalidSignature>(), word::of_address(owner)])
}

#[cold]
#[inline(never)]
pub(crate) fn signature_too_long(length: usize) -> Revert {
    Revert::with(&[
        name::<I::SignatureTooLong>(),
        word::of_u64(length as u64),
        word::of_u64(signature::LIMIT as u64),
    ])
}

#[cold]
#[inline(never)]
pub(crate) fn signature_flawed(flaw: Flaw) -> Revert {
    let (name, detail) = match flaw {
        Flaw::Length(length) => {
            (name::<I::ECDSAInvalidSignatureLength>(), word::of_u64(length as u64))
        }
        Flaw::V(v) => (name::<I::ECDSAInvalidSignatureV>(), word::of_u64(u64::from(v))),
        Flaw::S(s) => (name::<I::ECDSAInvalidSignatureS>(), s),
    };
    Revert::with(&[name, detail])
}
