//! Typed errors of the vault's own flows. The interface says when each occurs.

use emetis_common::{
    abi::IStakedMetis as I,
    account::Account,
    books::Refusal,
    entry::Revert,
    totals::LIMIT,
    word::{self, Word},
};

#[inline(always)]
pub(crate) fn construction_repeated() -> Revert {
    Revert::with::<I::ConstructionRepeated>(&[])
}

#[inline(always)]
pub(crate) fn dead_stake_invalid(value: &Word, needed: &Word) -> Revert {
    Revert::with::<I::DeadStakeInvalid>(&[value, needed])
}

#[inline(always)]
pub(crate) fn asset_invalid(asset: &Account) -> Revert {
    Revert::with::<I::AssetInvalid>(&[asset.word()])
}

#[inline(always)]
pub(crate) fn caller_not_asset(caller: &Account, asset: &Account) -> Revert {
    Revert::with::<I::CallerNotAsset>(&[caller.word(), asset.word()])
}

#[inline(always)]
pub(crate) fn caller_not_pool(caller: &Account, pool: &Account) -> Revert {
    Revert::with::<I::CallerNotPool>(&[caller.word(), pool.word()])
}

#[inline(always)]
pub(crate) fn shares_below_min(shares: &Word, min_shares: &Word) -> Revert {
    Revert::with::<I::SharesBelowMin>(&[shares, min_shares])
}

#[inline(always)]
pub(crate) fn assets_below_min(assets: &Word, min_assets: &Word) -> Revert {
    Revert::with::<I::AssetsBelowMin>(&[assets, min_assets])
}

#[inline(always)]
pub(crate) fn conversion_overflow(amount: &Word) -> Revert {
    Revert::with::<I::ConversionOverflow>(&[amount])
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

/// Why the books did not take a deposit.
#[cold]
#[inline(never)]
pub(crate) fn deposit_refused(refusal: Refusal, receiver: &Account, assets: &Word) -> Revert {
    match refusal {
        Refusal::ExceededMax(max) => {
            Revert::with::<I::ERC4626ExceededMaxDeposit>(&[receiver.word(), assets, &amount(max)])
        }
        other => none(other),
    }
}

/// Why the books did not take a mint.
#[cold]
#[inline(never)]
pub(crate) fn mint_refused(refusal: Refusal, receiver: &Account, shares: &Word) -> Revert {
    match refusal {
        Refusal::ExceededMax(max) => {
            Revert::with::<I::ERC4626ExceededMaxMint>(&[receiver.word(), shares, &amount(max)])
        }
        other => none(other),
    }
}

/// Why the books did not let a withdrawal go.
#[cold]
#[inline(never)]
pub(crate) fn withdraw_refused(refusal: Refusal, owner: &Account, assets: &Word) -> Revert {
    match refusal {
        Refusal::ExceededMax(max) => {
            Revert::with::<I::ERC4626ExceededMaxWithdraw>(&[owner.word(), assets, &amount(max)])
        }
        other => none(other),
    }
}

/// Why the books did not let a redemption go.
#[cold]
#[inline(never)]
pub(crate) fn redeem_refused(refusal: Refusal, owner: &Account, shares: &Word) -> Revert {
    match refusal {
        Refusal::ExceededMax(max) => {
            Revert::with::<I::ERC4626ExceededMaxRedeem>(&[owner.word(), shares, &amount(max)])
        }
        other => none(other),
    }
}

/// Why the books did not take a reward.
#[cold]
#[inline(never)]
pub(crate) fn notify_refused(refusal: Refusal, assets: &Word) -> Revert {
    match refusal {
        Refusal::TooEarly { next } => Revert::with::<I::NotifyTooEarly>(&[&word::of_u64(next)]),
        Refusal::Halted { provision } => Revert::with::<I::NotifyHalted>(&[&amount(provision)]),
        Refusal::LedgerOverflow { ledger } => {
            Revert::with::<I::LedgerOverflow>(&[&amount(ledger), assets, &amount(LIMIT)])
        }
        other => none(other),
    }
}

/// Why the books did not take a loss.
#[cold]
#[inline(never)]
pub(crate) fn settle_refused(refusal: Refusal, loss: &Word, pending: &Word) -> Revert {
    match refusal {
        Refusal::LossTooLarge { ledger } => {
            Revert::with::<I::LossTooLarge>(&[loss, &amount(ledger)])
        }
        Refusal::PendingTooLarge { ledger } => {
            Revert::with::<I::PendingTooLarge>(&[pending, &amount(ledger)])
        }
        other => none(other),
    }
}

/// There are no assets, or no shares: what is left of the refusals of any flow.
fn none(refusal: Refusal) -> Revert {
    match refusal {
        Refusal::SharesZero => Revert::with::<I::SharesZero>(&[]),
        _ => Revert::with::<I::AssetsZero>(&[]),
    }
}

/// One function for all, as turning a number into a word takes space.
#[inline(never)]
fn amount(value: u128) -> Word {
    word::of_u128(value)
}
