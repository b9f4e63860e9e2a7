//! Every refusal of `redeemNow`, in its order, and receivers that misbehave.

use super::kit::*;

#[test]
fn a_hub_that_is_not_constructed_redeems_nothing() {
    let mut chain = Chain::new();
    let suite = emetis::suite::Suite::place(&mut chain, programs());
    let (alice, hub) = (chain.account("alice"), suite.liquid_staking);

    let selector = selector_of::<Hub::redeemNowCall>().into();
    let refused = Hub::ConstructionMissing { selector };
    chain.send(alice, hub, redeem_now(ONE, Address::ZERO)).fails_with(refused);
    assert_eq!(chain.view(hub, Hub::maxRedeemNowCall { owner: alice.address }), ZERO);
    let told = chain.view(hub, Hub::instantRedemptionCall {});
    assert_eq!([told.feeBps, told.dailyBps, told.left, told.fees], [ZERO; 4]);
}

#[test]
fn refusals_come_in_their_order() {
    let mut world = world();
    let (bob, hub) = (world.bob, world.hub);
    // Bob has 1 METIS, nothing of the buffer is free, and a loss is pending.
    world.mint(bob, ether(1));
    world.request(STAKE - ether(2));
    world.place(ether(3));
    world.settle(ZERO, ether(1), 100);
    let (daily, free) = (world.left(), ZERO);
    let until = U256::from(world.chain.time() + 100);
    let call = |nominal, min, receiver| Hub::redeemNowCall { nominal, minAssets: min, receiver };

    let everything = call(ZERO, U256::MAX, hub);
    let refused = Hub::LossPending { pending: ether(1), until };
    world.chain.send(bob, hub, everything.clone()).fails_with(refused);

    world.settle(ZERO, ZERO, 0);
    for receiver in [hub, Address::ZERO] {
        let refused = Hub::ReceiverInvalid { receiver };
        world.chain.send(bob, hub, call(ZERO, U256::MAX, receiver)).fails_with(refused);
    }
    let nothing = call(ZERO, U256::MAX, bob.address);
    world.chain.send(bob, hub, nothing).fails_with(Hub::AssetsZero {});

    let much = daily + ONE;
    let quote = world.chain.view(hub, Hub::previewRedeemNowCall { nominal: much });
    let refused = Hub::AssetsBelowMin { assets: quote.assets, minAssets: U256::MAX };
    world.chain.send(bob, hub, call(much, U256::MAX, bob.address)).fails_with(refused);

    let refused = Hub::RedemptionLimited { nominal: much, left: daily };
    world.chain.send(bob, hub, redeem_now(much, bob)).fails_with(refused);

    let refused = Hub::BufferTooSmall { assets: daily, available: free };
    world.chain.send(bob, hub, redeem_now(daily, bob)).fails_with(refused);

    let call = Hub::receiveUnbondedCall {};
    world.chain.send(world.allocator, hub, call).value(ether(3)).ok();
    let refused = Hub::BufferTooSmall { assets: daily, available: ether(3) };
    world.chain.send(bob, hub, redeem_now(daily, bob)).fails_with(refused);

    let needed = ether(1) + ONE;
    let refused = Hub::ERC20InsufficientBalance { sender: bob.address, balance: ether(1), needed };
    world.chain.send(bob, hub, redeem_now(needed, bob)).fails_with(refused);
    world.chain.send(bob, hub, redeem_now(ether(1), bob)).ok();
}

#[test]
fn amounts_beyond_everything_are_refused_with_their_true_size() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);

    for nominal in [LIMIT, LIMIT + ONE, U256::ONE << 128, U256::MAX] {
        let refused = Hub::RedemptionLimited { nominal, left: DAILY };
        world.chain.send(alice, hub, redeem_now(nominal, alice)).fails_with(refused);
    }
}

#[test]
fn a_receiver_that_refuses_stops_it_in_whatever_way_it_does() {
    const BYTES: u64 = 100_000;
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    let receiver = world.fixture("Refuser");

    for mode in [Refusal::Revert, Refusal::Silent, Refusal::BurnGas, Refusal::Bomb] {
        let answer = IRefuser::answerCall { mode: mode as u8, size: U256::from(BYTES) };
        world.chain.send(alice, receiver, answer).ok();
        let storage = world.storage();

        let failed = Hub::PaymentFailed { receiver, assets: DAILY - FEE };
        world.chain.send(alice, hub, redeem_now(DAILY, receiver)).fails_with(failed);

        assert_eq!(world.storage(), storage, "{mode:?}");
        assert_eq!(world.metis(hub), STAKE, "{mode:?}");
    }
    for mode in [Refusal::Flood, Refusal::Accept] {
        let mut world = world.clone();
        let answer = IRefuser::answerCall { mode: mode as u8, size: U256::from(BYTES) };
        world.chain.send(alice, receiver, answer).ok();

        world.chain.send(alice, hub, redeem_now(DAILY, receiver)).ok();

        assert_eq!(world.metis(receiver), DAILY - FEE, "{mode:?}");
    }
}

#[test]
fn a_receiver_that_strikes_back_is_refused_and_sees_the_books_of_afterwards() {
    let mut origin = world();
    let (alice, hub) = (origin.alice, origin.hub);
    let striker = origin.fixture("Reenterer");
    origin.chain.send(alice, hub, Hub::transferCall { to: striker, value: ether(5) }).ok();
    let owner = striker;
    let changes = [
        encoded(&redeem_now(ONE, striker)),
        encoded(&Hub::transferCall { to: alice.address, value: ONE }),
        encoded(&Hub::fillCall { nominal: ZERO, assets: ZERO }),
        encoded(&Hub::collectFeesCall { receiver: striker }),
    ];
    let views = [
        encoded(&Hub::totalsCall {}),
        encoded(&Hub::instantRedemptionCall {}),
        encoded(&Hub::maxRedeemNowCall { owner }),
        encoded(&Hub::previewRedeemNowCall { nominal: DAILY }),
        encoded(&Hub::pendingLossCall {}),
    ];

    for payload in changes.iter().chain(&views) {
        let mut world = origin.clone();
        let arm = IReenterer::armCall {
            target: hub,
            value: ZERO,
            payload: payload.clone(),
            times: ONE,
            insists: false,
        };
        world.chain.send(alice, striker, arm).ok();

        world.chain.send(alice, hub, redeem_now(DAILY, striker)).ok();

        let outcome = world.chain.view(striker, IReenterer::outcomeCall { index: ZERO });
        assert_eq!(world.metis(striker), DAILY - FEE);
        if views.contains(payload) {
            let told = world.chain.send_raw(alice, hub, payload.clone()).ok().output;
            assert_eq!((outcome.ok, outcome.ret), (true, told));
        } else {
            let selector: [u8; 4] = payload[..4].try_into().unwrap();
            let refused = encoded_error(&Hub::ReentryRefused { selector: selector.into() });
            assert_eq!((outcome.ok, outcome.ret), (false, refused));
            assert_eq!(world.balance(striker), ether(5));
        }
    }
}
