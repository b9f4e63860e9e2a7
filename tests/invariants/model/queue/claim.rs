//! A ticket in, METIS out; and METIS that was never booked.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolValue;
use emetis::interfaces::IRedemptionQueue as Queue;

use super::super::{Key, Model, Prediction, Program, reject};
use super::request::counts;
use super::{CLAIMED, TICKET};

/// What of a ticket is paid.
struct Payment {
    id: u64,
    owner: Address,
    assets: U256,
    escrow: U256,
    ends: bool,
}

impl Model {
    pub(super) fn claim(
        &mut self,
        caller: Address,
        ids: &[U256],
        receiver: Address,
        listed: bool,
    ) -> Prediction {
        if receiver.is_zero() || receiver == self.queue.address {
            return reject(Queue::ReceiverInvalid { receiver });
        }
        if listed {
            counts(ids.len())?;
        }
        let before = self.queue.clone();
        let mut payments = Vec::new();
        for id in ids {
            match self.take_claim(caller, *id) {
                Ok(payment) => payments.push(payment),
                Err(error) => {
                    self.queue = before;
                    return Err(error);
                }
            }
        }
        let sum: U256 = payments.iter().map(|payment| payment.assets).sum();
        if !sum.is_zero() && !self.accounts.takes_metis(receiver) {
            self.queue = before;
            return reject(Queue::PaymentFailed { receiver, assets: sum });
        }
        for payment in payments {
            self.tell_claim(caller, receiver, &payment);
        }
        Ok(sum.abi_encode())
    }

    fn take_claim(&mut self, caller: Address, id: U256) -> Result<Payment, Vec<u8>> {
        let (id, ticket) = self.own_ticket(caller, id)?;
        let batch = self.queue.batch_of((id >> 32) as u32);
        let (assets, ends) = (self.queue.claimable(id, &ticket), batch.is_whole());
        if assets.is_zero() && !ends {
            return reject(Queue::TicketNotFilled { ticket: U256::from(id) });
        }
        self.queue.escrow -= assets;
        if ends {
            self.queue.forget(id);
        } else if let Some(ticket) = self.queue.tickets.get_mut(&id) {
            ticket.claimed += assets;
        }
        let escrow = self.queue.escrow;
        Ok(Payment { id, owner: ticket.owner, assets, escrow, ends })
    }

    fn tell_claim(&mut self, caller: Address, receiver: Address, payment: &Payment) {
        let Payment { id, owner, assets, escrow, ends } = *payment;
        let (batch, place) = ((id >> 32) as u32, id as u32);
        for kind in [TICKET, CLAIMED] {
            self.wrote_number(kind, batch, place);
        }
        self.wrote(Program::Queue, Key::Word(1));
        let ticket = U256::from(id);
        self.log(Program::Queue, Queue::Claimed { caller, receiver, ticket, assets, escrow });
        if ends {
            self.wrote(Program::Queue, Key::Count(owner));
            let to = Address::ZERO;
            self.log(Program::Queue, Queue::Transfer { from: owner, to, tokenId: ticket });
        } else {
            self.log(Program::Queue, Queue::MetadataUpdate { _tokenId: ticket });
        }
    }

    pub(super) fn queue_sweep(&mut self, caller: Address, receiver: Address) -> Prediction {
        let (escrow, assets) = (self.queue.escrow, self.queue.donations);
        if receiver.is_zero() || receiver == self.queue.address {
            return reject(Queue::ReceiverInvalid { receiver });
        }
        if assets.is_zero() {
            return reject(Queue::DonationsZero { balance: escrow, escrow });
        }
        if !self.accounts.takes_metis(receiver) {
            return reject(Queue::PaymentFailed { receiver, assets });
        }
        self.queue.donations = U256::ZERO;
        self.log(Program::Queue, Queue::Swept { caller, receiver, assets, escrow });
        Ok(assets.abi_encode())
    }
}
