//! Actions on staking: biased to edges, and to what is likely to matter.

use alloy_primitives::U256;
use emetis::campaign::amounts;
use emetis::campaign::dice::Dice;

use super::super::action::staking::{Id, Part, Party, StakingAction as A, Stand, Sum, Verdict};

mod how_much;
mod quota;

use how_much::*;

/// One way to draw an action.
type Draw = fn(&mut Dice<'_>) -> A;

const DAY: u32 = 86_400;

/// Any action on staking.
pub(super) fn staking(dice: &mut Dice<'_>) -> A {
    if dice.below(30) == 0 {
        let thousandths = dice.below(1_000) as u16;
        let draw = dice.weighted::<Draw>(&[(9, one_call), (2, quota::ONE_CALL)]);
        return A::Starve { action: Box::new(draw(dice)), thousandths };
    }
    let draw = dice.weighted::<Draw>(&[(80, one_call), (14, quota::quota), (20, around)]);
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
        (5, |d| A::Announce { caller: owner(d), id: id(d), commission: commission(d) }),
        (2, |d| A::Apply { caller: owner(d), id: id(d) }),
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
        (5, |d| A::Out {
            caller: holder(d),
            id: id(d),
            shares: shares(d),
            receiver: receiver(d),
            early: d.weighted(&[(6, 0), (1, 1), (2, DAY)]),
        }),
        (3, |d| A::Under {
            caller: holder(d),
            id: id(d),
            shares: shares(d),
            bps: bps(d),
            evidence: d.below(200) as u8,
        }),
        (2, |d| A::Raise { id: id(d), commission: commission(d) }),
        (1, |d| A::Succeed { id: 2 + d.below(3) as u8, signer: fresh(d) }),
        (2, |d| A::Guest {
            id: id(d),
            assets: if d.percent(50) {
                Sum::Exact(U256::from(10).pow(U256::from(18)))
            } else {
                delegated(d)
            },
            slashed: d.percent(40),
            evidence: d.below(200) as u8,
        }),
        (2, |d| A::Barren { id: 2 + d.below(3) as u8, assets: reward(d) }),
        (14, |d| A::Until { id: id(d), moment: moment(d), beside: d.offset() }),
        (2, |d| A::Donate {
            target: d.weighted(&[
                (4, Part::Staking),
                (1, Part::Registry),
                (1, Part::Court),
                (1, Part::Quota),
            ]),
            assets: Sum::Exact(amounts::draw(d, 70)),
        }),
        (1, |d| A::Deafen { pool: d.one_of(&Party::POOLS), deaf: d.percent(60) }),
        (2, |d| A::Persuade {
            stand: d.weighted(&[(6, Stand::Ours), (3, Stand::Agrees), (1, Stand::Burns)]),
        }),
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
            (1, Party::PoolOne),
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
    dice.weighted(&[(4, Part::Staking), (1, Part::Registry), (2, Part::Court), (3, Part::Quota)])
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
        (5, Party::PoolOne),
        (2, Party::PoolTwo),
        (1, Party::PoolThree),
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
