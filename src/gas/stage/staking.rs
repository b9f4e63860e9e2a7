//! Sequencers and delegators on the stage.

use alloy_primitives::{Address, U256, keccak256};
use alloy_sol_types::{SolStruct, eip712_domain, sol};

use super::Stage;
use crate::account::Account;
use crate::chain::Tx;
use crate::interfaces::{ISequencerRegistry as Registry, ISequencerStaking as Staking};
use crate::{days, ether};

sol! {
    struct Registration {
        address owner;
        uint256 nonce;
    }
}

/// Bond of every operator, in METIS.
const BOND: u64 = 5_000;

impl Stage {
    /// Registers sequencers of as many operators, the first of them with id 1.
    pub(in crate::gas) fn sequencers(&mut self, count: u64) {
        for number in 1..=count {
            let tx = self.registration(number);
            self.chain.execute(&tx, true, false).expect("the registry takes it");
        }
    }

    /// The registration of an operator.
    pub(in crate::gas) fn registration(&mut self, number: u64) -> Tx {
        let owner = self.chain.account(&format!("operator {number}"));
        let signer = self.chain.account(&format!("signer {number}"));
        self.chain.deal(owner, ether(BOND));
        let domain = eip712_domain! {
            name: "METIS Sequencer Registry",
            version: "1",
            chain_id: self.chain.chain_id(),
            verifying_contract: self.suite.sequencer_registry,
        };
        let registration = Registration { owner: owner.address, nonce: U256::ZERO };
        let call = Registry::register_0Call {
            signer: signer.address,
            key: signer.public_key(),
            rewardRecipient: owner.address,
            commissionBps: U256::from(1_000),
            proof: signer.sign(registration.eip712_signing_hash(&domain)).to_bytes().into(),
        };
        Tx { value: ether(BOND), ..self.tx(owner, self.suite.sequencer_registry, call) }
    }

    /// Delegations of as many accounts to sequencer 1, of 1 METIS each.
    pub(in crate::gas) fn delegators(&mut self, count: u64) {
        for number in 0..count {
            let who = Account::at(Address::from_word(keccak256(number.to_be_bytes())));
            self.chain.deal(who, ether(1));
            let tx = self.delegation(who, 1);
            self.chain.execute(&tx, true, false).expect("the staking program takes it");
        }
    }

    /// A delegation to sequencer 1, in METIS.
    pub(in crate::gas) fn delegation(&self, from: Account, metis: u64) -> Tx {
        let call = Staking::delegateCall { id: U256::ONE };
        Tx { value: ether(metis), ..self.tx(from, self.suite.sequencer_staking, call) }
    }

    /// Alice's way out of sequencer 1, with so many METIS.
    pub(in crate::gas) fn undelegation(&self, metis: u64) -> Tx {
        let call = Staking::undelegateCall { id: U256::ONE, shares: ether(metis) };
        self.tx(self.alice, self.suite.sequencer_staking, call)
    }

    /// Alice is a delegator of sequencer 1, which earns.
    pub(in crate::gas) fn alice_delegates(&mut self) {
        let tx = self.delegation(self.alice, 100);
        self.chain.execute(&tx, true, false).expect("the staking program takes it");
    }

    /// Rewards of sequencer 1, as the distributor brings them.
    pub(in crate::gas) fn notification(&mut self) -> Tx {
        self.chain.deal(self.suite.distributor, ether(1));
        let (ids, amounts) = (vec![U256::ONE], vec![ether(1)]);
        let from = Account::at(self.suite.distributor);
        let call = Staking::notifyRewardsCall { ids, amounts };
        Tx { value: ether(1), ..self.tx(from, self.suite.sequencer_staking, call) }
    }

    /// Makes a transaction that others build on.
    pub(in crate::gas) fn make(&mut self, tx: &Tx) {
        self.chain.execute(tx, true, false).expect("it is taken");
    }

    /// Lets an unbonding period pass.
    pub(in crate::gas) fn unbond(&mut self) {
        self.chain.advance(days(23));
    }

    /// The number of today's bucket.
    pub(in crate::gas) fn bucket(&self) -> U256 {
        U256::from((self.chain.time() / days(1)) << 12 | 21)
    }

    /// Alice claims her rewards of sequencer 1, for Bob.
    pub(in crate::gas) fn reward_claim(&self) -> Tx {
        let call = Staking::claimRewardsCall { ids: vec![U256::ONE], receiver: self.bob.address };
        self.tx(self.alice, self.suite.sequencer_staking, call)
    }

    /// Alice claims what has unbonded in a bucket of sequencer 1, for Bob.
    pub(in crate::gas) fn unlocked_claim(&self, bucket: U256) -> Tx {
        let (buckets, receiver) = (vec![bucket], self.bob.address);
        let call = Staking::claimUnlockedCall { id: U256::ONE, buckets, receiver };
        self.tx(self.alice, self.suite.sequencer_staking, call)
    }
}
