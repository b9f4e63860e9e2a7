//! What the lens asks of the quota.

use alloy_sol_types::SolCall;
#[cfg(feature = "mutants")]
use emetis_common::mutants::{Mutant, mutant};
use emetis_common::{
    abi::ISequencerQuota as I,
    account::Account,
    entry::Revert,
    quota::groups::{LARGEST, MEMBERS},
    word,
};

use crate::program::{HEAD, Program};

/// Groups under one cap, the one that the others are under first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Members {
    groups: [u32; MEMBERS],
    count: usize,
}

impl Members {
    const fn none() -> Self {
        Self { groups: [0; MEMBERS], count: 0 }
    }

    /// Adds one; there is room for as many as there can be.
    fn push(&mut self, group: u32) {
        if let Some(to) = self.groups.get_mut(self.count) {
            *to = group;
            self.count = self.count.saturating_add(1);
        }
    }

    /// The groups.
    pub(crate) fn groups(&self) -> &[u32] {
        self.groups.get(..self.count).unwrap_or_default()
    }

    /// The one that the others are under.
    pub(crate) fn leader(&self) -> u32 {
        self.groups().first().copied().unwrap_or(0)
    }

    /// Whether a group is among them.
    pub(crate) fn has(&self, group: u32) -> bool {
        self.groups().contains(&group)
    }
}

/// The quota.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quota(pub(crate) Program);

impl Quota {
    /// All groups that are under one cap with a group, at this second.
    ///
    /// # Errors
    /// `ProgramFailed`, `AnswerInvalid`, here and below.
    #[inline(never)]
    pub(crate) fn members(&self, group: u32) -> Result<Members, Revert> {
        let number = word::count(u64::from(group));
        let question = [word::of_selector(I::membersOfCall::SELECTOR), number];
        let mut answer = [[0; 32]; HEAD + MEMBERS];
        let count = self.0.ask_list(&question, &mut answer)?;
        let mut members = Members::none();
        for word in answer.iter().skip(HEAD).take(count) {
            let member = self.0.number(&question, word, LARGEST as u32)?;
            if members.has(member) {
                return Err(self.0.invalid(&question));
            }
            members.push(member);
        }
        // So it is not empty either.
        if !members.has(group) {
            return Err(self.0.invalid(&question));
        }
        #[cfg(feature = "mutants")]
        let members = self.overlooking(members, group)?;
        Ok(members)
    }

    /// What it told of members does not go together.
    pub(crate) fn members_invalid(&self) -> Revert {
        self.0.invalid(&[word::of_selector(I::membersOfCall::SELECTOR)])
    }

    /// The staking program that it goes by.
    pub(crate) fn staking(&self) -> Result<Account, Revert> {
        let question = [word::of_selector(I::stakingCall::SELECTOR)];
        let mut answer = [[0; 32]];
        self.0.ask(&question, &mut answer)?;
        let [staking] = &answer;
        self.0.account(&question, staking)
    }

    /// What broken variants see of the groups that are under one cap with a group.
    #[cfg(feature = "mutants")]
    fn overlooking(&self, members: Members, group: u32) -> Result<Members, Revert> {
        let mut seen = Members::none();
        let is_alone = self.is_overlooked(group)?;
        for member in members.groups() {
            let is_other = *member != group && (is_alone || self.is_overlooked(*member)?);
            if !is_other {
                seen.push(*member);
            }
        }
        Ok(seen)
    }

    /// Whether a broken variant does not see that a group is under one cap with others.
    #[cfg(feature = "mutants")]
    fn is_overlooked(&self, group: u32) -> Result<bool, Revert> {
        if mutant(Mutant::LensSplitsEarly) {
            let number = word::count(u64::from(group));
            let mut answer = [[0; 32]; 2];
            self.0.ask(&[word::of_selector(I::groupOfCall::SELECTOR), number], &mut answer)?;
            let [_, until] = &answer;
            return Ok(word::low_u128(until) != 0);
        }
        Ok(mutant(Mutant::LensMembersApart))
    }
}
