//! eMETIS of the queue becomes METIS.

use super::kit::*;

fn fill(nominal: U256, assets: U256) -> Hub::fillCall {
    Hub::fillCall { nominal, assets }
}

/// A world in which the queue holds 100 eMETIS of Alice.
fn requested() -> World {
    let mut world = world();
    world.request(ether(100));
    world
}

#[test]
fn the_queue_redeems_its_emetis_for_what_it_says() {
    let mut world = requested();
    let (queue, hub) = (world.queue(), world.hub);
    let (nominal, assets) = (ether(60), ether(59));

    let receipt = world.chain.send(queue, hub, fill(nominal, assets)).ok();

    let (supply, buffer) = (STAKE - nominal, STAKE - assets);
    let filled = Hub::Filled { nominal, assets, supply, buffer };
    world.assert_logs(&receipt, &[event(&filled), burned(queue, nominal)]);
    assert_eq!(world.books(), Books::new(supply, buffer, ZERO));
    assert_eq!((world.balance(queue), world.metis(queue)), (ether(40), assets));
    assert_eq!((world.fees(), world.left()), (ZERO, (supply) / U256::from(100)));
}

#[test]
pub(super) fn only_the_queue_fills() {
    let mut world = requested();
    let (hub, queue) = (world.hub, world.suite.redemption_queue);

    for caller in [world.alice, world.allocator, world.treasury, Account::at(Address::ZERO)] {
        let refused = Hub::CallerNotQueue { caller: caller.address, queue };
        world.chain.send(caller, hub, fill(ether(1), ether(1))).fails_with(refused);
    }
}

#[test]
fn before_construction_nobody_is_the_queue() {
    let mut chain = Chain::new();
    let suite = emetis::suite::Suite::place(&mut chain, programs());

    for caller in [Address::ZERO, suite.redemption_queue] {
        let refused = Hub::CallerNotQueue { caller, queue: Address::ZERO };
        let call = fill(ZERO, ZERO);
        chain.send(Account::at(caller), suite.liquid_staking, call).fails_with(refused);
    }
}

#[test]
pub(super) fn a_fill_pays_at_most_what_the_emetis_stands_for() {
    let mut world = requested();
    let (queue, hub) = (world.queue(), world.hub);
    let more = ether(10) + ONE;
    let refused = Hub::FillTooLarge { assets: more, max: ether(10) };
    world.chain.send(queue, hub, fill(ether(10), more)).fails_with(refused);

    world.place(ether(300));
    world.settle(ether(300), ZERO, 0);
    let refused = Hub::FillTooLarge { assets: ether(7) + ONE, max: ether(7) };
    world.chain.send(queue, hub, fill(ether(10), ether(7) + ONE)).fails_with(refused);
    world.chain.send(queue, hub, fill(ether(10), ether(7))).ok();
    assert_eq!(world.metis(queue), ether(7));

    // 1 wei of eMETIS stands for less than a wei.
    let refused = Hub::FillTooLarge { assets: ONE, max: ZERO };
    world.chain.send(queue, hub, fill(ONE, ONE)).fails_with(refused);
    world.chain.send(queue, hub, fill(ONE, ZERO)).ok();
}

#[test]
fn refusals_come_in_their_order() {
    let mut world = requested();
    let (alice, queue, hub) = (world.alice, world.queue(), world.hub);
    // More than is due is placed, as no entry does.
    world.set_books(Books::new(STAKE, ether(50), ether(950)));
    let until = U256::from(world.chain.time() + 50);
    let everything = fill(U256::MAX, U256::MAX);

    let refused = Hub::CallerNotQueue { caller: alice.address, queue: queue.address };
    world.chain.send(alice, hub, everything.clone()).fails_with(refused);

    world.settle(ZERO, ether(3), 50);
    let refused = Hub::LossPending { pending: ether(3), until };
    world.chain.send(queue, hub, everything.clone()).fails_with(refused);

    world.settle(ZERO, ZERO, 0);
    let refused = Hub::FillTooLarge { assets: ether(200) + ONE, max: ether(200) };
    world.chain.send(queue, hub, fill(ether(200), ether(200) + ONE)).fails_with(refused);
    let refused = Hub::BufferTooSmall { assets: ether(50) + ONE, available: ether(50) };
    world.chain.send(queue, hub, fill(ether(200), ether(50) + ONE)).fails_with(refused);
    let refused = Hub::BufferTooSmall { assets: U256::MAX, available: ether(50) };
    world.chain.send(queue, hub, everything).fails_with(refused);
    for needed in [ether(100) + ONE, U256::MAX] {
        let (sender, balance) = (queue.address, ether(100));
        let refused = Hub::ERC20InsufficientBalance { sender, balance, needed };
        world.chain.send(queue, hub, fill(needed, ether(50))).fails_with(refused);
    }
    world.chain.send(queue, hub, fill(ether(100), ether(50))).ok();
}

#[test]
fn nothing_is_filled_with_nothing_and_sends_nothing() {
    let mut world = requested();
    let (queue, hub) = (world.queue(), world.hub);

    let receipt = world.chain.send(queue, hub, fill(ZERO, ZERO)).ok();

    let filled = Hub::Filled { nominal: ZERO, assets: ZERO, supply: STAKE, buffer: STAKE };
    world.assert_logs(&receipt, &[event(&filled), burned(queue, ZERO)]);
    assert_eq!(world.books(), Books::new(STAKE, STAKE, ZERO));
}

#[test]
fn the_real_queue_takes_all_of_the_buffer_whatever_is_redeemed_at_once() {
    let mut world = requested();
    let (alice, hub, queue) = (world.alice, world.hub, world.suite.redemption_queue);
    world.place(ether(900));
    world.chain.advance(BATCH);

    world.finalize();

    assert_eq!(world.books(), Books::new(ether(900), ZERO, ether(900)));
    assert_eq!((world.metis(queue), world.metis(hub)), (ether(100), ZERO));
    let refused = Hub::BufferTooSmall { assets: ONE + ONE, available: ZERO };
    world.chain.send(alice, hub, redeem_now(ONE + ONE, alice)).fails_with(refused);
}
