//! Amounts of actions as numbers.

use alloy_primitives::{Address, U256};
use emetis::Chain;
use emetis::campaign::amounts::near;

use super::super::super::action::staking::{Party, Sum};
use super::super::super::model::largest;
use super::super::super::model::staking::{METIS, Part, Rule};
use super::super::super::world::staking::{SeenSequencer, Stage};

/// An amount as a number.
pub fn sum(stage: &Stage, chain: &Chain, sum: Sum, caller: Address, id: U256) -> U256 {
    let seen = &stage.seen;
    let sequencer = seen.sequencer(id);
    let figure = |of: fn(&SeenSequencer) -> U256| sequencer.map_or(U256::ZERO, of);
    let held = || {
        let holder = Party::HOLDERS.into_iter().find(|party| stage.crew.address(*party) == caller);
        let sequencer = sequencer?;
        Some((sequencer.position(holder?), sequencer))
    };
    let (value, offset) = match sum {
        Sum::Exact(value) => return value,
        Sum::Bond(offset) => (figure(|sequencer| sequencer.bond), offset),
        Sum::Room(offset) => {
            let stake = figure(SeenSequencer::stake);
            (seen.rules.max_lock.saturating_sub(stake), offset)
        }
        Sum::Carried(offset) => {
            let bps = seen.rules.min_bond_bps.max(U256::ONE);
            let most = figure(|sequencer| sequencer.bond) * U256::from(10_000) / bps;
            let stake = figure(SeenSequencer::stake);
            (most.saturating_sub(stake), offset)
        }
        Sum::MinBond(offset) => (seen.rules.min_bond, offset),
        Sum::Missing(offset) => {
            let stake = figure(SeenSequencer::stake);
            (seen.rules.threshold.saturating_sub(stake), offset)
        }
        Sum::Shares(offset) => (held().map_or(U256::ZERO, |(held, _)| held.shares), offset),
        Sum::ButOne(offset) => {
            let but_one = held().map(|(held, sequencer)| {
                let delegated = sequencer.delegated.max(U256::ONE);
                let one = (METIS * sequencer.shares).div_ceil(delegated);
                held.shares.saturating_sub(one)
            });
            (but_one.unwrap_or_default(), offset)
        }
        Sum::Fits(offset) => (largest(84).saturating_sub(seen.totals[3]), offset),
        Sum::Quota(offset) => {
            let room = Rule::roomCall { pool: caller, id };
            (stage.view(chain, Part::Quota, room).assets, offset)
        }
        Sum::Churn(offset) => {
            let churn = Rule::churnOfCall { pool: caller };
            (stage.view(chain, Part::Quota, churn).left, offset)
        }
    };
    near(value, offset)
}
