//! Proposals to slash, and what pools are told of them.

use alloy_primitives::{B256, U256};

use super::*;

impl World {
    /// A proposal to slash for a fault of this second.
    pub(crate) fn proposal(&self, id: U256, bps: U256, evidence: B256) -> Court::proposeSlashCall {
        Court::proposeSlashCall { id, bps, faultTime: self.now(), evidence }
    }

    /// The slasher proposes to slash for a fault of this second. The proposal.
    pub(crate) fn propose(&mut self, id: U256, bps: U256, evidence: B256) -> U256 {
        let call = self.proposal(id, bps, evidence);
        self.chain.send(self.slasher, self.court, call).ok().output
    }

    /// The vetoer vetoes.
    pub(crate) fn veto(&mut self, proposal: U256) -> Receipt<Court::vetoReturn> {
        self.chain.send(self.vetoer, self.court, Court::vetoCall { proposal }).ok()
    }

    /// Somebody executes.
    pub(crate) fn execute(&mut self, proposal: U256) -> Receipt<Court::executeReturn> {
        self.chain.send(self.keeper, self.court, Court::executeCall { proposal }).ok()
    }

    /// Somebody clears away.
    pub(crate) fn lapse(&mut self, proposal: U256) -> Receipt<Court::lapseReturn> {
        self.chain.send(self.keeper, self.court, Court::lapseCall { proposal }).ok()
    }

    /// Where a proposal is.
    pub(crate) fn state(&self, proposal: U256) -> Court::State {
        self.chain.view(self.court, Court::proposalOfCall { proposal }).state
    }

    /// What can be proposed on a sequencer, in bps.
    pub(crate) fn room(&self, id: U256) -> U256 {
        self.chain.view(self.court, Court::roomOfCall { id })
    }

    /// What the pool may lose, and what it has lost.
    pub(crate) fn loss(&self) -> (U256, U256) {
        let loss = self.chain.view(self.court, Court::lossOfCall { pool: self.pool });
        (loss.provisioned, loss.realised)
    }

    /// What the pool was told last: what it may lose, and what it has lost.
    pub(crate) fn told(&self) -> (U256, U256) {
        let provisioned = self.chain.view(self.pool, IPool::provisionedCall {});
        (provisioned, self.chain.view(self.pool, IPool::realisedCall {}))
    }
}
