//! What roles do: parameters, pauses, sweeping; and who the authority is.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolValue;

use super::super::{Checked, Prediction, largest};
use super::books::{BPS, DAY, METIS};
use super::{Call, Money, Part, Staking, reject, seconds};

/// The longest pause, and the least time between pauses, in seconds.
const WEEK: u64 = 7 * DAY;

impl Staking {
    pub(super) fn staking_role_call(&mut self, signature: &str, call: &Call<'_>) -> Prediction {
        let Call { caller, a, .. } = *call;
        match signature {
            "registerPool(address)" => self.register_pool(a[0].address()),
            "removePool(address)" => self.remove_pool(a[0].address()),
            "setThresholds(uint256,uint256)" => self.set_thresholds(a[0].word(), a[1].word()),
            "setBondRules(uint256,uint256)" => self.set_bond_rules(a[0].word(), a[1].word()),
            "setUnbondingPeriod(uint256)" => self.set_period(a[0].word()),
            "setQuota(address)" => self.set_quota(a[0].address()),
            "pause(uint32)" => self.pause(caller, a[0].word().to()),
            "unpause()" => self.unpause(caller),
            "sweep(address)" => self.sweep(caller, a[0].address()),
            other => panic!("the model knows no entry {other} of staking"),
        }
    }

    fn set_thresholds(&mut self, threshold: U256, max_lock: U256) -> Prediction {
        within(max_lock, METIS, largest(84))?;
        within(threshold, METIS, max_lock)?;
        within(max_lock, self.rules.min_bond, largest(84))?;
        let old = self.rules;
        self.rules.threshold = threshold;
        self.rules.max_lock = max_lock;
        let event = Money::ThresholdsChanged {
            oldActivationThreshold: old.threshold,
            newActivationThreshold: threshold,
            oldMaxLock: old.max_lock,
            newMaxLock: max_lock,
        };
        self.log(Part::Staking, event);
        Ok(Vec::new())
    }

    fn set_bond_rules(&mut self, min_bond: U256, min_bond_bps: U256) -> Prediction {
        within(min_bond, METIS, self.rules.max_lock)?;
        within(min_bond_bps, U256::ZERO, BPS)?;
        let old = self.rules;
        self.rules.min_bond = min_bond;
        self.rules.min_bond_bps = min_bond_bps;
        let event = Money::BondRulesChanged {
            oldMinBond: old.min_bond,
            newMinBond: min_bond,
            oldMinBondBps: old.min_bond_bps,
            newMinBondBps: min_bond_bps,
        };
        self.log(Part::Staking, event);
        Ok(Vec::new())
    }

    fn set_period(&mut self, period: U256) -> Prediction {
        let (min, max) = (seconds(7 * DAY), seconds(60 * DAY));
        if period < min || period > max || !(period % seconds(DAY)).is_zero() {
            return reject(Money::ParameterInvalid { value: period, min, max });
        }
        let old = std::mem::replace(&mut self.rules.period, period.to());
        let (old_period, new_period) = (seconds(old), period);
        let event = Money::UnbondingPeriodChanged { oldPeriod: old_period, newPeriod: new_period };
        self.log(Part::Staking, event);
        Ok(Vec::new())
    }

    fn set_quota(&mut self, quota: Address) -> Prediction {
        if quota.is_zero() || quota == self.address(Part::Staking) {
            return reject(Money::ProgramInvalid { program: quota });
        }
        let old = std::mem::replace(&mut self.quota, quota);
        self.log(Part::Staking, Money::QuotaChanged { oldQuota: old, newQuota: quota });
        Ok(Vec::new())
    }

    fn pause(&mut self, caller: Address, duration: u64) -> Prediction {
        if duration == 0 {
            return reject(Money::DurationZero {});
        }
        if duration > WEEK {
            let (duration, max) = (seconds(duration), seconds(WEEK));
            return reject(Money::PauseTooLong { duration, max });
        }
        let next = self.next_pause();
        if self.now < next {
            return reject(Money::PauseTooEarly { next: seconds(next) });
        }
        self.pause_end = self.now + duration;
        let until = seconds(self.pause_end);
        self.log(Part::Staking, Money::Paused { caller, until });
        Ok(Vec::new())
    }

    /// From when on a pause may begin; zero if there never was one.
    pub(super) fn next_pause(&self) -> u64 {
        if self.pause_end == 0 { 0 } else { self.pause_end + WEEK }
    }

    /// When entries open again; zero while they are open.
    pub fn paused_until(&self) -> u64 {
        if self.now < self.pause_end { self.pause_end } else { 0 }
    }

    fn unpause(&mut self, caller: Address) -> Prediction {
        if self.paused_until() == 0 {
            return reject(Money::PauseMissing {});
        }
        self.pause_end = self.now;
        self.log(Part::Staking, Money::Unpaused { caller });
        Ok(Vec::new())
    }

    fn sweep(&mut self, caller: Address, receiver: Address) -> Prediction {
        self.may_pay(receiver)?;
        let (assets, ledger) = (self.donations[Part::Staking as usize], self.ledger);
        if assets.is_zero() {
            return reject(Money::DonationsZero { balance: ledger, ledger });
        }
        self.donations[Part::Staking as usize] = U256::ZERO;
        self.log(Part::Staking, Money::Swept { caller, receiver, assets, ledger });
        self.arrives(receiver, assets)?;
        Ok(assets.abi_encode())
    }

    pub(super) fn set_authority(&mut self, part: Part, call: &Call<'_>) -> Prediction {
        let (caller, authority) = (call.caller, call.a[0].address());
        if caller != self.authority[part as usize] {
            return reject(Money::AccessManagedUnauthorized { caller });
        }
        if self.accounts.confirms(authority).is_none() {
            return reject(Money::AccessManagedInvalidAuthority { authority });
        }
        self.authority[part as usize] = authority;
        self.log(part, Money::AuthorityUpdated { authority });
        Ok(Vec::new())
    }
}

/// Whether a parameter is within its bounds.
pub(super) fn within(value: U256, min: U256, max: U256) -> Checked {
    if value < min || value > max {
        return reject(Money::ParameterInvalid { value, min, max });
    }
    Ok(())
}
