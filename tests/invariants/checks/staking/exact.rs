//! What each holder has earned, as an exact rational.

use std::collections::BTreeMap;

use alloy_primitives::U256;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

use super::super::super::action::staking::Party;
use super::super::super::model::staking::{METIS, Money, Part};
use super::super::super::world::staking::{SeenSequencer, Stage};
use super::Noticed;

/// Exact sums by holder and sequencer, and in how many wei the programs may have rounded them.
#[derive(Clone, Debug, Default)]
pub struct Exact {
    owed: BTreeMap<(usize, u64), (BigRational, u64)>,
    /// What parked in jail for the delegators of each sequencer.
    parked: BTreeMap<u64, U256>,
}

impl Exact {
    /// What a holder is owed, with what is pending, and by how much less it may be told.
    pub fn owed(&self, holder: Party, sequencer: &SeenSequencer) -> (BigRational, u64) {
        let key = (holder as usize, sequencer.id);
        let (owed, roundings) =
            self.owed.get(&key).cloned().unwrap_or_else(|| (BigRational::zero(), 0));
        // In jail nothing is earned until it ends.
        let jailed = sequencer.jailed_until != 0;
        let pending = if jailed { U256::ZERO } else { split(sequencer) };
        let part = share(pending, sequencer, holder);
        (owed + part, roundings + 2)
    }

    fn add(&mut self, holder: Party, id: u64, part: BigRational, roundings: u64) {
        let zero = || (BigRational::zero(), 0);
        let owed = self.owed.entry((holder as usize, id)).or_insert_with(zero);
        owed.0 += part;
        owed.1 += roundings;
    }
}

/// What delegators get of what is pending, by the stake and commission of this moment.
fn split(sequencer: &SeenSequencer) -> U256 {
    let mut books = sequencer.books();
    books.jailed = false;
    books.pending = sequencer.pending;
    books.touch().map_or(U256::ZERO, |[_, delegators, _]| delegators)
}

fn share(amount: U256, sequencer: &SeenSequencer, holder: Party) -> BigRational {
    if sequencer.shares.is_zero() {
        return BigRational::zero();
    }
    let shares = sequencer.position(holder).shares;
    BigRational::new(big(amount) * big(shares), big(sequencer.shares))
}

/// As a big integer.
pub fn big(value: U256) -> BigInt {
    BigInt::from_bytes_be(num_bigint::Sign::Plus, &value.to_be_bytes::<32>())
}

/// Adds what a call brought to holders, and takes what it paid them.
pub(super) fn remember(stage: &mut Stage, noticed: &Noticed<'_>) {
    let accrued = noticed.events::<Money::RewardsAccrued>(stage, Part::Staking);
    let mut brought = Vec::new();
    let mut waiting = stage.story.exact.parked.clone();
    for (before, after) in noticed.pairs(stage) {
        if !accrued.iter().any(|event| event.id == U256::from(before.id)) {
            continue;
        }
        let mut amount = split(before);
        if before.jailed_until != 0 {
            let parked = waiting.entry(before.id).or_insert(U256::ZERO);
            *parked += amount;
            let freed = after.jailed_until == 0;
            // Where nobody stayed it is the operator's.
            amount = if freed && before.delegated >= METIS { *parked } else { U256::ZERO };
            if freed {
                *parked = U256::ZERO;
            }
        }
        for holder in Party::HOLDERS {
            brought.push((holder, before.id, share(amount, before, holder), 1));
        }
    }
    for slashed in noticed.events::<Money::Slashed>(stage, Part::Staking) {
        waiting.remove(&slashed.id.saturating_to());
    }
    stage.story.exact.parked = waiting;
    let holder =
        |account| Party::HOLDERS.into_iter().find(|party| stage.crew.address(*party) == account);
    for paid in noticed.events::<Money::RewardsClaimed>(stage, Part::Staking) {
        if let Some(holder) = holder(paid.account) {
            let part = -BigRational::from(big(paid.assets));
            brought.push((holder, paid.id.saturating_to(), part, 2));
        }
    }
    let joined = noticed.events::<Money::Delegated>(stage, Part::Staking);
    let left = noticed.events::<Money::Undelegated>(stage, Part::Staking);
    let joined = joined.iter().map(|event| (event.account, event.id));
    for (account, id) in joined.chain(left.iter().map(|event| (event.account, event.id))) {
        if let Some(holder) = holder(account) {
            brought.push((holder, id.saturating_to(), BigRational::zero(), 2));
        }
    }
    for (holder, id, part, roundings) in brought {
        stage.story.exact.add(holder, id, part, roundings);
    }
}
