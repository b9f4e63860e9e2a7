//! Contracts as callers, and calls of every kind.

use super::fixtures::{IBatcher, IForwarder};
use super::kit::*;
use alloy_primitives::{Address, B256, Bytes, U256};
use alloy_sol_types::SolError;
use emetis::artifacts::fixtures::fixture;
use emetis::suite::Params;

const ONE: U256 = U256::ONE;

fn forward(world: &mut World, forwarder: Address, value: U256, data: Bytes) -> (bool, Bytes) {
    let call = IForwarder::forwardCall { target: world.hub, value, gas_: U256::ZERO, data };
    let told = world.chain.send(world.alice, forwarder, call).value(value).ok().output;
    (told.ok, told.ret)
}

#[test]
fn a_contract_is_its_own_holder_and_caller() {
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let forwarder = world.fixture("Forwarder");

    let deposit = encoded(&Hub::depositCall { receiver: forwarder, tag: TAG });
    let call =
        IForwarder::forwardCall { target: hub, value: ether(5), gas_: U256::ZERO, data: deposit };
    let receipt = world.chain.send(alice, forwarder, call).value(ether(5)).ok();
    let transfer = encoded(&Hub::transferCall { to: bob.address, value: ether(2) });
    let moved = forward(&mut world, forwarder, U256::ZERO, transfer);

    let deposited = Hub::Deposited {
        caller: forwarder,
        receiver: forwarder,
        tag: TAG,
        assets: ether(5),
        supply: ether(5),
    };
    world.assert_logs(&receipt, &[event(&deposited), minted(forwarder, ether(5))]);
    assert!(moved.0);
    assert_eq!((world.balance(forwarder), world.balance(bob)), (ether(3), ether(2)));
    assert_eq!(world.balance(alice), U256::ZERO);
}

#[test]
fn a_batch_that_fails_takes_its_deposits_back() {
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let batcher = world.fixture("Batcher");
    let deposit = encoded(&Hub::depositCall { receiver: alice.address, tag: TAG });
    let broken = encoded(&Hub::transferCall { to: bob.address, value: ONE });
    let calls = vec![
        IBatcher::Call { target: hub, value: ether(1), data: deposit },
        IBatcher::Call { target: hub, value: U256::ZERO, data: broken },
    ];
    let storage = world.storage();

    let batch = |atomic| IBatcher::batchCall { calls: calls.clone(), atomic };
    let ret = Hub::ERC20InsufficientBalance { sender: batcher, balance: U256::ZERO, needed: ONE };
    let ret: Bytes = ret.abi_encode().into();
    let failed = IBatcher::CallFailed { index: ONE, ret: ret.clone() };
    world.chain.send(alice, batcher, batch(true)).value(ether(1)).fails_with(failed);
    assert_eq!((world.storage(), world.metis(hub)), (storage, U256::ZERO));

    let results = world.chain.send(alice, batcher, batch(false)).value(ether(1)).ok().output;
    assert_eq!((results[0].ok, results[1].ok, &results[1].ret), (true, false, &ret));
    assert_eq!(world.balance(alice), ether(1));
}

#[test]
fn a_contract_may_be_given_tokens_before_it_exists() {
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let factory = world.fixture("Forwarder");
    let init = fixture("Wallet1271").unwrap().init_code;
    let create =
        || IForwarder::create2Call { value: U256::ZERO, salt: B256::ZERO, init: init.clone() };
    let future = world.chain.send(alice, factory, create()).dry_run().unwrap().output.created;
    let call = Hub::depositCall { receiver: future, tag: TAG };
    world.chain.send(alice, hub, call).value(ether(5)).ok();

    let created = world.chain.send(alice, factory, create()).ok().output.created;

    assert_eq!(created, future);
    let data = encoded(&Hub::transferCall { to: bob.address, value: ether(5) });
    let call = super::fixtures::IWallet::executeCall { to: hub, value: U256::ZERO, data };
    world.chain.send(bob, created, call).ok();
    assert_eq!(world.balance(bob), ether(5));
}

#[test]
fn a_static_call_reads_but_cannot_change() {
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let forwarder = world.fixture("Forwarder");
    let call = Hub::depositCall { receiver: forwarder, tag: TAG };
    world.chain.send(alice, hub, call).value(ether(5)).ok();
    let storage = world.storage();
    let ask = |data: Bytes| {
        let (target, gas_) = (hub, U256::from(1_000_000));
        let told =
            world.chain.view(forwarder, IForwarder::forwardStaticCall { target, gas_, data });
        (told.ok, told.ret)
    };

    let balance = encoded(&Hub::balanceOfCall { account: forwarder });
    assert_eq!(ask(balance), (true, ether(5).to_be_bytes_vec().into()));
    for data in [
        encoded(&Hub::transferCall { to: bob.address, value: ONE }),
        encoded(&Hub::approveCall { spender: bob.address, value: ONE }),
    ] {
        assert_eq!(ask(data), (false, Bytes::new()), "the chain stops it, without data");
    }
    // What fails before it changes anything is told as ever.
    let (sender, balance, needed) = (forwarder, ether(5), ether(6));
    let refused = Hub::ERC20InsufficientBalance { sender, balance, needed }.abi_encode();
    let data = encoded(&Hub::transferCall { to: bob.address, value: needed });
    assert_eq!(ask(data), (false, refused.into()));
    assert_eq!(world.storage(), storage);
}

#[test]
fn a_delegate_call_works_on_the_callers_storage_and_not_on_the_hubs() {
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let forwarder = world.fixture("Forwarder");
    world.mint(alice, ether(10));
    let (storage, metis) = (world.storage(), world.metis(hub));
    let delegate = |world: &mut World, value: U256, data: Bytes| {
        let call = IForwarder::forwardDelegateCall { target: hub, gas_: U256::ZERO, data };
        let told = world.chain.send(alice, forwarder, call).value(value).ok().output;
        (told.ok, told.ret)
    };

    // Alice is the sender, but has no tokens in that storage; and it is not constructed.
    let transfer = encoded(&Hub::transferCall { to: bob.address, value: ONE });
    let (sender, balance, needed) = (alice.address, U256::ZERO, ONE);
    let refused = Hub::ERC20InsufficientBalance { sender, balance, needed }.abi_encode();
    assert_eq!(delegate(&mut world, U256::ZERO, transfer), (false, refused.into()));
    let deposit = encoded(&Hub::depositCall { receiver: bob.address, tag: TAG });
    let selector = selector_of::<Hub::depositCall>().into();
    let missing = Hub::ConstructionMissing { selector }.abi_encode();
    assert_eq!(delegate(&mut world, ONE, deposit.clone()), (false, missing.into()));

    // Constructed, it is a hub of its own, of no worth to the holders of this one.
    let params = Params::default();
    let construct = world.suite.hub_constructor(&params);
    assert!(delegate(&mut world, U256::ZERO, construct.into()).0);
    assert!(delegate(&mut world, ONE, deposit).0);
    assert_eq!(world.storage(), storage);
    assert_eq!(world.metis(hub), metis);
    assert_eq!(world.balance(bob), U256::ZERO);
    let own = world.chain.storage(forwarder, TOTALS_SLOT);
    assert_eq!(own, Books::new(ONE, ONE, U256::ZERO).pack());
}

#[test]
fn a_contract_that_calls_with_little_gas_changes_everything_or_nothing() {
    const STEP: usize = 500;
    const ENOUGH: u64 = 60_000;
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let forwarder = world.fixture("Forwarder");
    let data = encoded(&Hub::depositCall { receiver: bob.address, tag: TAG });

    let mut outcomes = [0, 0];
    for gas in (0..ENOUGH).step_by(STEP) {
        let mut world = world.clone();
        let storage = world.storage();
        let gas_ = U256::from(gas.max(1));
        let call = IForwarder::forwardCall { target: hub, value: ONE, gas_, data: data.clone() };
        let told = world.chain.send(alice, forwarder, call).value(ONE).ok().output;
        outcomes[usize::from(told.ok)] += 1;
        if told.ok {
            assert_eq!((world.balance(bob), world.metis(hub)), (ONE, ONE));
        } else {
            assert_eq!((world.storage(), told.ret), (storage, Bytes::new()), "{gas} gas");
            assert_eq!(world.metis(hub), U256::ZERO);
        }
    }
    assert!(outcomes.iter().all(|count| *count > 10), "{outcomes:?}");
}
