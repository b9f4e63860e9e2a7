//! What happens in random stories.

use emetis::campaign::amounts::amount_below;
use proptest::prelude::*;

use super::super::kit::*;

/// What an amount is measured by.
#[derive(Clone, Copy, Debug)]
pub(super) enum Measure {
    /// Nothing: it is as it was drawn.
    Drawn,
    Balance,
    Left,
    Most,
    Buffer,
    Free,
    Placed,
    Shortfall,
    Room,
}

/// An amount: quarters of a measure, and a few wei.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amount {
    pub(super) drawn: U256,
    pub(super) of: Measure,
    pub(super) quarters: u64,
    pub(super) wei: i8,
}

/// Who calls: Alice, Bob, the allocator or the queue.
pub(super) type Who = usize;

#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Deposit(Who, Amount),
    Rewards(Who, Amount),
    RedeemNow(Who, Amount, i8),
    Fill(Who, Amount, Amount),
    Place(Who, Amount),
    Unbonded(Who, Amount),
    Backed(Who, Amount),
    Settle(Who, Amount, U256, i64),
    Collect(Who, bool),
    Sweep,
    Parameters(u64, u64),
    Request(Amount),
    Hand(Amount),
    Donate(u64),
}

impl Step {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Deposit(..) => "deposit",
            Self::Rewards(..) => "receiveRewards",
            Self::RedeemNow(..) => "redeemNow",
            Self::Fill(..) => "fill",
            Self::Place(..) => "place",
            Self::Unbonded(..) => "receiveUnbonded",
            Self::Backed(..) => "receiveBacking",
            Self::Settle(..) => "settle",
            Self::Collect(..) => "collectFees",
            Self::Sweep => "sweep",
            _ => "others",
        }
    }
}

/// Quarters of one of these, often of the first.
fn measured(first: Measure, others: &[Measure]) -> impl Strategy<Value = Amount> + use<> {
    let others = prop::sample::select([others, &[Measure::Drawn]].concat());
    let of = prop_oneof![3 => Just(first), 2 => others];
    let quarters = prop_oneof![1 => Just(4u64), 2 => 1u64..=4];
    (amount_below(84), of, quarters, -1i8..=1).prop_map(|(drawn, of, quarters, wei)| Amount {
        drawn,
        of,
        quarters,
        wei,
    })
}

/// Anything that anybody does.
pub(super) fn step() -> impl Strategy<Value = Step> {
    use Measure::*;
    let person = || 0usize..2;
    // Mostly who may, sometimes anybody.
    let mostly = |who: usize| prop_oneof![9 => Just(who), 1 => 0usize..4];
    // Until when, in hours from now; some have passed, some are far away.
    let until = prop_oneof![6 => 1i64..=24 * 20, 1 => -3i64..=0, 1 => Just(i64::MAX)];
    let pending = prop_oneof![2 => Just(ZERO), 3 => amount_below(80), 1 => amount_below(256)];
    let loss = (mostly(2), measured(Placed, &[]), pending, until);
    let paid = measured(Drawn, &[Buffer]);
    prop_oneof![
        4 => (person(), measured(Drawn, &[Room])).prop_map(|(who, assets)| Step::Deposit(who, assets)),
        2 => (mostly(2), measured(Drawn, &[Room])).prop_map(|(who, assets)| Step::Rewards(who, assets)),
        9 => (person(), measured(Most, &[Left, Balance, Free]), -1i8..=1)
            .prop_map(|(who, nominal, by)| Step::RedeemNow(who, nominal, by)),
        3 => (mostly(3), measured(Balance, &[]), paid)
            .prop_map(|(who, nominal, assets)| Step::Fill(who, nominal, assets)),
        4 => (mostly(2), measured(Free, &[Buffer])).prop_map(|(who, assets)| Step::Place(who, assets)),
        2 => (mostly(2), measured(Placed, &[Room])).prop_map(|(who, assets)| Step::Unbonded(who, assets)),
        4 => (mostly(2), measured(Shortfall, &[Room])).prop_map(|(who, assets)| Step::Backed(who, assets)),
        3 => loss.prop_map(|(who, loss, pending, until)| Step::Settle(who, loss, pending, until)),
        2 => (mostly(2), prop::bool::weighted(0.9)).prop_map(|(who, good)| Step::Collect(who, good)),
        1 => Just(Step::Sweep),
        1 => (0u64..=500, 0u64..=10_000).prop_map(|(fee, daily)| Step::Parameters(fee, daily)),
        1 => measured(Balance, &[]).prop_map(Step::Request),
        2 => measured(Balance, &[]).prop_map(Step::Hand),
        1 => (1u64..1_000).prop_map(Step::Donate),
    ]
}
