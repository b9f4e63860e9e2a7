//! The slashing court. What it does is told by `interfaces/ISlashingCourt.sol`; this is its table of
//! contents, and each flow has a file.
//!
//! The program exists on `wasm32` only.
#![cfg(target_arch = "wasm32")]

mod construct;
mod errors;
mod execute;
mod head;
mod lapse;
mod parameters;
mod pools;
mod proposals;
mod propose;
mod settle;
mod staking;
mod veto;
mod views;

use emetis_common::managed;

emetis_common::table! { ISlashingCourt, call:
    constructor => construct::construct(call.change()?),

    // proposals
    proposeSlashCall => propose::propose_slash(call.restricted()?),
    vetoCall => veto::veto(call.restricted()?),
    executeCall => execute::execute(call.change()?),
    lapseCall => lapse::lapse(call.change()?),
    settleCall => settle::settle(call.change()?),

    // authority
    setTimesCall => parameters::set_times(call.restricted()?),
    setMaxSlashCall => parameters::set_max_slash(call.restricted()?),
    setAuthorityCall => managed::set_authority(call.change()?),
    authorityCall => managed::authority(call.view()?),
    isConsumingScheduledOpCall => managed::is_consuming(call.view()?),

    // views
    proposalOfCall => views::proposal_of(call.view()?),
    pendingOfCall => views::pending_of(call.view()?),
    countCall => views::count(call.view()?),
    proposalOfEvidenceCall => views::proposal_of_evidence(call.view()?),
    roomOfCall => views::room_of(call.view()?),
    barredUntilCall => views::barred_until(call.view()?),
    lossOfCall => views::loss_of(call.view()?),
    provisionOfCall => views::provision_of(call.view()?),
    parametersCall => views::parameters(call.view()?),
    stakingCall => views::staking(call.view()?),
}
