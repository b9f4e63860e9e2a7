//! eMETIS in, shares out.

use alloy_primitives::U256;
use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::IStakedMetis::Deposit,
    account::Account,
    books::Books,
    entry::{Change, Outcome, Revert},
    erc20, host,
    mutants::{Mutant, mutant},
    word::{self, Immediate, Word},
};

use crate::{asset, books, errors};

const DEPOSIT: Immediate = Immediate::new(Deposit::SIGNATURE_HASH.0);

/// Stakes an amount of eMETIS.
///
/// # Rounding
/// Shares down.
///
/// # Errors
/// `EntriesPaused`, `ERC20InvalidReceiver`, `AssetsZero`, `ERC4626ExceededMaxDeposit`, `SharesZero`,
/// `BalanceOverflow`; those of eMETIS.
///
/// # Events
/// `Deposit`, `Transfer`.
pub(crate) fn deposit(call: Change<'_>) -> Outcome {
    let [assets, receiver] = call.words()?;
    let receiver = call.address(receiver)?;
    let moment = books::load().open()?;
    let (after, shares) = shares_down(&moment, &receiver, assets)?;

    give(&after, &receiver, assets, &shares)?;
    asset::pull(&moment.asset, &host::caller(), assets)?;
    call.commit(&[shares])
}

/// Stakes as much eMETIS as an amount of shares costs.
///
/// # Rounding
/// Assets up.
///
/// # Errors
/// `EntriesPaused`, `ERC20InvalidReceiver`, `SharesZero`, `ERC4626ExceededMaxMint`,
/// `BalanceOverflow`; those of eMETIS.
///
/// # Events
/// `Deposit`, `Transfer`.
pub(crate) fn mint(call: Change<'_>) -> Outcome {
    let [shares, receiver] = call.words()?;
    let receiver = call.address(receiver)?;
    let moment = books::load().open()?;
    erc20::check_receiver(&receiver)?;
    let minted = moment.books.mint(moment.now, U256::from_be_bytes(*shares));
    let (after, assets) =
        minted.map_err(|refusal| errors::mint_refused(refusal, &receiver, shares))?;
    #[cfg(feature = "mutants")]
    let (after, assets) = crate::broken::mint(after, assets);
    let assets = word::of_u128(assets);

    give(&after, &receiver, &assets, shares)?;
    asset::pull(&moment.asset, &host::caller(), &assets)?;
    call.commit(&[assets])
}

/// Stakes eMETIS that was just minted to the vault.
///
/// # Rounding
/// Shares down.
///
/// # Errors
/// `CallerNotAsset`, those of [`deposit`], `SharesBelowMin`.
///
/// # Events
/// `Deposit`, `Transfer`.
///
/// # Access
/// eMETIS, which has made sure that the assets are there.
pub(crate) fn receive_deposit(call: Change<'_>) -> Outcome {
    let [assets, receiver, min_shares] = call.words()?;
    let receiver = call.address(receiver)?;
    let moment = books::load();
    let caller = host::caller();
    let is_asset = caller == moment.asset && !caller.is_zero();
    if !is_asset && !mutant(Mutant::StakeOpenToAll) {
        return Err(errors::caller_not_asset(&caller, &moment.asset));
    }
    let moment = moment.open()?;
    let (after, shares) = shares_down(&moment, &receiver, assets)?;
    // Words compare as the numbers they hold.
    if shares < *min_shares && !mutant(Mutant::MinSharesIgnored) {
        return Err(errors::shares_below_min(&shares, min_shares));
    }
    #[cfg(feature = "mutants")]
    let after = crate::broken::receive_deposit(&moment.books, after);

    give(&after, &receiver, assets, &shares)?;
    call.commit(&[shares])
}

/// The books after a deposit, and its shares.
///
/// # Errors
/// As [`deposit`], but for `BalanceOverflow`.
#[inline(never)]
fn shares_down(
    moment: &books::Moment,
    receiver: &Account,
    assets: &Word,
) -> Result<(Books, Word), Revert> {
    erc20::check_receiver(receiver)?;
    #[cfg(feature = "mutants")]
    let moment = &crate::broken::entered(*moment);
    let deposited = moment.books.deposit(moment.now, U256::from_be_bytes(*assets));
    let (after, shares) =
        deposited.map_err(|refusal| errors::deposit_refused(refusal, receiver, assets))?;
    #[cfg(feature = "mutants")]
    let (after, shares) = crate::broken::deposit(after, shares);
    Ok((after, word::of_u128(shares)))
}

/// Books new shares, credits them and tells it.
///
/// # Errors
/// `BalanceOverflow`.
#[inline(never)]
fn give(after: &Books, receiver: &Account, assets: &Word, shares: &Word) -> Result<(), Revert> {
    books::store_head(after);
    erc20::mint(receiver, shares)?;
    log_deposit(&host::caller(), receiver, assets, shares);
    Ok(())
}

/// Tells that shares were minted for assets.
pub(crate) fn log_deposit(sender: &Account, owner: &Account, assets: &Word, shares: &Word) {
    host::log(&[DEPOSIT.word(), *sender.word(), *owner.word(), *assets, *shares], 3);
    erc20::log_mint(owner, shares);
}
