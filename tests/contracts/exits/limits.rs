//! How much may be redeemed at once in a day.

use super::kit::*;

#[test]
pub(super) fn a_day_lets_through_a_hundredth_of_the_supply_and_not_a_wei_more() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    let more = DAILY + ONE;

    let refused = Hub::RedemptionLimited { nominal: more, left: DAILY };
    world.chain.send(alice, hub, redeem_now(more, alice)).fails_with(refused);
    world.chain.send(alice, hub, redeem_now(DAILY, alice)).ok();

    let refused = Hub::RedemptionLimited { nominal: ONE + ONE, left: ZERO };
    world.chain.send(alice, hub, redeem_now(ONE + ONE, alice)).fails_with(refused);
    assert_eq!(world.max_redeem_now(alice), ZERO);
}

#[test]
fn it_refills_within_a_day_evenly() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    world.chain.send(alice, hub, redeem_now(DAILY, alice)).ok();
    // A hundredth of the 990 that are left.
    let daily = (STAKE - DAILY) / U256::from(100);

    for quarter in 1..=4_u64 {
        world.chain.advance(days(1) / 4);
        assert_eq!(world.left(), daily * U256::from(quarter) / U256::from(4));
    }
    world.chain.advance(days(30));
    assert_eq!(world.left(), daily);
    assert_eq!(world.max_redeem_now(alice), daily);
    world.chain.send(alice, hub, redeem_now(daily, alice)).ok();
}

#[test]
fn what_makes_no_wei_yet_is_kept_however_often_it_is_touched() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    world.set_redemption(0, 100);
    // 8,640 wei a day: a wei every ten seconds.
    let supply = U256::from(864_000);
    world.set_books(Books::new(supply, supply, ZERO));
    world.chain.send(alice, hub, redeem_now(U256::from(8_640), alice)).ok();
    world.set_books(Books::new(supply, supply, ZERO));

    for touch in 1..=5_u64 {
        world.chain.advance(7);
        let call = redeem_now(U256::MAX, alice);
        let left = U256::from(touch * 7 / 10);
        let refused = Hub::RedemptionLimited { nominal: U256::MAX, left };
        world.chain.send(alice, hub, call).fails_with(refused);
    }
    world.chain.send(alice, hub, redeem_now(U256::from(3), alice)).ok();
    world.set_books(Books::new(supply, supply, ZERO));
    world.chain.advance(5);
    assert_eq!(world.left(), ONE, "half a wei was kept");
}

#[test]
fn it_is_a_part_of_the_supply_before_each_redemption() {
    let mut world = world();
    let (bob, hub) = (world.bob, world.hub);

    world.mint(bob, STAKE);
    assert_eq!(world.left(), DAILY + DAILY);
    world.chain.send(bob, hub, redeem_now(DAILY + DAILY, bob)).ok();
    assert_eq!(world.left(), ZERO);
    world.mint(bob, STAKE);
    assert_eq!(world.left(), ZERO, "more supply refills nothing at once");
}

#[test]
fn a_limit_of_zero_closes_it_and_one_of_everything_opens_it() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);

    world.set_redemption(50, 0);
    let refused = Hub::RedemptionLimited { nominal: ONE + ONE, left: ZERO };
    world.chain.send(alice, hub, redeem_now(ONE + ONE, alice)).fails_with(refused);
    assert_eq!((world.left(), world.max_redeem_now(alice)), (ZERO, ZERO));

    world.set_redemption(50, 10_000);
    assert_eq!((world.left(), world.max_redeem_now(alice)), (STAKE, STAKE));
    let refused = Hub::RedemptionLimited { nominal: STAKE + ONE, left: STAKE };
    world.chain.send(alice, hub, redeem_now(STAKE + ONE, alice)).fails_with(refused);
}

#[test]
fn another_limit_goes_on_from_what_is_left_of_the_old_one() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    let half = DAILY / U256::from(2);
    world.chain.send(alice, hub, redeem_now(half, alice)).ok();
    let supply = STAKE - half;
    world.chain.advance(days(1) / 4);
    assert_eq!(world.left(), half + supply / U256::from(400));

    // Ten times as much a day, since the last redemption.
    world.set_redemption(0, 1_000);
    assert_eq!(world.left(), half + supply / U256::from(40));
    world.chain.advance(days(1) / 4);
    assert_eq!(world.left(), half + supply / U256::from(20));

    // Lowered, no more is left than it lets through.
    world.set_redemption(0, 10);
    assert_eq!(world.left(), supply / U256::from(1_000));
}

#[test]
fn what_is_refused_draws_nothing() {
    let mut world = world();
    let (bob, hub) = (world.bob, world.hub);

    let refused =
        Hub::ERC20InsufficientBalance { sender: bob.address, balance: ZERO, needed: DAILY };
    world.chain.send(bob, hub, redeem_now(DAILY, bob)).fails_with(refused);

    assert_eq!((world.left(), world.fees()), (DAILY, ZERO));
}
