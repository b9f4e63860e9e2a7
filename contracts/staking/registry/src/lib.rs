//! The registry of sequencers. What it does is told by `interfaces/ISequencerRegistry.sol`; this is its
//! table of contents, and each flow has a file.
//!
//! The program exists on `wasm32` only.
#![cfg(target_arch = "wasm32")]

mod commission;
mod construct;
mod errors;
mod head;
mod proof;
mod register;
mod sequencers;
mod signer;
mod views;

use emetis_common::{managed, permit};

emetis_common::table! { ISequencerRegistry, call:
    constructor => construct::construct(call.change()?),

    // sequencers
    register_0Call => register::register(call.pay()?),
    register_1Call => register::register_in_place(call.pay()?),
    setSignerCall => signer::set_signer(call.change()?),
    announceCommissionCall => commission::announce(call.change()?),
    applyCommissionCall => commission::apply(call.change()?),

    // authority
    setMaxCommissionCall => commission::set_max(call.restricted()?),
    setAuthorityCall => managed::set_authority(call.change()?),
    authorityCall => managed::authority(call.view()?),
    isConsumingScheduledOpCall => managed::is_consuming(call.view()?),

    // views
    idOfCall => views::id_of(call.view()?),
    signerOfCall => views::signer_of(call.view()?),
    announcedCall => views::announced(call.view()?),
    noncesCall => views::nonces(call.view()?),
    maxCommissionCall => views::max_commission(call.view()?),
    stakingCall => views::staking(call.view()?),
    DOMAIN_SEPARATORCall => views::domain_separator(call.view()?),
    eip712DomainCall => permit::tell_domain(call.view()?, &proof::DOMAIN),
}
