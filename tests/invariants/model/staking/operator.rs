//! What the registry and the owner of a sequencer do with its bond and with itself.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolValue;

use super::super::{Checked, Prediction};
use super::books::{Sequencer, Status};
use super::{
    Call, IDLE, LIVE_LIMIT, Money, Part, Permission, Rules, Side, Staking, reject, seconds,
};

/// What the registry asks for in the name of an owner.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening {
    pub(super) owner: Address,
    pub(super) recipient: Address,
    pub(super) commission: U256,
    pub(super) displaced: U256,
    pub(super) bond: U256,
}

impl Staking {
    pub(super) fn open_by(&mut self, call: &Call<'_>) -> Prediction {
        self.only(Part::Registry, call.caller)?;
        let opening = Opening {
            owner: call.a[0].address(),
            recipient: call.a[1].address(),
            commission: call.a[2].word(),
            displaced: call.a[3].word(),
            bond: call.value,
        };
        self.may_open(&opening)?;
        Ok(U256::from(self.open(&opening)).abi_encode())
    }

    /// The checks of `open` but for its caller's.
    pub(super) fn may_open(&self, opening: &Opening) -> Checked {
        let Opening { owner, recipient, displaced, bond, .. } = *opening;
        self.open_to_entries()?;
        if owner.is_zero() || recipient.is_zero() {
            return reject(Money::AccountZero {});
        }
        let Rules { min_bond: needed, max_lock, .. } = self.rules;
        if bond < needed {
            return reject(Money::BondTooSmall { bond, needed });
        }
        if bond > max_lock {
            return reject(Money::MaxLockExceeded { stake: bond, maxLock: max_lock });
        }
        if !displaced.is_zero() {
            self.may_displace(displaced, bond)?;
        } else if self.live.len() == LIVE_LIMIT {
            return reject(Money::SequencersFull { limit: U256::from(LIVE_LIMIT) });
        }
        self.fits(bond)
    }

    fn may_displace(&self, id: U256, offered: U256) -> Checked {
        let known = self.known(id)?;
        let sequencer = self.at(known);
        let since = sequencer.inactive_since;
        let is_idle = since != 0 && self.now >= since + IDLE;
        let gives_way = sequencer.status(&self.rules) == Status::Candidate
            && is_idle
            && sequencer.bond < offered
            && self.live.len() == LIVE_LIMIT;
        if gives_way {
            return Ok(());
        }
        reject(Money::DisplacementRefused { id, bond: sequencer.bond, offered })
    }

    /// The effects of `open`.
    pub(super) fn open(&mut self, opening: &Opening) -> u64 {
        let Opening { owner, recipient, commission, displaced, bond } = *opening;
        if !displaced.is_zero() {
            let registry = self.address(Part::Registry);
            self.send_out(displaced.to(), registry);
        }
        let group = match self.group_of.get(&owner) {
            Some(group) => *group,
            None => {
                self.groups.push(U256::ZERO);
                let group = self.groups.len() as u64;
                self.group_of.insert(owner, group);
                group
            }
        };
        self.sequencers.push(Sequencer {
            owner,
            recipient,
            group,
            bond,
            nonce: 1,
            commission,
            registered: self.now,
            ..Sequencer::default()
        });
        let id = self.sequencers.len() as u64;
        self.live.insert(id);
        self.bonds += bond;
        self.ledger += bond;
        self.reweigh(id, bond, U256::ZERO);
        self.note_status(id);
        let event = Money::Opened {
            id: U256::from(id),
            owner,
            rewardRecipient: recipient,
            group: U256::from(group),
            bond,
            nonce: U256::ONE,
        };
        self.log(Part::Staking, event);
        id
    }

    pub(super) fn increase_bond(&mut self, caller: Address, id: U256, assets: U256) -> Prediction {
        let known = self.owned(caller, id)?;
        if assets.is_zero() {
            return reject(Money::AssetsZero {});
        }
        let sequencer = self.at(known);
        if sequencer.exiting {
            return reject(Money::SequencerExiting { id });
        }
        if let Some(hold) = sequencer.held(self.now) {
            return reject(Money::SlashPending { id, until: U256::from(hold.until) });
        }
        // Of the bond alone, so that delegations never keep it from being restored.
        let (stake, max_lock) = (sequencer.bond + assets, self.rules.max_lock);
        if stake > max_lock {
            return reject(Money::MaxLockExceeded { stake, maxLock: max_lock });
        }
        self.fits(assets)?;
        self.touch(known);
        self.at_mut(known).bond += assets;
        self.bonds += assets;
        self.ledger += assets;
        self.reweigh(known, assets, U256::ZERO);
        let nonce = self.change(known);
        self.note_status(known);
        let bond = self.at(known).bond;
        self.log(Part::Staking, Money::BondIncreased { id, owner: caller, assets, bond, nonce });
        Ok(Vec::new())
    }

    pub(super) fn unlock_bond(&mut self, caller: Address, id: U256, assets: U256) -> Prediction {
        let known = self.owned(caller, id)?;
        if assets.is_zero() {
            return reject(Money::AssetsZero {});
        }
        let bond = self.at(known).bond;
        if assets > bond {
            return reject(Money::BondExceeded { assets, bond });
        }
        self.touch(known);
        let nonce = self.change(known);
        let bucket = self.unbond(known, assets, nonce);
        self.note_status(known);
        Ok(bucket.abi_encode())
    }

    /// A part of the bond begins to unbond for the owner.
    fn unbond(&mut self, id: u64, assets: U256, nonce: U256) -> U256 {
        let owner = self.at(id).owner;
        self.at_mut(id).bond -= assets;
        self.bonds -= assets;
        self.reweigh(id, U256::ZERO, assets);
        let bucket = U256::from(self.join(id, Side::Bond, owner, assets));
        let bond = self.at(id).bond;
        let id = U256::from(id);
        let event = Money::BondUnlockRequested { id, owner, bucket, assets, bond, nonce };
        self.log(Part::Staking, event);
        bucket
    }

    /// One change more: the counter after it.
    pub(super) fn change(&mut self, id: u64) -> U256 {
        let sequencer = self.at_mut(id);
        sequencer.nonce += 1;
        U256::from(sequencer.nonce)
    }

    /// One change more, of nothing that rewards are split by: the counter after it.
    pub(super) fn record(&mut self, id: u64) -> U256 {
        let nonce = self.change(id);
        self.note_status(id);
        nonce
    }

    pub(super) fn exit(&mut self, caller: Address, id: U256) -> Prediction {
        let known = self.owned(caller, id)?;
        self.may_exit(known)?;
        self.send_out(known, caller);
        Ok(Vec::new())
    }

    fn may_exit(&self, id: u64) -> Checked {
        if self.at(id).exiting {
            return reject(Money::SequencerExiting { id: U256::from(id) });
        }
        Ok(())
    }

    /// A sequencer is on its way out.
    fn send_out(&mut self, id: u64, caller: Address) {
        self.touch(id);
        self.live.remove(&id);
        self.at_mut(id).exiting = true;
        let bond = self.at(id).bond;
        let nonce = self.change(id);
        if !bond.is_zero() {
            self.unbond(id, bond, nonce);
        }
        self.note_status(id);
        self.log(Part::Staking, Money::ExitRequested { id: U256::from(id), caller, nonce });
    }

    pub(super) fn eject(&mut self, call: &Call<'_>, id: U256) -> Prediction {
        let known = self.known(id)?;
        self.may_exit(known)?;
        let sequencer = self.at(known);
        let is_active = sequencer.status(&self.rules) == Status::Active;
        let since = if is_active { 0 } else { sequencer.inactive_since };
        let is_idle = since != 0 && self.now >= since + IDLE;
        if !is_idle && call.around.permission != Permission::Granted {
            return reject(Money::EjectionTooEarly { id, since: seconds(since) });
        }
        self.send_out(known, call.caller);
        Ok(Vec::new())
    }

    pub(super) fn unjail(&mut self, caller: Address, id: U256) -> Prediction {
        let known = self.known(id)?;
        let sequencer = self.at(known);
        let (owner, leaves) = (sequencer.owner, sequencer.exiting);
        if caller != owner && !leaves {
            return reject(Money::CallerNotOwner { caller, owner });
        }
        if !sequencer.jailed {
            return reject(Money::SequencerNotJailed { id });
        }
        if let Some(hold) = sequencer.held(self.now) {
            return reject(Money::SlashPending { id, until: seconds(hold.until) });
        }
        let until = sequencer.jailed_until;
        if self.now < until {
            return reject(Money::JailTermRunning { id, until: seconds(until) });
        }
        let (bond, needed) = (sequencer.bond, self.rules.needed(sequencer.stake()));
        if bond < needed && !leaves {
            return reject(Money::BondTooSmall { bond, needed });
        }
        self.touch(known);
        let sequencer = self.at_mut(known);
        sequencer.jailed = false;
        sequencer.jailed_until = 0;
        self.unpark(known);
        let nonce = self.change(known);
        self.note_status(known);
        self.log(Part::Staking, Money::Unjailed { id, nonce });
        Ok(Vec::new())
    }

    pub(super) fn set_owner(
        &mut self,
        caller: Address,
        id: U256,
        new_owner: Address,
    ) -> Prediction {
        let known = self.owned(caller, id)?;
        self.at_mut(known).pending_owner = new_owner;
        let nonce = self.record(known);
        let event = Money::OwnerProposed { id, owner: caller, newOwner: new_owner, nonce };
        self.log(Part::Staking, event);
        Ok(Vec::new())
    }

    pub(super) fn accept_owner(&mut self, caller: Address, id: U256) -> Prediction {
        let known = self.known(id)?;
        let pending_owner = self.at(known).pending_owner;
        if caller != pending_owner {
            return reject(Money::CallerNotPendingOwner { caller, pendingOwner: pending_owner });
        }
        let sequencer = self.at_mut(known);
        sequencer.pending_owner = Address::ZERO;
        let old_owner = std::mem::replace(&mut sequencer.owner, caller);
        let nonce = self.record(known);
        let event = Money::OwnerChanged { id, oldOwner: old_owner, newOwner: caller, nonce };
        self.log(Part::Staking, event);
        Ok(Vec::new())
    }

    pub(super) fn set_recipient(
        &mut self,
        caller: Address,
        id: U256,
        recipient: Address,
    ) -> Prediction {
        let known = self.owned(caller, id)?;
        if recipient.is_zero() {
            return reject(Money::AccountZero {});
        }
        let old = std::mem::replace(&mut self.at_mut(known).recipient, recipient);
        let nonce = self.record(known);
        let (old_recipient, new_recipient) = (old, recipient);
        let event = Money::RewardRecipientChanged {
            id,
            oldRecipient: old_recipient,
            newRecipient: new_recipient,
            nonce,
        };
        self.log(Part::Staking, event);
        Ok(Vec::new())
    }

    pub(super) fn set_commission_by(&mut self, call: &Call<'_>) -> Prediction {
        self.only(Part::Registry, call.caller)?;
        let id = self.known(call.a[0].word())?;
        Ok(self.set_commission(id, call.a[1].word()).abi_encode())
    }

    /// The effects of a change of the commission.
    pub(super) fn set_commission(&mut self, id: u64, commission: U256) -> U256 {
        self.touch(id);
        let old = std::mem::replace(&mut self.at_mut(id).commission, commission);
        let nonce = self.change(id);
        self.note_status(id);
        let event = Money::CommissionChanged {
            id: U256::from(id),
            oldCommissionBps: old,
            newCommissionBps: commission,
            nonce,
        };
        self.log(Part::Staking, event);
        nonce
    }

    pub(super) fn record_change_by(&mut self, call: &Call<'_>) -> Prediction {
        self.only(Part::Registry, call.caller)?;
        let id = self.known(call.a[0].word())?;
        Ok(self.record(id).abi_encode())
    }
}
