//! Sequencer staking, the money of it. What it does is told by
//! `interfaces/ISequencerStaking.sol`; this is its table of contents, and each flow has a file.
//!
//! The program exists on `wasm32` only.
#![cfg(target_arch = "wasm32")]

mod access;
mod bond;
mod books;
#[cfg(feature = "mutants")]
mod broken;
mod claim;
mod construct;
mod delegate;
mod errors;
mod exit;
mod live;
mod notify;
mod open;
mod owner;
mod payout;
mod pools;
mod rewards;
mod rules;
mod sequencer;
mod slash;
mod sweep;
mod unbond;
mod undelegate;
mod unjail;
mod views;

use emetis_common::{managed as authority, pause};

emetis_common::table! { ISequencerStaking, call:
    constructor => construct::construct(call.change()?),

    // delegations
    delegateCall => delegate::delegate(call.pay()?),
    undelegateCall => undelegate::undelegate(call.change()?),
    claimUnlockedCall => claim::claim_unlocked(call.change()?),

    // rewards
    notifyRewardsCall => notify::notify_rewards(call.pay()?),
    claimRewardsCall => claim::claim_rewards(call.change()?),
    claimCommissionCall => claim::claim_commission(call.change()?),
    accrueCall => rewards::accrue(call.change()?),

    // sequencers
    openCall => open::open(call.pay()?),
    increaseBondCall => bond::increase_bond(call.pay()?),
    requestBondUnlockCall => bond::request_bond_unlock(call.change()?),
    exitCall => exit::exit(call.change()?),
    ejectCall => exit::eject(call.change()?),
    unjailCall => unjail::unjail(call.change()?),
    setOwnerCall => owner::set_owner(call.change()?),
    acceptOwnerCall => owner::accept_owner(call.change()?),
    setRewardRecipientCall => owner::set_reward_recipient(call.change()?),
    setCommissionCall => owner::set_commission(call.change()?),
    recordChangeCall => owner::record_change(call.change()?),

    // slashes
    holdCall => slash::hold(call.change()?),
    releaseCall => slash::release(call.change()?),
    takeCall => slash::take(call.change()?),
    forwardSlashedCall => payout::forward_slashed(call.change()?),

    // authority
    registerPoolCall => pools::register_pool(call.restricted()?),
    removePoolCall => pools::remove_pool(call.restricted()?),
    setThresholdsCall => rules::set_thresholds(call.restricted()?),
    setBondRulesCall => rules::set_bond_rules(call.restricted()?),
    setUnbondingPeriodCall => rules::set_unbonding_period(call.restricted()?),
    setQuotaCall => rules::set_quota(call.restricted()?),
    pauseCall => pause::pause(call.restricted()?, || rules::mark_paused(true)),
    unpauseCall => pause::unpause(call.restricted()?, || rules::mark_paused(false)),
    sweepCall => sweep::sweep(call.restricted()?),
    setAuthorityCall => authority::set_authority(call.change()?),

    // views of sequencers
    statusCall => views::status(call.view()?),
    sequencerCall => views::sequencer(call.view()?),
    ownerOfCall => views::owner_of(call.view()?),
    pendingOwnerOfCall => views::pending_owner_of(call.view()?),
    rewardRecipientOfCall => views::reward_recipient_of(call.view()?),
    rewardsCall => views::rewards(call.view()?),
    holdOfCall => views::hold_of(call.view()?),

    // views of accounts
    positionCall => views::position(call.view()?),
    earnedCall => views::earned(call.view()?),
    bucketCall => views::bucket(call.view()?),
    entryCall => views::entry(call.view()?),

    // views of the whole
    totalsCall => views::totals(call.view()?),
    poolOfCall => views::pool_of(call.view()?),
    poolsCall => views::pools(call.view()?),
    liveCall => views::live(call.view()?),
    countCall => views::count(call.view()?),
    groupStakeCall => views::group_stake(call.view()?),
    parametersCall => views::parameters(call.view()?),
    programsCall => views::programs(call.view()?),
    pausedUntilCall => pause::paused_until(call.view()?),
    nextPauseCall => pause::next_pause(call.view()?),
    authorityCall => authority::authority(call.view()?),
    isConsumingScheduledOpCall => authority::is_consuming(call.view()?),
}
