//! The redemption queue: eMETIS in, a ticket, METIS out.

use std::collections::BTreeMap;

use alloy_primitives::{Address, B256, U256};
use emetis::interfaces::IRedemptionQueue as Queue;

use super::abi::{Entry, Value};
use super::{Call, Key, Model, Prediction, Program, largest, reject};

mod claim;
mod finalize;
mod request;
mod ticket;
mod views;

/// Kinds of what the queue keeps by numbers.
pub const BATCH: u32 = 1;
pub const TICKET: u32 = 2;
pub const CLAIMED: u32 = 3;
pub const APPROVED: u32 = 4;
pub const FILLED: u32 = 5;

/// A batch of tickets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    pub nominal: U256,
    pub closes: u64,
    /// Tickets that ever joined.
    pub tickets: u32,
    /// What of it is filled, and with what.
    pub filled: U256,
    pub assets: U256,
}

/// A ticket that has not ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticket {
    pub owner: Address,
    pub nominal: U256,
    pub claimed: U256,
    /// Who may move it; zero for nobody.
    pub approved: Address,
}

/// What a batch is, as the interface numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    None,
    Open,
    Closed,
    Filled,
}

/// What the queue remembers.
#[derive(Clone, Debug)]
pub struct QueueBooks {
    pub address: Address,
    pub hub: Address,
    pub authority: Address,
    pub batches: BTreeMap<u32, Batch>,
    pub tickets: BTreeMap<u64, Ticket>,
    counts: BTreeMap<Address, u64>,
    operators: BTreeMap<(Address, Address), bool>,
    /// The last batch, and the first that is not filled.
    pub batch: u32,
    pub front: u32,
    pub length: u64,
    /// Whether the last batch is part of what waits.
    counted: bool,
    waiting: U256,
    /// METIS for tickets that are filled.
    pub escrow: U256,
    /// METIS that came in past the books.
    pub donations: U256,
    /// eMETIS that came in past them.
    pub gifts: U256,
}

impl Batch {
    fn left(&self) -> U256 {
        self.nominal - self.filled
    }

    fn is_whole(&self) -> bool {
        !self.nominal.is_zero() && self.left().is_zero()
    }

    /// What a ticket was filled with so far.
    pub fn share(&self, nominal: U256) -> U256 {
        if self.filled.is_zero() { U256::ZERO } else { nominal * self.assets / self.nominal }
    }
}

/// The number of a ticket.
pub fn number(batch: u32, place: u32) -> u64 {
    u64::from(batch) << 32 | u64::from(place)
}

impl QueueBooks {
    /// Books of a queue that is not constructed yet.
    pub fn new(address: Address) -> Self {
        Self {
            address,
            hub: Address::ZERO,
            authority: Address::ZERO,
            batches: BTreeMap::new(),
            tickets: BTreeMap::new(),
            counts: BTreeMap::new(),
            operators: BTreeMap::new(),
            batch: 0,
            front: 0,
            length: 0,
            counted: false,
            waiting: U256::ZERO,
            escrow: U256::ZERO,
            donations: U256::ZERO,
            gifts: U256::ZERO,
        }
    }

    pub fn batch_of(&self, number: u32) -> Batch {
        self.batches.get(&number).copied().unwrap_or_default()
    }

    pub fn state(&self, now: u64, number: u32) -> State {
        let batch = self.batch_of(number);
        if number == 0 || number > self.batch {
            State::None
        } else if number < self.front {
            State::Filled
        } else if number == self.batch && (now < batch.closes || batch.nominal.is_zero()) {
            State::Open
        } else {
            State::Closed
        }
    }

    /// What waits in all tickets.
    pub fn due(&self) -> U256 {
        self.batches.values().map(Batch::left).sum()
    }

    /// What waits in closed batches.
    pub fn closed_due(&self, now: u64) -> U256 {
        let closed = |(number, _): &(&u32, &Batch)| self.state(now, **number) == State::Closed;
        self.batches.iter().filter(closed).map(|(_, batch)| batch.left()).sum()
    }

    /// The ticket of a number, if it has not ended.
    pub fn ticket(&self, id: U256) -> Option<(u64, Ticket)> {
        let id = u64::try_from(id).ok()?;
        self.tickets.get(&id).map(|ticket| (id, *ticket))
    }

    /// What a ticket can claim now.
    pub fn claimable(&self, id: u64, ticket: &Ticket) -> U256 {
        self.batch_of((id >> 32) as u32).share(ticket.nominal) - ticket.claimed
    }

    pub fn count(&self, owner: Address) -> u64 {
        self.counts.get(&owner).copied().unwrap_or_default()
    }

    fn is_operator(&self, owner: Address, operator: Address) -> bool {
        self.operators.get(&(owner, operator)).copied().unwrap_or_default()
    }

    /// Whether somebody may move a ticket.
    pub fn may_move(&self, caller: Address, ticket: &Ticket) -> bool {
        let approved = !caller.is_zero() && ticket.approved == caller;
        caller == ticket.owner || approved || self.is_operator(ticket.owner, caller)
    }

    pub fn word(&self, key: Key) -> U256 {
        let account = |account: Address| U256::from_be_bytes(account.into_word().0);
        match key {
            Key::Word(0) => {
                let counted = U256::from(u8::from(self.counted));
                account(self.hub)
                    | U256::from(self.batch) << 160
                    | U256::from(self.front) << 192
                    | U256::from(self.length) << 224
                    | counted << 248
            }
            Key::Word(1) => self.waiting | self.escrow << 84,
            Key::Word(4) => account(self.authority),
            Key::Count(owner) => U256::from(self.count(owner)),
            Key::Operator(owner, operator) => {
                U256::from(u8::from(self.is_operator(owner, operator)))
            }
            Key::Numbered(BATCH, number, 0) => {
                let batch = self.batch_of(number);
                let times = U256::from(batch.closes) << 84 | U256::from(batch.tickets) << 128;
                batch.nominal | times
            }
            Key::Numbered(FILLED, number, 0) => {
                let batch = self.batch_of(number);
                if batch.filled.is_zero() {
                    return U256::ZERO;
                }
                batch.nominal | batch.filled << 84 | batch.assets << 168
            }
            Key::Numbered(kind, batch, place) => {
                let Some(ticket) = self.tickets.get(&number(batch, place)) else {
                    return U256::ZERO;
                };
                match kind {
                    TICKET => {
                        let marks = u8::from(!ticket.claimed.is_zero())
                            | u8::from(!ticket.approved.is_zero()) << 1;
                        account(ticket.owner) | ticket.nominal << 160 | U256::from(marks) << 244
                    }
                    CLAIMED => ticket.claimed,
                    APPROVED => account(ticket.approved),
                    _ => U256::ZERO,
                }
            }
            _ => U256::ZERO,
        }
    }

    /// Takes over what a place in storage holds.
    pub fn set_word(&mut self, key: Key, word: U256) {
        let part = |from: usize, bits: usize| (word >> from) & largest(bits);
        let account = Address::from_word(B256::from(part(0, 160)));
        match key {
            Key::Word(0) => {
                (self.hub, self.counted) = (account, word.bit(248));
                self.batch = part(160, 32).to();
                (self.front, self.length) = (part(192, 32).to(), part(224, 24).to());
            }
            Key::Word(1) => (self.waiting, self.escrow) = (part(0, 84), part(84, 84)),
            Key::Word(4) => self.authority = account,
            Key::Count(owner) => {
                self.counts.insert(owner, word.saturating_to());
            }
            Key::Operator(owner, operator) => {
                self.operators.insert((owner, operator), !word.is_zero());
            }
            Key::Numbered(BATCH, number, 0) => {
                let batch = self.batches.entry(number).or_default();
                (batch.nominal, batch.closes) = (part(0, 84), part(84, 40).to());
                batch.tickets = part(128, 32).to();
            }
            Key::Numbered(FILLED, number, 0) => {
                let batch = self.batches.entry(number).or_default();
                (batch.filled, batch.assets) = (part(84, 84), part(168, 84));
            }
            Key::Numbered(kind, batch, place) => {
                let id = number(batch, place);
                if kind == TICKET && word.is_zero() {
                    self.tickets.remove(&id);
                    return;
                }
                if word.is_zero() && !self.tickets.contains_key(&id) {
                    return;
                }
                let ticket = self.tickets.entry(id).or_default();
                match kind {
                    TICKET => (ticket.owner, ticket.nominal) = (account, part(160, 84)),
                    CLAIMED => ticket.claimed = word,
                    APPROVED => ticket.approved = account,
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

impl Model {
    /// The answer of the queue to a call whose arguments are decoded.
    pub(super) fn queue_answer(&mut self, entry: &Entry, call: &Call<'_>) -> Prediction {
        if entry.view {
            return self.queue_view(entry.signature, call.a);
        }
        let Call { caller, value, selector, a } = *call;
        let word = |at: usize| a[at].word();
        let address = |at: usize| a[at].address();
        match entry.signature {
            "requestRedeem(uint256,address)" => {
                let tickets = self.request(caller, &[word(0)], address(1), false)?;
                Ok(tickets)
            }
            "requestRedeemWithPermit(uint256,address,uint256,uint8,bytes32,bytes32)" => {
                self.request_with_permit(caller, a)
            }
            "requestRedeems(uint256[],address)" => {
                self.request(caller, a[0].words(), address(1), true)
            }
            "cancel(uint256,address)" => self.cancel_ticket(caller, word(0), address(1)),
            "finalize(uint256,uint256)" => self.finalize(word(0), word(1)),
            "receiveFill()" => self.receive_fill(caller, value, selector),
            "claim(uint256,address)" => self.claim(caller, &[word(0)], address(1), false),
            "claims(uint256[],address)" => self.claim(caller, a[0].words(), address(1), true),
            "transferFrom(address,address,uint256)" => {
                self.move_ticket(caller, address(0), address(1), word(2))
            }
            "safeTransferFrom(address,address,uint256)" => {
                self.hand_over(caller, address(0), address(1), word(2), &[])
            }
            "safeTransferFrom(address,address,uint256,bytes)" => {
                self.hand_over(caller, address(0), address(1), word(2), a[3].bytes())
            }
            "approve(address,uint256)" => self.approve_ticket(caller, address(0), word(1)),
            "setApprovalForAll(address,bool)" => {
                self.approve_all(caller, address(0), !word(1).is_zero())
            }
            "setBatchLength(uint256)" => self.set_batch_length(word(0)),
            "sweep(address)" => self.queue_sweep(caller, address(0)),
            "setAuthority(address)" => reject(Queue::AccessManagedUnauthorized { caller }),
            "stylus_constructor()" => self.construct_queue(address(0), address(1)),
            other => panic!("the model knows no entry {other} of the queue"),
        }
    }

    fn construct_queue(&mut self, hub: Address, authority: Address) -> Prediction {
        if !self.queue.hub.is_zero() {
            return reject(Queue::ConstructionRepeated {});
        }
        if hub.is_zero() || hub == self.queue.address {
            return reject(Queue::ProgramInvalid { program: hub });
        }
        self.has_code(authority)?;
        let queue = &mut self.queue;
        (queue.hub, queue.authority) = (hub, authority);
        (queue.front, queue.length) = (1, 3_600);
        self.wrote(Program::Queue, Key::Word(0));
        self.wrote(Program::Queue, Key::Word(4));
        self.log(Program::Queue, Queue::AuthorityUpdated { authority });
        self.log(Program::Queue, Queue::Constructed { hub, authority });
        Ok(Vec::new())
    }

    fn set_batch_length(&mut self, length: U256) -> Prediction {
        let [min, max] = [600_u64, 86_400].map(U256::from);
        if length < min || length > max {
            return reject(Queue::ParameterInvalid { value: length, min, max });
        }
        let old = U256::from(self.queue.length);
        self.queue.length = length.to();
        self.wrote(Program::Queue, Key::Word(0));
        self.log(Program::Queue, Queue::BatchLengthChanged { oldLength: old, newLength: length });
        Ok(Vec::new())
    }

    fn wrote_number(&mut self, kind: u32, batch: u32, place: u32) {
        self.wrote(Program::Queue, Key::Numbered(kind, batch, place));
    }
}

/// Arguments as values, for a call of the model's own.
fn values(words: &[U256]) -> Vec<Value> {
    words.iter().map(|word| Value::Word(*word)).collect()
}
