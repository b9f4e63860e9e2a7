//! From an action on the quota to the transaction it stands for.

use alloy_primitives::{Address, U256};
use emetis::Chain;
use emetis::campaign::amounts::near;

use super::super::super::action::staking::{AMOUNTS, Id, Party, QuotaAction as A, Stand};
use super::super::super::model::staking::{Bench, METIS, Part, Rule};
use super::super::super::world::staking::Stage;
use super::{StakingCall, sum};

/// Whom staking asks.
pub fn address_of(stage: &Stage, stand: Stand) -> Address {
    match stand {
        Stand::Ours => stage.crew.program(Part::Quota),
        Stand::Agrees => stage.crew.agreeable,
        Stand::Burns => stage.crew.burning,
    }
}

/// The transaction of an action that is one call.
pub(super) fn quota_call(stage: &Stage, chain: &Chain, action: &A) -> StakingCall {
    let at = |party: Party| stage.who(chain, party, U256::ZERO);
    let id = |id: Id| stage.id(id);
    let to = Part::Quota;
    match *action {
        A::SetScores { caller, id: of, operations, market } => {
            let (operations, market) = (U256::from(operations), U256::from(market));
            let call = Rule::setScoresCall { id: id(of), operations, market };
            StakingCall::new(to, at(caller), &call)
        }
        A::SetGrant { caller, pool, id: of, metis, beside } => {
            let assets = near(METIS * U256::from(metis), beside);
            let call = Rule::setGrantCall { pool: at(pool), id: id(of), assets };
            StakingCall::new(to, at(caller), &call)
        }
        A::SetPoolCap { caller, pool, metis } => {
            let assets = METIS * U256::from(metis);
            let call = Rule::setPoolCapCall { pool: at(pool), assets };
            StakingCall::new(to, at(caller), &call)
        }
        A::SetLimits { caller, limits, .. } => {
            let word = |at: usize| limit(at, limits[at]);
            let call = Rule::setLimitsCall {
                operatorShareBps: word(0),
                operatorFloor: word(1),
                poolShareBps: word(2),
                poolFloor: word(3),
                poolCap: word(4),
                directShareBps: word(5),
                churnBps: word(6),
            };
            StakingCall::new(to, at(caller), &call)
        }
        A::LowerLimits { caller, nth, limit: of } => {
            let mut words = words(&stage.view(chain, to, Rule::limitsCall {}));
            words[usize::from(nth)] = limit(nth.into(), of);
            let [a, b, c, d, e, f, g] = words;
            let call = Rule::lowerLimitsCall {
                operatorShareBps: a,
                operatorFloor: b,
                poolShareBps: c,
                poolFloor: d,
                poolCap: e,
                directShareBps: f,
                churnBps: g,
            };
            StakingCall::new(to, at(caller), &call)
        }
        A::Group { caller, into, member } => {
            let (into, member) = (U256::from(into), U256::from(member));
            StakingCall::new(to, at(caller), &Rule::groupCall { into, member })
        }
        A::Split { caller, member } => {
            let is_under = |group: &U256| {
                let told = stage.view(chain, to, Rule::groupOfCall { member: *group });
                told.leader != *group
            };
            let mut under: Vec<_> = (1..8_u64).map(U256::from).filter(is_under).collect();
            let nth = usize::from(member) % under.len().max(1);
            let member = if under.is_empty() { U256::from(member) } else { under.remove(nth) };
            StakingCall::new(to, at(caller), &Rule::splitCall { member })
        }
        A::RecordBatch { caller, ids, produced, assigned, short } => {
            let blocks = |list: [u32; 3]| list.map(U256::from).to_vec();
            let (ids, produced, mut assigned) =
                (ids.map(id).to_vec(), blocks(produced), blocks(assigned));
            if short {
                assigned.pop();
            }
            StakingCall::new(to, at(caller), &Rule::recordBatchCall { ids, produced, assigned })
        }
        A::RecordSlash { caller, nth } => {
            let count = stage.view(chain, Part::Court, Bench::countCall {});
            let proposal = count.saturating_sub(U256::from(nth));
            StakingCall::new(to, at(caller), &Rule::recordSlashCall { proposal })
        }
        A::Draw { caller, id: of, assets } => {
            let (caller, id) = (at(caller), id(of));
            let assets = sum(stage, chain, assets, caller, id);
            StakingCall::new(to, caller, &Rule::drawCall { id, assets })
        }
        ref other => unreachable!("{other:?} is not one call"),
    }
}

/// A limit as it is told: bps, or wei.
fn limit(at: usize, value: u32) -> U256 {
    let value = U256::from(value);
    if AMOUNTS.contains(&at) { METIS * value } else { value }
}

/// The limits in the interface's order.
pub fn words(told: &Rule::limitsReturn) -> [U256; 7] {
    [
        told.operatorShareBps,
        told.operatorFloor,
        told.poolShareBps,
        told.poolFloor,
        told.poolCap,
        told.directShareBps,
        told.churnBps,
    ]
}
