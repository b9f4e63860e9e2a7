//! SOL-4: from any state everybody's METIS comes out, by calls that anyone may make.

use alloy_primitives::{Address, U256};
use emetis::Chain;
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::{ILiquidStaking as Hub, IRedemptionQueue as Queue};

use super::super::super::action::{Actor, Program};
use super::super::super::model::largest;
use super::super::super::spec::SOL_4;
use super::super::super::world::World;
use super::super::ask;
use super::Books;

/// Whose eMETIS is redeemed.
const HOLDERS: [Actor; 8] = [
    Actor::Alice,
    Actor::Bob,
    Actor::Mallory,
    Actor::Allocator,
    Actor::Wallet,
    Actor::Treasury,
    Actor::Council,
    Actor::Reenterer,
];
/// The least that a ticket is for.
const LEAST: U256 = U256::from_limbs([10_000_000_000_000_000, 0, 0, 0]);
/// Longer than any wait, and than any batch is open, in seconds.
const LONG: u64 = 15 * 86_400;

/// What is placed comes back. Then time passes and holders request all they have, batches close and are
/// filled, all tickets are claimed: each gets what its eMETIS stands for, to a wei a fill.
pub fn pays_everybody(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let mut fork = world.chain.clone();
    let cast = &world.cast;
    let anyone = Address::repeat_byte(0x77);
    // A buffer of 84 bits holds more METIS than there is, and so pays everybody as it is.
    let placed = world.seen.placed.min(largest(84) - world.seen.buffer);
    if !placed.is_zero() {
        let back = fork
            .send(
                cast.account(Actor::Allocator),
                cast.program(Program::Hub),
                Hub::receiveUnbondedCall {},
            )
            .value(placed)
            .run();
        tally.check(SOL_4, back.is_ok(), || {
            format!("{placed} cannot come back: {:?}", back.err())
        })?;
    }
    fork.advance(LONG);
    for holder in HOLDERS {
        let (owner, queue) = (cast.address(holder), cast.program(Program::Queue));
        let nominal = fork.view(cast.program(Program::Hub), Hub::balanceOfCall { account: owner });
        if nominal < LEAST {
            continue;
        }
        let approve = Hub::approveCall { spender: queue, value: U256::MAX };
        let _ = ask(&mut fork, cast, owner, Program::Hub, approve);
        let request = Queue::requestRedeemCall { nominal, receiver: owner };
        let asked = ask(&mut fork, cast, owner, Program::Queue, request);
        tally.check(SOL_4, asked.is_ok(), || {
            format!("{} cannot request {nominal}: {asked:?}", holder.label())
        })?;
    }
    fork.advance(LONG);
    let worth = |chain: &Chain, nominal: U256| {
        let told = chain.view(cast.program(Program::Hub), Hub::totalsCall {});
        let backing = (told.buffer + told.placed).min(told.supply);
        if backing == told.supply { nominal } else { nominal * backing / told.supply }
    };
    while !fork.view(cast.program(Program::Queue), Queue::dueCall {}).is_zero() {
        let finalize = Queue::finalizeCall { maxAssets: U256::MAX, maxBatches: U256::from(16) };
        let expected = worth(&fork, U256::ONE << 80);
        let filled = ask(&mut fork, cast, anyone, Program::Queue, finalize);
        tally.check(SOL_4, filled.is_ok(), || format!("batches cannot be filled: {filled:?}"))?;
        // Who waits is paid as who stays: a fill never lowers what eMETIS stands for.
        let after = worth(&fork, U256::ONE << 80);
        tally.check(SOL_4, after >= expected, || format!("{expected} became {after}"))?;
    }
    claim_all(tally, world, &mut fork)
}

/// Every ticket is claimed by its owner and ends; what is left is less than a wei for each.
fn claim_all(tally: &mut Tally, world: &World, fork: &mut Chain) -> Result<(), Violation> {
    let (cast, queue) = (&world.cast, world.cast.program(Program::Queue));
    let receiver = Address::repeat_byte(0x77);
    let totals = fork.view(queue, Queue::totalsCall {});
    let mut tickets = U256::ZERO;
    for number in 1..=totals.batch.to::<u32>() {
        let joined = if U256::from(number) == totals.batch {
            totals.tickets.to::<u32>()
        } else {
            Books(world).batch(number).tickets.max(HOLDERS.len() as u32)
        };
        for place in 1..=joined {
            tickets += U256::ONE;
            let id = U256::from(u64::from(number) << 32 | u64::from(place));
            let told = fork.view(queue, Queue::ticketOfCall { ticket: id });
            if told.owner.is_zero() {
                continue;
            }
            let call = Queue::claimCall { ticket: id, receiver };
            let paid = ask(fork, cast, told.owner, Program::Queue, call);
            tally.check(SOL_4, paid == Ok(told.claimable), || {
                format!("ticket {number}-{place} is due {}, and got {paid:?}", told.claimable)
            })?;
        }
    }
    let left = fork.view(queue, Queue::totalsCall {}).escrow;
    tally.check(SOL_4, left <= tickets, || format!("{left} wei stay of {tickets} tickets"))
}
