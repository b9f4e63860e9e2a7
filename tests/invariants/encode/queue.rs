//! Transactions on the way out.

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolCall;
use emetis::campaign::amounts::near;
use emetis::interfaces::{ILiquidStaking as Hub, IRedemptionQueue as Queue};

use super::super::action::{Actor, Amount, Flaw, Pick, Program, QueueAction};
use super::super::model::Key;
use super::super::model::queue::{BATCH, TICKET};
use super::super::world::{Basis, Side, World};
use super::{Transaction, permit};

/// A ticket as the chain has it.
#[derive(Clone, Copy, Debug)]
struct Found {
    id: U256,
    owner: Address,
}

pub(super) fn call(world: &World, action: &QueueAction) -> Transaction {
    let at = |actor: Actor| world.cast.address(actor);
    let own = |caller: Actor, amount: Amount| {
        let basis = Basis {
            token: Program::Hub,
            giver: at(caller),
            caller: at(Actor::Queue),
            side: Side::None,
        };
        world.amount(amount, &basis)
    };
    let to_hub = |caller, data| Transaction::raw(Program::Hub, caller, data);
    let to_queue = |caller, data| Transaction::raw(Program::Queue, caller, data);
    match *action {
        QueueAction::RedeemNow { caller, receiver, nominal, least } => {
            let nominal = own(caller, nominal);
            let call = Hub::previewRedeemNowCall { nominal };
            let due = world.view(Program::Hub, call).map(|told| told.assets).unwrap_or_default();
            let min_assets = least.map_or(U256::ZERO, |off| near(due, off));
            let receiver = at(receiver);
            let call = Hub::redeemNowCall { nominal, minAssets: min_assets, receiver };
            to_hub(at(caller), call.abi_encode())
        }
        QueueAction::Request { caller, owner, nominal } => {
            let (nominal, receiver) = (own(caller, nominal), at(owner));
            to_queue(at(caller), Queue::requestRedeemCall { nominal, receiver }.abi_encode())
        }
        QueueAction::RequestSigned { caller, owner, nominal, flaw } => {
            signed(world, caller, at(owner), own(caller, nominal), flaw)
        }
        QueueAction::Requests { caller, owner, nominal, count } => {
            let (nominals, receiver) = (vec![own(caller, nominal); count.into()], at(owner));
            to_queue(at(caller), Queue::requestRedeemsCall { nominals, receiver }.abi_encode())
        }
        QueueAction::Cancel { caller, receiver, ticket } => {
            let found = find(world, ticket);
            let call = Queue::cancelCall { ticket: found.id, receiver: at(receiver) };
            to_queue(who(world, caller, &found), call.abi_encode())
        }
        QueueAction::Finalize { caller, assets, batches } => {
            let (max_assets, max_batches) = (own(caller, assets), U256::from(batches));
            let call = Queue::finalizeCall { maxAssets: max_assets, maxBatches: max_batches };
            to_queue(at(caller), call.abi_encode())
        }
        QueueAction::Claim { caller, receiver, ticket } => {
            let found = find(world, ticket);
            let call = Queue::claimCall { ticket: found.id, receiver: at(receiver) };
            to_queue(who(world, caller, &found), call.abi_encode())
        }
        QueueAction::Claims { caller, receiver, ticket, count, twice } => {
            let found = find(world, ticket);
            let step = if twice { U256::ZERO } else { U256::ONE };
            let tickets = (0..count).map(|nth| found.id + step * U256::from(nth)).collect();
            let call = Queue::claimsCall { tickets, receiver: at(receiver) };
            to_queue(who(world, caller, &found), call.abi_encode())
        }
        QueueAction::Move { caller, from, to, ticket, safe } => {
            let found = find(world, ticket);
            let (from, to, id) = (from.map_or(found.owner, at), at(to), found.id);
            let data = if safe {
                Queue::safeTransferFrom_0Call { from, to, tokenId: id }.abi_encode()
            } else {
                Queue::transferFromCall { from, to, tokenId: id }.abi_encode()
            };
            to_queue(who(world, caller, &found), data)
        }
        QueueAction::Approve { caller, to, ticket } => {
            let found = find(world, ticket);
            let call = Queue::approveCall { to: at(to), tokenId: found.id };
            to_queue(who(world, caller, &found), call.abi_encode())
        }
        QueueAction::ApproveAll { caller, operator, approved } => {
            let call = Queue::setApprovalForAllCall { operator: at(operator), approved };
            to_queue(at(caller), call.abi_encode())
        }
        QueueAction::Place { caller, assets } => {
            to_hub(at(caller), Hub::placeCall { assets: own(caller, assets) }.abi_encode())
        }
        QueueAction::Unbonded { caller, assets } => {
            let value = world.pay(assets, at(caller));
            to_hub(at(caller), Hub::receiveUnbondedCall {}.abi_encode()).value(value)
        }
        QueueAction::Backing { caller, assets } => {
            let value = world.pay(assets, at(caller));
            to_hub(at(caller), Hub::receiveBackingCall {}.abi_encode()).value(value)
        }
        QueueAction::Settle { caller, loss, pending, until } => {
            let (loss, pending) = (own(caller, loss), own(caller, pending));
            let until = U256::from(world.seen.now.saturating_add_signed(until));
            to_hub(at(caller), Hub::settleCall { loss, pending, until }.abi_encode())
        }
        QueueAction::CollectFees { caller, receiver } => {
            to_hub(at(caller), Hub::collectFeesCall { receiver: at(receiver) }.abi_encode())
        }
        QueueAction::SetRedemption { caller, fee, daily } => {
            let (fee_bps, daily_bps) = (U256::from(fee), U256::from(daily));
            let call = Hub::setRedemptionCall { feeBps: fee_bps, dailyBps: daily_bps };
            to_hub(at(caller), call.abi_encode())
        }
        QueueAction::SetBatchLength { caller, length } => {
            let call = Queue::setBatchLengthCall { length: U256::from(length) };
            to_queue(at(caller), call.abi_encode())
        }
        QueueAction::WaitForBatch { .. } => unreachable!("it is no call"),
    }
}

/// A request with a permit, which is good but for its flaw.
fn signed(
    world: &World,
    caller: Actor,
    receiver: Address,
    nominal: U256,
    flaw: Flaw,
) -> Transaction {
    let queue = world.cast.program(Program::Queue);
    let whole = if flaw == Flaw::Length { Flaw::None } else { flaw };
    let (data, signed) = permit::permit(world, Program::Hub, caller, queue, nominal, whole, true);
    let permit = Hub::permit_0Call::abi_decode(&data).expect("it was just encoded");
    let Hub::permit_0Call { deadline, v, r, s, .. } = permit;
    let call = Queue::requestRedeemWithPermitCall { nominal, receiver, deadline, v, r, s };
    let caller = world.cast.address(caller);
    let transaction = Transaction::raw(Program::Queue, caller, call.abi_encode());
    Transaction { signed: Some(signed), ..transaction }
}

/// The last batch, and when it closes or closed, in seconds.
pub fn last_batch(world: &World) -> (u32, u64) {
    let head = world.figure(Program::Queue, Key::Word(0));
    let batch = ((head >> 160_usize) & U256::from(u32::MAX)).to::<u32>();
    let word = world.figure(Program::Queue, Key::Numbered(BATCH, batch, 0));
    let closes: U256 = (word >> 84_usize) & ((U256::ONE << 40_usize) - U256::ONE);
    (batch, closes.to())
}

fn find(world: &World, pick: Pick) -> Found {
    let (last, _) = last_batch(world);
    let batch = last.saturating_sub(pick.back.into());
    let word = world.figure(Program::Queue, Key::Numbered(BATCH, batch, 0));
    let joined = ((word >> 128_usize) & U256::from(u32::MAX)).to::<u32>();
    let place = 1 + u32::from(pick.place) % joined.max(1);
    let ticket = world.figure(Program::Queue, Key::Numbered(TICKET, batch, place));
    let owner = Address::from_word(B256::from(ticket & ((U256::ONE << 160_usize) - U256::ONE)));
    Found { id: U256::from(u64::from(batch) << 32 | u64::from(place)), owner }
}

/// The owner, or somebody else.
fn who(world: &World, caller: Option<Actor>, found: &Found) -> Address {
    let alone = if found.owner.is_zero() { world.cast.address(Actor::Alice) } else { found.owner };
    caller.map_or(alone, |actor| world.cast.address(actor))
}

/// A ticket that can be claimed, and its owner, among the latest.
pub fn claimable(world: &World) -> Option<(Address, U256)> {
    const PLACES: u8 = 4;
    let picks = (0..4).flat_map(|back| (0..PLACES).map(move |place| Pick { back, place }));
    let tickets = picks.map(|pick| find(world, pick)).filter(|found| !found.owner.is_zero());
    let due = |found: &Found| {
        let told = world.view(Program::Queue, Queue::claimableCall { ticket: found.id });
        told.is_ok_and(|assets| !assets.is_zero())
    };
    tickets.into_iter().find(due).map(|found| (found.owner, found.id))
}
