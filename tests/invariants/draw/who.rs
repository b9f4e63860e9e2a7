//! Who is drawn.

use emetis::campaign::dice::Dice;

use super::super::action::Actor;

pub(super) fn caller(dice: &mut Dice<'_>) -> Actor {
    dice.weighted(&[
        (8, Actor::Alice),
        (6, Actor::Bob),
        (4, Actor::Mallory),
        (1, Actor::Allocator),
        (1, Actor::Treasury),
        (2, Actor::Wallet),
    ])
}

/// Who lets the vault have eMETIS.
pub(super) fn staker(dice: &mut Dice<'_>) -> Actor {
    dice.weighted(&[(8, Actor::Alice), (6, Actor::Bob), (4, Actor::Mallory), (1, Actor::Wallet)])
}

/// Who leaves the vault, and whose shares are burned: mostly one's own.
pub(super) fn leaver(dice: &mut Dice<'_>) -> (Actor, Actor) {
    let caller = staker(dice);
    (caller, if dice.percent(80) { caller } else { owner(dice) })
}

pub(super) fn holder(dice: &mut Dice<'_>) -> Actor {
    dice.weighted(&[
        (8, Actor::Alice),
        (8, Actor::Bob),
        (4, Actor::Mallory),
        (1, Actor::Treasury),
        (1, Actor::Admin),
        (1, Actor::Guardian),
        (1, Actor::Council),
        (2, Actor::Wallet),
        (1, Actor::Reenterer),
        (1, Actor::Refuser),
        (1, Actor::Hub),
        (1, Actor::Vault),
        (1, Actor::Queue),
        (1, Actor::Dead),
        (1, Actor::Zero),
    ])
}

pub(super) fn owner(dice: &mut Dice<'_>) -> Actor {
    dice.weighted(&[
        (8, Actor::Alice),
        (8, Actor::Bob),
        (2, Actor::Mallory),
        (2, Actor::Wallet),
        (1, Actor::Hub),
        (1, Actor::Vault),
        (1, Actor::Queue),
        (1, Actor::Dead),
        (1, Actor::Zero),
    ])
}

pub(super) fn signer(dice: &mut Dice<'_>) -> Actor {
    dice.weighted(&[(8, Actor::Alice), (8, Actor::Bob), (2, Actor::Mallory), (1, Actor::Treasury)])
}

pub(super) fn allocator(dice: &mut Dice<'_>) -> Actor {
    dice.weighted(&[
        (6, Actor::Allocator),
        (1, Actor::Mallory),
        (1, Actor::Zero),
        (1, Actor::Treasury),
    ])
}

/// The allocator is the pool.
pub(super) fn pool(dice: &mut Dice<'_>) -> Actor {
    dice.weighted(&[(10, Actor::Allocator), (1, Actor::Mallory), (1, Actor::Alice)])
}

pub(super) fn treasurer(dice: &mut Dice<'_>) -> Actor {
    dice.weighted(&[
        (6, Actor::Treasury),
        (1, Actor::Mallory),
        (1, Actor::Allocator),
        (1, Actor::Council),
        (1, Actor::Admin),
    ])
}

/// Mostly the guardian.
pub(super) fn guardian(dice: &mut Dice<'_>) -> Actor {
    dice.weighted(&[
        (12, Actor::Guardian),
        (1, Actor::Mallory),
        (1, Actor::Council),
        (1, Actor::Admin),
    ])
}

/// Mostly the admin.
pub(super) fn admin(dice: &mut Dice<'_>) -> Actor {
    dice.weighted(&[(8, Actor::Admin), (1, Actor::Mallory), (1, Actor::Council)])
}

/// Who has a role, gets it or loses it.
pub(super) fn member(dice: &mut Dice<'_>) -> Actor {
    dice.weighted(&[
        (4, Actor::Council),
        (3, Actor::Mallory),
        (2, Actor::Treasury),
        (1, Actor::Guardian),
        (1, Actor::Admin),
        (1, Actor::Wallet),
    ])
}

/// Who is suspended.
pub(super) fn suspect(dice: &mut Dice<'_>) -> Actor {
    dice.weighted(&[(10, Actor::Council), (1, Actor::Mallory), (1, Actor::Treasury)])
}

/// Who uses or takes back what somebody else announced.
pub(super) fn canceller(dice: &mut Dice<'_>) -> Actor {
    dice.weighted(&[
        (4, Actor::Admin),
        (4, Actor::Council),
        (2, Actor::Mallory),
        (1, Actor::Guardian),
        (1, Actor::Treasury),
    ])
}

pub(super) fn donee(dice: &mut Dice<'_>) -> Actor {
    dice.weighted(&[(4, Actor::Hub), (3, Actor::Vault), (3, Actor::Queue), (1, Actor::Alice)])
}
