//! The seMETIS vault. What it does is told by `interfaces/IStakedMetis.sol`; this is its table of
//! contents, and each flow has a file.
//!
//! The program exists on `wasm32` only.
#![cfg(target_arch = "wasm32")]

mod asset;
mod books;
#[cfg(feature = "mutants")]
mod broken;
mod construct;
mod convert;
mod enter;
mod errors;
mod leave;
mod pool;
mod reward;
mod settle;
mod sweep;
mod token;
mod views;

use emetis_common::{erc20, managed, pause, permit};
use token::StakedMetis;

emetis_common::table! { IStakedMetis, call:
    constructor => construct::construct(call.pay()?),

    // eMETIS in and out
    depositCall => enter::deposit(call.change()?),
    mintCall => enter::mint(call.change()?),
    receiveDepositCall => enter::receive_deposit(call.change()?),
    withdrawCall => leave::withdraw(call.change()?),
    redeem_0Call => leave::redeem(call.change()?),
    redeem_1Call => leave::redeem_with_minimum(call.change()?),

    // rewards, losses, donations
    notifyCall => reward::notify(call.change()?),
    settleCall => settle::settle(call.change()?),
    sweepCall => sweep::sweep(call.restricted()?),

    // the token
    transferCall => erc20::transfer(call.change()?),
    approveCall => erc20::approve(call.change()?),
    transferFromCall => erc20::transfer_from(call.change()?),
    permit_0Call => permit::permit::<StakedMetis>(call.change()?),
    permit_1Call => permit::permit_by_bytes::<StakedMetis>(call.change()?),

    // views of the token
    nameCall => erc20::name::<StakedMetis>(call.view()?),
    symbolCall => erc20::symbol::<StakedMetis>(call.view()?),
    decimalsCall => erc20::decimals::<StakedMetis>(call.view()?),
    totalSupplyCall => views::total_supply(call.view()?),
    balanceOfCall => erc20::balance_of(call.view()?),
    allowanceCall => erc20::allowance(call.view()?),
    noncesCall => permit::nonces(call.view()?),
    DOMAIN_SEPARATORCall => permit::domain_separator::<StakedMetis>(call.view()?),
    eip712DomainCall => permit::eip712_domain::<StakedMetis>(call.view()?),

    // views of ERC-4626
    assetCall => views::asset(call.view()?),
    totalAssetsCall => views::total_assets(call.view()?),
    convertToSharesCall => convert::convert_to_shares(call.view()?),
    convertToAssetsCall => convert::assets_down(call.view()?),
    previewDepositCall => convert::shares_down(call.view()?),
    previewMintCall => convert::assets_up(call.view()?),
    previewWithdrawCall => convert::shares_up(call.view()?),
    previewRedeemCall => convert::preview_redeem(call.view()?),
    maxDepositCall => views::max_deposit(call.view()?),
    maxMintCall => views::max_mint(call.view()?),
    maxWithdrawCall => views::max_withdraw(call.view()?),
    maxRedeemCall => views::max_redeem(call.view()?),

    // views of the books
    totalsCall => views::totals(call.view()?),
    streamCall => views::stream(call.view()?),
    rewardCycleCall => views::reward_cycle(call.view()?),
    harvestIntervalCall => views::harvest_interval(call.view()?),
    poolCall => views::pool(call.view()?),

    // authority and pause
    setAuthorityCall => managed::set_authority(call.change()?),
    pauseCall => pause::pause(call.restricted()?, || books::set_pause(true)),
    unpauseCall => pause::unpause(call.restricted()?, || books::set_pause(false)),
    authorityCall => managed::authority(call.view()?),
    isConsumingScheduledOpCall => managed::is_consuming(call.view()?),
    pausedUntilCall => pause::paused_until(call.view()?),
    nextPauseCall => pause::next_pause(call.view()?),
}
