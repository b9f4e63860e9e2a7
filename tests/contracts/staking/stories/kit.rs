//! What stories of staking say often.

use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::SolCall;

pub(super) use super::super::kit::*;

/// Unbonding period to begin with, in seconds.
pub(super) const PERIOD: u64 = days(21);

impl World {
    /// Somebody new with METIS.
    pub(super) fn person(&mut self, name: &str) -> Account {
        let account = self.chain.account(name);
        self.chain.deal(account, WEALTH);
        account
    }

    /// Delegates. The shares for it.
    pub(super) fn delegate(&mut self, who: Account, id: U256, assets: U256) -> U256 {
        self.chain.send(who, self.staking, Staking::delegateCall { id }).value(assets).ok().output
    }

    /// Starts to unbond shares. The bucket.
    pub(super) fn undelegate(&mut self, who: Account, id: U256, shares: U256) -> U256 {
        let call = Staking::undelegateCall { id, shares };
        self.chain.send(who, self.staking, call).ok().output.bucket
    }

    /// Claims what has unbonded in a bucket for oneself.
    pub(super) fn claim(&mut self, who: Account, id: U256, bucket: U256) -> U256 {
        let call = claim_of(id, bucket, who.address);
        self.chain.send(who, self.staking, call).ok().output
    }

    /// The distributor brings a reward.
    pub(super) fn reward(&mut self, id: U256, assets: U256) {
        let fund = self.suite.distributor;
        self.chain.deal(fund, WEALTH);
        let call = Staking::notifyRewardsCall { ids: vec![id], amounts: vec![assets] };
        self.chain.send(fund, self.staking, call).value(assets).ok();
    }

    pub(super) fn earned(&self, who: Account, id: U256) -> U256 {
        self.chain.view(self.staking, Staking::earnedCall { account: who.address, id })
    }

    /// What a position is worth.
    pub(super) fn worth(&self, who: impl Into<Address>, id: U256) -> U256 {
        self.chain.view(self.staking, Staking::positionCall { account: who.into(), id }).assets
    }

    /// What of an account is in a bucket and can be claimed.
    pub(super) fn claimable(&self, who: Account, id: U256, number: U256) -> U256 {
        let call = Staking::entryCall { account: who.address, id, number };
        self.chain.view(self.staking, call).claimable
    }

    /// When a bucket matures.
    pub(super) fn matures(&self, id: U256, number: U256) -> u64 {
        self.chain.view(self.staking, Staking::bucketCall { id, number }).matures.to()
    }

    /// The latest bucket.
    pub(super) fn latest(&self, id: U256) -> U256 {
        self.sequencer(id).bucket
    }

    /// Makes a call that must succeed.
    #[track_caller]
    pub(super) fn does<C: SolCall>(&mut self, who: impl Into<Account>, call: C) -> C::Return {
        self.chain.send(who, self.staking, call).ok().output
    }

    /// Proposes the largest slash for a fault of this second, and executes it.
    pub(super) fn slash(&mut self, id: U256) {
        let proposal = self.propose(id, MAX_SLASH, EVIDENCE);
        self.chain.advance(VETO_WINDOW);
        self.execute(proposal);
    }

    /// Replaces a program by one that misbehaves.
    pub(super) fn corrupt(&mut self, program: Address, code: &[u8]) {
        self.chain.set_code(program, Bytes::copy_from_slice(code));
    }
}

/// A claim of one bucket.
pub(super) fn claim_of(id: U256, bucket: U256, receiver: Address) -> Staking::claimUnlockedCall {
    Staking::claimUnlockedCall { id, buckets: vec![bucket], receiver }
}
