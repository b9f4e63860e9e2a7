//! Where actions come from: biased to edges, and to what is likely to matter.

use alloy_primitives::U256;
use emetis::campaign::amounts;
use emetis::campaign::dice::{Dice, drawn};
use proptest::strategy::{BoxedStrategy, Strategy};

use super::action::{
    Action, Actor, Damage, Fate, Flaw, Later, Loss, Order, Program, Restricted, When,
};
use super::model::{ADMIN, ADMIN_DELAY, ATTESTER, GUARDIAN, NOBODY, PUBLIC, SLASHER, TREASURY};

mod how_much;
mod queue;
mod staking;
mod who;

use how_much::*;
use who::*;

/// One way to draw an action.
type Draw = fn(&mut Dice<'_>) -> Action;

/// Any action.
pub fn action() -> BoxedStrategy<Action> {
    drawn(|dice| starved(dice, mixed)).boxed()
}

/// Actions of a case: mostly of the tokens, of the way out, of staking, or mixed, so that sequences get
/// deep.
pub fn theme(case: u64) -> BoxedStrategy<Action> {
    match case % 6 {
        0 | 1 => drawn(|dice| starved(dice, plain)).boxed(),
        2 => drawn(|dice| starved(dice, queue::way_out)).boxed(),
        3 | 4 => drawn(|dice| starved(dice, of_staking)).boxed(),
        _ => action(),
    }
}

fn starved(dice: &mut Dice<'_>, draw: Draw) -> Action {
    if dice.below(21) > 0 {
        return draw(dice);
    }
    let thousandths = dice.below(1_000) as u16;
    Action::Starve { action: Box::new(plain(dice)), thousandths }
}

fn mixed(dice: &mut Dice<'_>) -> Action {
    let draw = dice.weighted::<Draw>(&[(1, plain), (1, of_staking)]);
    draw(dice)
}

/// Staking, and now and then what happens around all programs.
fn of_staking(dice: &mut Dice<'_>) -> Action {
    match dice.below(24) {
        0..=2 => Action::Wait { seconds: seconds(dice) },
        3 => plain(dice),
        _ => Action::Staking(staking::staking(dice)),
    }
}

fn plain(dice: &mut Dice<'_>) -> Action {
    let draw = dice.weighted::<Draw>(&[
        (30, hub),
        (24, queue::queue),
        (40, vault),
        (30, token),
        (16, any_program),
        (16, authority),
        (12, world),
    ]);
    draw(dice)
}

fn hub(dice: &mut Dice<'_>) -> Action {
    let draw = dice.weighted::<Draw>(&[
        (16, |d| Action::Deposit { caller: caller(d), receiver: holder(d), assets: paid(d) }),
        (12, |d| Action::DepositAndStake {
            caller: caller(d),
            receiver: holder(d),
            assets: paid(d),
            least: least(d),
        }),
        (4, |d| Action::ReceiveRewards {
            caller: allocator(d),
            receiver: holder(d),
            assets: paid(d),
        }),
        (1, |d| Action::Burn { caller: caller(d), assets: entering(d) }),
    ]);
    draw(dice)
}

fn vault(dice: &mut Dice<'_>) -> Action {
    let draw = dice.weighted::<Draw>(&[
        (14, |d| Action::VaultDeposit {
            caller: staker(d),
            receiver: holder(d),
            assets: entering(d),
        }),
        (10, |d| Action::VaultMint { caller: staker(d), receiver: holder(d), shares: minting(d) }),
        (11, |d| {
            let (caller, owner) = leaver(d);
            Action::VaultWithdraw { caller, receiver: holder(d), owner, assets: leaving(d) }
        }),
        (16, |d| {
            let (caller, owner) = leaver(d);
            let (receiver, shares) = (holder(d), redeeming(d));
            Action::VaultRedeem { caller, receiver, owner, shares, least: least(d) }
        }),
        (8, |d| Action::Notify { caller: pool(d), assets: reward(d), brought: d.percent(80) }),
        (9, |d| Action::Settle { caller: pool(d), loss: loss(d) }),
        (1, |d| Action::ReceiveDeposit {
            caller: caller(d),
            assets: entering(d),
            receiver: holder(d),
        }),
    ]);
    draw(dice)
}

fn loss(dice: &mut Dice<'_>) -> Loss {
    match dice.below(16) {
        0..=4 => Loss::Propose(lost(dice)),
        5..=9 => Loss::Veto,
        10..=12 => Loss::Execute,
        _ => Loss::Any(lost(dice), lost(dice)),
    }
}

fn token(dice: &mut Dice<'_>) -> Action {
    let draw = dice.weighted::<Draw>(&[
        (14, |d| Action::Transfer {
            token: coin(d),
            caller: caller(d),
            to: holder(d),
            value: moved(d),
        }),
        (9, |d| Action::Approve {
            token: coin(d),
            caller: caller(d),
            spender: holder(d),
            value: allowed(d),
        }),
        (10, |d| Action::TransferFrom {
            token: coin(d),
            caller: caller(d),
            from: owner(d),
            to: holder(d),
            value: pulled(d),
        }),
        (8, |d| Action::Permit {
            token: coin(d),
            caller: caller(d),
            owner: signer(d),
            spender: holder(d),
            value: allowed(d),
            flaw: flaw(d),
            split: d.percent(50),
        }),
        (2, |d| Action::WalletPermit {
            token: coin(d),
            caller: caller(d),
            spender: holder(d),
            value: allowed(d),
            confirms: d.percent(70),
            length: length(d),
        }),
    ]);
    draw(dice)
}

/// What both programs have.
fn any_program(dice: &mut Dice<'_>) -> Action {
    let draw = dice.weighted::<Draw>(&[
        (5, |d| Action::Sweep { of: program(d), caller: treasurer(d), receiver: holder(d) }),
        (1, |d| Action::PlainTransfer { to: program(d), caller: caller(d), assets: paid(d) }),
        (1, |d| Action::Construct {
            of: program(d),
            caller: caller(d),
            first: d.one_of(&Actor::ALL),
            pool: d.one_of(&Actor::ALL),
            authority: d.one_of(&Actor::ALL),
            value: out_of_place(d),
        }),
        (10, |d| Action::Raw {
            to: program(d),
            caller: caller(d),
            entry: d.below(256) as u8,
            words: words(d),
            value: out_of_place(d),
            damage: damage(d),
        }),
        (3, |d| Action::Reenter {
            of: program(d),
            target: program(d),
            entry: d.below(256) as u8,
            words: words(d),
        }),
    ]);
    draw(dice)
}

/// Roles, operations, pauses.
fn authority(dice: &mut Dice<'_>) -> Action {
    let draw = dice.weighted::<Draw>(&[
        (5, |d| Action::Pause { of: coin(d), caller: guardian(d), seconds: paused(d) }),
        (3, |d| Action::Unpause { of: coin(d), caller: guardian(d) }),
        (4, |d| Action::Manage { caller: admin(d), order: Order::Now(configured(d)) }),
        (4, |d| {
            let (caller, call) = proposal(d);
            let after = if d.percent(70) { 0 } else { d.below(4 * 86_400) as u32 };
            Action::Manage { caller, order: Order::Schedule { call, after } }
        }),
        (2, |d| {
            let (role, account) = (suspended_role(d), suspect(d));
            let order = Order::Suspend { role, account, seconds: paused(d) };
            Action::Manage { caller: guardian(d), order }
        }),
        (2, |d| {
            let (role, account) = (suspended_role(d), suspect(d));
            Action::Manage { caller: guardian(d), order: Order::EndSuspension { role, account } }
        }),
        (12, |d| {
            let fate = d.weighted(&[(4, Fate::Executed), (2, Fate::Made), (3, Fate::Cancelled)]);
            let others = if fate == Fate::Cancelled { 65 } else { 25 };
            let caller = d.percent(others).then(|| canceller(d));
            let edge = d.one_of(&[-1, 0, 0, 0, 1]);
            let when =
                d.weighted(&[(5, When::Now), (12, When::Due(edge)), (3, When::Expired(edge))]);
            Action::Operation { nth: d.below(4) as u8, fate, when, caller }
        }),
    ]);
    draw(dice)
}

/// How long a pause or a suspension is: mostly hours, edges, now and then too long.
fn paused(dice: &mut Dice<'_>) -> u32 {
    const WEEK: u64 = 604_800;
    let seconds = match dice.below(16) {
        0 => 0,
        1..=5 => 1 + dice.below(100),
        6..=9 => 1 << dice.below(18),
        10..=14 => WEEK - 1 + dice.below(3),
        _ => dice.below(1 << 32),
    };
    seconds as u32
}

/// A change of roles.
fn configured(dice: &mut Dice<'_>) -> Later {
    match dice.below(8) {
        0..=3 => Later::Grant { role: role(dice), account: member(dice), delay: delay(dice) },
        4 | 5 => Later::Revoke { role: role(dice), account: member(dice) },
        _ => {
            let function =
                dice.one_of(&[Restricted::Sweep, Restricted::Pause, Restricted::Unpause]);
            Later::Give { of: coin(dice), function, role: given_role(dice) }
        }
    }
}

/// Who announces what: mostly what they will be allowed to do.
fn proposal(dice: &mut Dice<'_>) -> (Actor, Later) {
    match dice.below(8) {
        0..=3 => (dice.one_of(&[Actor::Admin, Actor::Council, Actor::Council]), configured(dice)),
        4 => (Actor::Council, Later::Sweep { of: program(dice), receiver: holder(dice) }),
        5 => (guardian(dice), Later::Pause { of: coin(dice), seconds: paused(dice) }),
        6 => (guardian(dice), Later::Unpause { of: coin(dice) }),
        _ => (if dice.percent(50) { Actor::Council } else { member(dice) }, configured(dice)),
    }
}

fn role(dice: &mut Dice<'_>) -> u64 {
    dice.weighted(&[
        (5, ADMIN),
        (4, TREASURY),
        (3, GUARDIAN),
        (2, ATTESTER),
        (2, SLASHER),
        (1, PUBLIC),
        (1, NOBODY),
    ])
}

/// A role that functions are given to. What is given up is so for good.
fn given_role(dice: &mut Dice<'_>) -> u64 {
    dice.weighted(&[
        (20, TREASURY),
        (20, GUARDIAN),
        (6, ADMIN),
        (4, ATTESTER),
        (2, PUBLIC),
        (1, NOBODY),
    ])
}

fn suspended_role(dice: &mut Dice<'_>) -> u64 {
    dice.weighted(&[(5, ATTESTER), (5, SLASHER), (1, TREASURY)])
}

/// An execution delay.
fn delay(dice: &mut Dice<'_>) -> u32 {
    const DAY: u64 = 86_400;
    let seconds = match dice.below(8) {
        0..=2 => 0,
        3 => dice.below(DAY),
        4 => DAY,
        _ => ADMIN_DELAY - 1 + dice.below(3),
    };
    seconds as u32
}

/// What happens around the programs.
fn world(dice: &mut Dice<'_>) -> Action {
    let draw = dice.weighted::<Draw>(&[
        (3, |d| Action::Donate { target: donee(d), assets: paid(d) }),
        (2, |d| Action::DonateAssets { caller: caller(d), assets: given(d) }),
        (2, |d| Action::WriteOff { assets: written_off(d), back: d.percent(60) }),
        (6, |d| Action::Wait { seconds: seconds(d) }),
        (1, |d| Action::Expire {
            only: d.one_of(&[None, Some(Program::Hub), Some(Program::Vault), Some(Program::Queue)]),
        }),
    ]);
    draw(dice)
}

fn program(dice: &mut Dice<'_>) -> Program {
    dice.one_of(&Program::ALL)
}

/// One that is an ERC-20 token, with a pause.
fn coin(dice: &mut Dice<'_>) -> Program {
    dice.one_of(&Program::TOKENS)
}

fn flaw(dice: &mut Dice<'_>) -> Flaw {
    if dice.below(7) < 3 { Flaw::None } else { dice.one_of(&Flaw::ALL) }
}

/// Length of a wallet's signature.
fn length(dice: &mut Dice<'_>) -> u16 {
    match dice.below(7) {
        0..=3 => 65,
        4 | 5 => dice.below(200) as u16,
        _ => 4_090 + dice.below(11) as u16,
    }
}

fn words(dice: &mut Dice<'_>) -> [U256; 7] {
    [(); 7].map(|()| amounts::draw(dice, 256))
}

fn damage(dice: &mut Dice<'_>) -> Damage {
    match dice.below(12) {
        0..=2 => Damage::None,
        3 | 4 => Damage::Cut(dice.below(300) as u16),
        5 | 6 => Damage::Longer(match dice.below(3) {
            0 => 1,
            1 => dice.below(64) as u16,
            _ => 7_900 + dice.below(500) as u16,
        }),
        7 | 8 => Damage::Byte(dice.below(230) as u16, dice.below(256) as u8),
        9 | 10 => Damage::Word(dice.below(8) as u8, amounts::draw(dice, 256)),
        _ => Damage::Selector((dice.below(1 << 32) as u32).to_be_bytes()),
    }
}

/// Moments, hours, days, weeks, and longer than a program lives.
fn seconds(dice: &mut Dice<'_>) -> u64 {
    const DAY: u64 = 86_400;
    const WEEK: u64 = 604_800;
    match dice.below(22) {
        0..=5 => 1 + dice.below(100),
        6..=11 => 1 << dice.below(22),
        12..=17 => DAY - 1 + dice.below(3),
        18..=20 => WEEK - 1 + dice.below(3),
        _ => 31_536_001,
    }
}
