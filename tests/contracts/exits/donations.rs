//! METIS that nobody booked changes nothing of what can be redeemed.

use super::kit::*;

/// All that the hub tells of ways out.
fn views(world: &World) -> Vec<U256> {
    let (chain, hub, owner) = (&world.chain, world.hub, world.alice.address);
    let books = world.books();
    let instant = chain.view(hub, Hub::instantRedemptionCall {});
    let quote = chain.view(hub, Hub::previewRedeemNowCall { nominal: DAILY });
    vec![
        books.supply,
        books.buffer,
        books.placed,
        chain.view(hub, Hub::backingCall {}),
        chain.view(hub, Hub::shortfallCall {}),
        chain.view(hub, Hub::maxRedeemNowCall { owner }),
        chain.view(hub, Hub::maxDepositCall { receiver: owner }),
        instant.left,
        instant.fees,
        quote.assets,
        quote.fee,
    ]
}

#[test]
fn donations_are_no_backing_no_buffer_and_no_fees() {
    let mut world = world();
    let (alice, allocator, hub) = (world.alice, world.allocator, world.hub);
    world.chain.send(alice, hub, redeem_now(ether(1), alice)).ok();
    world.place(ether(600));
    world.settle(ether(100), ZERO, 0);
    let (before, storage) = (views(&world), world.storage());

    world.donate(ether(5_000));

    assert_eq!((views(&world), world.storage()), (before, storage));
    let refused = Hub::BufferTooSmall { assets: ether(400), available: ether(399) };
    world.chain.send(allocator, hub, place(ether(400))).fails_with(refused);
    let (supply, backing) = (ether(999), ether(899));
    let call = Hub::depositCall { receiver: alice.address, tag: TAG };
    world
        .chain
        .send(alice, hub, call)
        .value(ONE)
        .fails_with(Hub::DepositsHalted { backing, supply });
}

#[test]
fn the_addresses_of_queue_and_allocator_are_told() {
    let world = world();

    assert_eq!(world.chain.view(world.hub, Hub::queueCall {}), world.suite.redemption_queue);
    assert_eq!(world.chain.view(world.hub, Hub::allocatorCall {}), world.allocator.address);
}
