//! The lens. What it does is told by `interfaces/ILens.sol`; this is its table of contents, and each
//! flow has a file.
//!
//! The program exists on `wasm32` only.
#![cfg(target_arch = "wasm32")]

mod construct;
mod errors;
mod groups;
mod measure;
mod pools;
mod program;
mod quota;
mod staking;
mod views;

emetis_common::table! { ILens, call:
    constructor => construct::construct(call.change()?),

    // measures
    concentrationCall => groups::concentration(call.view()?),
    poolConcentrationCall => pools::concentration(call.view()?),
    groupsCall => groups::groups(call.view()?),
    poolsCall => pools::pools(call.view()?),

    // views
    stakingCall => views::staking(call.view()?),
    quotaCall => views::quota(call.view()?),
}
