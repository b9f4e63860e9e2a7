//! The court: what it remembers, and what it asks in which order.

use std::collections::BTreeMap;

use alloy_primitives::{Address, B256, U256};

use super::super::Prediction;
use super::books::DAY;
use super::roles::within;
use super::{Bench, Call, Part, Staking, reject, seconds};

/// How far proposals of one chain are apart at most, and how long a slasher waits who was vetoed.
pub const WEEK: u64 = 7 * DAY;

/// Where a proposal is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    #[default]
    None,
    Pending,
    Vetoed,
    Executed,
    Lapsed,
}

/// A proposal to slash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    pub state: State,
    pub id: u64,
    pub slasher: Address,
    pub bps: U256,
    pub fault: u64,
    pub evidence: B256,
    pub made: u64,
    pub veto_until: u64,
    pub execute_until: u64,
    /// What pools may lose by it.
    pub provisions: Vec<(Address, U256)>,
}

/// The parameters, in seconds and bps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    pub veto_window: u64,
    pub execute_grace: u64,
    pub max_jail: u64,
    pub max_slash: U256,
}

/// What the court remembers.
#[derive(Clone, Debug)]
pub struct Court {
    pub times: Times,
    /// Proposal `n` is at `n - 1`.
    pub proposals: Vec<Proposal>,
    pub evidence: BTreeMap<B256, u64>,
    /// Proposals by sequencer and day of the fault.
    pub days: BTreeMap<(u64, u64), u64>,
    pub barred: BTreeMap<(Address, u64), u64>,
    pub realised: BTreeMap<Address, U256>,
}

impl Default for Court {
    fn default() -> Self {
        let times = Times {
            veto_window: 2 * DAY,
            execute_grace: 7 * DAY,
            max_jail: 7 * DAY,
            max_slash: U256::from(1_000),
        };
        let (evidence, days, barred, realised) = Default::default();
        Self { times, proposals: Vec::new(), evidence, days, barred, realised }
    }
}

impl Proposal {
    /// What it tells of itself at a moment.
    pub fn state_at(&self, now: u64) -> State {
        match self.state {
            State::Pending if now >= self.execute_until => State::Lapsed,
            state => state,
        }
    }

    /// What a pool may lose by it.
    pub fn provision(&self, pool: Address) -> U256 {
        let found = self.provisions.iter().find(|(other, _)| *other == pool);
        found.map_or(U256::ZERO, |(_, part)| *part)
    }
}

impl Court {
    pub fn at(&self, number: u64) -> Option<&Proposal> {
        self.proposals.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    /// The proposal that no end was recorded of, zero for none.
    pub fn unfinished(&self, id: u64) -> u64 {
        let mut all = self.proposals.iter();
        let place = all.position(|proposal| proposal.id == id && proposal.state == State::Pending);
        place.map_or(0, |place| place as u64 + 1)
    }

    /// What can still be proposed on a sequencer.
    pub fn room(&self, id: u64, now: u64) -> U256 {
        let mut used = U256::ZERO;
        let mut next = now;
        // Back along the chain, each not more than a week before the one after it.
        for proposal in self.proposals.iter().rev().filter(|proposal| proposal.id == id) {
            if next > proposal.made + WEEK {
                break;
            }
            next = proposal.made;
            let state = proposal.state_at(now);
            if matches!(state, State::Pending | State::Executed) {
                used += proposal.bps;
            }
        }
        self.times.max_slash.saturating_sub(used)
    }

    /// What a pool may lose by proposals that are pending.
    pub fn provisioned(&self, pool: Address) -> U256 {
        let pending = self.proposals.iter().filter(|proposal| proposal.state == State::Pending);
        pending.fold(U256::ZERO, |sum, proposal| sum + proposal.provision(pool))
    }

    pub fn realised(&self, pool: Address) -> U256 {
        self.realised.get(&pool).copied().unwrap_or_default()
    }
}

impl Staking {
    pub(super) fn court_call(&mut self, signature: &str, call: &Call<'_>) -> Prediction {
        let Call { caller, a, .. } = *call;
        let word = |at: usize| a[at].word();
        match signature {
            "proposeSlash(uint256,uint256,uint256,bytes32)" => {
                self.propose(caller, word(0), word(1), word(2), B256::from(word(3)))
            }
            "veto(uint256)" => self.veto(caller, word(0)),
            "execute(uint256)" => self.execute(caller, word(0)),
            "lapse(uint256)" => self.lapse(caller, word(0)),
            "settle(address)" => self.settle(a[0].address()),
            "setTimes(uint256,uint256,uint256)" => self.set_times(word(0), word(1), word(2)),
            "setMaxSlash(uint256)" => {
                within(word(0), U256::ZERO, U256::from(5_000))?;
                let old = std::mem::replace(&mut self.court.times.max_slash, word(0));
                let event = Bench::MaxSlashChanged { oldMaxBps: old, newMaxBps: word(0) };
                self.log(Part::Court, event);
                Ok(Vec::new())
            }
            other => panic!("the model knows no entry {other} of the court"),
        }
    }

    fn set_times(&mut self, veto: U256, grace: U256, jail: U256) -> Prediction {
        let days = |count: u64| seconds(count * DAY);
        within(veto, days(1), days(7))?;
        within(grace, days(1), days(7))?;
        within(jail, days(1), days(30))?;
        let max_slash = self.court.times.max_slash;
        let times = Times {
            veto_window: veto.to(),
            execute_grace: grace.to(),
            max_jail: jail.to(),
            max_slash,
        };
        let old = std::mem::replace(&mut self.court.times, times);
        let event = Bench::TimesChanged {
            oldVetoWindow: seconds(old.veto_window),
            newVetoWindow: veto,
            oldExecuteGrace: seconds(old.execute_grace),
            newExecuteGrace: grace,
            oldMaxJail: seconds(old.max_jail),
            newMaxJail: jail,
        };
        self.log(Part::Court, event);
        Ok(Vec::new())
    }

    /// The proposal with this number if it is pending, with what it tells of itself.
    pub(super) fn pending(&self, proposal: U256) -> Result<u64, Vec<u8>> {
        let number = proposal.saturating_to::<u64>();
        let found = self.court.at(number);
        match found.map(|found| found.state) {
            Some(State::Pending) => Ok(number),
            state => {
                let state = state.unwrap_or_default() as u8;
                let state = Bench::State::try_from(state).expect("one of five");
                reject(Bench::ProposalNotPending { proposal, state })
            }
        }
    }
}
