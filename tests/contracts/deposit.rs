//! METIS in, eMETIS out.

use super::kit::*;
use alloy_primitives::{Address, U256};

const ONE: U256 = U256::ONE;

fn deposit(receiver: impl Into<Address>) -> Hub::depositCall {
    Hub::depositCall { receiver: receiver.into(), tag: TAG }
}

#[test]
fn a_deposit_mints_as_much_as_it_brings() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    let assets = ether(30);

    let receipt = world.chain.send(alice, hub, deposit(alice)).value(assets).ok();

    let (caller, receiver) = (alice.address, alice.address);
    let deposited = Hub::Deposited { caller, receiver, tag: TAG, assets, supply: assets };
    world.assert_logs(&receipt, &[event(&deposited), minted(alice, assets)]);
    assert_eq!(receipt.output, assets);
    assert_eq!(world.books(), Books::new(assets, assets, U256::ZERO));
    assert_eq!(world.balance(alice), assets);
    assert_eq!(world.metis(hub), assets);
    assert_eq!(world.metis(alice), WEALTH - assets);
}

#[test]
fn a_deposit_may_go_to_somebody_else() {
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    world.mint(bob, ether(5));

    let receipt = world.chain.send(alice, hub, deposit(bob)).value(ether(2)).ok();

    let deposited = Hub::Deposited {
        caller: alice.address,
        receiver: bob.address,
        tag: TAG,
        assets: ether(2),
        supply: ether(7),
    };
    world.assert_logs(&receipt, &[event(&deposited), minted(bob, ether(2))]);
    assert_eq!((world.balance(alice), world.balance(bob)), (U256::ZERO, ether(7)));
    assert_eq!(world.books(), Books::new(ether(7), ether(7), U256::ZERO));
}

#[test]
fn one_wei_is_a_deposit() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);

    let minted = world.chain.send(alice, hub, deposit(alice)).value(ONE).ok().output;

    assert_eq!((minted, world.balance(alice)), (ONE, ONE));
}

#[test]
fn a_deposit_of_nothing_is_refused() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);

    world.chain.send(alice, hub, deposit(alice)).fails_with(Hub::AssetsZero {});
}

#[test]
fn nobody_and_the_hub_cannot_receive_a_deposit() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);

    for receiver in [Address::ZERO, hub] {
        let refused = Hub::ERC20InvalidReceiver { receiver };
        world.chain.send(alice, hub, deposit(receiver)).value(ONE).fails_with(refused);
    }

    assert_eq!(world.books(), Books::default());
    assert_eq!(world.metis(hub), U256::ZERO);
}

#[test]
fn supply_takes_84_bits_and_not_a_wei_more() {
    for first in [LIMIT - ONE, LIMIT] {
        let mut world = world();
        let (alice, hub) = (world.alice, world.hub);

        world.mint(alice, first);

        let room = LIMIT - first;
        let refused = Hub::SupplyOverflow { supply: first, assets: room + ONE, limit: LIMIT };
        world.chain.send(alice, hub, deposit(alice)).value(room + ONE).fails_with(refused);
        assert_eq!(world.chain.view(hub, Hub::totalSupplyCall {}), first);
        assert_eq!(world.chain.view(hub, Hub::maxDepositCall { receiver: alice.address }), room);
    }
}

#[test]
fn deposits_beyond_84_bits_are_refused_with_their_true_size() {
    for assets in [LIMIT + ONE, U256::ONE << 128, U256::MAX] {
        let mut world = world();
        let (carol, hub) = (world.carol, world.hub);
        world.chain.deal(carol, assets);

        let refused = Hub::SupplyOverflow { supply: U256::ZERO, assets, limit: LIMIT };
        world.chain.send(carol, hub, deposit(carol)).value(assets).fails_with(refused);
    }
}

#[test]
fn the_buffer_takes_84_bits_and_not_a_wei_more() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    world.set_books(Books::new(ONE, LIMIT - ONE, U256::ZERO));

    let assets = U256::from(2);
    let refused = Hub::BufferOverflow { buffer: LIMIT - ONE, assets, limit: LIMIT };
    world.chain.send(alice, hub, deposit(alice)).value(assets).fails_with(refused);

    world.chain.send(alice, hub, deposit(alice)).value(ONE).ok();
    assert_eq!(world.books(), Books::new(assets, LIMIT, U256::ZERO));
}

#[test]
fn a_balance_takes_128_bits_and_not_a_wei_more() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    let most = U256::from(u128::MAX);
    world.set_balance(alice, most - ONE);

    world.chain.send(alice, hub, deposit(alice)).value(ONE).ok();
    let account = alice.address;
    let refused = Hub::BalanceOverflow { account, balance: most, added: ONE };
    world.chain.send(alice, hub, deposit(alice)).value(ONE).fails_with(refused);

    assert_eq!(world.balance(alice), most);
}

#[test]
fn deposits_halt_while_backing_is_short_and_resume_within_a_millionth() {
    let supply = ether(1_000);
    for placed in [U256::ZERO, ether(400)] {
        let mut world = world();
        let (alice, hub) = (world.alice, world.hub);
        let max = Hub::maxDepositCall { receiver: alice.address };

        let short = supply - TOLERANCE - ONE;
        world.set_books(Books::new(supply, short - placed, placed));
        let halted = Hub::DepositsHalted { backing: short, supply };
        world.chain.send(alice, hub, deposit(alice)).value(ONE).fails_with(halted);
        assert_eq!(world.chain.view(hub, max.clone()), U256::ZERO);
        assert_eq!(world.chain.view(hub, Hub::shortfallCall {}), TOLERANCE + ONE);

        world.set_books(Books::new(supply, short + ONE - placed, placed));
        world.chain.send(alice, hub, deposit(alice)).value(ONE).ok();
        assert_eq!(world.chain.view(hub, Hub::shortfallCall {}), TOLERANCE);
        assert_eq!(world.chain.view(hub, max), LIMIT - supply - ONE);
    }
}

#[test]
fn a_surplus_of_backing_is_no_shortfall() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    world.set_books(Books::new(ether(1), ether(2), ether(3)));

    world.chain.send(alice, hub, deposit(alice)).value(ONE).ok();

    assert_eq!(world.chain.view(hub, Hub::shortfallCall {}), U256::ZERO);
    assert_eq!(world.chain.view(hub, Hub::backingCall {}), ether(5) + ONE);
}

#[test]
fn the_largest_deposit_is_what_max_deposit_tells() {
    let cases = [
        (Books::default(), LIMIT),
        (Books::new(ether(7), ether(7), U256::ZERO), LIMIT - ether(7)),
        (Books::new(ether(7), ether(9), U256::ZERO), LIMIT - ether(9)),
        (Books::new(LIMIT, LIMIT, U256::ZERO), U256::ZERO),
        (Books::new(ether(7), U256::ZERO, LIMIT), LIMIT - ether(7)),
    ];
    for (books, most) in cases {
        let mut world = world();
        let (alice, hub) = (world.alice, world.hub);
        world.set_books(books);

        let told = world.chain.view(hub, Hub::maxDepositCall { receiver: alice.address });

        assert_eq!(told, most, "{books:?}");
        let beyond = world.chain.send(alice, hub, deposit(alice)).value(most + ONE).dry_run();
        assert!(beyond.is_err(), "{books:?}");
        if !most.is_zero() {
            world.chain.send(alice, hub, deposit(alice)).value(most).ok();
        }
    }
}

#[test]
fn max_deposit_is_zero_for_those_who_cannot_receive() {
    let world = world();

    for receiver in [Address::ZERO, world.hub] {
        let told = world.chain.view(world.hub, Hub::maxDepositCall { receiver });
        assert_eq!(told, U256::ZERO);
    }
}

#[test]
fn of_several_flaws_a_deposit_names_the_first() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    world.set_books(Books::new(LIMIT, U256::ZERO, LIMIT - ether(1)));
    world.set_balance(alice, U256::from(u128::MAX));

    let receiver = Address::ZERO;
    let refused = Hub::ERC20InvalidReceiver { receiver };
    world.chain.send(alice, hub, deposit(receiver)).fails_with(refused);
    world.chain.send(alice, hub, deposit(alice)).fails_with(Hub::AssetsZero {});
    let halted = Hub::DepositsHalted { backing: LIMIT - ether(1), supply: LIMIT };
    world.chain.send(alice, hub, deposit(alice)).value(ONE).fails_with(halted);

    world.set_books(Books::new(LIMIT, LIMIT, U256::ZERO));
    let refused = Hub::SupplyOverflow { supply: LIMIT, assets: ONE, limit: LIMIT };
    world.chain.send(alice, hub, deposit(alice)).value(ONE).fails_with(refused);

    world.set_books(Books::new(U256::ZERO, LIMIT, U256::ZERO));
    let refused = Hub::BufferOverflow { buffer: LIMIT, assets: ONE, limit: LIMIT };
    world.chain.send(alice, hub, deposit(alice)).value(ONE).fails_with(refused);
}
