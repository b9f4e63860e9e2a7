//! Time, block number, chain id.

use alloy_primitives::U256;

use super::Chain;

impl Chain {
    /// Time of the current block, in seconds.
    pub fn time(&self) -> u64 {
        self.block.timestamp.saturating_to()
    }

    /// Number of the current block.
    pub fn block_number(&self) -> u64 {
        self.block.number.saturating_to()
    }

    /// Chain id.
    pub fn chain_id(&self) -> u64 {
        self.chain_id
    }

    /// Changes the chain id, as a fork of the chain would.
    pub fn set_chain_id(&mut self, chain_id: u64) {
        self.chain_id = chain_id;
    }

    /// Starts a new block `seconds` later.
    pub fn advance(&mut self, seconds: u64) {
        self.warp_to(self.time().saturating_add(seconds));
    }

    /// Starts a new block at `time`, in seconds.
    ///
    /// # Panics
    ///
    /// If that lies in the past.
    pub fn warp_to(&mut self, time: u64) {
        assert!(time >= self.time(), "time does not run backwards");
        self.block.timestamp = U256::from(time);
        self.roll_to(self.block_number().saturating_add(1));
    }

    /// Starts block `number` at the same time.
    pub fn roll_to(&mut self, number: u64) {
        self.block.number = U256::from(number);
        self.recent.get_mut().clear();
    }
}
