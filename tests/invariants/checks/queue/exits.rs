//! SAF-1: what is filled of a ticket is paid without anybody's leave.

use alloy_primitives::{Address, Bytes, U256};
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::IRedemptionQueue as Queue;

use super::super::super::action::{Actor, Program};
use super::super::super::spec::SAF_1;
use super::super::super::world::World;
use super::super::ask;
use super::Books;

/// Code that fails at anything.
const HOSTILE: [u8; 1] = [0xfe];

/// A holder claims what a ticket is told to be due, with the access manager and the hub replaced by code
/// that fails at anything.
pub fn need_nobody(tally: &mut Tally, world: &World, caller: Address) -> Result<(), Violation> {
    let books = Books(world);
    let receiver = Address::repeat_byte(0x77);
    let mut fork = None;
    for number in (1..=books.last()).rev().take(3) {
        for place in 1..=books.batch(number).tickets.min(4) {
            let ticket = books.ticket(number, place);
            let id = U256::from(u64::from(number) << 32 | u64::from(place));
            let told = world.view(Program::Queue, Queue::claimableCall { ticket: id });
            let due = told.unwrap_or_default();
            if !ticket.is_there() || due.is_zero() || ticket.owner == caller {
                continue;
            }
            let fork = fork.get_or_insert_with(|| {
                let mut fork = world.chain.clone();
                for account in [world.cast.manager, world.cast.address(Actor::Hub)] {
                    fork.set_code(account, Bytes::from_static(&HOSTILE));
                }
                fork
            });
            let call = Queue::claimCall { ticket: id, receiver };
            let paid = ask(fork, &world.cast, ticket.owner, Program::Queue, call);
            tally.check(SAF_1, paid == Ok(due), || {
                let owner = world.cast.name(ticket.owner);
                format!("{owner} is due {due} for ticket {number}-{place}, and got {paid:?}")
            })?;
        }
    }
    Ok(())
}
