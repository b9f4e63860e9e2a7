//! The redemption queue. What it does is told by `interfaces/IRedemptionQueue.sol`; this is its table of
//! contents, and each flow has a file.
//!
//! The program exists on `wasm32` only.
#![cfg(target_arch = "wasm32")]

mod approve;
mod batches;
#[cfg(feature = "mutants")]
mod broken;
mod cancel;
mod claim;
mod construct;
mod errors;
mod finalize;
mod head;
mod hub;
mod limits;
mod lists;
mod metadata;
mod request;
mod sweep;
mod tickets;
mod transfer;
mod views;

use emetis_common::managed;

emetis_common::table! { IRedemptionQueue, call:
    constructor => construct::construct(call.change()?),

    // the way out
    requestRedeemCall => request::request_redeem(call.change()?),
    requestRedeemWithPermitCall => request::request_redeem_with_permit(call.change()?),
    requestRedeemsCall => request::request_redeems(call.change()?),
    cancelCall => cancel::cancel(call.change()?),
    finalizeCall => finalize::finalize(call.change()?),
    receiveFillCall => finalize::receive_fill(call),
    claimCall => claim::claim(call.change()?),
    claimsCall => claim::claims(call.change()?),

    // ERC-721
    transferFromCall => transfer::transfer_from(call.change()?),
    safeTransferFrom_0Call => transfer::safe_transfer_from(call.change()?),
    safeTransferFrom_1Call => transfer::safe_transfer_from_with_data(call.change()?),
    approveCall => approve::approve(call.change()?),
    setApprovalForAllCall => approve::set_approval_for_all(call.change()?),
    balanceOfCall => tickets::balance_of(call.view()?),
    ownerOfCall => tickets::owner_of(call.view()?),
    getApprovedCall => approve::get_approved(call.view()?),
    isApprovedForAllCall => approve::is_approved_for_all(call.view()?),
    nameCall => metadata::name(call.view()?),
    symbolCall => metadata::symbol(call.view()?),
    tokenURICall => metadata::token_uri(call.view()?),
    supportsInterfaceCall => metadata::supports_interface(call.view()?),

    // views
    ticketOfCall => views::ticket_of(call.view()?),
    batchOfCall => views::batch_of(call.view()?),
    totalsCall => views::totals(call.view()?),
    dueCall => views::due(call.view()?),
    closedDueCall => views::closed_due(call.view()?),
    claimableCall => views::claimable(call.view()?),
    aheadCall => lists::ahead(call.view()?),
    ticketsOfCall => lists::tickets_of(call.view()?),
    batchLengthCall => views::batch_length(call.view()?),
    hubCall => views::hub(call.view()?),

    // authority
    setBatchLengthCall => limits::set_batch_length(call.restricted()?),
    sweepCall => sweep::sweep(call.restricted()?),
    setAuthorityCall => managed::set_authority(call.change()?),
    authorityCall => managed::authority(call.view()?),
    isConsumingScheduledOpCall => managed::is_consuming(call.view()?),
}
