//! What the queue tells.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolValue;
use emetis::interfaces::IRedemptionQueue as Queue;

use super::super::abi::Value;
use super::super::{Model, Prediction, reject};
use super::number;

impl Model {
    pub(super) fn queue_view(&self, signature: &str, a: &[Value]) -> Prediction {
        let queue = &self.queue;
        let word = |at: usize| a[at].word();
        let existing = |id: U256| match queue.ticket(id) {
            Some((_, ticket)) => Ok(ticket),
            None => reject(Queue::ERC721NonexistentToken { tokenId: id }),
        };
        Ok(match signature {
            "balanceOf(address)" => {
                let owner = a[0].address();
                if owner.is_zero() {
                    return reject(Queue::ERC721InvalidOwner { owner });
                }
                U256::from(queue.count(owner)).abi_encode()
            }
            "ownerOf(uint256)" => existing(word(0))?.owner.abi_encode(),
            "getApproved(uint256)" => existing(word(0))?.approved.abi_encode(),
            "isApprovedForAll(address,address)" => {
                queue.is_operator(a[0].address(), a[1].address()).abi_encode()
            }
            "name()" => "METIS Redemption".abi_encode(),
            "symbol()" => "METIS-R".abi_encode(),
            "supportsInterface(bytes4)" => {
                let id = (word(0) >> 224usize).to::<u32>();
                [0x01ff_c9a7, 0x80ac_58cd, 0x5b5e_139f, 0x4906_4906].contains(&id).abi_encode()
            }
            // What it answers is a picture, of which tests of its own know more.
            "tokenURI(uint256)" => {
                existing(word(0))?;
                Vec::new()
            }
            "ticketOf(uint256)" => self.told_ticket(word(0)),
            "batchOf(uint256)" => {
                let number = u32::try_from(word(0)).unwrap_or_default();
                let (state, batch) = (queue.state(self.now, number), queue.batch_of(number));
                let state = U256::from(state as u8);
                (state, batch.nominal, batch.filled, batch.assets).abi_encode_params()
            }
            "totals()" => {
                let last = queue.batch_of(queue.batch);
                let counts = [u64::from(queue.front), queue.batch.into(), last.closes];
                let [front, batch, closes] = counts.map(U256::from);
                let tickets = U256::from(last.tickets);
                (queue.due(), queue.escrow, front, batch, closes, tickets).abi_encode_params()
            }
            "due()" => queue.due().abi_encode(),
            "closedDue()" => queue.closed_due(self.now).abi_encode(),
            "claimable(uint256)" => {
                let found = queue.ticket(word(0));
                found.map_or(U256::ZERO, |(id, ticket)| queue.claimable(id, &ticket)).abi_encode()
            }
            "ahead(uint256)" => {
                let last = queue.ticket(word(0)).map_or(0, |(id, _)| (id >> 32) as u32);
                let before = queue.batches.range(..=last).map(|(_, batch)| batch.left());
                before.sum::<U256>().abi_encode()
            }
            "ticketsOf(address,uint256,uint256,uint256)" => {
                self.listed(a[0].address(), word(1), word(2), word(3)).abi_encode()
            }
            "batchLength()" => U256::from(queue.length).abi_encode(),
            "hub()" => queue.hub.abi_encode(),
            "authority()" => queue.authority.abi_encode(),
            "isConsumingScheduledOp()" => U256::ZERO.abi_encode(),
            other => panic!("the model knows no view {other} of the queue"),
        })
    }

    fn told_ticket(&self, id: U256) -> Vec<u8> {
        let Some((id, ticket)) = self.queue.ticket(id) else { return vec![0; 6 * 32] };
        let batch = (id >> 32) as u32;
        let state = U256::from(self.queue.state(self.now, batch) as u8);
        let claimable = self.queue.claimable(id, &ticket);
        (ticket.owner, U256::from(batch), state, ticket.nominal, ticket.claimed, claimable)
            .abi_encode_params()
    }

    /// Tickets of an owner among some places of a batch.
    fn listed(&self, owner: Address, batch: U256, first: U256, count: U256) -> Vec<U256> {
        const MOST: u32 = 256;
        let (Ok(batch), Ok(first)) = (u32::try_from(batch), u32::try_from(first)) else {
            return Vec::new();
        };
        let count = u32::try_from(count).map_or(MOST, |count| count.min(MOST));
        let places = (0..count).filter_map(|step| first.checked_add(step));
        let ids = places.map(|place| number(batch, place));
        let own =
            ids.filter(|id| self.queue.tickets.get(id).is_some_and(|ticket| ticket.owner == owner));
        own.map(U256::from).collect()
    }
}
