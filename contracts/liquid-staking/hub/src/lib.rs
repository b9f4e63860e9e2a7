//! The eMETIS hub. What it does is told by `interfaces/ILiquidStaking.sol`; this is its table of
//! contents, and each flow has a file.
//!
//! The program exists on `wasm32` only.
#![cfg(target_arch = "wasm32")]

mod allocator;
mod books;
#[cfg(feature = "mutants")]
mod broken;
mod burn;
mod construct;
mod deposit;
mod errors;
mod fees;
mod fill;
mod placing;
mod queue;
mod redeem;
mod rewards;
mod settle;
mod stake;
mod sweep;
mod token;
mod views;
mod wait;

use emetis_common::{erc20, managed, pause, permit};
use token::LiquidMetis;

emetis_common::table! { ILiquidStaking, call:
    constructor => construct::construct(call.change()?),

    // METIS in and out
    depositCall => deposit::deposit(call.pay()?),
    depositAndStakeCall => stake::deposit_and_stake(call.pay()?),
    redeemNowCall => redeem::redeem_now(call.change()?),
    fillCall => fill::fill(call.change()?),

    // the allocator
    placeCall => placing::place(call.change()?),
    receiveUnbondedCall => placing::receive_unbonded(call.pay()?),
    receiveBackingCall => placing::receive_backing(call.pay()?),
    settleCall => settle::settle(call.change()?),
    collectFeesCall => fees::collect_fees(call.change()?),
    receiveRewardsCall => rewards::receive_rewards(call.pay()?),

    // the vault, and roles
    burnCall => burn::burn(call.change()?),
    setRedemptionCall => fees::set_redemption(call.restricted()?),
    sweepCall => sweep::sweep(call.restricted()?),

    // the token
    transferCall => erc20::transfer(call.change()?),
    approveCall => erc20::approve(call.change()?),
    transferFromCall => erc20::transfer_from(call.change()?),
    permit_0Call => permit::permit::<LiquidMetis>(call.change()?),
    permit_1Call => permit::permit_by_bytes::<LiquidMetis>(call.change()?),

    // views of the token
    nameCall => erc20::name::<LiquidMetis>(call.view()?),
    symbolCall => erc20::symbol::<LiquidMetis>(call.view()?),
    decimalsCall => erc20::decimals::<LiquidMetis>(call.view()?),
    totalSupplyCall => views::total_supply(call.view()?),
    balanceOfCall => erc20::balance_of(call.view()?),
    allowanceCall => erc20::allowance(call.view()?),
    noncesCall => permit::nonces(call.view()?),
    DOMAIN_SEPARATORCall => permit::domain_separator::<LiquidMetis>(call.view()?),
    eip712DomainCall => permit::eip712_domain::<LiquidMetis>(call.view()?),

    // views of the books
    bufferCall => views::buffer(call.view()?),
    placedCall => views::placed(call.view()?),
    backingCall => views::backing(call.view()?),
    shortfallCall => views::shortfall(call.view()?),
    totalsCall => views::totals(call.view()?),
    pendingLossCall => views::pending_loss(call.view()?),
    previewRedeemNowCall => views::preview_redeem_now(call.view()?),
    maxRedeemNowCall => views::max_redeem_now(call.view()?),
    instantRedemptionCall => views::instant_redemption(call.view()?),
    maxDepositCall => views::max_deposit(call.view()?),
    vaultCall => views::vault(call.view()?),
    queueCall => views::queue(call.view()?),
    allocatorCall => views::allocator(call.view()?),

    // authority and pause
    setAuthorityCall => managed::set_authority(call.change()?),
    pauseCall => pause::pause(call.restricted()?, || books::set_pause(true)),
    unpauseCall => pause::unpause(call.restricted()?, || books::set_pause(false)),
    authorityCall => managed::authority(call.view()?),
    isConsumingScheduledOpCall => managed::is_consuming(call.view()?),
    pausedUntilCall => pause::paused_until(call.view()?),
    nextPauseCall => pause::next_pause(call.view()?),
}
