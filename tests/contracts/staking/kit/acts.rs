//! What people do with their METIS, and what they see of it.

use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::{SolCall, SolError};
use emetis::Failure;

use super::super::super::kit::encode;
use super::*;

/// Unbonding period to begin with, in seconds.
pub(crate) const PERIOD: u64 = days(21);

impl World {
    /// Somebody new with METIS.
    pub(crate) fn person(&mut self, name: &str) -> Account {
        let account = self.chain.account(name);
        self.chain.deal(account, WEALTH);
        account
    }

    /// Delegates. The shares for it.
    pub(crate) fn delegate(&mut self, who: Account, id: U256, assets: U256) -> U256 {
        self.chain.send(who, self.staking, Staking::delegateCall { id }).value(assets).ok().output
    }

    /// Starts to unbond shares. The bucket.
    pub(crate) fn undelegate(&mut self, who: Account, id: U256, shares: U256) -> U256 {
        let call = Staking::undelegateCall { id, shares };
        self.chain.send(who, self.staking, call).ok().output.bucket
    }

    /// Claims what has unbonded in a bucket for oneself.
    pub(crate) fn claim(&mut self, who: Account, id: U256, bucket: U256) -> U256 {
        let call = claim_of(id, bucket, who.address);
        self.chain.send(who, self.staking, call).ok().output
    }

    /// The distributor brings a reward.
    pub(crate) fn reward(&mut self, id: U256, assets: U256) {
        let fund = self.suite.distributor;
        self.chain.deal(fund, WEALTH);
        let call = Staking::notifyRewardsCall { ids: vec![id], amounts: vec![assets] };
        self.chain.send(fund, self.staking, call).value(assets).ok();
    }

    pub(crate) fn earned(&self, who: Account, id: U256) -> U256 {
        self.chain.view(self.staking, Staking::earnedCall { account: who.address, id })
    }

    /// What a position is worth.
    pub(crate) fn worth(&self, who: impl Into<Address>, id: U256) -> U256 {
        self.chain.view(self.staking, Staking::positionCall { account: who.into(), id }).assets
    }

    /// What of an account is in a bucket and can be claimed.
    pub(crate) fn claimable(&self, who: Account, id: U256, number: U256) -> U256 {
        let call = Staking::entryCall { account: who.address, id, number };
        self.chain.view(self.staking, call).claimable
    }

    /// When a bucket matures.
    pub(crate) fn matures(&self, id: U256, number: U256) -> u64 {
        self.chain.view(self.staking, Staking::bucketCall { id, number }).matures.to()
    }

    /// The latest bucket.
    pub(crate) fn latest(&self, id: U256) -> U256 {
        self.sequencer(id).bucket
    }

    /// Makes a call that must succeed.
    #[track_caller]
    pub(crate) fn does<C: SolCall>(&mut self, who: impl Into<Account>, call: C) -> C::Return {
        self.chain.send(who, self.staking, call).ok().output
    }

    /// Makes a call that must be refused, and changes nothing.
    #[track_caller]
    pub(crate) fn refuses<C: SolCall, E: SolError + std::fmt::Debug>(
        &mut self,
        who: impl Into<Account>,
        call: C,
        error: E,
    ) -> Failure {
        self.refuses_with(who, call, U256::ZERO, error)
    }

    /// The same of a call that brings METIS.
    #[track_caller]
    pub(crate) fn refuses_with<C: SolCall, E: SolError + std::fmt::Debug>(
        &mut self,
        who: impl Into<Account>,
        call: C,
        value: U256,
        error: E,
    ) -> Failure {
        let before = self.storage();
        let failure = self.chain.send(who, self.staking, call).value(value).fails_with(error);
        assert_eq!(self.storage(), before);
        failure
    }

    /// Makes a call that must succeed, and tells all of it.
    #[track_caller]
    pub(crate) fn tells<C: SolCall>(
        &mut self,
        who: impl Into<Account>,
        call: C,
        value: U256,
    ) -> Receipt<C::Return> {
        self.chain.send(who, self.staking, call).value(value).ok()
    }

    /// Asserts that the receipt's logs are exactly these of the staking program, in order.
    #[track_caller]
    pub(crate) fn assert_logs<T>(&self, receipt: &Receipt<T>, expected: &[Bytes]) {
        let found: Vec<Bytes> = receipt.logs.iter().map(encode).collect();
        let of_staking = receipt.logs.iter().all(|log| log.address == self.staking);
        assert!(of_staking, "logs of others: {:#?}", receipt.logs);
        let told = || receipt.logs.iter().map(|log| self.chain.names().event(log));
        assert_eq!(found, expected, "found {:#?}", told().collect::<Vec<_>>());
    }

    /// Asks the staking program.
    #[track_caller]
    pub(crate) fn asks<C: SolCall>(&self, call: C) -> C::Return {
        self.chain.view(self.staking, call)
    }

    /// METIS of an account.
    pub(crate) fn metis(&self, account: impl Into<Address>) -> U256 {
        self.chain.balance(account)
    }

    /// METIS on the books.
    pub(crate) fn ledger(&self) -> U256 {
        self.asks(Staking::totalsCall {}).ledger
    }

    /// Shares of an account.
    pub(crate) fn shares(&self, who: impl Into<Address>, id: U256) -> U256 {
        self.asks(Staking::positionCall { account: who.into(), id }).shares
    }

    /// The operator adds to its bond.
    pub(crate) fn bond(&mut self, id: U256, assets: U256) {
        self.tells(self.operator, Staking::increaseBondCall { id }, assets);
    }

    /// The admin announces a call, and makes it two days later.
    #[track_caller]
    pub(crate) fn decide<C: SolCall>(&mut self, target: Address, call: C) -> Receipt<C::Return> {
        let (data, when) = (call.abi_encode().into(), alloy_primitives::Uint::ZERO);
        let manager = self.suite.access_manager;
        let schedule = Manager::scheduleCall { target, data, when };
        self.chain.send(self.admin, manager, schedule).ok();
        self.chain.advance(days(2));
        self.chain.send(self.admin, target, call).ok()
    }

    /// The admin sets the rules of bonds.
    pub(crate) fn bond_rules(&mut self, min_bond: U256, bps: u64) {
        let call = Staking::setBondRulesCall { minBond: min_bond, minBondBps: U256::from(bps) };
        self.does(self.admin, call);
    }

    /// The admin sets from when a sequencer is Active, and the most that it holds.
    pub(crate) fn thresholds(&mut self, threshold: U256, max_lock: U256) {
        let call = Staking::setThresholdsCall { activationThreshold: threshold, maxLock: max_lock };
        self.does(self.admin, call);
    }

    /// Proposes the largest slash for a fault of this second, and executes it.
    pub(crate) fn slash(&mut self, id: U256) {
        let proposal = self.propose(id, MAX_SLASH, EVIDENCE);
        self.chain.advance(VETO_WINDOW);
        self.execute(proposal);
    }

    /// Replaces a program by one that misbehaves.
    pub(crate) fn corrupt(&mut self, program: Address, code: &[u8]) {
        self.chain.set_code(program, Bytes::copy_from_slice(code));
    }
}

/// A claim of one bucket.
pub(crate) fn claim_of(id: U256, bucket: U256, receiver: Address) -> Staking::claimUnlockedCall {
    Staking::claimUnlockedCall { id, buckets: vec![bucket], receiver }
}
