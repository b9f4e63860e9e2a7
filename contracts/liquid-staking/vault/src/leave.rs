//! Shares in, eMETIS out. Never closed.

use alloy_primitives::U256;
use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::IStakedMetis::Withdraw,
    account::Account,
    books::Books,
    entry::{Change, Outcome, Revert},
    erc20, host,
    mutants::{Mutant, mutant},
    word::{self, Immediate, Word},
};

use crate::{asset, books, errors};

const WITHDRAW: Immediate = Immediate::new(Withdraw::SIGNATURE_HASH.0);

/// Sends an amount of eMETIS for shares.
///
/// # Rounding
/// Shares up.
///
/// # Errors
/// `ReceiverInvalid`, `AssetsZero`, `ERC4626ExceededMaxWithdraw`, `ERC20InsufficientAllowance`;
/// `ERC20InvalidReceiver` of eMETIS.
///
/// # Events
/// `Withdraw`, `Transfer`.
pub(crate) fn withdraw(call: Change<'_>) -> Outcome {
    let [assets, receiver, owner] = call.words()?;
    let (receiver, owner) = (call.address(receiver)?, call.address(owner)?);
    let moment = load()?;
    check_receiver(&receiver)?;
    let balance = word::low_u128(&erc20::balance(&owner));
    let withdrawn = moment.books.withdraw(moment.now, U256::from_be_bytes(*assets), balance);
    let (after, shares) =
        withdrawn.map_err(|refusal| errors::withdraw_refused(refusal, &owner, assets))?;
    #[cfg(feature = "mutants")]
    let (after, shares) = crate::broken::withdraw(after, shares);
    let shares = word::of_u128(shares);

    take(&moment.asset, &after, &receiver, &owner, assets, &shares)?;
    call.commit(&[shares])
}

/// Sends what an amount of shares is worth.
///
/// # Rounding
/// Assets down.
///
/// # Errors
/// `ReceiverInvalid`, `SharesZero`, `ERC4626ExceededMaxRedeem`, `AssetsZero`,
/// `ERC20InsufficientAllowance`; `ERC20InvalidReceiver` of eMETIS.
///
/// # Events
/// `Withdraw`, `Transfer`.
pub(crate) fn redeem(call: Change<'_>) -> Outcome {
    let [shares, receiver, owner] = call.words()?;
    let any = word::ZERO;
    assets_down(call, [shares, receiver, owner], &any)
}

/// As [`redeem`], for no less than the last argument.
///
/// # Errors
/// Those of [`redeem`], and `AssetsBelowMin` after `AssetsZero`.
pub(crate) fn redeem_with_minimum(call: Change<'_>) -> Outcome {
    let [shares, receiver, owner, min_assets] = call.words()?;
    assets_down(call, [shares, receiver, owner], min_assets)
}

#[inline(never)]
fn assets_down(call: Change<'_>, words: [&Word; 3], min_assets: &Word) -> Outcome {
    let [shares, receiver, owner] = words;
    let (receiver, owner) = (call.address(receiver)?, call.address(owner)?);
    let moment = load()?;
    check_receiver(&receiver)?;
    let balance = word::low_u128(&erc20::balance(&owner));
    let redeemed = moment.books.redeem(moment.now, word::to_u128_saturating(shares), balance);
    let (after, assets) =
        redeemed.map_err(|refusal| errors::redeem_refused(refusal, &owner, shares))?;
    #[cfg(feature = "mutants")]
    let (after, assets) = crate::broken::redeem(&moment.books, after, assets);
    let assets = word::of_u128(assets);
    // Words compare as the numbers they hold.
    if assets < *min_assets && !mutant(Mutant::MinAssetsIgnored) {
        return Err(errors::assets_below_min(&assets, min_assets));
    }
    let receiver = if mutant(Mutant::RedeemPaysCaller) { host::caller() } else { receiver };

    take(&moment.asset, &after, &receiver, &owner, &assets, shares)?;
    call.commit(&[assets])
}

/// Burns shares of the owner, tells it and sends the assets.
///
/// # Errors
/// `ERC20InsufficientAllowance`; `ERC20InvalidReceiver` of eMETIS.
#[inline(never)]
fn take(
    asset: &Account,
    after: &Books,
    receiver: &Account,
    owner: &Account,
    assets: &Word,
    shares: &Word,
) -> Result<(), Revert> {
    let caller = host::caller();
    if caller != *owner && !mutant(Mutant::RedeemUnallowed) {
        erc20::spend(owner, &caller, shares)?;
    }

    books::store_head(after);
    erc20::burn(owner, shares)?;
    let event =
        [WITHDRAW.word(), *caller.word(), *receiver.word(), *owner.word(), *assets, *shares];
    host::log(&event, 4);
    erc20::log_burn(owner, shares);
    asset::push(asset, receiver, assets)
}

/// Reads the books.
///
/// # Errors
/// None but a mutant's.
#[inline(always)]
fn load() -> Result<books::Moment, Revert> {
    let moment = books::load();
    #[cfg(feature = "mutants")]
    let moment = crate::broken::left(moment)?;
    Ok(moment)
}

fn check_receiver(receiver: &Account) -> Result<(), Revert> {
    if erc20::can_hold(receiver) { Ok(()) } else { Err(errors::receiver_invalid(receiver)) }
}
