//! Actions on the quota.

use alloy_primitives::U256;
use emetis::campaign::amounts;
use emetis::campaign::dice::Dice;

use super::super::super::action::staking::{AMOUNTS, Party, QuotaAction as A, StakingAction, Sum};
use super::how_much::metis;
use super::{Draw, admin, council, distributor, holder, id, nth};

/// One call, or several round it.
pub(super) fn quota(dice: &mut Dice<'_>) -> StakingAction {
    let draw = dice.weighted::<fn(&mut Dice<'_>) -> A>(&[
        (5, |d| A::SetScores {
            caller: council(d),
            id: id(d),
            operations: score(d),
            market: score(d),
        }),
        (4, |d| A::SetGrant {
            caller: council(d),
            pool: pool(d),
            id: id(d),
            metis: grant(d),
            beside: if d.percent(80) { 0 } else { d.offset() },
        }),
        (2, |d| A::SetPoolCap { caller: council(d), pool: pool(d), metis: amount(d) }),
        (3, |d| A::SetLimits { caller: admin(d), limits: limits(d), announced: d.percent(80) }),
        (2, |d| {
            let nth = d.below(7) as u8;
            let limit = limit(d, nth.into());
            A::LowerLimits { caller: council(d), nth, limit }
        }),
        (4, |d| A::Group { caller: council(d), into: group(d), member: group(d) }),
        (3, |d| A::Split { caller: council(d), member: d.below(8) as u8 }),
        (4, |d| A::RecordBatch {
            caller: distributor(d),
            ids: [(); 3].map(|()| id(d)),
            produced: [(); 3].map(|()| blocks(d)),
            assigned: [(); 3].map(|()| blocks(d)),
            short: d.percent(5),
        }),
        (2, |d| A::RecordSlash { caller: holder(d), nth: nth(d) }),
        (5, |d| A::Draw { caller: drawer(d), id: id(d), assets: moved(d) }),
        (4, |d| A::Endow { pool: pool(d), id: id(d), metis: grant(d) }),
        (6, |d| A::Allocate { account: holder(d), assets: planned(d) }),
        (4, |d| A::Release { pool: leaver(d), assets: planned(d) }),
        (3, |d| A::Blitz {
            id: d.below(3) as u8,
            cap: if d.percent(70) { 40_000 } else { amount(d) },
            assets: [(); 4].map(|()| planned(d)),
        }),
        (2, |d| A::Punish { id: id(d), evidence: d.below(200) as u8, raised: d.percent(40) }),
        (2, |d| A::Twice {
            pool: leaver(d),
            id: id(d),
            assets: [moved(d), moved(d)],
            beside: d.offset(),
        }),
        (2, |d| A::Squat { floor: 15_000 + d.below(12_000) as u32, beside: d.offset() }),
    ]);
    StakingAction::Quota(draw(dice))
}

/// The same, without what takes several calls.
pub(super) const ONE_CALL: Draw = |dice| loop {
    match quota(dice) {
        StakingAction::Quota(action) if action.is_one_call() => {
            return StakingAction::Quota(action);
        }
        _ => {}
    }
};

fn pool(dice: &mut Dice<'_>) -> Party {
    dice.weighted(&[
        (6, Party::PoolOne),
        (4, Party::PoolTwo),
        (2, Party::PoolThree),
        (1, Party::PoolFour),
    ])
}

fn leaver(dice: &mut Dice<'_>) -> Party {
    if dice.percent(80) { Party::PoolOne } else { pool(dice) }
}

/// One of the limits, in METIS or bps.
fn limit(dice: &mut Dice<'_>, nth: usize) -> u32 {
    if AMOUNTS.contains(&nth) { amount(dice) } else { share(dice) }
}

/// Mostly those to begin with, but for one or two.
fn limits(dice: &mut Dice<'_>) -> [u32; 7] {
    let mut limits = [2_000, 100_000, 3_300, 400_000, 1_000_000, 5_000, 100];
    for _ in 0..dice.below(3) {
        let nth = dice.below(7) as usize;
        limits[nth] = limit(dice, nth);
    }
    if dice.percent(30) {
        // Pools that soon hold what they may.
        limits[3..5].copy_from_slice(&[10_000, 40_000]);
    }
    if dice.percent(30) {
        // Direct positions, and groups or not.
        let share = if dice.percent(50) { 1_000 } else { 9_000 };
        limits[..2].copy_from_slice(&[share, 18_000 + dice.below(28_000) as u32]);
        limits[5] = 3_000;
    }
    limits
}

fn drawer(dice: &mut Dice<'_>) -> Party {
    if dice.percent(90) { pool(dice) } else { holder(dice) }
}

fn score(dice: &mut Dice<'_>) -> u16 {
    match dice.below(12) {
        0 => dice.below(3) as u16,
        1 => dice.below(10_001) as u16,
        2 => 9_999 + dice.below(3) as u16,
        3 => 10_000,
        _ => 5_000 + dice.below(5_000) as u16,
    }
}

/// In METIS.
fn grant(dice: &mut Dice<'_>) -> u32 {
    match dice.below(8) {
        0 => 0,
        1 => 20_000 - dice.below(2) as u32,
        2 => 100_000 + dice.below(2) as u32,
        _ => 20_000 + dice.below(40_000) as u32,
    }
}

/// In METIS.
fn amount(dice: &mut Dice<'_>) -> u32 {
    match dice.below(12) {
        0 => 0,
        // Beyond 84 bits.
        1 => 19_342_813 + dice.below(2) as u32,
        2..=4 => 100_000,
        5..=7 => 1_000_000,
        _ => 20_000 + dice.below(60_000) as u32,
    }
}

/// In bps.
fn share(dice: &mut Dice<'_>) -> u32 {
    match dice.below(8) {
        0 => 10_000 + dice.below(2) as u32,
        1 => dice.below(2) as u32,
        2 => 100 + dice.below(1_000) as u32,
        _ => 1_000 + dice.below(6_000) as u32,
    }
}

fn group(dice: &mut Dice<'_>) -> u8 {
    match dice.below(30) {
        0 => 0,
        1 => dice.below(64) as u8,
        _ => 1 + dice.below(5) as u8,
    }
}

fn blocks(dice: &mut Dice<'_>) -> u32 {
    match dice.below(4) {
        0 => dice.below(2) as u32,
        1 => u32::MAX,
        _ => dice.below(5_000) as u32,
    }
}

fn moved(dice: &mut Dice<'_>) -> Sum {
    match dice.below(6) {
        0 => metis(dice, 256),
        1 => metis(dice, 74),
        2 => Sum::Churn(dice.offset()),
        _ => whole(dice),
    }
}

fn planned(dice: &mut Dice<'_>) -> Sum {
    match dice.below(6) {
        0 => metis(dice, 78),
        1 => Sum::Quota(dice.offset()),
        _ => whole(dice),
    }
}

/// METIS that many sequencers have room for, whole or not.
fn whole(dice: &mut Dice<'_>) -> Sum {
    let metis = U256::from(1 + dice.below(12_000)) * U256::from(10).pow(U256::from(18));
    let beside = if dice.percent(50) { U256::ZERO } else { amounts::draw(dice, 60) };
    Sum::Exact(metis + beside)
}
