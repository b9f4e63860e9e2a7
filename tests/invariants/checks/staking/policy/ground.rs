//! Books of what is seen and told: enough of them to reckon caps, rooms and plans with.

use alloy_primitives::{Address, U256};
use emetis::Chain;

use super::super::super::super::action::staking::Party;
use super::super::super::super::encode::staking::words;
use super::super::super::super::model::Accounts;
use super::super::super::super::model::staking::policy::{Limits, Policy, Raise, Scores, Tie};
use super::super::super::super::model::staking::{Part, Position, Rule, Staking};
use super::super::super::super::world::staking::{SeenStaking, Stage};

/// The stake as it was seen, the policy as it is told now of some sequencers and an account.
pub(super) fn ground(
    stage: &Stage,
    chain: &Chain,
    seen: &SeenStaking,
    ids: &[u64],
    account: Address,
) -> Staking {
    let mut books = Staking::new(stage.crew.programs, chain.time(), 0, Accounts::default());
    books.rules = seen.rules;
    books.live = seen.live.iter().copied().collect();
    for sequencer in seen.all() {
        let group = sequencer.group.saturating_to::<usize>();
        if books.groups.len() < group {
            books.groups.resize(group, U256::ZERO);
        }
        books.groups[group - 1] += sequencer.stake();
        books.sequencers.push(sequencer.books());
        for holder in Party::HOLDERS {
            let told = sequencer.position(holder);
            let (shares, pooled) = (told.shares, told.pooled);
            let position = Position { shares, pooled, ..Position::default() };
            books.positions.insert((stage.crew.address(holder), sequencer.id), position);
        }
    }
    for (pool, (registered, stake, _)) in Party::POOLS.into_iter().zip(&seen.pools) {
        let address = stage.crew.address(pool);
        if *registered {
            books.pools.push(address);
        }
        books.pool_weights.entry(address).or_default().stake = *stake;
    }
    let [stake, bonds, pooled, ..] = seen.totals;
    books.total.stake = stake;
    (books.bonds, books.pooled) = (bonds, pooled);
    books.policy = policy(stage, chain, seen, ids, account);
    books
}

fn policy(
    stage: &Stage,
    chain: &Chain,
    seen: &SeenStaking,
    ids: &[u64],
    account: Address,
) -> Policy {
    let mut policy = Policy::default();
    let quota = Part::Quota;
    policy.limits = Limits::of(words(&stage.view(chain, quota, Rule::limitsCall {})));
    let cap = stage.view(chain, quota, Rule::poolCapOfCall { pool: account });
    policy.pool_caps.insert(account, Raise { assets: cap.assets, next: None });
    for number in ids {
        let id = U256::from(*number);
        let told = stage.view(chain, quota, Rule::scoresOfCall { id });
        let scores = Scores {
            technical: told.technical.saturating_to(),
            operations: told.operations.saturating_to(),
            market: told.market.saturating_to(),
            next: None,
        };
        policy.scores.insert(*number, scores);
        let grant = stage.view(chain, quota, Rule::grantOfCall { pool: account, id });
        policy.grants.insert((account, *number), Raise { assets: grant.assets, next: None });
        let Some(sequencer) = seen.sequencer(id) else { continue };
        let told = stage.view(chain, quota, Rule::membersOfCall { member: sequencer.group });
        let mut all = told.into_iter().map(|group| group.saturating_to::<u64>());
        let leader = all.next().unwrap_or_default();
        let followers: Vec<u64> = all.collect();
        for follower in &followers {
            policy.ties.insert(*follower, Tie { leader, until: None });
        }
        policy.members.insert(leader, followers);
    }
    policy
}
