//! Tickets on the stage.

use alloy_primitives::{B256, U256};

use super::Stage;
use crate::chain::Tx;
use crate::interfaces::{ILiquidStaking as Hub, IRedemptionQueue as Queue};
use crate::{WEI, ether};

/// Tickets that one call asks for.
const AT_ONCE: u64 = 20;
/// What everybody holds, in METIS.
const HOLDINGS: u64 = 500_000;

impl Stage {
    /// Gives Alice and Bob eMETIS, which the queue may take.
    pub(in crate::gas) fn holders(&mut self) {
        let (hub, queue) = (self.hub, self.suite.redemption_queue);
        for who in [self.alice, self.bob] {
            self.chain.deal(who, ether(2 * HOLDINGS));
            let call = Hub::depositCall { receiver: who.address, tag: B256::ZERO };
            self.chain.send(who, hub, call).value(ether(HOLDINGS)).ok();
            let call = Hub::approveCall { spender: queue, value: U256::MAX };
            self.chain.send(who, hub, call).ok();
        }
    }

    /// A ticket of Alice, then those of Bob: so many in all, of 1 METIS each.
    pub(in crate::gas) fn requests(&mut self, count: u64) {
        let tx = self.request();
        self.make(&tx);
        let mut left = count - 1;
        while left > 0 {
            let now = left.min(AT_ONCE);
            let call = Queue::requestRedeemsCall {
                nominals: vec![WEI; usize::try_from(now).expect("it is at most 20")],
                receiver: self.bob.address,
            };
            let tx = self.tx(self.bob, self.suite.redemption_queue, call);
            self.make(&tx);
            left -= now;
        }
    }

    /// A ticket of Alice for 1 METIS.
    pub(in crate::gas) fn request(&mut self) -> Tx {
        let call = Queue::requestRedeemCall { nominal: WEI, receiver: self.alice.address };
        self.tx(self.alice, self.suite.redemption_queue, call)
    }

    /// The end of Alice's first ticket of the last batch.
    pub(in crate::gas) fn cancellation(&mut self) -> Tx {
        let ticket = self.ticket(self.last_batch(), 1);
        let call = Queue::cancelCall { ticket, receiver: self.alice.address };
        self.tx(self.alice, self.suite.redemption_queue, call)
    }

    /// Lets the time of the open batch go by.
    pub(in crate::gas) fn close_batch(&mut self) {
        let totals = self.chain.view(self.suite.redemption_queue, Queue::totalsCall {});
        self.chain.warp_to(totals.closes.to());
    }

    /// A fill of one batch.
    pub(in crate::gas) fn finalization(&mut self) -> Tx {
        let call = Queue::finalizeCall { maxAssets: U256::MAX, maxBatches: U256::ONE };
        self.tx(self.carol, self.suite.redemption_queue, call)
    }

    /// Closes the open batch and fills it.
    pub(in crate::gas) fn fill_batch(&mut self) {
        self.close_batch();
        let tx = self.finalization();
        self.make(&tx);
    }

    /// A claim of Alice's first ticket of the batch that was filled last.
    pub(in crate::gas) fn claim(&mut self) -> Tx {
        let totals = self.chain.view(self.suite.redemption_queue, Queue::totalsCall {});
        let filled = totals.front.to::<u64>() - 1;
        let ticket = self.ticket(filled.max(self.part_filled(filled + 1)), 1);
        let call = Queue::claimCall { ticket, receiver: self.alice.address };
        self.tx(self.alice, self.suite.redemption_queue, call)
    }

    /// Alice redeems 1 METIS at once.
    pub(in crate::gas) fn instant_redemption(&mut self) -> Tx {
        let receiver = self.alice.address;
        let call = Hub::redeemNowCall { nominal: WEI, minAssets: U256::ZERO, receiver };
        self.tx(self.alice, self.hub, call)
    }

    /// A batch, if some of it is filled, else zero.
    fn part_filled(&self, batch: u64) -> u64 {
        let call = Queue::batchOfCall { batch: U256::from(batch) };
        let filled = self.chain.view(self.suite.redemption_queue, call).filledNominal;
        if filled.is_zero() { 0 } else { batch }
    }

    /// The number of a ticket.
    pub(in crate::gas) fn ticket(&self, batch: u64, place: u64) -> U256 {
        U256::from(batch << 32 | place)
    }

    fn last_batch(&self) -> u64 {
        let totals = self.chain.view(self.suite.redemption_queue, Queue::totalsCall {});
        totals.batch.to()
    }
}
