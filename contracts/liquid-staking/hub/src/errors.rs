//! Typed errors of the hub's own flows. The interface says when each occurs.

use alloy_primitives::{Address, U256};
use emetis_common::{
    abi::ILiquidStaking as I,
    entry::Revert,
    errors::name,
    totals::{LIMIT, Refusal},
    word,
};

#[cold]
#[inline(never)]
pub(crate) fn construction_missing(selector: [u8; 4]) -> Revert {
    Revert::with(&[name::<I::ConstructionMissing>(), word::of_bytes4(selector)])
}

#[cold]
#[inline(never)]
pub(crate) fn construction_repeated() -> Revert {
    Revert::with(&[name::<I::ConstructionRepeated>()])
}

#[cold]
#[inline(never)]
pub(crate) fn treasury_zero() -> Revert {
    Revert::with(&[name::<I::TreasuryZero>()])
}

#[cold]
#[inline(never)]
pub(crate) fn caller_not_minter(caller: &Address, minter: &Address) -> Revert {
    Revert::with(&[
        name::<I::CallerNotMinter>(),
        word::of_address(caller),
        word::of_address(minter),
    ])
}

#[cold]
#[inline(never)]
pub(crate) fn caller_not_treasury(caller: &Address, treasury: &Address) -> Revert {
    Revert::with(&[
        name::<I::CallerNotTreasury>(),
        word::of_address(caller),
        word::of_address(treasury),
    ])
}

/// Why the books did not take `assets`.
#[cold]
#[inline(never)]
pub(crate) fn refused(refusal: Refusal, assets: U256) -> Revert {
    let assets = word::of_u256(assets);
    match refusal {
        Refusal::AssetsZero => Revert::with(&[name::<I::AssetsZero>()]),
        Refusal::Halted { backing, supply } => Revert::with(&[
            name::<I::DepositsHalted>(),
            word::of_u128(backing),
            word::of_u128(supply),
        ]),
        Refusal::SupplyOverflow { supply } => Revert::with(&[
            name::<I::SupplyOverflow>(),
            word::of_u128(supply),
            assets,
            word::of_u128(LIMIT),
        ]),
        Refusal::BufferOverflow { buffer } => Revert::with(&[
            name::<I::BufferOverflow>(),
            word::of_u128(buffer),
            assets,
            word::of_u128(LIMIT),
        ]),
    }
}

#[cold]
#[inline(never)]
pub(crate) fn receiver_invalid(receiver: &Address) -> Revert {
    Revert::with(&[name::<I::ReceiverInvalid>(), word::of_address(receiver)])
}

#[cold]
#[inline(never)]
pub(crate) fn donations_zero(balance: U256, buffer: U256) -> Revert {
    Revert::with(&[name::<I::DonationsZero>(), word::of_u256(balance), word::of_u256(buffer)])
}

#[cold]
#[inline(never)]
pub(crate) fn payment_failed(receiver: &Address, assets: U256) -> Revert {
    Revert::with(&[name::<I::PaymentFailed>(), word::of_address(receiver), word::of_u256(assets)])
}
