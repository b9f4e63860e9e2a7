//! Typed errors of the hub's own flows. The interface says when each occurs.

use emetis_common::{
    abi::ILiquidStaking as I,
    account::Account,
    entry::Revert,
    totals::{LIMIT, Refusal},
    word::{self, Word},
};

#[inline(always)]
pub(crate) fn construction_missing(selector: [u8; 4]) -> Revert {
    Revert::with::<I::ConstructionMissing>(&[&word::of_bytes4(selector)])
}

#[inline(always)]
pub(crate) fn construction_repeated() -> Revert {
    Revert::with::<I::ConstructionRepeated>(&[])
}

#[inline(always)]
pub(crate) fn vault_invalid(vault: &Account) -> Revert {
    Revert::with::<I::VaultInvalid>(&[vault.word()])
}

#[inline(always)]
pub(crate) fn vault_missing(vault: &Account) -> Revert {
    Revert::with::<I::VaultMissing>(&[vault.word()])
}

#[inline(always)]
pub(crate) fn caller_not_vault(caller: &Account, vault: &Account) -> Revert {
    Revert::with::<I::CallerNotVault>(&[caller.word(), vault.word()])
}

#[inline(always)]
pub(crate) fn caller_not_minter(caller: &Account, minter: &Account) -> Revert {
    Revert::with::<I::CallerNotMinter>(&[caller.word(), minter.word()])
}

/// Why the books did not take `assets`.
#[cold]
#[inline(never)]
pub(crate) fn refused(refusal: Refusal, assets: &Word) -> Revert {
    match refusal {
        Refusal::AssetsZero => Revert::with::<I::AssetsZero>(&[]),
        Refusal::Halted { backing, supply } => {
            Revert::with::<I::DepositsHalted>(&[&amount(backing), &amount(supply)])
        }
        Refusal::SupplyOverflow { supply } => {
            Revert::with::<I::SupplyOverflow>(&[&amount(supply), assets, &amount(LIMIT)])
        }
        Refusal::BufferOverflow { buffer } => {
            Revert::with::<I::BufferOverflow>(&[&amount(buffer), assets, &amount(LIMIT)])
        }
    }
}

#[inline(always)]
pub(crate) fn receiver_invalid(receiver: &Account) -> Revert {
    Revert::with::<I::ReceiverInvalid>(&[receiver.word()])
}

#[inline(always)]
pub(crate) fn donations_zero(balance: &Word, buffer: &Word) -> Revert {
    Revert::with::<I::DonationsZero>(&[balance, buffer])
}

#[inline(always)]
pub(crate) fn payment_failed(receiver: &Account, assets: &Word) -> Revert {
    Revert::with::<I::PaymentFailed>(&[receiver.word(), assets])
}

/// One function for all, as turning a number into a word takes space.
#[inline(never)]
fn amount(value: u128) -> Word {
    word::of_u128(value)
}
