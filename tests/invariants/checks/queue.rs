//! The redemption queue and the hub's ways out: QUE, FEE, SOL-2, SOL-4, SOL-5 and what concerns tickets of
//! VAU-8 and SAF-1.
//!
//! Checks read what a call changed in storage, and logs; they do not ask the model.

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolEvent;
use emetis::campaign::{Tally, Violation};

use super::super::action::Program;
use super::super::model::queue::{BATCH, FILLED, TICKET};
use super::super::model::{Key, largest};
use super::super::spec::{SAF_1, SOL_2, SOL_4};
use super::super::world::{Seen, World};
use super::Observed;

mod batches;
mod callers;
mod drain;
mod exits;
mod fees;
mod fills;
mod sums;
mod tickets;
mod waits;

/// What is requested in a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Batch {
    nominal: U256,
    closes: u64,
    tickets: u32,
}

/// How far a batch is filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Filled {
    batch: U256,
    nominal: U256,
    assets: U256,
}

/// A ticket, without an owner if there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ticket {
    owner: Address,
    nominal: U256,
    approved: bool,
}

fn part(word: U256, from: usize, bits: usize) -> U256 {
    (word >> from) & largest(bits)
}

impl Batch {
    fn read(word: U256) -> Self {
        let (closes, tickets) = (part(word, 84, 40).to(), part(word, 128, 32).to());
        Self { nominal: part(word, 0, 84), closes, tickets }
    }

    /// Whether its time is over at `now`.
    fn is_over(&self, now: u64) -> bool {
        now >= self.closes && !self.nominal.is_zero()
    }
}

impl Filled {
    fn read(word: U256) -> Self {
        let [batch, nominal, assets] = [0, 84, 168].map(|from| part(word, from, 84));
        Self { batch, nominal, assets }
    }

    fn is_whole(&self) -> bool {
        !self.batch.is_zero() && self.batch == self.nominal
    }

    /// What a ticket was filled with, rounded down.
    fn share(&self, nominal: U256) -> U256 {
        if self.batch.is_zero() { U256::ZERO } else { nominal * self.assets / self.batch }
    }
}

impl Ticket {
    fn read(word: U256) -> Self {
        let owner = Address::from_word(B256::from(part(word, 0, 160)));
        Self { owner, nominal: part(word, 160, 84), approved: word.bit(245) }
    }

    fn is_there(&self) -> bool {
        !self.owner.is_zero()
    }
}

/// The queue as the chain has it.
pub(super) struct Books<'a>(&'a World);

impl Books<'_> {
    fn batch(&self, number: u32) -> Batch {
        Batch::read(self.0.figure(Program::Queue, Key::Numbered(BATCH, number, 0)))
    }

    fn filled(&self, number: u32) -> Filled {
        Filled::read(self.0.figure(Program::Queue, Key::Numbered(FILLED, number, 0)))
    }

    fn ticket(&self, batch: u32, place: u32) -> Ticket {
        Ticket::read(self.0.figure(Program::Queue, Key::Numbered(TICKET, batch, place)))
    }

    /// The last batch.
    fn last(&self) -> u32 {
        part(self.0.figure(Program::Queue, Key::Word(0)), 160, 32).to()
    }
}

/// A change of what the queue keeps by numbers: kind, batch, place, before, after.
pub(super) fn numbered(seen: &Observed<'_>, kind: u32) -> Vec<(u32, u32, U256, U256)> {
    let of = |key| match key {
        Key::Numbered(found, batch, place) if found == kind => Some((batch, place)),
        _ => None,
    };
    let own = seen.changes.iter().filter(|change| change.program == Program::Queue);
    own.filter_map(|change| {
        of(change.key).map(|(batch, place)| (batch, place, change.before, change.after))
    })
    .collect()
}

/// The events of a kind that a call left in the queue's log.
pub(super) fn told<E: SolEvent>(seen: &Observed<'_>) -> Vec<E> {
    let Ok(receipt) = seen.outcome else { return Vec::new() };
    let queue = seen.cast.program(Program::Queue);
    let own = receipt.logs.iter().filter(|log| log.address == queue);
    own.filter_map(|log| E::decode_log_data(&log.data).ok()).collect()
}

/// What eMETIS stands for by what was seen, rounded down.
pub(super) fn worth(seen: &Seen, nominal: U256) -> U256 {
    let backing = (seen.buffer + seen.placed).min(seen.supply);
    if backing == seen.supply { nominal } else { nominal * backing / seen.supply }
}

/// What must hold after every call.
pub fn call(tally: &mut Tally, world: &World, seen: &Observed<'_>) -> Result<(), Violation> {
    callers::are_meant(tally, seen)?;
    waits::are_bounded(tally, seen)?;
    fees::are_exact(tally, seen)?;
    fees::leave_what_is_due(tally, world, seen)?;
    sums::backing(tally, seen)?;
    let touched = seen.changes.iter().any(|change| change.program == Program::Queue);
    if touched {
        batches::follow_each_other(tally, world, seen)?;
        fills::are_at_the_rate(tally, seen)?;
        fills::are_claimed_as_they_are(tally, world, seen)?;
        tickets::live(tally, world, seen)?;
        sums::of_tickets(tally, world, seen)?;
        sums::escrow(tally, seen)?;
    }
    Ok(())
}

/// What is tried on forks, where it is due.
pub fn operations(tally: &mut Tally, world: &World, caller: Address) -> Result<(), Violation> {
    let step = world.steps;
    if tally.is_due(SOL_2, step) {
        sums::due(tally, world)?;
    }
    if tally.is_due(SAF_1, step) {
        exits::need_nobody(tally, world, caller)?;
    }
    if tally.is_due(SOL_4, step) {
        drain::pays_everybody(tally, world)?;
    }
    Ok(())
}
