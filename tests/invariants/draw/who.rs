//! Who is drawn.

use proptest::prelude::*;

use super::super::action::Actor;

pub(super) fn anyone() -> impl Strategy<Value = Actor> {
    prop::sample::select(Actor::ALL.to_vec())
}

fn of(list: &[(u32, Actor)]) -> impl Strategy<Value = Actor> + use<> {
    prop::strategy::Union::new_weighted(
        list.iter().map(|(weight, actor)| (*weight, Just(*actor))).collect(),
    )
}

pub(super) fn caller() -> impl Strategy<Value = Actor> {
    of(&[
        (8, Actor::Alice),
        (6, Actor::Bob),
        (4, Actor::Mallory),
        (1, Actor::Minter),
        (1, Actor::Treasury),
        (2, Actor::Wallet),
    ])
}

/// Who lets the vault have eMETIS.
pub(super) fn staker() -> impl Strategy<Value = Actor> {
    of(&[(8, Actor::Alice), (6, Actor::Bob), (4, Actor::Mallory), (1, Actor::Wallet)])
}

/// Who leaves the vault, and whose shares are burned: mostly one's own.
pub(super) fn leaver() -> impl Strategy<Value = (Actor, Actor)> {
    (staker(), prop_oneof![4 => Just(None), 1 => owner().prop_map(Some)])
        .prop_map(|(caller, owner)| (caller, owner.unwrap_or(caller)))
}

pub(super) fn holder() -> impl Strategy<Value = Actor> {
    of(&[
        (8, Actor::Alice),
        (8, Actor::Bob),
        (4, Actor::Mallory),
        (1, Actor::Treasury),
        (2, Actor::Wallet),
        (1, Actor::Reenterer),
        (1, Actor::Refuser),
        (1, Actor::Hub),
        (1, Actor::Vault),
        (1, Actor::Dead),
        (1, Actor::Zero),
    ])
}

pub(super) fn owner() -> impl Strategy<Value = Actor> {
    of(&[
        (8, Actor::Alice),
        (8, Actor::Bob),
        (2, Actor::Mallory),
        (2, Actor::Wallet),
        (1, Actor::Hub),
        (1, Actor::Vault),
        (1, Actor::Dead),
        (1, Actor::Zero),
    ])
}

pub(super) fn signer() -> impl Strategy<Value = Actor> {
    of(&[(8, Actor::Alice), (8, Actor::Bob), (2, Actor::Mallory), (1, Actor::Treasury)])
}

pub(super) fn minter() -> impl Strategy<Value = Actor> {
    of(&[(6, Actor::Minter), (1, Actor::Mallory), (1, Actor::Zero), (1, Actor::Treasury)])
}

/// The minter is the pool.
pub(super) fn pool() -> impl Strategy<Value = Actor> {
    of(&[(10, Actor::Minter), (1, Actor::Mallory), (1, Actor::Alice)])
}

pub(super) fn treasurer() -> impl Strategy<Value = Actor> {
    of(&[(6, Actor::Treasury), (1, Actor::Mallory), (1, Actor::Minter)])
}

pub(super) fn donee() -> impl Strategy<Value = Actor> {
    of(&[(4, Actor::Hub), (3, Actor::Vault), (1, Actor::Alice)])
}
