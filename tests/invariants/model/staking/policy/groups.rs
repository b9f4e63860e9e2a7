//! Operator groups under one cap.

use alloy_primitives::U256;

use super::super::super::{Prediction, largest};
use super::super::{Part, Rule, Staking, reject, seconds};
use super::{Policy, RAISE_DELAY};

/// How many share a cap at most.
const MEMBERS: usize = 16;

/// What puts a group under the cap of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    pub leader: u64,
    /// When it ends, if it does.
    pub until: Option<u64>,
}

impl Tie {
    fn holds(&self, now: u64) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

impl Policy {
    /// What a group is under at a moment.
    pub fn tie(&self, group: u64, now: u64) -> Option<Tie> {
        self.ties.get(&group).copied().filter(|tie| tie.holds(now))
    }

    /// The group under whose cap a group is.
    pub fn leader(&self, group: u64, now: u64) -> u64 {
        self.tie(group, now).map_or(group, |tie| tie.leader)
    }

    /// Those under a group's cap, itself not among them.
    pub fn followers(&self, leader: u64, now: u64) -> Vec<u64> {
        let all = self.members.get(&leader).into_iter().flatten().copied();
        all.filter(|member| self.tie(*member, now).is_some_and(|tie| tie.leader == leader))
            .collect()
    }
}

impl Staking {
    /// All stake under one cap, of which a group's own is known.
    pub(super) fn stake_under(&self, leader: u64, (known, stake): (u64, U256)) -> U256 {
        let mut all = self.policy.followers(leader, self.now);
        all.push(leader);
        let others = all.into_iter().filter(|group| *group != known);
        others.fold(stake, |sum, group| sum.saturating_add(self.stake_of_group(group)))
    }

    pub(in super::super) fn stake_of_group(&self, group: u64) -> U256 {
        let place = usize::try_from(group).ok().and_then(|group| group.checked_sub(1));
        place.and_then(|place| self.groups.get(place)).copied().unwrap_or_default()
    }

    pub(super) fn group(&mut self, into: U256, member: U256) -> Prediction {
        let (leader, number, now) = (numbered(into)?, numbered(member)?, self.now);
        if leader == number {
            return reject(Rule::GroupInvalid { group: member });
        }
        let alone = |group: u64, leader: u64| {
            reject(Rule::GroupNotAlone { group: U256::from(group), leader: U256::from(leader) })
        };
        let above = self.policy.leader(leader, now);
        if above != leader {
            return alone(leader, above);
        }
        let under = self.policy.leader(number, now);
        if under != number && under != leader {
            return alone(number, under);
        }
        if !self.policy.followers(number, now).is_empty() {
            return alone(number, number);
        }
        let mut followers = self.policy.followers(leader, now);
        if !followers.contains(&number) {
            if followers.len() + 1 >= MEMBERS {
                let (group, limit) = (into, U256::from(MEMBERS));
                return reject(Rule::GroupTooLarge { group, limit });
            }
            followers.push(number);
        }
        let members = U256::from(followers.len() + 1);
        self.policy.members.insert(leader, followers);
        self.policy.ties.insert(number, Tie { leader, until: None });
        self.log(Part::Quota, Rule::Grouped { into, member, members });
        Ok(Vec::new())
    }

    pub(super) fn split(&mut self, member: U256) -> Prediction {
        let (number, now) = (numbered(member)?, self.now);
        let Some(tie) = self.policy.tie(number, now) else {
            return reject(Rule::GroupAlone { group: member });
        };
        let until = now + RAISE_DELAY;
        self.policy.ties.insert(number, Tie { until: Some(until), ..tie });
        let (from, effective) = (U256::from(tie.leader), seconds(until));
        self.log(Part::Quota, Rule::Split { from, member, effective });
        Ok(Vec::new())
    }
}

/// The number of a group that there can be.
fn numbered(group: U256) -> Result<u64, Vec<u8>> {
    if group.is_zero() || group > largest(24) {
        return reject(Rule::GroupInvalid { group });
    }
    Ok(group.to())
}
