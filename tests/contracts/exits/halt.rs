//! Deposits halt while backing is short of supply, redemptions go on at the rate.

use super::kit::*;

#[test]
fn a_millionth_of_a_metis_is_no_reason_to_halt_and_a_wei_more_is() {
    let mut world = world();
    let (alice, allocator, hub) = (world.alice, world.allocator, world.hub);
    let deposit = || Hub::depositCall { receiver: alice.address, tag: TAG };
    world.place(ether(400));

    world.settle(TOLERANCE, ZERO, 0);
    world.chain.send(alice, hub, deposit()).value(ONE).ok();
    assert_eq!(world.chain.view(hub, Hub::shortfallCall {}), TOLERANCE);

    world.settle(ONE, ZERO, 0);
    let supply = STAKE + ONE;
    let halted = Hub::DepositsHalted { backing: supply - TOLERANCE - ONE, supply };
    world.chain.send(alice, hub, deposit()).value(ONE).fails_with(halted.clone());
    let stake = Hub::depositAndStakeCall { receiver: alice.address, minShares: ZERO, tag: TAG };
    world.chain.send(alice, hub, stake).value(ONE).fails_with(halted);
    let receiver = alice.address;
    assert_eq!(world.chain.view(hub, Hub::maxDepositCall { receiver }), ZERO);

    let call = Hub::receiveBackingCall {};
    world.chain.send(allocator, hub, call).value(ONE).ok();
    world.chain.send(alice, hub, deposit()).value(ONE).ok();
}

#[test]
fn redemptions_go_on_while_deposits_halt() {
    let mut world = world();
    let (alice, hub, queue) = (world.alice, world.hub, world.suite.redemption_queue);
    world.place(ether(500));
    world.settle(ether(500), ZERO, 0);
    world.request(ether(200));

    let paid = world.chain.send(alice, hub, redeem_now(DAILY, alice)).ok().output;
    assert_eq!(paid, (DAILY - FEE) / U256::from(2));
    world.chain.advance(BATCH);
    world.finalize();

    assert_eq!(world.metis(queue), ether(100));
    assert_eq!(world.books(), Books::new(ether(790), ether(395), ZERO));
}

#[test]
fn a_reward_does_not_lift_a_halt_and_backing_does() {
    let mut world = world();
    let (alice, allocator, hub) = (world.alice, world.allocator, world.hub);
    world.place(ether(500));
    world.settle(ether(2), ZERO, 0);
    let receiver = alice.address;

    let call = Hub::receiveRewardsCall { receiver };
    world.chain.send(allocator, hub, call).value(ether(50)).ok();
    assert_eq!(world.chain.view(hub, Hub::shortfallCall {}), ether(2));
    world.chain.send(allocator, hub, Hub::receiveBackingCall {}).value(ether(2)).ok();

    assert_eq!(world.chain.view(hub, Hub::shortfallCall {}), ZERO);
    assert_eq!(world.chain.view(hub, Hub::maxDepositCall { receiver }), LIMIT - ether(1_050));
}
