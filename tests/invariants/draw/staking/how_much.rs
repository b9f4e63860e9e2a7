//! How much, when and which of what is drawn.

use alloy_primitives::U256;
use emetis::campaign::amounts;
use emetis::campaign::dice::Dice;

use super::super::super::action::staking::{Fault, Moment, ProofFlaw, Setting, Sum};
use super::DAY;

/// METIS up to so many bits, mostly more than 1.
pub(super) fn metis(dice: &mut Dice<'_>, bits: u32) -> Sum {
    Sum::Exact(amounts::draw(dice, bits))
}

pub(super) fn delegated(dice: &mut Dice<'_>) -> Sum {
    match dice.below(16) {
        // 1 METIS is 60 bits: up to 18,000 of it.
        0..=6 => metis(dice, 74),
        7 | 8 => {
            Sum::Exact(U256::from(10).pow(U256::from(18)) + U256::from(dice.below(3)) - U256::ONE)
        }
        9 => metis(dice, 85),
        10 => Sum::Room(dice.offset()),
        11 => Sum::Missing(dice.offset()),
        12 => Sum::Fits(dice.offset()),
        13 | 14 => Sum::Quota(dice.offset()),
        _ => Sum::Carried(dice.offset()),
    }
}

pub(super) fn shares(dice: &mut Dice<'_>) -> Sum {
    match dice.below(12) {
        0..=4 => metis(dice, 74),
        5 => metis(dice, 256),
        6..=9 => Sum::Shares(dice.offset()),
        _ => Sum::ButOne(dice.offset()),
    }
}

pub(super) fn reward(dice: &mut Dice<'_>) -> Sum {
    match dice.below(12) {
        0..=7 => metis(dice, 70),
        8 => Sum::Exact(U256::ZERO),
        9 => metis(dice, 82),
        10 if dice.percent(15) => Sum::Fits(dice.offset()),
        _ => metis(dice, 256),
    }
}

pub(super) fn first_bond(dice: &mut Dice<'_>) -> Sum {
    match dice.below(10) {
        0..=5 => Sum::MinBond(dice.below(2) as i8),
        6 => Sum::MinBond(-1),
        7 => Sum::Room(dice.offset()),
        8 => metis(dice, 96),
        _ => metis(dice, 76),
    }
}

pub(super) fn more_bond(dice: &mut Dice<'_>) -> Sum {
    match dice.below(8) {
        0..=4 => metis(dice, 73),
        5 => Sum::Room(dice.offset()),
        6 => Sum::Fits(dice.offset()),
        _ => Sum::MinBond(dice.offset()),
    }
}

pub(super) fn less_bond(dice: &mut Dice<'_>) -> Sum {
    match dice.below(8) {
        0..=3 => metis(dice, 73),
        4 => metis(dice, 256),
        _ => Sum::Bond(dice.offset()),
    }
}

/// The signer of a case's nth registration, or one that was there before.
pub(super) fn fresh(dice: &mut Dice<'_>) -> u8 {
    dice.below(60) as u8
}

pub(super) fn flaw(dice: &mut Dice<'_>) -> ProofFlaw {
    if dice.percent(70) { ProofFlaw::None } else { dice.one_of(&ProofFlaw::ALL) }
}

pub(super) fn commission(dice: &mut Dice<'_>) -> u16 {
    match dice.below(8) {
        0 => 2_000 + dice.below(2) as u16,
        1 => dice.below(10_001) as u16,
        2 => 1_500 + dice.below(2) as u16,
        3 => 1_000,
        _ => dice.below(2_001) as u16,
    }
}

pub(super) fn bucket(dice: &mut Dice<'_>) -> u8 {
    match dice.below(10) {
        0 => 250 + dice.below(6) as u8,
        _ => dice.below(4) as u8,
    }
}

pub(super) fn bps(dice: &mut Dice<'_>) -> u16 {
    match dice.below(10) {
        0 => 999 + dice.below(3) as u16,
        1 => dice.below(2) as u16,
        2 => dice.below(10_001) as u16,
        3 => 5_000,
        _ => 1 + dice.below(700) as u16,
    }
}

pub(super) fn fault(dice: &mut Dice<'_>) -> Fault {
    match dice.below(16) {
        0..=7 => Fault::Ago(dice.below(u64::from(3 * DAY)) as u32),
        8..=10 => Fault::Ago(dice.below(u64::from(21 * DAY)) as u32),
        11 | 12 => Fault::Earliest(dice.offset()),
        13 | 14 => Fault::Now(dice.offset()),
        _ => Fault::Far,
    }
}

pub(super) fn nth(dice: &mut Dice<'_>) -> u8 {
    dice.weighted(&[(8, 0), (2, 1), (1, 2), (1, 200)])
}

pub(super) fn setting(dice: &mut Dice<'_>) -> Setting {
    let days = |dice: &mut Dice<'_>, most: u64| DAY * dice.below(most + 2) as u32;
    match dice.below(12) {
        0 | 1 => {
            let max_lock = dice.weighted(&[(4, 100_000), (2, 60_000), (1, 2_000), (1, 0)]);
            Setting::Thresholds(dice.weighted(&[(3, 20_000), (3, 35_000), (1, 1)]), max_lock)
        }
        2 | 3 => {
            let bps = dice.weighted(&[(3, 500), (2, 1_000), (2, 0), (1, 10_000), (1, 10_001)]);
            Setting::Bond(dice.weighted(&[(4, 2_000), (3, 1), (2, 6_000), (1, 200_000)]), bps)
        }
        4..=6 => Setting::Period(match dice.below(5) {
            0 => 7 * DAY + dice.below(2) as u32,
            1 => 60 * DAY + dice.below(2) as u32 * DAY,
            _ => days(dice, 60),
        }),
        7 => {
            Setting::MaxCommission(dice.weighted(&[(3, 2_000), (2, 1_000), (1, 5_000), (1, 5_001)]))
        }
        8 | 9 => Setting::Times(days(dice, 7), days(dice, 7), days(dice, 30)),
        _ => Setting::MaxSlash(dice.weighted(&[(4, 1_000), (3, 5_000), (1, 5_001), (1, 100)])),
    }
}

pub(super) fn pause(dice: &mut Dice<'_>) -> u32 {
    const WEEK: u32 = 7 * DAY;
    match dice.below(6) {
        0 => 0,
        1 => WEEK + dice.below(2) as u32,
        _ => 1 + dice.below(u64::from(WEEK)) as u32,
    }
}

pub(super) fn moment(dice: &mut Dice<'_>) -> Moment {
    match dice.below(20) {
        0..=5 => Moment::Maturity(dice.below(4) as u8),
        6..=8 => Moment::VetoEnd,
        9 | 10 => Moment::GraceEnd,
        11 => Moment::JailEnd,
        12 => Moment::Idle,
        13 | 14 => Moment::DayEnd,
        15 => Moment::PauseEnd,
        16 => Moment::Raised,
        17 => Moment::CommissionDue,
        18 => Moment::CommissionOver,
        _ => Moment::SignerFree,
    }
}
