//! Closed batches are filled in order, at the rate of the moment.

use alloy_primitives::{Address, U256};
use alloy_sol_types::{SolCall, SolValue};
use emetis::interfaces::{ILiquidStaking as Hub, IRedemptionQueue as Queue};

use super::super::{Key, Model, Prediction, Program, reject};
use super::{FILLED, State, number};

/// Batches that one call fills.
const MAX_BATCHES: u64 = 16;

/// What a call adds to a batch.
#[derive(Clone, Copy, Debug)]
struct Fill {
    batch: u32,
    nominal: U256,
    assets: U256,
}

impl Model {
    pub(super) fn finalize(&mut self, most: U256, batches: U256) -> Prediction {
        let available = self.hub.buffer.min(most);
        let fills = self.fills(available, batches);
        let nominal: U256 = fills.iter().map(|fill| fill.nominal).sum();
        let assets: U256 = fills.iter().map(|fill| fill.assets).sum();
        if nominal.is_zero() {
            let due = self.queue.closed_due(self.now);
            return reject(Queue::NothingToFinalize { due, available });
        }
        self.is_free(Program::Hub, Hub::fillCall::SELECTOR)?;
        self.may_fill(self.queue.address, nominal, assets)?;

        let mut due = self.queue.due();
        self.fill(nominal, assets);
        for Fill { batch, nominal, assets } in fills {
            let books = self.queue.batches.entry(batch).or_default();
            books.filled += nominal;
            books.assets += assets;
            due -= nominal;
            let (left, whole) = (books.left(), books.is_whole());
            if whole {
                self.queue.front = batch + 1;
            }
            if batch == self.queue.batch && !self.queue.counted {
                self.queue.waiting += self.queue.batch_of(batch).nominal;
                self.queue.counted = true;
            }
            self.wrote_number(FILLED, batch, 0);
            let event = Queue::BatchFilled { batch: U256::from(batch), nominal, assets, left, due };
            self.log(Program::Queue, event);
            let (first, last) = (number(batch, 1), number(batch, u32::MAX));
            let event = Queue::BatchMetadataUpdate {
                _fromTokenId: U256::from(first),
                _toTokenId: U256::from(last),
            };
            self.log(Program::Queue, event);
        }
        self.queue.waiting -= nominal;
        self.queue.escrow += assets;
        self.wrote(Program::Queue, Key::Word(0));
        self.wrote(Program::Queue, Key::Word(1));
        Ok((nominal, assets).abi_encode_params())
    }

    /// What closed batches are filled with, from the first that is not.
    fn fills(&self, available: U256, batches: U256) -> Vec<Fill> {
        let count = batches.min(U256::from(MAX_BATCHES)).to::<u32>();
        let (mut left, mut fills) = (available, Vec::new());
        for batch in self.queue.front..self.queue.front + count {
            if self.queue.state(self.now, batch) != State::Closed {
                break;
            }
            let waits = self.queue.batch_of(batch).left();
            let all = self.hub.worth(waits);
            let nominal = if all <= left { waits } else { self.bought(left).min(waits) };
            if nominal.is_zero() {
                break;
            }
            let assets = self.hub.worth(nominal);
            left -= assets;
            fills.push(Fill { batch, nominal, assets });
            if nominal < waits {
                break;
            }
        }
        fills
    }

    /// eMETIS that so much METIS pays for, rounded down.
    fn bought(&self, assets: U256) -> U256 {
        let backing = self.hub.backing().min(self.hub.supply);
        if backing == self.hub.supply { assets } else { assets * self.hub.supply / backing }
    }

    pub(super) fn receive_fill(
        &mut self,
        caller: Address,
        value: U256,
        selector: [u8; 4],
    ) -> Prediction {
        // It is out on a receiver, never on the hub, when somebody else gets here.
        self.is_free(Program::Queue, selector)?;
        let hub = self.queue.hub;
        if caller != hub {
            return reject(Queue::CallerNotHub { caller, hub });
        }
        self.queue.donations += value;
        Ok(Vec::new())
    }
}
