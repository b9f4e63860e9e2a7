//! How much is drawn.

use alloy_primitives::U256;
use emetis::campaign::amounts;
use emetis::campaign::dice::Dice;

use super::super::action::Amount;

/// Bits of what is ordinarily moved: up to 1,180 METIS.
const ORDINARY: u32 = 70;
/// Bits of what is ordinarily staked: up to 18 METIS.
const STAKED: u32 = 64;
/// Bits of as many shares: 10^6 times as many.
const SHARES: u32 = 84;

/// One way to draw an amount.
type Draw = fn(&mut Dice<'_>) -> Amount;

fn exact(dice: &mut Dice<'_>, bits: u32) -> Amount {
    Amount::Exact(amounts::draw(dice, bits))
}

pub(super) fn ordinary(dice: &mut Dice<'_>) -> Amount {
    exact(dice, ORDINARY)
}

fn staked(dice: &mut Dice<'_>) -> Amount {
    exact(dice, STAKED)
}

fn shares(dice: &mut Dice<'_>) -> Amount {
    exact(dice, SHARES)
}

fn anything(dice: &mut Dice<'_>) -> Amount {
    exact(dice, 256)
}

fn balance(dice: &mut Dice<'_>) -> Amount {
    Amount::Balance(dice.offset())
}

fn allowance(dice: &mut Dice<'_>) -> Amount {
    Amount::Allowance(dice.offset())
}

fn max(dice: &mut Dice<'_>) -> Amount {
    Amount::Max(dice.offset())
}

fn worth(dice: &mut Dice<'_>) -> Amount {
    Amount::Worth(dice.below(4) as u8, dice.offset())
}

fn of(dice: &mut Dice<'_>, ways: &[(u64, Draw)]) -> Amount {
    dice.weighted(ways)(dice)
}

/// What is asked for beyond what is due.
pub(super) fn least(dice: &mut Dice<'_>) -> Option<i8> {
    if dice.percent(60) { None } else { Some(dice.offset()) }
}

/// METIS sent along: nobody has more than 96 bits of it.
pub(super) fn paid(dice: &mut Dice<'_>) -> Amount {
    of(dice, &[(14, ordinary), (2, |d| exact(d, 85)), (1, |d| Amount::Room(d.offset()))])
}

/// METIS sent along where mostly none belongs.
pub(super) fn out_of_place(dice: &mut Dice<'_>) -> Amount {
    if dice.percent(75) { Amount::Exact(U256::ZERO) } else { paid(dice) }
}

/// eMETIS given away.
pub(super) fn given(dice: &mut Dice<'_>) -> Amount {
    of(dice, &[(4, ordinary), (2, balance)])
}

/// Assets into the vault.
pub(super) fn entering(dice: &mut Dice<'_>) -> Amount {
    of(dice, &[(8, staked), (1, anything), (4, balance), (1, allowance), (2, max), (3, worth)])
}

/// Shares to mint.
pub(super) fn minting(dice: &mut Dice<'_>) -> Amount {
    of(dice, &[(8, shares), (1, anything), (2, max), (4, worth)])
}

/// Assets out of the vault.
pub(super) fn leaving(dice: &mut Dice<'_>) -> Amount {
    of(dice, &[(6, staked), (1, anything), (6, max), (3, worth)])
}

/// Shares to redeem.
pub(super) fn redeeming(dice: &mut Dice<'_>) -> Amount {
    of(dice, &[(6, shares), (1, anything), (5, balance), (2, max), (1, allowance), (3, worth)])
}

/// A reward: anything up to a few METIS, and now and then more than the vault has.
pub(super) fn reward(dice: &mut Dice<'_>) -> Amount {
    of(dice, &[(8, staked), (2, ordinary), (1, |d| exact(d, 85)), (1, balance)])
}

/// A loss of the vault.
pub(super) fn lost(dice: &mut Dice<'_>) -> Amount {
    of(
        dice,
        &[
            (8, |d| exact(d, 60)),
            (2, |_| Amount::Exact(U256::ZERO)),
            (3, |d| Amount::Locked(d.offset())),
            (2, |d| Amount::Pending(d.offset())),
            (1, |d| Amount::Ledger(d.offset())),
        ],
    )
}

/// Mostly what deposits just tolerate.
pub(super) fn written_off(dice: &mut Dice<'_>) -> Amount {
    const TOLERATED: u64 = 1_000_000_000_000;
    if dice.percent(25) {
        return ordinary(dice);
    }
    Amount::Exact(U256::from(TOLERATED - 1 + dice.below(3)))
}

pub(super) fn moved(dice: &mut Dice<'_>) -> Amount {
    of(dice, &[(6, ordinary), (1, anything), (4, balance)])
}

pub(super) fn pulled(dice: &mut Dice<'_>) -> Amount {
    of(dice, &[(4, ordinary), (1, anything), (3, balance), (5, allowance)])
}

pub(super) fn allowed(dice: &mut Dice<'_>) -> Amount {
    of(dice, &[(5, ordinary), (2, anything), (3, |_| Amount::Exact(U256::MAX)), (3, balance)])
}

/// eMETIS for a ticket.
pub(super) fn requested(dice: &mut Dice<'_>) -> Amount {
    of(dice, &[(8, ordinary), (3, least_request), (2, balance), (1, allowance), (1, anything)])
}

/// eMETIS redeemed at once.
pub(super) fn redeemed(dice: &mut Dice<'_>) -> Amount {
    of(dice, &[(6, staked), (2, ordinary), (3, limit), (2, free), (2, balance), (1, anything)])
}

/// METIS that a call of `finalize` may take.
pub(super) fn filling(dice: &mut Dice<'_>) -> Amount {
    of(dice, &[(6, ordinary), (2, staked), (1, buffer), (1, anything)])
}

/// METIS to be placed.
pub(super) fn placed(dice: &mut Dice<'_>) -> Amount {
    of(dice, &[(4, ordinary), (6, free), (1, buffer), (1, anything)])
}

/// METIS that comes back.
pub(super) fn returned(dice: &mut Dice<'_>) -> Amount {
    of(dice, &[(4, ordinary), (4, in_place), (1, anything)])
}

/// Backing that is missing.
pub(super) fn missing(dice: &mut Dice<'_>) -> Amount {
    of(dice, &[(2, ordinary), (6, |d| Amount::Shortfall(d.offset())), (1, anything)])
}

/// What of METIS that is placed is lost.
pub(super) fn settled(dice: &mut Dice<'_>) -> Amount {
    of(dice, &[(8, staked), (3, ordinary), (1, in_place), (1, anything)])
}

fn least_request(dice: &mut Dice<'_>) -> Amount {
    Amount::Least(dice.offset())
}

fn limit(dice: &mut Dice<'_>) -> Amount {
    Amount::Limit(dice.offset())
}

fn free(dice: &mut Dice<'_>) -> Amount {
    Amount::Free(dice.offset())
}

fn buffer(dice: &mut Dice<'_>) -> Amount {
    Amount::Buffer(dice.offset())
}

fn in_place(dice: &mut Dice<'_>) -> Amount {
    Amount::Placed(dice.offset())
}
