//! eMETIS in, METIS out at once.

use super::kit::*;

#[test]
pub(super) fn a_redemption_burns_pays_and_keeps_a_fee() {
    let mut world = world();
    let (alice, carol, hub) = (world.alice, world.carol, world.hub);
    let (nominal, assets, supply) = (DAILY, DAILY - FEE, STAKE - DAILY);

    let receipt = world.chain.send(alice, hub, redeem_now(nominal, carol)).ok();

    let (caller, receiver) = (alice.address, carol.address);
    let redeemed = Hub::RedeemedNow { caller, receiver, nominal, assets, fee: FEE, supply };
    world.assert_logs(&receipt, &[event(&redeemed), burned(alice, nominal)]);
    assert_eq!(receipt.output, assets);
    assert_eq!(world.books(), Books::new(supply, supply, ZERO));
    assert_eq!((world.balance(alice), world.balance(carol)), (supply, ZERO));
    assert_eq!((world.metis(carol), world.metis(hub)), (assets, supply + FEE));
    assert_eq!((world.fees(), world.left()), (FEE, ZERO));
}

#[test]
fn the_least_that_pays_is_two_wei_while_there_is_a_fee() {
    let mut world = world();
    let (alice, carol, hub) = (world.alice, world.carol, world.hub);
    let two = U256::from(2);

    for nominal in [ZERO, ONE] {
        world.chain.send(alice, hub, redeem_now(nominal, carol)).fails_with(Hub::AssetsZero {});
    }
    let paid = world.chain.send(alice, hub, redeem_now(two, carol)).ok().output;
    assert_eq!((paid, world.fees(), world.metis(carol)), (ONE, ONE, ONE));

    world.set_redemption(0, 100);
    let paid = world.chain.send(alice, hub, redeem_now(ONE, carol)).ok().output;
    assert_eq!((paid, world.fees(), world.metis(carol)), (ONE, ONE, two));
}

#[test]
pub(super) fn below_backing_it_pays_its_part_of_the_backing() {
    let mut world = world();
    let (alice, carol, hub) = (world.alice, world.carol, world.hub);
    world.place(ether(400));
    world.settle(ether(100), ZERO, 0);

    let receipt = world.chain.send(alice, hub, redeem_now(DAILY, carol)).ok();

    // Nine tenths of everything.
    let (fee, total) = (FEE * U256::from(9) / U256::from(10), ether(9));
    let redeemed = Hub::RedeemedNow {
        caller: alice.address,
        receiver: carol.address,
        nominal: DAILY,
        assets: total - fee,
        fee,
        supply: STAKE - DAILY,
    };
    world.assert_logs(&receipt, &[event(&redeemed), burned(alice, DAILY)]);
    assert_eq!(world.books(), Books::new(STAKE - DAILY, ether(591), ether(300)));
    assert_eq!((world.metis(carol), world.fees()), (total - fee, fee));
}

#[test]
fn a_surplus_of_backing_is_paid_to_nobody() {
    let mut world = world();
    let (alice, carol, hub) = (world.alice, world.carol, world.hub);
    world.set_books(Books::new(STAKE, STAKE, ether(500)));

    let paid = world.chain.send(alice, hub, redeem_now(DAILY, carol)).ok().output;

    assert_eq!(paid, DAILY - FEE);
}

#[test]
fn the_caller_says_the_least_that_is_paid() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    let assets = DAILY - FEE;
    let call = |min| Hub::redeemNowCall { minAssets: min, ..redeem_now(DAILY, alice) };

    for min in [assets + ONE, U256::MAX] {
        let refused = Hub::AssetsBelowMin { assets, minAssets: min };
        world.chain.send(alice, hub, call(min)).fails_with(refused);
    }

    let paid = world.chain.send(alice, hub, call(assets)).ok().output;
    assert_eq!((paid, world.metis(alice)), (assets, WEALTH - STAKE + assets));
}

#[test]
fn everybody_redeems_their_own_emetis_and_all_of_it() {
    let mut world = world();
    let (alice, bob, carol, hub) = (world.alice, world.bob, world.carol, world.hub);
    world.mint(bob, ether(3));

    let refused = Hub::ERC20InsufficientBalance {
        sender: bob.address,
        balance: ether(3),
        needed: ether(3) + ONE,
    };
    world.chain.send(bob, hub, redeem_now(ether(3) + ONE, carol)).fails_with(refused);
    world.chain.send(bob, hub, redeem_now(ether(3), carol)).ok();

    assert_eq!((world.balance(bob), world.balance(alice)), (ZERO, STAKE));
}

#[test]
fn the_last_one_takes_everything_and_the_books_are_empty() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    world.set_redemption(500, 10_000);

    let paid = world.chain.send(alice, hub, redeem_now(STAKE, alice)).ok().output;

    assert_eq!((paid, world.fees()), (ether(950), ether(50)));
    assert_eq!(world.books(), Books::default());
    assert_eq!(world.metis(hub), ether(50));
}

#[test]
fn a_pause_stops_no_redemption() {
    let mut world = world();
    let (alice, guardian, hub) = (world.alice, world.guardian, world.hub);
    world.chain.send(guardian, hub, Hub::pauseCall { duration: 1_000 }).ok();

    world.chain.send(alice, hub, redeem_now(DAILY, alice)).ok();

    let until = U256::from(world.chain.time() + 1_000);
    assert_eq!(world.chain.view(hub, Hub::pausedUntilCall {}), until);
    let call = Hub::depositCall { receiver: alice.address, tag: TAG };
    world.chain.send(alice, hub, call).value(ONE).fails_with(Hub::EntriesPaused { until });
}

#[test]
fn a_preview_knows_neither_limit_nor_buffer() {
    let mut world = world();
    let hub = world.hub;
    world.place(ether(400));
    world.settle(ether(100), ZERO, 0);
    let preview = |nominal| {
        let told = world.chain.view(hub, Hub::previewRedeemNowCall { nominal });
        (told.assets, told.fee)
    };

    assert_eq!(preview(ZERO), (ZERO, ZERO));
    assert_eq!(preview(ONE), (ZERO, ZERO));
    assert_eq!(preview(STAKE), (ether(900) - ether(9) / U256::from(2), ether(9) / U256::from(2)));
    assert_eq!(
        preview(U256::MAX),
        preview(U256::from(u128::MAX)),
        "more than there is of anything"
    );
}
