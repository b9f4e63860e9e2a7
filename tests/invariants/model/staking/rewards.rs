//! Rewards: brought, split by the next touch, parked, claimed.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolValue;

use super::super::{Prediction, largest};
use super::books::{BPS, METIS, RAY};
use super::{Money, Part, Position, Sequencer, Staking, floor, reject};

/// How an amount was split.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Split {
    pub operator: U256,
    pub delegators: U256,
    pub rise: U256,
}

impl Sequencer {
    /// Splits an amount by the stake of this moment; none if the index would not fit 128 bits.
    pub fn split(&self, amount: U256) -> Option<Split> {
        if self.delegated < METIS {
            return Some(Split { operator: amount, ..Split::default() });
        }
        let commission = floor(amount, self.commission, BPS);
        let rest = amount - commission;
        let on_bond = floor(rest, self.bond, self.stake());
        let delegators = rest - on_bond;
        let rise = floor(delegators, RAY, self.shares);
        let split = Split { operator: commission + on_bond, delegators, rise };
        (self.index + rise <= largest(128)).then_some(split)
    }

    /// Whether rewards wait for stake that may come.
    fn awaits_stake(&self) -> bool {
        self.stake() < METIS && !self.exiting
    }

    /// Whether rewards can be split now.
    fn earns(&self) -> bool {
        !self.jailed && !self.awaits_stake()
    }

    fn apply(&mut self, split: &Split) {
        self.operator += split.operator;
        self.delegators += split.delegators;
        self.index += split.rise;
    }

    /// Brings rewards up to now. What went to operator, delegators and parking, if anything moved.
    pub fn touch(&mut self) -> Option<[U256; 3]> {
        let pending = std::mem::take(&mut self.pending);
        let freed = if self.earns() { self.parked } else { U256::ZERO };
        if pending.is_zero() && freed.is_zero() {
            return None;
        }
        let split = if self.awaits_stake() { None } else { self.split(pending) };
        let Some(split) = split else {
            self.parked += pending;
            return Some([U256::ZERO, U256::ZERO, pending]);
        };
        if self.jailed {
            // In two parts, by the stake of this moment.
            self.parked += split.operator;
            self.parked_delegators += split.delegators;
            return Some([U256::ZERO, U256::ZERO, pending]);
        }
        self.parked = U256::ZERO;
        self.operator += freed;
        self.apply(&split);
        Some([freed + split.operator, split.delegators, U256::ZERO])
    }

    /// Brings what parked in jail to those it parked for, once it is free.
    fn unpark(&mut self) -> Option<[U256; 3]> {
        let (operator, delegators) = (self.parked, self.parked_delegators);
        if (operator + delegators).is_zero() {
            return None;
        }
        (self.parked, self.parked_delegators) = (U256::ZERO, U256::ZERO);
        if self.awaits_stake() {
            self.parked = operator + delegators;
            return Some([U256::ZERO; 3]);
        }
        // Where nobody stayed it is the operator's.
        let stays = if self.delegated < METIS { U256::ZERO } else { delegators };
        let rise = floor(stays, RAY, self.shares);
        let split = Split { operator: operator + delegators - stays, delegators: stays, rise };
        self.apply(&split);
        Some([split.operator, split.delegators, U256::ZERO])
    }

    /// All that is parked.
    pub fn waiting(&self) -> U256 {
        self.parked + self.parked_delegators
    }
}

impl Staking {
    /// Accrues a sequencer, before anything changes that rewards are split by.
    pub(super) fn touch(&mut self, id: u64) {
        if let Some(moved) = self.at_mut(id).touch() {
            self.log_accrued(id, moved);
        }
    }

    /// What parked in jail is split, once the sequencer is free.
    pub(super) fn unpark(&mut self, id: u64) {
        if let Some(moved) = self.at_mut(id).unpark() {
            self.log_accrued(id, moved);
        }
    }

    fn log_accrued(&mut self, id: u64, [operator, delegators, parked]: [U256; 3]) {
        let (id, index) = (U256::from(id), self.at(id).index);
        self.log(Part::Staking, Money::RewardsAccrued { id, operator, delegators, parked, index });
    }

    pub(super) fn accrue(&mut self, id: U256) -> Prediction {
        let id = self.known(id)?;
        self.touch(id);
        self.note_status(id);
        Ok(Vec::new())
    }

    pub(super) fn notify(
        &mut self,
        caller: Address,
        value: U256,
        ids: &[U256],
        amounts: &[U256],
    ) -> Prediction {
        let distributor = self.distributor;
        if caller != distributor {
            return reject(Money::CallerNotDistributor { caller, distributor });
        }
        let most = largest(128);
        let sum = amounts.iter().fold(U256::ZERO, |sum, amount| {
            // Told as far as 128 bits hold it.
            sum.saturating_add(*amount).min(most)
        });
        if ids.len() != amounts.len() || sum != value {
            return reject(Money::NotificationInvalid { sum, value });
        }
        self.fits(value)?;
        for id in ids {
            self.known(*id)?;
        }
        for (id, assets) in ids.iter().zip(amounts) {
            let sequencer = self.at_mut(id.to());
            sequencer.pending += *assets;
            let pending = sequencer.pending;
            let event = Money::RewardsNotified { id: *id, assets: *assets, pending };
            self.log(Part::Staking, event);
        }
        self.ledger += value;
        Ok(Vec::new())
    }

    pub(super) fn claim_rewards(
        &mut self,
        account: Address,
        ids: &[U256],
        receiver: Address,
    ) -> Prediction {
        self.may_pay(receiver)?;
        let mut assets = U256::ZERO;
        for id in ids {
            assets += self.reap(account, *id, receiver);
        }
        if assets.is_zero() {
            return reject(Money::NothingToClaim {});
        }
        self.ledger -= assets;
        self.arrives(receiver, assets)?;
        Ok(assets.abi_encode())
    }

    /// Takes what an account has earned with one sequencer.
    fn reap(&mut self, account: Address, id: U256, receiver: Address) -> U256 {
        let Ok(id) = self.known(id) else { return U256::ZERO };
        let Some(position) = self.positions.get(&(account, id)).copied() else {
            return U256::ZERO;
        };
        if position == Position::default() {
            return U256::ZERO;
        }
        let was_parked = !self.at(id).waiting().is_zero();
        self.touch(id);
        if was_parked == self.at(id).waiting().is_zero() {
            self.note_status(id);
        }
        let index = self.at(id).index;
        let assets = position.earned(index);
        if assets.is_zero() {
            return U256::ZERO;
        }
        self.at_mut(id).delegators -= assets;
        self.positions.insert((account, id), position.paid(index));
        let id = U256::from(id);
        self.log(Part::Staking, Money::RewardsClaimed { account, id, receiver, assets });
        assets
    }

    pub(super) fn claim_commission(
        &mut self,
        caller: Address,
        id: U256,
        receiver: Address,
    ) -> Prediction {
        let id = self.known(id)?;
        let sequencer = self.at(id);
        let (owner, reward_recipient) = (sequencer.owner, sequencer.recipient);
        if caller != owner && caller != reward_recipient {
            return reject(Money::CallerNotRecipient { caller, rewardRecipient: reward_recipient });
        }
        self.may_pay(receiver)?;
        self.touch(id);
        self.note_status(id);
        let assets = std::mem::take(&mut self.at_mut(id).operator);
        if assets.is_zero() {
            return reject(Money::NothingToClaim {});
        }
        self.ledger -= assets;
        let id = U256::from(id);
        self.log(Part::Staking, Money::CommissionClaimed { id, caller, receiver, assets });
        self.arrives(receiver, assets)?;
        Ok(assets.abi_encode())
    }
}
