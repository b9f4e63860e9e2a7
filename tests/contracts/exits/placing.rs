//! METIS to sequencers and back, by way of the allocator.

use super::kit::*;

fn unbonded() -> Hub::receiveUnbondedCall {
    Hub::receiveUnbondedCall {}
}

fn backing() -> Hub::receiveBackingCall {
    Hub::receiveBackingCall {}
}

#[test]
fn what_is_placed_leaves_the_buffer_and_stays_backing() {
    let mut world = world();
    let (allocator, hub) = (world.allocator, world.hub);

    let receipt = world.chain.send(allocator, hub, place(ether(400))).ok();

    let placed = Hub::Placed { assets: ether(400), buffer: ether(600), placed: ether(400) };
    world.assert_logs(&receipt, &[event(&placed)]);
    assert_eq!(world.books(), Books::new(STAKE, ether(600), ether(400)));
    assert_eq!(world.chain.view(hub, Hub::backingCall {}), STAKE);
    assert_eq!(world.chain.view(hub, Hub::shortfallCall {}), ZERO);
    assert_eq!((world.metis(hub), world.metis(allocator)), (ether(600), WEALTH + ether(400)));
}

#[test]
pub(super) fn what_comes_back_is_no_longer_placed() {
    let mut world = world();
    let (allocator, hub) = (world.allocator, world.hub);
    world.place(ether(400));

    let receipt = world.chain.send(allocator, hub, unbonded()).value(ether(150)).ok();

    let (assets, buffer) = (ether(150), ether(750));
    let received = Hub::UnbondedReceived { assets, buffer, placed: ether(250) };
    world.assert_logs(&receipt, &[event(&received)]);
    assert_eq!(world.books(), Books::new(STAKE, ether(750), ether(250)));
    assert_eq!(world.metis(hub), ether(750));
    world.chain.send(allocator, hub, unbonded()).value(ether(250)).ok();
    assert_eq!(world.books(), Books::new(STAKE, STAKE, ZERO));
}

#[test]
pub(super) fn backing_comes_in_up_to_what_is_missing() {
    let mut world = world();
    let (allocator, hub) = (world.allocator, world.hub);
    world.place(ether(400));
    world.settle(ether(30), ZERO, 0);

    let receipt = world.chain.send(allocator, hub, backing()).value(ether(20)).ok();

    let (assets, buffer) = (ether(20), ether(620));
    let received = Hub::BackingReceived { assets, buffer, shortfall: ether(10) };
    world.assert_logs(&receipt, &[event(&received)]);
    assert_eq!(world.books(), Books::new(STAKE, ether(620), ether(370)));
    let more = ether(10) + ONE;
    let refused = Hub::BackingTooLarge { assets: more, shortfall: ether(10) };
    world.chain.send(allocator, hub, backing()).value(more).fails_with(refused);
    world.chain.send(allocator, hub, backing()).value(ether(10)).ok();
    let refused = Hub::BackingTooLarge { assets: ONE, shortfall: ZERO };
    world.chain.send(allocator, hub, backing()).value(ONE).fails_with(refused);
    assert_eq!(world.books(), Books::new(STAKE, ether(630), ether(370)));
}

#[test]
pub(super) fn only_the_allocator_places_and_brings_back() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    let allocator = world.allocator.address;
    let refused = |caller: Account| Hub::CallerNotAllocator { caller: caller.address, allocator };
    let queue = world.queue();
    world.chain.deal(queue, ether(1));

    for caller in [alice, world.bob, queue] {
        world.chain.send(caller, hub, place(ether(1))).fails_with(refused(caller));
        world.chain.send(caller, hub, unbonded()).value(ONE).fails_with(refused(caller));
        world.chain.send(caller, hub, backing()).value(ONE).fails_with(refused(caller));
    }
}

#[test]
fn nothing_is_neither_placed_nor_brought_back() {
    let mut world = world();
    let (allocator, hub) = (world.allocator, world.hub);

    world.chain.send(allocator, hub, place(ZERO)).fails_with(Hub::AssetsZero {});
    world.chain.send(allocator, hub, unbonded()).fails_with(Hub::AssetsZero {});
    world.chain.send(allocator, hub, backing()).fails_with(Hub::AssetsZero {});
}

#[test]
fn the_buffer_is_placed_to_the_last_wei_and_no_more() {
    let mut world = world();
    let (allocator, hub) = (world.allocator, world.hub);

    for assets in [STAKE + ONE, LIMIT + ONE, U256::ONE << 128, U256::MAX] {
        let refused = Hub::BufferTooSmall { assets, available: STAKE };
        world.chain.send(allocator, hub, place(assets)).fails_with(refused);
    }
    world.chain.send(allocator, hub, place(STAKE)).ok();

    assert_eq!(world.books(), Books::new(STAKE, ZERO, STAKE));
}

#[test]
fn not_more_comes_back_than_was_placed() {
    let mut world = world();
    let (allocator, hub) = (world.allocator, world.hub);
    world.place(ether(5));
    world.chain.deal(allocator, U256::MAX - ether(2_000));

    for assets in [ether(5) + ONE, LIMIT + ONE, U256::ONE << 128] {
        let refused = Hub::PlacedTooSmall { assets, placed: ether(5) };
        world.chain.send(allocator, hub, unbonded()).value(assets).fails_with(refused);
    }
    world.chain.send(allocator, hub, unbonded()).value(ether(5)).ok();
}

#[test]
fn each_figure_takes_84_bits_and_not_a_wei_more() {
    let two = U256::from(2);
    let mut world = world();
    let (allocator, hub) = (world.allocator, world.hub);

    world.set_books(Books::new(STAKE, STAKE, LIMIT - ONE));
    let refused = Hub::PlacedOverflow { placed: LIMIT - ONE, assets: two, limit: LIMIT };
    world.chain.send(allocator, hub, place(two)).fails_with(refused);
    world.chain.send(allocator, hub, place(ONE)).ok();
    assert_eq!(world.books(), Books::new(STAKE, STAKE - ONE, LIMIT));

    world.set_books(Books::new(STAKE, LIMIT - ONE, STAKE));
    let refused = Hub::BufferOverflow { buffer: LIMIT - ONE, assets: two, limit: LIMIT };
    world.chain.send(allocator, hub, unbonded()).value(two).fails_with(refused);
    world.chain.send(allocator, hub, unbonded()).value(ONE).ok();
    assert_eq!(world.books(), Books::new(STAKE, LIMIT, STAKE - ONE));
}

#[test]
fn an_allocator_that_refuses_stops_the_placing_with_its_own_error() {
    let mut world = world_with_allocator("Refuser");
    let (allocator, hub) = (world.allocator, world.hub);
    let storage = world.storage();

    let failure = world.chain.send(allocator, hub, place(ether(4))).run().err().unwrap();

    alloy_sol_types::sol! { error Refused(address from, uint256 value); }
    let refused: Refused = decoded(&failure);
    assert_eq!((refused.from, refused.value), (hub, ether(4)));
    assert_eq!((world.storage(), world.metis(hub)), (storage, STAKE));
}

#[test]
fn an_allocator_that_fails_without_a_word_is_no_refusal() {
    let mut world = world_with_allocator("Refuser");
    let (allocator, alice, hub) = (world.allocator, world.alice, world.hub);

    for mode in [Refusal::Silent, Refusal::BurnGas] {
        let answer = IRefuser::answerCall { mode: mode as u8, size: ZERO };
        world.chain.send(alice, allocator, answer).ok();
        world.chain.send(allocator, hub, place(ether(4))).runs_out_of_gas();
        assert_eq!(world.books(), Books::new(STAKE, STAKE, ZERO));
    }
    for mode in [Refusal::Flood, Refusal::Accept] {
        let answer = IRefuser::answerCall { mode: mode as u8, size: U256::from(100_000) };
        world.chain.send(alice, allocator, answer).ok();
        world.chain.send(allocator, hub, place(ether(4))).ok();
    }
    assert_eq!(world.books(), Books::new(STAKE, ether(992), ether(8)));
}

#[test]
fn an_allocator_cannot_strike_back_while_it_is_sent_metis() {
    let mut world = world_with_allocator("Reenterer");
    let (allocator, alice, hub) = (world.allocator, world.alice, world.hub);
    for payload in [encoded(&place(ONE)), encoded(&settle(ONE, ZERO, 0)), encoded(&unbonded())] {
        let selector: [u8; 4] = payload[..4].try_into().unwrap();
        let value = if selector == selector_of::<Hub::receiveUnbondedCall>() { ONE } else { ZERO };
        let (target, times) = (hub, ONE);
        let arm = IReenterer::armCall { target, value, payload, times, insists: false };
        world.chain.send(alice, allocator, arm).ok();

        world.chain.send(allocator, hub, place(ether(4))).ok();

        let outcome = world.chain.view(allocator, IReenterer::outcomeCall { index: ZERO });
        let refused = encoded_error(&Hub::ReentryRefused { selector: selector.into() });
        assert_eq!((outcome.ok, outcome.ret), (false, refused));
    }
    assert_eq!(world.books(), Books::new(STAKE, ether(988), ether(12)));
}
