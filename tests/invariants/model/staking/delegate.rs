//! Delegations come and go.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolValue;

use super::super::{Checked, Prediction, largest};
use super::books::{Debt, METIS, RAY};
use super::{Call, Money, Part, Position, Side, Staking, ceil, floor, reject};

impl Position {
    /// After its shares have changed at an index: it has earned what it had, but for a wei.
    fn resized(self, shares: U256, index: U256, pooled: bool) -> Self {
        let debt = Debt { plus: ceil(shares, index, RAY), minus: self.earned(index) };
        Self { shares, debt, pooled }
    }

    /// After all that it had earned was paid.
    pub(super) fn paid(self, index: U256) -> Self {
        let debt = Debt { plus: ceil(self.shares, index, RAY), minus: U256::ZERO };
        Self { debt, ..self }
    }
}

impl Staking {
    pub(super) fn delegate(&mut self, call: &Call<'_>, id: U256) -> Prediction {
        let Call { caller: account, value: assets, .. } = *call;
        self.open_to_entries()?;
        let id = self.known(id)?;
        if assets.is_zero() {
            return reject(Money::AssetsZero {});
        }
        self.takes_delegations(id)?;
        let sequencer = self.at(id);
        let stake = sequencer.stake() + assets;
        let (bond, needed) = (sequencer.bond, self.rules.needed(stake));
        if bond < needed {
            return reject(Money::BondTooSmall { bond, needed });
        }
        let max_lock = self.rules.max_lock;
        if stake > max_lock {
            return reject(Money::MaxLockExceeded { stake, maxLock: max_lock });
        }
        let all = sequencer.shares;
        let minted = match (all.is_zero(), sequencer.delegated.is_zero()) {
            (true, _) => assets,
            (false, true) => largest(128),
            (false, false) => floor(assets, all, sequencer.delegated).min(largest(128)),
        };
        if all + minted > largest(88) {
            return reject(Money::SharesOverflow { shares: all, minted });
        }
        let position = self.positions.get(&(account, id)).copied().unwrap_or_default();
        let shares = position.shares + minted;
        let worth = floor(shares, sequencer.delegated + assets, all + minted);
        if worth < METIS {
            return reject(Money::DelegationTooSmall { assets: worth, min: METIS });
        }
        self.fits(assets)?;
        self.ask_quota(account, id, assets)?;

        self.touch(id);
        // A position stays direct; one of a pool stays a pool's while that is registered.
        let pooled = self.counts_as_pool(account, id);
        self.disown(id, account);
        let sequencer = self.at_mut(id);
        sequencer.delegated += assets;
        sequencer.shares += minted;
        if !pooled {
            sequencer.direct_shares += minted;
        }
        sequencer.nonce += 1;
        let (index, nonce, delegated) =
            (sequencer.index, U256::from(sequencer.nonce), sequencer.delegated);
        self.positions.insert((account, id), position.resized(shares, index, pooled));
        self.ledger += assets;
        self.reweigh(id, assets, U256::ZERO);
        if pooled {
            self.reweigh_pool(account, assets, U256::ZERO);
        }
        self.note_status(id);
        let event = Money::Delegated {
            account,
            id: U256::from(id),
            assets,
            shares: minted,
            delegated,
            nonce,
        };
        self.log(Part::Staking, event);
        Ok(minted.abi_encode())
    }

    /// Whether the quota, or who stands in for it, agrees.
    fn ask_quota(&self, account: Address, id: u64, assets: U256) -> Checked {
        let quota = self.quota;
        if quota == self.address(Part::Quota) {
            self.quota_answers(account, id, assets)
        } else if quota == self.agreeable {
            Ok(())
        } else {
            reject(Money::QuotaUnavailable { quota })
        }
    }

    /// What a pool had left when it was removed counts as direct.
    fn disown(&mut self, id: u64, account: Address) {
        let is_pool = self.pools.contains(&account);
        let Some(position) = self.positions.get_mut(&(account, id)) else { return };
        if position.pooled && !is_pool {
            position.pooled = false;
            let shares = position.shares;
            self.at_mut(id).direct_shares += shares;
        }
    }

    /// Whether delegations may come to a sequencer at all.
    fn takes_delegations(&self, id: u64) -> Checked {
        let (sequencer, id) = (self.at(id), U256::from(id));
        if sequencer.exiting {
            return reject(Money::SequencerExiting { id });
        }
        if let Some(hold) = sequencer.held(self.now) {
            return reject(Money::SlashPending { id, until: U256::from(hold.until) });
        }
        if sequencer.jailed {
            return reject(Money::SequencerJailed { id });
        }
        Ok(())
    }

    pub(super) fn undelegate(&mut self, account: Address, id: U256, shares: U256) -> Prediction {
        let id = self.known(id)?;
        let position = self.positions.get(&(account, id)).copied().unwrap_or_default();
        if shares.is_zero() {
            return reject(Money::SharesZero {});
        }
        if shares > position.shares {
            return reject(Money::SharesExceeded { shares, held: position.shares });
        }
        let left = position.shares - shares;
        let sequencer = self.at(id);
        let assets = sequencer.worth(shares);
        let (rest, all) = (sequencer.delegated - assets, sequencer.shares - shares);
        let worth = floor(left, rest, all);
        if !left.is_zero() && worth < METIS {
            return reject(Money::DelegationTooSmall { assets: worth, min: METIS });
        }

        self.touch(id);
        self.disown(id, account);
        let position = self.positions.get(&(account, id)).copied().unwrap_or_default();
        let sequencer = self.at_mut(id);
        sequencer.delegated = rest;
        sequencer.shares = all;
        if !position.pooled {
            sequencer.direct_shares -= shares;
        }
        sequencer.nonce += 1;
        let (index, nonce) = (sequencer.index, U256::from(sequencer.nonce));
        let pooled = position.pooled && !left.is_zero();
        self.positions.insert((account, id), position.resized(left, index, pooled));
        if position.pooled {
            self.reweigh_pool(account, U256::ZERO, assets);
        }
        self.reweigh(id, U256::ZERO, assets);
        let bucket = U256::from(self.join(id, Side::Delegations, account, assets));
        self.note_status(id);
        let event = Money::Undelegated {
            account,
            id: U256::from(id),
            bucket,
            shares,
            assets,
            delegated: rest,
            nonce,
        };
        self.log(Part::Staking, event);
        Ok((assets, bucket).abi_encode_params())
    }
}
