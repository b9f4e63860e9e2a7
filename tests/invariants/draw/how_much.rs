//! How much is drawn.

use alloy_primitives::U256;
use emetis::campaign::amounts::{amount, amount_below};
use proptest::prelude::*;

use super::super::action::Amount;

/// Bits of what is ordinarily moved: up to 1,180 METIS.
const ORDINARY: u32 = 70;
/// Bits of ordinary shares: as much, and 10^6 times as many.
const ORDINARY_SHARES: u32 = 90;

fn exact(bits: u32) -> impl Strategy<Value = Amount> {
    amount_below(bits).prop_map(Amount::Exact)
}

fn anything() -> impl Strategy<Value = Amount> {
    amount().prop_map(Amount::Exact)
}

fn beside() -> impl Strategy<Value = i8> {
    -1i8..=1
}

/// What is asked for beyond what is due.
pub(super) fn least() -> impl Strategy<Value = Option<i8>> {
    prop_oneof![3 => Just(None), 2 => beside().prop_map(Some)]
}

/// METIS sent along: nobody has more than 96 bits of it.
pub(super) fn paid() -> impl Strategy<Value = Amount> {
    prop_oneof![
        12 => exact(ORDINARY),
        2 => exact(85),
        1 => beside().prop_map(Amount::Room),
    ]
}

/// METIS sent along where mostly none belongs.
pub(super) fn out_of_place() -> impl Strategy<Value = Amount> {
    prop_oneof![6 => Just(Amount::Exact(U256::ZERO)), 2 => paid()]
}

/// eMETIS given away.
pub(super) fn given() -> impl Strategy<Value = Amount> {
    prop_oneof![4 => exact(ORDINARY), 2 => beside().prop_map(Amount::Balance)]
}

/// Assets into the vault.
pub(super) fn entering() -> impl Strategy<Value = Amount> {
    prop_oneof![
        8 => exact(ORDINARY - 6),
        1 => anything(),
        4 => beside().prop_map(Amount::Balance),
        1 => beside().prop_map(Amount::Allowance),
        2 => beside().prop_map(Amount::Max),
        3 => (0u8..=3, beside()).prop_map(|(shares, off)| Amount::Worth(shares, off)),
    ]
}

/// Shares to mint.
pub(super) fn minting() -> impl Strategy<Value = Amount> {
    prop_oneof![
        8 => exact(ORDINARY_SHARES - 6),
        1 => anything(),
        2 => beside().prop_map(Amount::Max),
        4 => (0u8..=3, beside()).prop_map(|(assets, off)| Amount::Worth(assets, off)),
    ]
}

/// Assets out of the vault.
pub(super) fn leaving() -> impl Strategy<Value = Amount> {
    prop_oneof![
        6 => exact(ORDINARY - 6),
        1 => anything(),
        6 => beside().prop_map(Amount::Max),
        3 => (0u8..=3, beside()).prop_map(|(shares, off)| Amount::Worth(shares, off)),
    ]
}

/// Shares to redeem.
pub(super) fn redeeming() -> impl Strategy<Value = Amount> {
    prop_oneof![
        6 => exact(ORDINARY_SHARES - 6),
        1 => anything(),
        5 => beside().prop_map(Amount::Balance),
        2 => beside().prop_map(Amount::Max),
        1 => beside().prop_map(Amount::Allowance),
        3 => (0u8..=3, beside()).prop_map(|(assets, off)| Amount::Worth(assets, off)),
    ]
}

/// A reward: anything up to a few METIS, and now and then more than the vault has.
pub(super) fn reward() -> impl Strategy<Value = Amount> {
    prop_oneof![8 => exact(64), 2 => exact(ORDINARY), 1 => exact(85), 1 => beside().prop_map(Amount::Balance)]
}

/// A loss of the vault.
pub(super) fn lost() -> impl Strategy<Value = Amount> {
    prop_oneof![
        8 => exact(60),
        2 => Just(Amount::Exact(U256::ZERO)),
        3 => beside().prop_map(Amount::Locked),
        2 => beside().prop_map(Amount::Pending),
        1 => beside().prop_map(Amount::Ledger),
    ]
}

/// Mostly what deposits just tolerate.
pub(super) fn written_off() -> impl Strategy<Value = Amount> {
    const TOLERATED: u64 = 1_000_000_000_000;
    prop_oneof![
        3 => (TOLERATED - 1..=TOLERATED + 1).prop_map(|wei| Amount::Exact(U256::from(wei))),
        1 => exact(ORDINARY),
    ]
}

pub(super) fn moved() -> impl Strategy<Value = Amount> {
    prop_oneof![
        6 => exact(ORDINARY),
        1 => anything(),
        4 => beside().prop_map(Amount::Balance),
    ]
}

pub(super) fn pulled() -> impl Strategy<Value = Amount> {
    prop_oneof![
        4 => exact(ORDINARY),
        1 => anything(),
        3 => beside().prop_map(Amount::Balance),
        5 => beside().prop_map(Amount::Allowance),
    ]
}

pub(super) fn allowed() -> impl Strategy<Value = Amount> {
    prop_oneof![
        5 => exact(ORDINARY),
        2 => anything(),
        3 => Just(Amount::Exact(U256::MAX)),
        3 => beside().prop_map(Amount::Balance),
    ]
}
