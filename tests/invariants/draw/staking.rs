//! Actions on staking: biased to edges, and to what is likely to matter.

use alloy_primitives::U256;
use emetis::campaign::amounts;
use emetis::campaign::dice::Dice;

use super::super::action::staking::{
    Fault, Id, Moment, Part, Party, ProofFlaw, Setting, StakingAction as A, Sum, Verdict,
};

/// One way to draw an action.
type Draw = fn(&mut Dice<'_>) -> A;

const DAY: u32 = 86_400;

/// Any action on staking.
pub(super) fn staking(dice: &mut Dice<'_>) -> A {
    if dice.below(30) == 0 {
        let thousandths = dice.below(1_000) as u16;
        return A::Starve { action: Box::new(one_call(dice)), thousandths };
    }
    let draw = dice.weighted::<Draw>(&[(80, one_call), (20, around)]);
    draw(dice)
}

fn one_call(dice: &mut Dice<'_>) -> A {
    let draw = dice.weighted::<Draw>(&[
        (34, delegations),
        (18, rewards),
        (22, operators),
        (16, slashes),
        (6, roles),
        (8, raw),
    ]);
    draw(dice)
}

fn delegations(dice: &mut Dice<'_>) -> A {
    let draw = dice.weighted::<Draw>(&[
        (12, |d| A::Delegate { caller: holder(d), id: id(d), assets: delegated(d) }),
        (11, |d| A::Undelegate { caller: holder(d), id: id(d), shares: shares(d) }),
        (9, |d| A::ClaimUnlocked {
            caller: leaver(d),
            id: id(d),
            buckets: [(); 3].map(|()| bucket(d)),
            receiver: receiver(d),
        }),
    ]);
    draw(dice)
}

fn rewards(dice: &mut Dice<'_>) -> A {
    let draw = dice.weighted::<Draw>(&[
        (9, |d| A::Notify {
            caller: distributor(d),
            ids: [id(d), id(d)],
            amounts: [reward(d), reward(d)],
            beside: if d.percent(90) { 0 } else { d.offset() },
            short: d.percent(5),
        }),
        (5, |d| A::ClaimRewards {
            caller: holder(d),
            ids: [(); 3].map(|()| id(d)),
            receiver: receiver(d),
        }),
        (3, |d| A::ClaimCommission { caller: owner(d), id: id(d), receiver: receiver(d) }),
        (3, |d| A::Accrue { caller: holder(d), id: id(d) }),
    ]);
    draw(dice)
}

fn operators(dice: &mut Dice<'_>) -> A {
    let draw = dice.weighted::<Draw>(&[
        (5, |d| A::Register {
            caller: operator(d),
            signer: fresh(d),
            bond: first_bond(d),
            recipient: recipient(d),
            commission: commission(d),
            flaw: flaw(d),
            displaced: d.percent(12).then(|| id(d)),
        }),
        (5, |d| A::IncreaseBond { caller: owner(d), id: id(d), assets: more_bond(d) }),
        (5, |d| A::UnlockBond { caller: owner(d), id: id(d), assets: less_bond(d) }),
        (1, |d| A::Exit { caller: owner(d), id: id(d) }),
        (1, |d| A::Eject { caller: ejector(d), id: id(d) }),
        (4, |d| A::Unjail { caller: owner(d), id: id(d) }),
        (2, |d| A::SetOwner { caller: owner(d), id: id(d), owner: recipient(d) }),
        (2, |d| A::AcceptOwner { caller: heir(d), id: id(d) }),
        (1, |d| A::SetRecipient { caller: owner(d), id: id(d), recipient: recipient(d) }),
        (2, |d| A::SetSigner { caller: owner(d), id: id(d), signer: fresh(d), flaw: flaw(d) }),
        (3, |d| A::Announce { caller: owner(d), id: id(d), commission: commission(d) }),
        (5, |d| A::Apply { caller: owner(d), id: id(d) }),
    ]);
    draw(dice)
}

fn slashes(dice: &mut Dice<'_>) -> A {
    let draw = dice.weighted::<Draw>(&[
        (7, |d| A::Propose {
            caller: council(d),
            id: id(d),
            bps: bps(d),
            fault: fault(d),
            evidence: d.below(200) as u8,
        }),
        (3, |d| A::Judge { caller: council(d), nth: nth(d), verdict: Verdict::Veto }),
        (9, |d| A::Judge { caller: holder(d), nth: nth(d), verdict: Verdict::Execute }),
        (3, |d| A::Judge { caller: holder(d), nth: nth(d), verdict: Verdict::Lapse }),
        (2, |d| A::Settle { caller: holder(d), pool: pool(d) }),
        (3, |d| A::Forward { caller: holder(d) }),
    ]);
    draw(dice)
}

fn roles(dice: &mut Dice<'_>) -> A {
    let draw = dice.weighted::<Draw>(&[
        (5, |d| A::Set { caller: admin(d), setting: setting(d), announced: d.percent(80) }),
        (3, |d| A::Pool { caller: council(d), pool: pool(d), joins: d.percent(60) }),
        (2, |d| A::Pause { caller: guardian(d), seconds: pause(d) }),
        (1, |d| A::Unpause { caller: guardian(d) }),
        (2, |d| A::Sweep { caller: treasurer(d), receiver: receiver(d) }),
    ]);
    draw(dice)
}

/// What happens around the programs.
fn around(dice: &mut Dice<'_>) -> A {
    let draw = dice.weighted::<Draw>(&[
        (6, |d| A::Through {
            id: id(d),
            bps: bps(d),
            fault: fault(d),
            evidence: d.below(200) as u8,
            verdict: d.weighted(&[(6, Verdict::Execute), (2, Verdict::Veto), (2, Verdict::Lapse)]),
        }),
        (5, |d| A::Out { caller: holder(d), id: id(d), shares: shares(d), receiver: receiver(d) }),
        (14, |d| A::Until { id: id(d), moment: moment(d), beside: d.offset() }),
        (2, |d| A::Donate {
            target: d.weighted(&[(4, Part::Staking), (1, Part::Registry), (1, Part::Court)]),
            assets: Sum::Exact(amounts::draw(d, 70)),
        }),
        (1, |d| A::Deafen { pool: d.one_of(&Party::POOLS), deaf: d.percent(60) }),
        (1, |d| A::Persuade { agrees: d.percent(60) }),
        (3, |d| A::Reenter {
            caller: d.weighted(&[(2, Party::Alice), (1, Party::Bob)]),
            id: id(d),
            rewards: d.percent(50),
            target: part(d),
            entry: d.below(256) as u8,
            words: words(d),
        }),
    ]);
    if dice.below(80) == 0 {
        return A::Crowd { caller: operator(dice) };
    }
    draw(dice)
}

fn raw(dice: &mut Dice<'_>) -> A {
    A::Raw {
        to: part(dice),
        caller: dice.weighted(&[
            (4, Party::Alice),
            (2, Party::Mallory),
            (1, Party::Olga),
            (1, Party::Council),
            (1, Party::Fund),
            (1, Party::Court),
            (1, Party::Registry),
        ]),
        entry: dice.below(256) as u8,
        words: words(dice),
        value: if dice.percent(80) { Sum::Exact(U256::ZERO) } else { delegated(dice) },
        damage: super::damage(dice),
    }
}

/// Small numbers, so that ids are hit, and others.
fn words(dice: &mut Dice<'_>) -> [U256; 8] {
    [(); 8].map(|()| match dice.below(3) {
        0 => U256::from(dice.below(5)),
        _ => amounts::draw(dice, 256),
    })
}

fn part(dice: &mut Dice<'_>) -> Part {
    dice.weighted(&[(4, Part::Staking), (1, Part::Registry), (2, Part::Court)])
}

/// Mostly one of the first two sequencers.
fn id(dice: &mut Dice<'_>) -> Id {
    match dice.below(40) {
        0 => 254,
        1 => 255,
        2..=19 => 0,
        20..=31 => 1,
        _ => dice.below(8) as u8,
    }
}

fn holder(dice: &mut Dice<'_>) -> Party {
    dice.weighted(&[
        (6, Party::Alice),
        (5, Party::Bob),
        (3, Party::Mallory),
        (4, Party::PoolOne),
        (2, Party::PoolTwo),
        (1, Party::Olga),
        (1, Party::Otto),
    ])
}

fn leaver(dice: &mut Dice<'_>) -> Party {
    if dice.percent(25) { owner(dice) } else { holder(dice) }
}

fn receiver(dice: &mut Dice<'_>) -> Party {
    dice.weighted(&[
        (8, Party::Alice),
        (6, Party::Bob),
        (2, Party::PoolOne),
        (1, Party::Refuser),
        (1, Party::Staking),
        (1, Party::Court),
        (1, Party::Zero),
    ])
}

fn recipient(dice: &mut Dice<'_>) -> Party {
    dice.weighted(&[
        (4, Party::Olga),
        (4, Party::Otto),
        (4, Party::Omar),
        (2, Party::Alice),
        (1, Party::Refuser),
        (1, Party::Zero),
    ])
}

fn operator(dice: &mut Dice<'_>) -> Party {
    dice.weighted(&[(3, Party::Olga), (3, Party::Otto), (3, Party::Omar), (1, Party::Alice)])
}

fn owner(dice: &mut Dice<'_>) -> Party {
    dice.weighted(&[(12, Party::Owner), (1, Party::Olga), (1, Party::Mallory), (1, Party::Heir)])
}

fn heir(dice: &mut Dice<'_>) -> Party {
    dice.weighted(&[(10, Party::Heir), (1, Party::Mallory)])
}

fn ejector(dice: &mut Dice<'_>) -> Party {
    dice.weighted(&[(1, Party::Council), (8, Party::Mallory), (4, Party::Alice)])
}

fn council(dice: &mut Dice<'_>) -> Party {
    dice.weighted(&[(14, Party::Council), (1, Party::Mallory), (1, Party::Guardian)])
}

fn admin(dice: &mut Dice<'_>) -> Party {
    dice.weighted(&[(12, Party::Admin), (1, Party::Council), (1, Party::Mallory)])
}

fn guardian(dice: &mut Dice<'_>) -> Party {
    dice.weighted(&[(8, Party::Guardian), (1, Party::Mallory)])
}

fn treasurer(dice: &mut Dice<'_>) -> Party {
    dice.weighted(&[(6, Party::Treasury), (1, Party::Mallory)])
}

fn distributor(dice: &mut Dice<'_>) -> Party {
    dice.weighted(&[(14, Party::Fund), (1, Party::Mallory)])
}

fn pool(dice: &mut Dice<'_>) -> Party {
    dice.weighted(&[
        (4, Party::PoolOne),
        (5, Party::PoolTwo),
        (1, Party::Alice),
        (1, Party::Staking),
        (1, Party::Refuser),
        (1, Party::Zero),
    ])
}

/// METIS up to so many bits, mostly more than 1.
fn metis(dice: &mut Dice<'_>, bits: u32) -> Sum {
    Sum::Exact(amounts::draw(dice, bits))
}

fn delegated(dice: &mut Dice<'_>) -> Sum {
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
        _ => Sum::Carried(dice.offset()),
    }
}

fn shares(dice: &mut Dice<'_>) -> Sum {
    match dice.below(12) {
        0..=4 => metis(dice, 74),
        5 => metis(dice, 256),
        6..=9 => Sum::Shares(dice.offset()),
        _ => Sum::ButOne(dice.offset()),
    }
}

fn reward(dice: &mut Dice<'_>) -> Sum {
    match dice.below(12) {
        0..=7 => metis(dice, 70),
        8 => Sum::Exact(U256::ZERO),
        9 => metis(dice, 82),
        10 if dice.percent(15) => Sum::Fits(dice.offset()),
        _ => metis(dice, 256),
    }
}

fn first_bond(dice: &mut Dice<'_>) -> Sum {
    match dice.below(10) {
        0..=5 => Sum::MinBond(dice.below(2) as i8),
        6 => Sum::MinBond(-1),
        7 => Sum::Room(dice.offset()),
        8 => metis(dice, 96),
        _ => metis(dice, 76),
    }
}

fn more_bond(dice: &mut Dice<'_>) -> Sum {
    match dice.below(8) {
        0..=4 => metis(dice, 73),
        5 => Sum::Room(dice.offset()),
        6 => Sum::Fits(dice.offset()),
        _ => Sum::MinBond(dice.offset()),
    }
}

fn less_bond(dice: &mut Dice<'_>) -> Sum {
    match dice.below(8) {
        0..=3 => metis(dice, 73),
        4 => metis(dice, 256),
        _ => Sum::Bond(dice.offset()),
    }
}

/// The signer of a case's nth registration, or one that was there before.
fn fresh(dice: &mut Dice<'_>) -> u8 {
    dice.below(60) as u8
}

fn flaw(dice: &mut Dice<'_>) -> ProofFlaw {
    if dice.percent(70) { ProofFlaw::None } else { dice.one_of(&ProofFlaw::ALL) }
}

fn commission(dice: &mut Dice<'_>) -> u16 {
    match dice.below(8) {
        0 => 2_000 + dice.below(2) as u16,
        1 => dice.below(10_001) as u16,
        2 => 1_500 + dice.below(2) as u16,
        3 => 1_000,
        _ => dice.below(2_001) as u16,
    }
}

fn bucket(dice: &mut Dice<'_>) -> u8 {
    match dice.below(10) {
        0 => 250 + dice.below(6) as u8,
        _ => dice.below(4) as u8,
    }
}

fn bps(dice: &mut Dice<'_>) -> u16 {
    match dice.below(10) {
        0 => 999 + dice.below(3) as u16,
        1 => dice.below(2) as u16,
        2 => dice.below(10_001) as u16,
        3 => 5_000,
        _ => 1 + dice.below(700) as u16,
    }
}

fn fault(dice: &mut Dice<'_>) -> Fault {
    match dice.below(16) {
        0..=7 => Fault::Ago(dice.below(u64::from(3 * DAY)) as u32),
        8..=10 => Fault::Ago(dice.below(u64::from(21 * DAY)) as u32),
        11 | 12 => Fault::Earliest(dice.offset()),
        13 | 14 => Fault::Now(dice.offset()),
        _ => Fault::Far,
    }
}

fn nth(dice: &mut Dice<'_>) -> u8 {
    dice.weighted(&[(8, 0), (2, 1), (1, 2), (1, 200)])
}

fn setting(dice: &mut Dice<'_>) -> Setting {
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

fn pause(dice: &mut Dice<'_>) -> u32 {
    const WEEK: u32 = 7 * DAY;
    match dice.below(6) {
        0 => 0,
        1 => WEEK + dice.below(2) as u32,
        _ => 1 + dice.below(u64::from(WEEK)) as u32,
    }
}

fn moment(dice: &mut Dice<'_>) -> Moment {
    match dice.below(20) {
        0..=5 => Moment::Maturity(dice.below(4) as u8),
        6..=8 => Moment::VetoEnd,
        9 | 10 => Moment::GraceEnd,
        11 => Moment::JailEnd,
        12 => Moment::Idle,
        13 | 14 => Moment::DayEnd,
        15 => Moment::PauseEnd,
        16 | 17 => Moment::CommissionDue,
        18 => Moment::CommissionOver,
        _ => Moment::SignerFree,
    }
}
