//! What the lens asks of the staking program.

use alloy_sol_types::SolCall;
use emetis_common::{
    abi::ISequencerStaking as I,
    account::Account,
    entry::Revert,
    quota::{groups::LARGEST, plan::SEQUENCERS},
    staking::rules::POOL_LIMIT,
    word::{self, Word},
};

use crate::program::{HEAD, Program};

/// How many pools there are at most.
pub(crate) const POOLS: usize = POOL_LIMIT as usize;

/// The books of all.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Totals {
    /// All stake.
    pub(crate) stake: u128,
    /// Bonds in it.
    pub(crate) bonds: u128,
    /// Pools' stake in it.
    pub(crate) pooled: u128,
}

/// The staking program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Staking(pub(crate) Program);

impl Staking {
    /// The books of all.
    ///
    /// # Errors
    /// `ProgramFailed`, `AnswerInvalid`, here and below.
    #[inline(never)]
    pub(crate) fn totals(&self) -> Result<Totals, Revert> {
        let question = totals_question();
        let mut answer = [[0; 32]; 6];
        self.0.ask(&question, &mut answer)?;
        let [stake, bonds, pooled, ..] = answer.each_ref();
        Ok(Totals {
            stake: self.0.amount(&question, stake)?,
            bonds: self.0.amount(&question, bonds)?,
            pooled: self.0.amount(&question, pooled)?,
        })
    }

    /// The books of all are not what they can be.
    pub(crate) fn totals_invalid(&self) -> Revert {
        self.0.invalid(&totals_question())
    }

    /// The live sequencers, and how many there are.
    #[inline(never)]
    pub(crate) fn live(&self) -> Result<([u32; SEQUENCERS], usize), Revert> {
        let question = [word::of_selector(I::liveCall::SELECTOR)];
        let mut answer = [[0; 32]; HEAD + SEQUENCERS];
        let count = self.0.ask_list(&question, &mut answer)?;
        let mut ids = [0; SEQUENCERS];
        for (to, word) in ids.iter_mut().zip(answer.iter().skip(HEAD)).take(count) {
            *to = self.0.number(&question, word, u32::MAX)?;
        }
        Ok((ids, count))
    }

    /// The group of a sequencer as staking numbers it.
    #[inline(never)]
    pub(crate) fn group_of(&self, id: u32) -> Result<u32, Revert> {
        let question = [word::of_selector(I::sequencerCall::SELECTOR), word::count(u64::from(id))];
        let mut answer = [[0; 32]; 12];
        self.0.ask(&question, &mut answer)?;
        let [_, _, _, _, _, _, group, ..] = &answer;
        self.0.number(&question, group, LARGEST as u32)
    }

    /// The stake of one group as staking numbers it.
    #[inline(never)]
    pub(crate) fn group_stake(&self, group: u32) -> Result<u128, Revert> {
        let group = word::count(u64::from(group));
        self.0.ask_amount(&[word::of_selector(I::groupStakeCall::SELECTOR), group])
    }

    /// The registered pools, and how many there are.
    #[inline(never)]
    pub(crate) fn pools(&self) -> Result<([Account; POOLS], usize), Revert> {
        let question = [word::of_selector(I::poolsCall::SELECTOR)];
        let mut answer = [[0; 32]; HEAD + POOLS];
        let count = self.0.ask_list(&question, &mut answer)?;
        let mut pools = [Account::ZERO; POOLS];
        for at in 0..count {
            let word =
                answer.get(HEAD.saturating_add(at)).ok_or_else(|| self.0.invalid(&question))?;
            let pool = self.0.account(&question, word)?;
            let is_known = pool.is_zero() || pools.iter().take(at).any(|other| *other == pool);
            match pools.get_mut(at) {
                Some(to) if !is_known => *to = pool,
                _ => return Err(self.0.invalid(&question)),
            }
        }
        Ok((pools, count))
    }

    /// The stake of a registered pool.
    #[inline(never)]
    pub(crate) fn pool_stake(&self, pool: &Account) -> Result<u128, Revert> {
        let question = [word::of_selector(I::poolOfCall::SELECTOR), *pool.word()];
        let mut answer = [[0; 32]; 3];
        self.0.ask(&question, &mut answer)?;
        let [registered, stake, _] = &answer;
        if word::to_u128_saturating(registered) != 1 {
            return Err(self.0.invalid(&question));
        }
        self.0.amount(&question, stake)
    }
}

fn totals_question() -> [Word; 1] {
    [word::of_selector(I::totalsCall::SELECTOR)]
}
