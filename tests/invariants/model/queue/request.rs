//! eMETIS in, a ticket out; and back.

use alloy_primitives::{Address, U256};
use alloy_sol_types::{SolCall, SolValue};
use emetis::interfaces::{ILiquidStaking as Hub, IRedemptionQueue as Queue};

use super::super::abi::Value;
use super::super::{Checked, Key, Model, Prediction, Program, largest, reject};
use super::{BATCH, Batch, QueueBooks, State, TICKET, Ticket, number, values};

/// The least that a ticket is for: 0.01 METIS.
pub const MIN_REQUEST: u64 = 10_000_000_000_000_000;
/// Tickets that one call names.
pub const MAX_TICKETS: usize = 20;

impl Model {
    /// Tickets for some amounts, with the answer to the caller.
    pub(super) fn request(
        &mut self,
        caller: Address,
        nominals: &[U256],
        owner: Address,
        listed: bool,
    ) -> Prediction {
        if owner.is_zero() || owner == self.queue.address {
            return reject(Queue::ERC721InvalidReceiver { receiver: owner });
        }
        if listed {
            counts(nominals.len())?;
        }
        let mut next = self.queue.clone();
        let mut joined = Vec::new();
        for nominal in nominals {
            joined.push(next.join(self.now, owner, *nominal)?);
        }
        let sum: U256 = nominals.iter().sum();
        self.is_free(Program::Hub, Hub::transferFromCall::SELECTOR)?;
        let queue = self.queue.address;
        self.hub.token.may_pull(queue, caller, queue, sum)?;

        self.queue = next;
        let first = joined.first().map_or(0, |join| join.id);
        for Join { id, nominal, requested, opened } in joined {
            self.tell_ticket(caller, owner, id, nominal, (requested, opened));
        }
        self.spend(Program::Hub, caller, queue, sum);
        self.shift(Program::Hub, caller, queue, sum);
        Ok(U256::from(first).abi_encode())
    }

    fn tell_ticket(
        &mut self,
        caller: Address,
        owner: Address,
        id: u64,
        nominal: U256,
        (requested, opened): (U256, Option<u64>),
    ) {
        let (batch, place) = ((id >> 32) as u32, id as u32);
        self.wrote_number(BATCH, batch, 0);
        self.wrote_number(TICKET, batch, place);
        self.wrote(Program::Queue, Key::Count(owner));
        if let Some(closes) = opened {
            self.wrote(Program::Queue, Key::Word(0));
            self.wrote(Program::Queue, Key::Word(1));
            let (batch, closes) = (U256::from(batch), U256::from(closes));
            self.log(Program::Queue, Queue::BatchOpened { batch, closes });
        }
        let ticket = U256::from(id);
        self.log(Program::Queue, Queue::Requested { caller, owner, ticket, nominal, requested });
        let from = Address::ZERO;
        self.log(Program::Queue, Queue::Transfer { from, to: owner, tokenId: ticket });
    }

    /// As a request, with a permit that is handed in first and may be refused.
    pub(super) fn request_with_permit(&mut self, caller: Address, a: &[Value]) -> Prediction {
        let before = (self.hub.token.clone(), self.logs.len(), self.writes.len());
        let account = |account: Address| U256::from_be_bytes(account.into_word().0);
        let (nominal, deadline) = (a[0].word(), a[2].word());
        let words = [account(caller), account(self.queue.address), nominal, deadline];
        let (v, r, s) = (a[3].word(), a[4].word(), a[5].word());
        let signature =
            [&r.to_be_bytes::<32>()[..], &s.to_be_bytes::<32>(), &[v.to::<u8>()]].concat();
        if self.is_free(Program::Hub, Hub::permit_0Call::SELECTOR).is_ok() {
            let _ = self.permit(Program::Hub, &values(&words), &signature);
        }
        let answer = self.request(caller, &[nominal], a[1].address(), false);
        if answer.is_err() {
            self.hub.token = before.0;
            self.logs.truncate(before.1);
            self.writes.truncate(before.2);
        }
        answer
    }

    pub(super) fn cancel_ticket(
        &mut self,
        caller: Address,
        id: U256,
        receiver: Address,
    ) -> Prediction {
        let (id, ticket) = self.own_ticket(caller, id)?;
        let (batch, place) = ((id >> 32) as u32, id as u32);
        if self.queue.state(self.now, batch) != State::Open {
            return reject(Queue::BatchNotOpen { batch: U256::from(batch) });
        }
        self.is_free(Program::Hub, Hub::transferCall::SELECTOR)?;
        self.hub.token.takes(receiver)?;
        self.hub.token.has(self.queue.address, ticket.nominal)?;

        let nominal = ticket.nominal;
        let books = self.queue.batches.entry(batch).or_default();
        books.nominal -= nominal;
        let requested = books.nominal;
        self.end_ticket(id);
        self.wrote_number(BATCH, batch, 0);
        self.wrote_number(TICKET, batch, place);
        let ticket_id = U256::from(id);
        let event = Queue::Cancelled { caller, receiver, ticket: ticket_id, nominal, requested };
        self.log(Program::Queue, event);
        let to = Address::ZERO;
        self.log(Program::Queue, Queue::Transfer { from: ticket.owner, to, tokenId: ticket_id });
        let queue = self.queue.address;
        self.shift(Program::Hub, queue, receiver, nominal);
        self.note_gift(Program::Hub, receiver, nominal);
        Ok(nominal.abi_encode())
    }
}

/// Whether a call names as many tickets as it may.
pub(super) fn counts(count: usize) -> Checked {
    if count == 0 || count > MAX_TICKETS {
        let (count, max) = (U256::from(count), U256::from(MAX_TICKETS));
        return reject(Queue::CountInvalid { count, max });
    }
    Ok(())
}

/// A ticket that joined a batch.
struct Join {
    id: u64,
    nominal: U256,
    /// What is requested in the batch after it.
    requested: U256,
    /// When the batch closes that it opened.
    opened: Option<u64>,
}

impl QueueBooks {
    fn join(&mut self, now: u64, owner: Address, nominal: U256) -> Result<Join, Vec<u8>> {
        let min = U256::from(MIN_REQUEST);
        if nominal < min {
            return reject(Queue::RequestTooSmall { nominal, min });
        }
        let last = self.batch_of(self.batch);
        let is_open = self.state(now, self.batch) == State::Open;
        let (at, mut batch) =
            if is_open { (self.batch, last) } else { (self.batch + 1, Batch::default()) };
        let (requested, limit) = (batch.nominal, largest(84));
        if requested.checked_add(nominal).is_none_or(|sum| sum > limit) {
            return reject(Queue::BatchOverflow { requested, nominal, limit });
        }
        if !is_open {
            if !self.counted {
                self.waiting += last.left();
            }
            (self.batch, self.counted) = (at, false);
        }
        let opened = requested.is_zero().then(|| now + self.length);
        batch.closes = opened.unwrap_or(batch.closes);
        batch.nominal += nominal;
        batch.tickets += 1;
        let id = number(at, batch.tickets);
        self.batches.insert(at, batch);
        let approved = Address::ZERO;
        self.tickets.insert(id, Ticket { owner, nominal, claimed: U256::ZERO, approved });
        *self.counts.entry(owner).or_default() += 1;
        Ok(Join { id, nominal, requested: batch.nominal, opened })
    }
}
