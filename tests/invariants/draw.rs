//! Where actions come from: biased to edges, and to what is likely to matter.

use alloy_primitives::U256;
use emetis::campaign::amounts::{amount, amount_below};
use proptest::prelude::*;

use super::action::{Action, Actor, Amount, Damage, Flaw};

/// Any action.
pub fn action() -> BoxedStrategy<Action> {
    prop_oneof![
        20 => plain(),
        1 => (plain(), 0u16..1000).prop_map(|(action, thousandths)| Action::Starve {
            action: Box::new(action),
            thousandths,
        }),
    ]
    .boxed()
}

fn plain() -> impl Strategy<Value = Action> {
    prop_oneof![
        20 => (caller(), holder(), paid()).prop_map(|(caller, receiver, assets)| {
            Action::Deposit { caller, receiver, assets }
        }),
        6 => (minter(), holder(), paid()).prop_map(|(caller, receiver, assets)| {
            Action::ReceiveRewards { caller, receiver, assets }
        }),
        5 => (treasurer(), holder()).prop_map(|(caller, receiver)| Action::Sweep { caller, receiver }),
        4 => (donee(), paid()).prop_map(|(target, assets)| Action::Donate { target, assets }),
        1 => (caller(), paid()).prop_map(|(caller, assets)| Action::PlainTransfer { caller, assets }),
        20 => (caller(), holder(), moved()).prop_map(|(caller, to, value)| {
            Action::Transfer { caller, to, value }
        }),
        10 => (caller(), holder(), allowed()).prop_map(|(caller, spender, value)| {
            Action::Approve { caller, spender, value }
        }),
        14 => (caller(), owner(), holder(), pulled()).prop_map(|(caller, from, to, value)| {
            Action::TransferFrom { caller, from, to, value }
        }),
        12 => (caller(), signer(), holder(), allowed(), flaw(), any::<bool>()).prop_map(
            |(caller, owner, spender, value, flaw, split)| {
                Action::Permit { caller, owner, spender, value, flaw, split }
            }
        ),
        3 => (caller(), holder(), allowed(), prop::bool::weighted(0.7), signature_length()).prop_map(
            |(caller, spender, value, confirms, length)| {
                Action::WalletPermit { caller, spender, value, confirms, length }
            }
        ),
        1 => (caller(), anyone(), anyone()).prop_map(|(caller, minter, treasury)| {
            Action::Construct { caller, minter, treasury }
        }),
        10 => (caller(), any::<u8>(), words(), out_of_place(), damage()).prop_map(
            |(caller, entry, words, value, damage)| {
                Action::Raw { caller, entry, words, value, damage }
            }
        ),
        3 => (any::<u8>(), words()).prop_map(|(entry, words)| Action::Reenter { entry, words }),
        2 => (written_off(), any::<bool>()).prop_map(|(assets, back)| Action::WriteOff { assets, back }),
        3 => seconds().prop_map(|seconds| Action::Wait { seconds }),
        1 => Just(Action::Expire),
    ]
}

fn anyone() -> impl Strategy<Value = Actor> {
    prop::sample::select(Actor::ALL.to_vec())
}

fn of(list: &[(u32, Actor)]) -> impl Strategy<Value = Actor> + use<> {
    prop::strategy::Union::new_weighted(
        list.iter().map(|(weight, actor)| (*weight, Just(*actor))).collect(),
    )
}

fn caller() -> impl Strategy<Value = Actor> {
    of(&[
        (8, Actor::Alice),
        (6, Actor::Bob),
        (4, Actor::Mallory),
        (1, Actor::Minter),
        (1, Actor::Treasury),
        (2, Actor::Wallet),
    ])
}

fn holder() -> impl Strategy<Value = Actor> {
    of(&[
        (8, Actor::Alice),
        (8, Actor::Bob),
        (4, Actor::Mallory),
        (2, Actor::Treasury),
        (2, Actor::Wallet),
        (2, Actor::Reenterer),
        (2, Actor::Refuser),
        (1, Actor::Hub),
        (1, Actor::Zero),
    ])
}

fn owner() -> impl Strategy<Value = Actor> {
    of(&[
        (8, Actor::Alice),
        (8, Actor::Bob),
        (2, Actor::Mallory),
        (2, Actor::Wallet),
        (1, Actor::Hub),
        (1, Actor::Zero),
    ])
}

fn signer() -> impl Strategy<Value = Actor> {
    of(&[(8, Actor::Alice), (8, Actor::Bob), (2, Actor::Mallory), (1, Actor::Treasury)])
}

fn minter() -> impl Strategy<Value = Actor> {
    of(&[(6, Actor::Minter), (1, Actor::Mallory), (1, Actor::Zero), (1, Actor::Treasury)])
}

fn treasurer() -> impl Strategy<Value = Actor> {
    of(&[(6, Actor::Treasury), (1, Actor::Mallory), (1, Actor::Minter)])
}

fn donee() -> impl Strategy<Value = Actor> {
    of(&[(6, Actor::Hub), (1, Actor::Alice)])
}

/// METIS sent along: nobody has more than 96 bits of it.
fn paid() -> impl Strategy<Value = Amount> {
    prop_oneof![
        12 => amount_below(70).prop_map(Amount::Exact),
        2 => amount_below(85).prop_map(Amount::Exact),
        1 => (-1i8..=1).prop_map(Amount::Room),
    ]
}

/// METIS sent along where mostly none belongs.
fn out_of_place() -> impl Strategy<Value = Amount> {
    prop_oneof![6 => Just(Amount::Exact(U256::ZERO)), 2 => paid()]
}

/// Mostly what deposits just tolerate.
fn written_off() -> impl Strategy<Value = Amount> {
    const TOLERATED: u64 = 1_000_000_000_000;
    prop_oneof![
        3 => (TOLERATED - 1..=TOLERATED + 1).prop_map(|wei| Amount::Exact(U256::from(wei))),
        1 => amount_below(70).prop_map(Amount::Exact),
    ]
}

fn moved() -> impl Strategy<Value = Amount> {
    prop_oneof![
        6 => amount_below(70).prop_map(Amount::Exact),
        1 => amount().prop_map(Amount::Exact),
        4 => (-1i8..=1).prop_map(Amount::Balance),
    ]
}

fn pulled() -> impl Strategy<Value = Amount> {
    prop_oneof![
        4 => amount_below(70).prop_map(Amount::Exact),
        1 => amount().prop_map(Amount::Exact),
        3 => (-1i8..=1).prop_map(Amount::Balance),
        5 => (-1i8..=1).prop_map(Amount::Allowance),
    ]
}

fn allowed() -> impl Strategy<Value = Amount> {
    prop_oneof![
        5 => amount_below(70).prop_map(Amount::Exact),
        2 => amount().prop_map(Amount::Exact),
        3 => Just(Amount::Exact(U256::MAX)),
        3 => (-1i8..=1).prop_map(Amount::Balance),
    ]
}

fn flaw() -> impl Strategy<Value = Flaw> {
    prop_oneof![3 => Just(Flaw::None), 4 => prop::sample::select(Flaw::ALL.to_vec())]
}

fn signature_length() -> impl Strategy<Value = u16> {
    prop_oneof![4 => Just(65u16), 2 => 0u16..200, 1 => 4_090u16..=4_100]
}

fn words() -> impl Strategy<Value = [U256; 7]> {
    prop::array::uniform7(amount())
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        3 => Just(Damage::None),
        2 => (0u16..300).prop_map(Damage::Cut),
        2 => prop_oneof![Just(1u16), 0u16..64, 7_900u16..8_400].prop_map(Damage::Longer),
        2 => (0u16..230, any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
        2 => (0u8..8, amount()).prop_map(|(at, word)| Damage::Word(at, word)),
        1 => any::<[u8; 4]>().prop_map(Damage::Selector),
    ]
}

fn seconds() -> impl Strategy<Value = u64> {
    prop_oneof![
        3 => 1u64..=100,
        3 => (0u32..25).prop_map(|bits| 1u64 << bits),
        1 => Just(31_536_001u64),
    ]
}
