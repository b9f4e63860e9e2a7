//! ERC-721: whose a ticket is, and who may move it.

use alloy_primitives::{Address, FixedBytes, U256, keccak256};
use alloy_sol_types::SolError;
use emetis::interfaces::{ILiquidStaking as Hub, IRedemptionQueue as Queue};

use super::super::{Key, Model, Prediction, Program, reject};
use super::{APPROVED, QueueBooks, TICKET, Ticket};

impl QueueBooks {
    /// A ticket ends.
    pub(super) fn forget(&mut self, id: u64) {
        if let Some(ticket) = self.tickets.remove(&id) {
            let count = self.counts.entry(ticket.owner).or_default();
            *count = count.saturating_sub(1);
        }
    }
}

impl Model {
    fn some_ticket(&self, id: U256) -> Result<(u64, Ticket), Vec<u8>> {
        match self.queue.ticket(id) {
            Some(found) => Ok(found),
            None => reject(Queue::ERC721NonexistentToken { tokenId: id }),
        }
    }

    /// A ticket that somebody may move.
    pub(super) fn own_ticket(&self, caller: Address, id: U256) -> Result<(u64, Ticket), Vec<u8>> {
        let (number, ticket) = self.some_ticket(id)?;
        if !self.queue.may_move(caller, &ticket) {
            let operator = caller;
            return reject(Queue::ERC721InsufficientApproval { operator, tokenId: id });
        }
        Ok((number, ticket))
    }

    /// A ticket ends, with what else is kept of it.
    pub(super) fn end_ticket(&mut self, id: u64) {
        if let Some(ticket) = self.queue.tickets.get(&id) {
            let owner = ticket.owner;
            self.wrote(Program::Queue, Key::Count(owner));
        }
        self.queue.forget(id);
    }

    pub(super) fn move_ticket(
        &mut self,
        caller: Address,
        from: Address,
        to: Address,
        id: U256,
    ) -> Prediction {
        if to.is_zero() || to == self.queue.address {
            return reject(Queue::ERC721InvalidReceiver { receiver: to });
        }
        let (number, ticket) = self.own_ticket(caller, id)?;
        if ticket.owner != from {
            let owner = ticket.owner;
            return reject(Queue::ERC721IncorrectOwner { sender: from, tokenId: id, owner });
        }
        let approved = Address::ZERO;
        self.queue.tickets.insert(number, Ticket { owner: to, approved, ..ticket });
        *self.queue.counts.entry(from).or_default() -= 1;
        *self.queue.counts.entry(to).or_default() += 1;
        let (batch, place) = ((number >> 32) as u32, number as u32);
        for kind in [TICKET, APPROVED] {
            self.wrote_number(kind, batch, place);
        }
        for account in [from, to] {
            self.wrote(Program::Queue, Key::Count(account));
        }
        self.log(Program::Queue, Queue::Transfer { from, to, tokenId: id });
        Ok(Vec::new())
    }

    /// As a move, to somebody who is asked.
    pub(super) fn hand_over(
        &mut self,
        caller: Address,
        from: Address,
        to: Address,
        id: U256,
        data: &[u8],
    ) -> Prediction {
        let before = (self.queue.clone(), self.logs.len(), self.writes.len());
        self.move_ticket(caller, from, to, id)?;
        let Some(refusal) = self.refuses_tickets(to, data.len()) else { return Ok(Vec::new()) };
        self.queue = before.0;
        self.logs.truncate(before.1);
        self.writes.truncate(before.2);
        Err(refusal)
    }

    /// With what an account with code refuses a ticket; none of the world takes one.
    fn refuses_tickets(&self, account: Address, size: usize) -> Option<Vec<u8>> {
        self.accounts.confirms(account)?;
        let asked = 4 + 5 * 32 + size.div_ceil(32) * 32;
        let hears: [u8; 4] = keccak256("onERC721Received(address,address,uint256,bytes)")[..4]
            .try_into()
            .expect("four bytes");
        if Program::TOKENS.iter().any(|token| self.address(*token) == account) {
            let selector = FixedBytes::from(hears);
            let size = U256::from(asked);
            let limit = U256::from(super::super::CALLDATA_LIMIT);
            return Some(if size > limit {
                Hub::CalldataTooLong { size, limit }.abi_encode()
            } else {
                Hub::SelectorUnknown { selector, size }.abi_encode()
            });
        }
        if self.accounts.takes_metis(account) {
            return Some(Queue::ERC721InvalidReceiver { receiver: account }.abi_encode());
        }
        // The fixture `Refuser` says who called it, with how much METIS.
        let refused = keccak256("Refused(address,uint256)");
        let words = [self.queue.address.into_word().0, [0; 32]].concat();
        Some([&refused[..4], &words].concat())
    }

    pub(super) fn approve_ticket(&mut self, caller: Address, to: Address, id: U256) -> Prediction {
        let (number, ticket) = self.some_ticket(id)?;
        let owner = ticket.owner;
        if caller != owner && !self.queue.is_operator(owner, caller) {
            return reject(Queue::ERC721InvalidApprover { approver: caller });
        }
        self.queue.tickets.insert(number, Ticket { approved: to, ..ticket });
        let (batch, place) = ((number >> 32) as u32, number as u32);
        for kind in [TICKET, APPROVED] {
            self.wrote_number(kind, batch, place);
        }
        self.log(Program::Queue, Queue::Approval { owner, approved: to, tokenId: id });
        Ok(Vec::new())
    }

    pub(super) fn approve_all(
        &mut self,
        owner: Address,
        operator: Address,
        approved: bool,
    ) -> Prediction {
        if operator.is_zero() {
            return reject(Queue::ERC721InvalidOperator { operator });
        }
        self.queue.operators.insert((owner, operator), approved);
        self.wrote(Program::Queue, Key::Operator(owner, operator));
        self.log(Program::Queue, Queue::ApprovalForAll { owner, operator, approved });
        Ok(Vec::new())
    }
}
