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
pub(crate) fn program_invalid(program: &Account) -> Revert {
    Revert::with::<I::ProgramInvalid>(&[program.word()])
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
pub(crate) fn caller_not_allocator(caller: &Account, allocator: &Account) -> Revert {
    Revert::with::<I::CallerNotAllocator>(&[caller.word(), allocator.word()])
}

#[inline(always)]
pub(crate) fn caller_not_queue(caller: &Account, queue: &Account) -> Revert {
    Revert::with::<I::CallerNotQueue>(&[caller.word(), queue.word()])
}

#[inline(always)]
pub(crate) fn loss_pending(pending: u128, until: u64) -> Revert {
    Revert::with_amounts::<I::LossPending>(pending, until.into())
}

#[inline(always)]
pub(crate) fn assets_zero() -> Revert {
    Revert::with::<I::AssetsZero>(&[])
}

#[inline(always)]
pub(crate) fn assets_below_min(assets: &Word, min_assets: &Word) -> Revert {
    Revert::with::<I::AssetsBelowMin>(&[assets, min_assets])
}

#[inline(always)]
pub(crate) fn redemption_limited(nominal: &Word, left: u128) -> Revert {
    Revert::with::<I::RedemptionLimited>(&[nominal, &amount(left)])
}

#[inline(always)]
pub(crate) fn fill_too_large(assets: &Word, max: u128) -> Revert {
    Revert::with::<I::FillTooLarge>(&[assets, &amount(max)])
}

#[inline(always)]
pub(crate) fn fees_zero() -> Revert {
    Revert::with::<I::FeesZero>(&[])
}

/// A parameter from zero to `max`.
///
/// # Errors
/// `ParameterInvalid`.
#[inline(never)]
pub(crate) fn bounded(value: &Word, max: u64) -> Result<u64, Revert> {
    word::to_u64(value).filter(|value| *value <= max).ok_or_else(|| {
        Revert::with::<I::ParameterInvalid>(&[value, &word::count(0), &word::count(max)])
    })
}

/// Why the books did not take or give `assets`.
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
        Refusal::BufferTooSmall { available } => {
            Revert::with::<I::BufferTooSmall>(&[assets, &amount(available)])
        }
        Refusal::PlacedOverflow { placed } => {
            Revert::with::<I::PlacedOverflow>(&[&amount(placed), assets, &amount(LIMIT)])
        }
        Refusal::PlacedTooSmall { placed } => {
            Revert::with::<I::PlacedTooSmall>(&[assets, &amount(placed)])
        }
        Refusal::BackingTooLarge { shortfall } => {
            Revert::with::<I::BackingTooLarge>(&[assets, &amount(shortfall)])
        }
    }
}

#[inline(always)]
pub(crate) fn receiver_invalid(receiver: &Account) -> Revert {
    Revert::with::<I::ReceiverInvalid>(&[receiver.word()])
}

#[inline(always)]
pub(crate) fn donations_zero(balance: &Word, ledger: &Word) -> Revert {
    Revert::with::<I::DonationsZero>(&[balance, ledger])
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
