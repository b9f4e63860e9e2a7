//! Where actions on the way out come from.

use emetis::campaign::dice::Dice;

use super::super::action::{Action, Actor, Amount, Pick, QueueAction};
use super::how_much::*;
use super::who::*;
use super::{flaw, seconds};

const DAY: u64 = 86_400;

type Draw = fn(&mut Dice<'_>) -> QueueAction;

/// The way out, and what is needed for it.
pub(super) fn way_out(dice: &mut Dice<'_>) -> Action {
    match dice.below(12) {
        0 => Action::Wait { seconds: seconds(dice) },
        1 => Action::Deposit { caller: caller(dice), receiver: staker(dice), assets: paid(dice) },
        _ => queue(dice),
    }
}

/// Any of it.
pub(super) fn queue(dice: &mut Dice<'_>) -> Action {
    let draw = dice.weighted::<Draw>(&[
        (22, tickets_in),
        (14, tickets_out),
        (10, tickets_moved),
        (14, allocated),
        (9, |d| QueueAction::RedeemNow {
            caller: staker(d),
            receiver: holder(d),
            nominal: redeemed(d),
            least: least(d),
        }),
        (12, |d| QueueAction::Finalize {
            caller: caller(d),
            assets: if d.percent(60) { everything(d) } else { filling(d) },
            batches: d.weighted(&[(1, 0), (3, 1), (2, 2), (4, 16), (1, 17), (1, 255)]),
        }),
        (7, |d| QueueAction::WaitForBatch { edge: d.one_of(&[-1, 0, 0, 0, 1]) }),
        (1, |d| QueueAction::SetRedemption {
            caller: admin(d),
            fee: d.one_of(&[0, 1, 50, 499, 500, 501]),
            daily: d.one_of(&[0, 1, 100, 5_000, 10_000, 10_000, 10_001]),
        }),
        (1, |d| QueueAction::SetBatchLength {
            caller: admin(d),
            length: d.one_of(&[0, 599, 600, 3_600, 86_400, 86_401]),
        }),
    ]);
    Action::Queue(draw(dice))
}

fn tickets_in(dice: &mut Dice<'_>) -> QueueAction {
    let (caller, nominal) = (staker(dice), requested(dice));
    let owner = if dice.percent(70) { caller } else { holder(dice) };
    match dice.below(10) {
        0..=4 => QueueAction::Request { caller, owner, nominal },
        5 | 6 => {
            let (caller, flaw) = (signer(dice), flaw(dice));
            QueueAction::RequestSigned { caller, owner, nominal, flaw }
        }
        7 | 8 => {
            let count = dice.weighted(&[(1, 0), (2, 1), (6, 3), (1, 20), (1, 21)]);
            QueueAction::Requests { caller, owner, nominal, count }
        }
        _ => {
            let (caller, ticket) = (somebody(dice), newest(dice));
            QueueAction::Cancel { caller, receiver: holder(dice), ticket }
        }
    }
}

fn tickets_out(dice: &mut Dice<'_>) -> QueueAction {
    let (caller, receiver, ticket) = (somebody(dice), holder(dice), any_ticket(dice));
    match dice.below(8) {
        0..=4 => QueueAction::Claim { caller, receiver, ticket },
        5 => QueueAction::Cancel { caller, receiver, ticket },
        _ => {
            let count = dice.weighted(&[(1, 0), (5, 1), (4, 2), (2, 3), (1, 20), (1, 21)]);
            let twice = dice.percent(15);
            QueueAction::Claims { caller, receiver, ticket, count, twice }
        }
    }
}

fn tickets_moved(dice: &mut Dice<'_>) -> QueueAction {
    let (caller, to, ticket) = (somebody(dice), holder(dice), any_ticket(dice));
    match dice.below(8) {
        0..=4 => {
            let from = if dice.percent(10) { Some(owner(dice)) } else { None };
            QueueAction::Move { caller, from, to, ticket, safe: dice.percent(40) }
        }
        5 | 6 => QueueAction::Approve { caller, to, ticket },
        _ => {
            let (caller, operator) = (staker(dice), holder(dice));
            QueueAction::ApproveAll { caller, operator, approved: dice.percent(60) }
        }
    }
}

/// What the allocator does: places METIS, brings it back, tells of losses.
fn allocated(dice: &mut Dice<'_>) -> QueueAction {
    let caller = pool(dice);
    match dice.below(16) {
        0..=4 => QueueAction::Place { caller, assets: placed(dice) },
        5..=7 => QueueAction::Unbonded { caller, assets: returned(dice) },
        8 | 9 => QueueAction::Backing { caller, assets: missing(dice) },
        10 => QueueAction::CollectFees { caller, receiver: holder(dice) },
        11..=13 => {
            let (loss, pending) = (settled(dice), super::super::action::NOTHING);
            QueueAction::Settle { caller, loss, pending, until: 0 }
        }
        _ => {
            let (loss, pending) = (super::super::action::NOTHING, ordinary(dice));
            QueueAction::Settle { caller, loss, pending, until: until(dice) }
        }
    }
}

/// When what is pending is decided: mostly in days, and at the edges of what the hub allows.
fn until(dice: &mut Dice<'_>) -> i64 {
    let edge = dice.below(3) as i64 - 1;
    match dice.below(8) {
        0 => edge,
        1..=3 => (1 + dice.below(9 * DAY)) as i64,
        4 => (14 * DAY) as i64 + edge,
        5 => (21 * DAY) as i64 + edge,
        6 => i64::MAX,
        _ => 3_600,
    }
}

/// Mostly the owner.
fn somebody(dice: &mut Dice<'_>) -> Option<Actor> {
    if dice.percent(80) { None } else { Some(caller(dice)) }
}

fn newest(dice: &mut Dice<'_>) -> Pick {
    Pick { back: 0, place: dice.below(256) as u8 }
}

fn any_ticket(dice: &mut Dice<'_>) -> Pick {
    let back = dice.weighted(&[(6, 0), (9, 1), (5, 2), (2, 3), (1, 200)]);
    Pick { back, place: dice.below(256) as u8 }
}

/// As much as there is.
fn everything(_: &mut Dice<'_>) -> Amount {
    Amount::Exact(alloy_primitives::U256::MAX)
}
