//! Proposals to slash: made, vetoed, executed, lapsed, and pools that are told.

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolValue;

use super::super::Prediction;
use super::books::DAY;
use super::court::{Proposal, State, WEEK};
use super::{Bench, Part, Staking, reject, seconds};

impl Staking {
    pub(super) fn propose(
        &mut self,
        slasher: Address,
        id: U256,
        bps: U256,
        fault: U256,
        evidence: B256,
    ) -> Prediction {
        let known = self.known(id)?;
        if evidence.is_zero() {
            return reject(Bench::EvidenceZero {});
        }
        let min = self.at(known).registered.max(self.now.saturating_sub(self.rules.period));
        let (min, max) = (seconds(min), seconds(self.now));
        if fault < min || fault > max {
            return reject(Bench::FaultTimeInvalid { faultTime: fault, min, max });
        }
        let day = fault.to::<u64>() / DAY;
        let over = self.overdue(known);
        self.may_use(known, evidence, day, over)?;
        let until = self.court.barred.get(&(slasher, known)).copied().unwrap_or_default();
        if self.now < until {
            return reject(Bench::SlasherBarred { slasher, id, until: seconds(until) });
        }
        if let Some(hold) = self.at(known).held(self.now) {
            return reject(Bench::SlashPending { id, until: seconds(hold.until) });
        }
        let room = self.court.room(known, self.now);
        if bps.is_zero() || bps > room {
            return reject(Bench::SlashTooLarge { bps, room });
        }

        if over != 0 {
            self.end(over, State::Lapsed, slasher);
        }
        let times = self.court.times;
        let veto_until = self.now + times.veto_window;
        let execute_until = veto_until + times.execute_grace;
        self.court.proposals.push(Proposal {
            state: State::Pending,
            id: known,
            slasher,
            bps,
            fault: fault.to(),
            evidence,
            made: self.now,
            veto_until,
            execute_until,
            ..Proposal::default()
        });
        let proposal = self.court.proposals.len() as u64;
        self.court.evidence.insert(evidence, proposal);
        self.court.days.insert((known, day), proposal);
        let jailed_until = self.now + times.max_jail;
        let parts = self.hold(known, bps, fault.to(), execute_until, jailed_until);
        let event = Bench::SlashProposed {
            proposal: U256::from(proposal),
            id,
            slasher,
            bps,
            faultTime: fault,
            evidence,
            vetoUntil: seconds(veto_until),
            executeUntil: seconds(execute_until),
        };
        self.log(Part::Court, event);
        let told: Vec<_> = self.pools.iter().copied().zip(parts).collect();
        for (pool, part) in told.into_iter().filter(|(_, part)| !part.is_zero()) {
            let place = proposal as usize - 1;
            self.court.proposals[place].provisions.insert(pool, part);
            self.push(pool);
        }
        Ok(U256::from(proposal).abi_encode())
    }

    /// The proposal on a sequencer whose time is over without an end, zero for none.
    fn overdue(&self, id: u64) -> u64 {
        let number = self.court.unfinished(id);
        let is_over = |proposal: &Proposal| self.now >= proposal.execute_until;
        if self.court.at(number).is_some_and(is_over) { number } else { 0 }
    }

    /// Whether evidence and the day of a fault are new, or were of a proposal that has lapsed.
    fn may_use(
        &self,
        id: u64,
        evidence: B256,
        day: u64,
        over: u64,
    ) -> super::super::Checked {
        let used = [self.court.evidence.get(&evidence), self.court.days.get(&(id, day))];
        for proposal in used.into_iter().flatten().filter(|proposal| **proposal != over) {
            return reject(Bench::EvidenceUsed { evidence, proposal: U256::from(*proposal) });
        }
        Ok(())
    }

    /// Tells a pool its levels.
    fn push(&mut self, pool: Address) {
        let (provisioned, realised) = (self.court.provisioned(pool), self.court.realised(pool));
        if self.deaf.contains(&pool) {
            self.log(Part::Court, Bench::LossPushFailed { pool, provisioned, realised });
        } else {
            self.log(Part::Court, Bench::LossPushed { pool, provisioned, realised });
        }
    }

    /// A proposal ends, and those pools are told that had a provision by it.
    fn end(&mut self, number: u64, state: State, caller: Address) {
        let proposal = self.court.proposals[number as usize - 1].clone();
        let (id, sequencer) = (proposal.id, U256::from(proposal.id));
        let number_word = U256::from(number);
        self.court.proposals[number as usize - 1].state = state;
        match state {
            State::Executed => {
                let losses = self.take(id);
                let told: Vec<_> = self.pools.iter().copied().zip(losses).collect();
                for (pool, loss) in told {
                    *self.court.realised.entry(pool).or_default() += loss;
                }
                let event = Bench::SlashExecuted { proposal: number_word, id: sequencer, caller };
                self.log(Part::Court, event);
            }
            State::Vetoed => {
                self.release(id, true);
                let (vetoer, barred) = (caller, (proposal.slasher, id));
                self.court.barred.insert(barred, self.now + WEEK);
                let event = Bench::SlashVetoed { proposal: number_word, id: sequencer, vetoer };
                self.log(Part::Court, event);
            }
            _ => {
                if self.at(id).hold.is_some() {
                    self.release(id, false);
                }
                self.court.evidence.remove(&proposal.evidence);
                self.court.days.remove(&(id, proposal.fault / DAY));
                let event = Bench::SlashLapsed { proposal: number_word, id: sequencer, caller };
                self.log(Part::Court, event);
            }
        }
        let pools: Vec<_> = self.pools.clone();
        for pool in pools.into_iter().filter(|pool| proposal.provisions.contains_key(pool)) {
            self.push(pool);
        }
    }

    pub(super) fn veto(&mut self, caller: Address, proposal: U256) -> Prediction {
        let number = self.pending(proposal)?;
        let until = self.court.proposals[number as usize - 1].veto_until;
        if self.now >= until {
            return reject(Bench::VetoTooLate { proposal, until: seconds(until) });
        }
        self.end(number, State::Vetoed, caller);
        Ok(Vec::new())
    }

    pub(super) fn execute(&mut self, caller: Address, proposal: U256) -> Prediction {
        let number = self.pending(proposal)?;
        let found = &self.court.proposals[number as usize - 1];
        let (from, until) = (found.veto_until, found.execute_until);
        if self.now < from {
            return reject(Bench::ExecutionTooEarly { proposal, from: seconds(from) });
        }
        if self.now >= until {
            return reject(Bench::ExecutionTooLate { proposal, until: seconds(until) });
        }
        self.end(number, State::Executed, caller);
        Ok(Vec::new())
    }

    pub(super) fn lapse(&mut self, caller: Address, proposal: U256) -> Prediction {
        let number = self.pending(proposal)?;
        let from = self.court.proposals[number as usize - 1].execute_until;
        if self.now < from {
            return reject(Bench::LapseTooEarly { proposal, from: seconds(from) });
        }
        self.end(number, State::Lapsed, caller);
        Ok(Vec::new())
    }

    pub(super) fn settle(&mut self, pool: Address) -> Prediction {
        if self.deaf.contains(&pool) || self.accounts.confirms(pool).is_none() {
            return reject(Bench::PushFailed { pool });
        }
        self.push(pool);
        Ok(Vec::new())
    }
}
