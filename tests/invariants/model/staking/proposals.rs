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
        self.may_order("hold(uint256,uint256,uint256,uint256,uint256)")?;

        let mut told = Vec::new();
        if over != 0 {
            self.end(over, State::Lapsed, slasher, &mut told);
        }
        let times = self.court.times;
        // It ends a day before what leaves now matures, after a day to execute it.
        let last = self.now + self.rules.period - DAY;
        let veto_until = (self.now + times.veto_window).min(last - DAY);
        let execute_until = (veto_until + times.execute_grace).min(last);
        let proposal = self.court.proposals.len() as u64 + 1;
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
        let jailed_until = self.now + times.max_jail;
        let parts = self.hold(known, bps, fault.to(), execute_until, jailed_until);
        let all = self.pools.iter().copied().zip(parts);
        let provisions: Vec<_> = all.filter(|(_, part)| !part.is_zero()).collect();
        told.extend(provisions.iter().map(|(pool, _)| *pool));
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
            provisions,
        });
        self.court.evidence.insert(evidence, proposal);
        self.court.days.insert((known, day), proposal);
        self.push(&told);
        Ok(U256::from(proposal).abi_encode())
    }

    /// The proposal on a sequencer whose time is over without an end, zero for none.
    fn overdue(&self, id: u64) -> u64 {
        let number = self.court.unfinished(id);
        let is_over = |proposal: &Proposal| self.now >= proposal.execute_until;
        if self.court.at(number).is_some_and(is_over) { number } else { 0 }
    }

    /// Whether evidence and the day of a fault are new, or were of a proposal that has lapsed.
    fn may_use(&self, id: u64, evidence: B256, day: u64, over: u64) -> super::super::Checked {
        let used = [self.court.evidence.get(&evidence), self.court.days.get(&(id, day))];
        if let Some(proposal) = used.into_iter().flatten().find(|proposal| **proposal != over) {
            return reject(Bench::EvidenceUsed { evidence, proposal: U256::from(*proposal) });
        }
        Ok(())
    }

    /// Tells pools their levels, each once.
    fn push(&mut self, told: &[Address]) {
        for (place, pool) in told.iter().copied().enumerate() {
            if told[..place].contains(&pool) {
                continue;
            }
            let provisioned = self.court.provisioned(pool);
            let realised = self.court.realised(pool);
            if self.hears(pool) {
                self.log(Part::Court, Bench::LossPushed { pool, provisioned, realised });
            } else {
                self.log(Part::Court, Bench::LossPushFailed { pool, provisioned, realised });
            }
        }
    }

    /// Whether a pool takes a push. Who has no code refuses nothing.
    fn hears(&self, pool: Address) -> bool {
        !self.deaf.contains(&pool) && self.accounts.hears(pool)
    }

    /// A proposal ends; pools that had a provision by it, or lost, are to be told.
    fn end(&mut self, number: u64, state: State, caller: Address, told: &mut Vec<Address>) {
        let proposal = self.court.proposals[number as usize - 1].clone();
        let (id, sequencer) = (proposal.id, U256::from(proposal.id));
        let number_word = U256::from(number);
        self.court.proposals[number as usize - 1].state = state;
        told.extend(proposal.provisions.iter().map(|(pool, _)| *pool));
        match state {
            State::Executed => {
                let event = Bench::SlashExecuted { proposal: number_word, id: sequencer, caller };
                self.log(Part::Court, event);
                let losses = self.take(id);
                let all: Vec<_> = self.pools.iter().copied().zip(losses).collect();
                for (pool, loss) in all.into_iter().filter(|(_, loss)| !loss.is_zero()) {
                    *self.court.realised.entry(pool).or_default() += loss;
                    told.push(pool);
                }
            }
            State::Vetoed => {
                let (vetoer, barred) = (caller, (proposal.slasher, id));
                self.court.barred.insert(barred, self.now + WEEK);
                let event = Bench::SlashVetoed { proposal: number_word, id: sequencer, vetoer };
                self.log(Part::Court, event);
                self.release(id, true);
            }
            _ => {
                self.court.evidence.remove(&proposal.evidence);
                self.court.days.remove(&(id, proposal.fault / DAY));
                let event = Bench::SlashLapsed { proposal: number_word, id: sequencer, caller };
                self.log(Part::Court, event);
                // While staking is out on a call it clears nothing, and what is over stays so.
                if self.at(id).hold.is_some() && !self.out[Part::Staking as usize] {
                    self.release(id, false);
                }
            }
        }
    }

    /// A proposal ends by a call of its own.
    fn finish(&mut self, number: u64, state: State, caller: Address) -> Prediction {
        let mut told = Vec::new();
        self.end(number, state, caller, &mut told);
        self.push(&told);
        Ok(Vec::new())
    }

    /// Whether staking can be given an order now.
    fn may_order(&self, signature: &str) -> super::super::Checked {
        if self.out[Part::Staking as usize] {
            let selector = super::super::abi::selector(signature);
            return reject(super::Money::ReentryRefused { selector: selector.into() });
        }
        Ok(())
    }

    /// Whether the hold of a proposal is there: nobody but the court ends one, and the campaign speaks in
    /// its name as well.
    fn may_end_hold(&self, number: u64) -> super::super::Checked {
        let id = self.court.proposals[number as usize - 1].id;
        match self.at(id).hold {
            None => reject(super::Money::SlashMissing { id: U256::from(id) }),
            Some(_) => Ok(()),
        }
    }

    pub(super) fn veto(&mut self, caller: Address, proposal: U256) -> Prediction {
        let number = self.pending(proposal)?;
        let until = self.court.proposals[number as usize - 1].veto_until;
        if self.now >= until {
            return reject(Bench::VetoTooLate { proposal, until: seconds(until) });
        }
        self.may_order("release(uint256,bool)")?;
        self.may_end_hold(number)?;
        self.finish(number, State::Vetoed, caller)
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
        self.may_order("take(uint256)")?;
        self.may_end_hold(number)?;
        self.finish(number, State::Executed, caller)
    }

    pub(super) fn lapse(&mut self, caller: Address, proposal: U256) -> Prediction {
        let number = self.pending(proposal)?;
        let from = self.court.proposals[number as usize - 1].execute_until;
        if self.now < from {
            return reject(Bench::LapseTooEarly { proposal, from: seconds(from) });
        }
        self.finish(number, State::Lapsed, caller)
    }

    pub(super) fn settle(&mut self, pool: Address) -> Prediction {
        if !self.hears(pool) {
            return reject(Bench::PushFailed { pool });
        }
        self.push(&[pool]);
        Ok(Vec::new())
    }
}
