//! A pool, and what the quota granted it, on the stage.

use alloy_primitives::{Address, U256};

use super::Stage;
use crate::account::Account;
use crate::artifacts::fixtures::fixture;
use crate::chain::Tx;
use crate::interfaces::{ISequencerQuota as Quota, ISequencerStaking as Staking};
use crate::{days, ether};

/// What a pool is granted, in METIS.
const GRANT: u64 = 50_000;

impl Stage {
    /// A registered pool with METIS, which was granted something in the first `count` sequencers.
    pub(in crate::gas) fn granted_pool(&mut self, count: u64) -> Address {
        let batcher = fixture("Batcher").unwrap_or_else(|error| panic!("{error}"));
        let deployer = self.chain.account("deployer");
        let pool = self.chain.create(deployer, batcher.init_code).ok().output;
        self.chain.deal(pool, ether(super::WEALTH));
        let (curator, staking) = (self.params.curator, self.suite.sequencer_staking);
        self.chain.send(curator, staking, Staking::registerPoolCall { pool }).ok();
        for id in 1..=count {
            let (id, assets) = (U256::from(id), ether(GRANT));
            self.curates(Quota::setGrantCall { pool, id, assets });
        }
        self.chain.advance(days(2));
        pool
    }

    /// A delegation of a pool, as if it were no contract: what is inside its transaction.
    pub(in crate::gas) fn pool_delegation(&self, pool: Address, metis: u64) -> Tx {
        self.delegation(Account::at(pool), metis)
    }

    /// The curator calls the quota.
    pub(in crate::gas) fn curates(&mut self, call: impl alloy_sol_types::SolCall) {
        self.chain.send(self.params.curator, self.suite.quota, call).ok();
    }

    /// The curator is about to call the quota.
    pub(in crate::gas) fn curation(&self, call: impl alloy_sol_types::SolCall) -> Tx {
        self.tx(self.params.curator, self.suite.quota, call)
    }
}
