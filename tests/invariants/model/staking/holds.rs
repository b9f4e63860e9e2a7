//! Holds: what a proposal may take is fixed, then taken or released.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolValue;

use super::super::Prediction;
use super::books::{BPS, Hold};
use super::{Call, Money, Part, Side, Staking, ceil, floor, reject};

/// What a pool has at stake with one sequencer.
struct Stake {
    pool: Address,
    /// What its shares stand for.
    worth: U256,
    /// What of buckets in scope is its.
    unbonding: U256,
}

impl Staking {
    pub(super) fn hold_by(&mut self, call: &Call<'_>) -> Prediction {
        self.only(Part::Court, call.caller)?;
        let word = |at: usize| call.a[at].word();
        let id = self.may_hold(word(0))?;
        let [fault, until, jailed] = [2, 3, 4].map(|at| word(at).saturating_to::<u64>());
        let parts = self.hold(id, word(1), fault, until, jailed);
        Ok(parts.abi_encode())
    }

    /// Whether a hold may be laid on a sequencer.
    pub(super) fn may_hold(&self, id: U256) -> Result<u64, Vec<u8>> {
        let known = self.known(id)?;
        match self.at(known).held(self.now) {
            Some(hold) => reject(Money::SlashPending { id, until: U256::from(hold.until) }),
            None => Ok(known),
        }
    }

    /// The effects of a proposal, and what each pool may lose by it.
    pub(super) fn hold(
        &mut self,
        id: u64,
        bps: U256,
        fault: u64,
        until: u64,
        jailed_until: u64,
    ) -> Vec<U256> {
        self.touch(id);
        let (now, sequencer) = (self.now, self.at_mut(id));
        let scope = sequencer.scope(fault, now);
        let bond_scope = sequencer.bond + sequencer.unbonding(&scope, Side::Bond);
        let delegated_scope = sequencer.delegated + sequencer.unbonding(&scope, Side::Delegations);
        let amount = floor(bps, bond_scope + delegated_scope, BPS);
        let bond_loss = amount.min(bond_scope);
        let delegated_loss = (amount - bond_loss).min(delegated_scope);
        let jailed_before = if sequencer.jailed { sequencer.jailed_until } else { 0 };
        sequencer.hold = Some(Hold {
            bond_loss,
            delegated_loss,
            bond_scope,
            delegated_scope,
            fault,
            at: now,
            until,
            jailed_before,
        });
        sequencer.jailed = true;
        sequencer.jailed_until = jailed_before.max(jailed_until);
        sequencer.nonce += 1;
        let nonce = U256::from(sequencer.nonce);
        self.note_status(id);
        let event = Money::Held {
            id: U256::from(id),
            bondLoss: bond_loss,
            delegatedLoss: delegated_loss,
            until: U256::from(until),
            nonce,
        };
        self.log(Part::Staking, event);
        let stakes = self.stakes(id, &scope).into_iter();
        let parts = stakes.map(|at| ceil(at.worth + at.unbonding, delegated_loss, delegated_scope));
        parts.collect()
    }

    /// What each registered pool has at stake.
    fn stakes(&self, id: u64, scope: &[u64]) -> Vec<Stake> {
        let sequencer = self.at(id);
        let stake = |pool: Address| {
            let position = self.positions.get(&(pool, id)).copied().unwrap_or_default();
            let unbonding = scope.iter().map(|number| {
                let entry = self.entries.get(&(pool, id, *number, Side::Delegations));
                let nominal = entry.copied().unwrap_or_default().nominal;
                let part = sequencer.buckets[number].sides[Side::Delegations as usize];
                floor(nominal, part.assets, part.nominal)
            });
            Stake {
                pool,
                worth: sequencer.worth(position.shares),
                unbonding: unbonding.fold(U256::ZERO, |sum, assets| sum + assets),
            }
        };
        self.pools.iter().copied().map(stake).collect()
    }

    pub(super) fn release_by(&mut self, call: &Call<'_>) -> Prediction {
        self.only(Part::Court, call.caller)?;
        let id = self.may_end(call.a[0].word())?;
        self.release(id, !call.a[1].word().is_zero());
        Ok(Vec::new())
    }

    /// Whether there is a hold that can end.
    fn may_end(&self, id: U256) -> Result<u64, Vec<u8>> {
        let known = self.known(id)?;
        match self.at(known).hold {
            None => reject(Money::SlashMissing { id }),
            Some(_) => Ok(known),
        }
    }

    /// The hold ends without a loss; `free` takes its term in jail back.
    pub(super) fn release(&mut self, id: u64, free: bool) {
        self.touch(id);
        let sequencer = self.at_mut(id);
        let hold = sequencer.hold.take().expect("it is there");
        sequencer.nonce += 1;
        let nonce = U256::from(sequencer.nonce);
        if free {
            sequencer.jailed_until = hold.jailed_before;
        }
        if free && hold.jailed_before == 0 {
            sequencer.jailed = false;
            self.unpark(id);
            self.log(Part::Staking, Money::Unjailed { id: U256::from(id), nonce });
        }
        self.note_status(id);
        self.log(Part::Staking, Money::Released { id: U256::from(id), nonce });
    }

    pub(super) fn take_by(&mut self, call: &Call<'_>) -> Prediction {
        self.only(Part::Court, call.caller)?;
        let id = self.may_end(call.a[0].word())?;
        Ok(self.take(id).abi_encode())
    }

    /// Takes what the hold fixed. What each pool lost.
    pub(super) fn take(&mut self, id: u64) -> Vec<U256> {
        self.touch(id);
        let hold = self.at_mut(id).hold.take().expect("it is there");
        let scope = self.at(id).scope(hold.fault, hold.at);
        let before = self.stakes(id, &scope);
        let bond_part = self.spread(id, &scope, Side::Bond, hold.bond_loss);
        let delegated_part = self.spread(id, &scope, Side::Delegations, hold.delegated_loss);
        let sequencer = self.at_mut(id);
        sequencer.bond -= bond_part;
        sequencer.delegated -= delegated_part;
        sequencer.nonce += 1;
        let forfeited = sequencer.waiting();
        (sequencer.parked, sequencer.parked_delegators) = (U256::ZERO, U256::ZERO);
        let nonce = U256::from(sequencer.nonce);
        self.bonds -= bond_part;
        self.reweigh(id, U256::ZERO, bond_part + delegated_part);
        self.slashed += hold.bond_loss + hold.delegated_loss + forfeited;
        let losses = before.iter().zip(self.stakes(id, &scope)).map(|(before, after)| {
            let lost = before.worth - after.worth;
            (before.pool, lost, lost + before.unbonding - after.unbonding)
        });
        let losses: Vec<_> = losses.collect();
        for (pool, lost, _) in losses.iter().filter(|(_, lost, _)| !lost.is_zero()) {
            // A position from before it was registered is told of, and counted as direct.
            if self.positions.get(&(*pool, id)).is_some_and(|position| position.pooled) {
                self.reweigh_pool(*pool, U256::ZERO, *lost);
            }
        }
        self.note_status(id);
        let event = Money::Slashed {
            id: U256::from(id),
            bondLoss: hold.bond_loss,
            delegatedLoss: hold.delegated_loss,
            forfeited,
            slashed: self.slashed,
            nonce,
        };
        self.log(Part::Staking, event);
        losses.into_iter().map(|(_, _, loss)| loss).collect()
    }

    /// Spreads a loss over what stays and buckets in scope, at one ratio to the wei. The part of what
    /// stays.
    fn spread(&mut self, id: u64, scope: &[u64], side: Side, loss: U256) -> U256 {
        let sequencer = self.at_mut(id);
        let stays = match side {
            Side::Bond => sequencer.bond,
            Side::Delegations => sequencer.delegated,
        };
        let all = stays + sequencer.unbonding(scope, side);
        let mut reached = stays;
        for number in scope {
            let assets = &mut sequencer.buckets.get_mut(number).expect("in scope").sides
                [side as usize]
                .assets;
            let next = reached + *assets;
            *assets -= floor(next, loss, all) - floor(reached, loss, all);
            reached = next;
        }
        floor(stays, loss, all)
    }

    pub(super) fn forward(&mut self, call: &Call<'_>) -> Prediction {
        let (assets, distributor) = (self.slashed, self.distributor);
        if assets.is_zero() {
            return reject(Money::NothingToClaim {});
        }
        if !call.around.fund_takes {
            return Err(Vec::new());
        }
        self.slashed = U256::ZERO;
        self.ledger -= assets;
        self.log(Part::Staking, Money::SlashedForwarded { distributor, assets });
        Ok(assets.abi_encode())
    }
}
