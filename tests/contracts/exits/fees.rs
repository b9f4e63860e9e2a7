//! Fees of instant redemptions are nobody's until they come back as a reward.

use emetis_common::slots;

use super::kit::*;

fn collect(receiver: impl Into<Address>) -> Hub::collectFeesCall {
    Hub::collectFeesCall { receiver: receiver.into() }
}

/// A world in which Alice left with 10 METIS.
fn redeemed() -> World {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    world.chain.send(alice, hub, redeem_now(DAILY, alice)).ok();
    world
}

#[test]
pub(super) fn fees_become_backing_and_as_much_emetis_once() {
    let mut world = redeemed();
    let (allocator, carol, hub) = (world.allocator, world.carol, world.hub);
    let (supply, left) = (STAKE - DAILY + FEE, world.left());

    let receipt = world.chain.send(allocator, hub, collect(carol)).ok();

    let collected = Hub::FeesCollected { receiver: carol.address, assets: FEE, supply };
    world.assert_logs(&receipt, &[event(&collected), minted(carol, FEE)]);
    assert_eq!(receipt.output, FEE);
    assert_eq!(world.books(), Books::new(supply, supply, ZERO));
    assert_eq!((world.balance(carol), world.metis(hub), world.fees()), (FEE, supply, ZERO));
    assert_eq!(world.left(), left);
    world.chain.send(allocator, hub, collect(carol)).fails_with(Hub::FeesZero {});
}

#[test]
pub(super) fn fees_are_no_donations() {
    let mut world = redeemed();
    let (treasury, carol, hub) = (world.treasury, world.carol, world.hub);
    let sweep = || Hub::sweepCall { receiver: carol.address };
    let ledger = STAKE - DAILY + FEE;

    let refused = Hub::DonationsZero { balance: ledger, ledger };
    world.chain.send(treasury, hub, sweep()).fails_with(refused);
    world.donate(ether(3));
    let receipt = world.chain.send(treasury, hub, sweep()).ok();

    let (caller, receiver) = (treasury.address, carol.address);
    let swept = Hub::Swept { caller, receiver, assets: ether(3), ledger };
    world.assert_logs(&receipt, &[event(&swept)]);
    assert_eq!((receipt.output, world.metis(hub), world.fees()), (ether(3), ledger, FEE));
}

#[test]
fn fees_of_several_redemptions_add_up_and_stand_behind_nothing() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);

    for count in 1..=4_u64 {
        world.chain.send(alice, hub, redeem_now(ether(1), alice)).ok();
        assert_eq!(world.fees(), FEE / U256::from(10) * U256::from(count));
    }

    let left = STAKE - ether(4);
    assert_eq!(world.books(), Books::new(left, left, ZERO));
    assert_eq!(world.chain.view(hub, Hub::backingCall {}), left);
    let refused = Hub::BufferTooSmall { assets: left + ONE, available: left };
    world.chain.send(world.allocator, hub, place(left + ONE)).fails_with(refused);
}

#[test]
fn refusals_come_in_their_order() {
    let mut world = world();
    let (allocator, hub) = (world.allocator, world.hub);

    for caller in [world.alice, world.treasury, world.queue()] {
        let (caller, allocator) = (caller.address, allocator.address);
        let refused = Hub::CallerNotAllocator { caller, allocator };
        world.chain.send(Account::at(caller), hub, collect(hub)).fails_with(refused);
    }
    for receiver in [Address::ZERO, hub] {
        let refused = Hub::ERC20InvalidReceiver { receiver };
        world.chain.send(allocator, hub, collect(receiver)).fails_with(refused);
    }
    world.chain.send(allocator, hub, collect(world.carol)).fails_with(Hub::FeesZero {});
}

#[test]
fn fees_fill_84_bits_and_not_a_wei_more() {
    let mut world = redeemed();
    let (allocator, carol, hub) = (world.allocator, world.carol, world.hub);
    let (assets, full) = (FEE, LIMIT - FEE + ONE);

    world.set_books(Books::new(full, full, ZERO));
    let refused = Hub::SupplyOverflow { supply: full, assets, limit: LIMIT };
    world.chain.send(allocator, hub, collect(carol)).fails_with(refused);
    world.set_books(Books::new(full - ONE, full, ZERO));
    let refused = Hub::BufferOverflow { buffer: full, assets, limit: LIMIT };
    world.chain.send(allocator, hub, collect(carol)).fails_with(refused);
    world.set_books(Books::new(full - ONE, full - ONE, ZERO));
    let most = U256::from(u128::MAX);
    world.set_balance(carol, most);
    let (account, balance) = (carol.address, most);
    let refused = Hub::BalanceOverflow { account, balance, added: FEE };
    world.chain.send(allocator, hub, collect(carol)).fails_with(refused);
    world.set_balance(carol, most - FEE);
    world.chain.send(allocator, hub, collect(carol)).ok();

    assert_eq!(world.books(), Books::new(LIMIT, LIMIT, ZERO));
}

#[test]
fn a_hub_with_fees_of_84_bits_shows_them_and_takes_no_more() {
    const FEES_BIT: usize = 145;
    let mut world = world();
    let slot = U256::from_be_bytes(slots::variable(slots::INSTANT));
    let stored = world.chain.storage(world.hub, slot);

    world.chain.set_storage(world.hub, slot, stored | (LIMIT << FEES_BIT));

    let told = world.chain.view(world.hub, Hub::instantRedemptionCall {});
    assert_eq!((told.fees, told.feeBps), (LIMIT, U256::from(50)));
    assert_eq!((told.dailyBps, told.left), (U256::from(100), DAILY));
}
