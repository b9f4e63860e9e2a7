//! The quota. What it does is told by `interfaces/ISequencerQuota.sol`; this is its table of contents,
//! and each flow has a file.
//!
//! The program exists on `wasm32` only.
#![cfg(target_arch = "wasm32")]

mod allocate;
mod check;
mod churn;
mod construct;
mod errors;
mod field;
mod grants;
mod groups;
mod limits;
mod list;
mod programs;
mod release;
mod room;
mod scores;
mod slashes;
mod staking;
mod views;

use emetis_common::managed;

emetis_common::table! { ISequencerQuota, call:
    constructor => construct::construct(call.change()?),

    // the question
    checkCall => check::check(call.view()?),

    // scores
    setScoresCall => scores::set_scores(call.restricted()?),
    recordBatchCall => scores::record_batch(call.change()?),
    recordSlashCall => slashes::record_slash(call.change()?),

    // caps
    setGrantCall => grants::set_grant(call.restricted()?),
    setPoolCapCall => grants::set_pool_cap(call.restricted()?),
    setLimitsCall => limits::set_limits(call.restricted()?),
    lowerLimitsCall => limits::lower_limits(call.restricted()?),

    // groups
    groupCall => groups::group(call.restricted()?),
    splitCall => groups::split(call.restricted()?),

    // churn
    drawCall => churn::draw(call.change()?),

    // authority
    setAuthorityCall => managed::set_authority(call.change()?),
    authorityCall => managed::authority(call.view()?),
    isConsumingScheduledOpCall => managed::is_consuming(call.view()?),

    // plans
    planAllocationCall => allocate::plan_allocation(call.view()?),
    planReleaseCall => release::plan_release(call.view()?),
    roomCall => room::room(call.view()?),
    headroomCall => allocate::headroom(call.view()?),
    strandedCall => allocate::stranded(call.view()?),

    // views
    scoresOfCall => views::scores_of(call.view()?),
    compositeOfCall => views::composite_of(call.view()?),
    capOfCall => views::cap_of(call.view()?),
    grantOfCall => views::grant_of(call.view()?),
    poolCapOfCall => views::pool_cap_of(call.view()?),
    limitsCall => views::limits(call.view()?),
    churnOfCall => views::churn_of(call.view()?),
    groupOfCall => views::group_of(call.view()?),
    membersOfCall => views::members_of(call.view()?),
    isRecordedCall => views::is_recorded(call.view()?),
    stakingCall => views::staking(call.view()?),
    courtCall => views::court(call.view()?),
    distributorCall => views::distributor(call.view()?),
}
