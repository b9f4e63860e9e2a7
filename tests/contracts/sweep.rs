//! METIS that was never booked.

use super::fixtures::{IRefuser, Refusal};
use super::kit::*;
use alloy_primitives::{Address, U256};

const ONE: U256 = U256::ONE;

fn sweep(receiver: impl Into<Address>) -> Hub::sweepCall {
    Hub::sweepCall { receiver: receiver.into() }
}

#[test]
fn a_sweep_sends_the_donations_and_nothing_else() {
    let mut world = world();
    let (treasury, carol, hub) = (world.treasury, world.carol, world.hub);
    world.mint(world.alice, ether(10));
    world.donate(ether(3));

    let receipt = world.chain.send(treasury, hub, sweep(carol)).ok();

    let (caller, receiver) = (treasury.address, carol.address);
    let swept = Hub::Swept { caller, receiver, assets: ether(3), ledger: ether(10) };
    world.assert_logs(&receipt, &[event(&swept)]);
    assert_eq!(receipt.output, ether(3));
    assert_eq!((world.metis(carol), world.metis(hub)), (ether(3), ether(10)));
    assert_eq!(world.books(), Books::new(ether(10), ether(10), U256::ZERO));
    let nothing = Hub::DonationsZero { balance: ether(10), ledger: ether(10) };
    world.chain.send(treasury, hub, sweep(carol)).fails_with(nothing);
}

#[test]
fn one_wei_is_a_donation() {
    let mut world = world();
    let (treasury, carol, hub) = (world.treasury, world.carol, world.hub);
    world.donate(ONE);

    let swept = world.chain.send(treasury, hub, sweep(carol)).ok().output;

    assert_eq!((swept, world.metis(carol), world.metis(hub)), (ONE, ONE, U256::ZERO));
}

#[test]
fn a_donation_changes_no_view() {
    let mut world = world();
    world.mint(world.alice, ether(10));
    let views = |world: &World| {
        let (chain, hub) = (&world.chain, world.hub);
        let receiver = world.bob.address;
        [
            chain.view(hub, Hub::totalSupplyCall {}),
            chain.view(hub, Hub::bufferCall {}),
            chain.view(hub, Hub::placedCall {}),
            chain.view(hub, Hub::backingCall {}),
            chain.view(hub, Hub::shortfallCall {}),
            chain.view(hub, Hub::maxDepositCall { receiver }),
            world.balance(world.alice),
            world.balance(hub),
        ]
    };
    let (before, storage) = (views(&world), world.storage());

    world.donate(ether(3));

    assert_eq!(views(&world), before);
    assert_eq!(world.storage(), storage);
    assert_eq!(world.metis(world.hub), ether(13));
}

#[test]
fn a_donation_gives_a_depositor_nothing_and_takes_nothing() {
    let mut world = world();
    world.donate(ether(1_000));

    world.mint(world.bob, ONE);
    world.donate(ether(1_000));
    world.mint(world.alice, ether(5));

    assert_eq!((world.balance(world.bob), world.balance(world.alice)), (ONE, ether(5)));
    assert_eq!(world.books(), Books::new(ether(5) + ONE, ether(5) + ONE, U256::ZERO));
}

#[test]
fn only_the_treasury_sweeps() {
    let mut world = world();
    let hub = world.hub;
    world.donate(ONE);

    for caller in [world.alice, world.allocator, Account::at(Address::ZERO), Account::at(hub)] {
        let refused = Hub::AccessManagedUnauthorized { caller: caller.address };
        world.chain.send(caller, hub, sweep(caller)).fails_with(refused);
    }
}

#[test]
fn nobody_and_the_hub_cannot_receive_a_sweep() {
    let mut world = world();
    let (treasury, hub) = (world.treasury, world.hub);
    world.donate(ONE);

    for receiver in [Address::ZERO, hub] {
        let refused = Hub::ReceiverInvalid { receiver };
        world.chain.send(treasury, hub, sweep(receiver)).fails_with(refused);
    }
}

#[test]
fn a_hub_that_holds_less_than_its_buffer_has_no_donations() {
    let mut world = world();
    let (treasury, carol, hub) = (world.treasury, world.carol, world.hub);
    world.mint(world.alice, ether(1));
    world.set_books(Books::new(ether(1), ether(2), U256::ZERO));

    let nothing = Hub::DonationsZero { balance: ether(1), ledger: ether(2) };
    world.chain.send(treasury, hub, sweep(carol)).fails_with(nothing);
}

#[test]
fn what_is_placed_is_not_expected_in_the_hub() {
    let mut world = world();
    let (treasury, carol, hub) = (world.treasury, world.carol, world.hub);
    world.mint(world.alice, ether(5));
    world.set_books(Books::new(ether(5), ether(4), ether(1)));

    let swept = world.chain.send(treasury, hub, sweep(carol)).ok().output;

    assert_eq!((swept, world.metis(hub)), (ether(1), ether(4)));
}

#[test]
fn a_receiver_that_refuses_stops_the_sweep_in_whatever_way_it_does() {
    const BYTES: u64 = 100_000;
    let mut world = world();
    let (treasury, alice, hub) = (world.treasury, world.alice, world.hub);
    let receiver = world.fixture("Refuser");
    world.mint(alice, ether(10));
    world.donate(ether(3));

    for mode in [Refusal::Revert, Refusal::Silent, Refusal::BurnGas, Refusal::Bomb] {
        let answer = IRefuser::answerCall { mode: mode as u8, size: U256::from(BYTES) };
        world.chain.send(alice, receiver, answer).ok();
        let storage = world.storage();

        let failed = Hub::PaymentFailed { receiver, assets: ether(3) };
        world.chain.send(treasury, hub, sweep(receiver)).fails_with(failed);

        assert_eq!(world.storage(), storage, "{mode:?}");
        assert_eq!(world.metis(hub), ether(13), "{mode:?}");
    }
}

#[test]
fn a_receiver_that_takes_the_metis_may_answer_as_much_as_it_likes() {
    const BYTES: u64 = 100_000;
    for mode in [Refusal::Flood, Refusal::Accept] {
        let mut world = world();
        let (treasury, alice, hub) = (world.treasury, world.alice, world.hub);
        let receiver = world.fixture("Refuser");
        let answer = IRefuser::answerCall { mode: mode as u8, size: U256::from(BYTES) };
        world.chain.send(alice, receiver, answer).ok();
        world.donate(ether(3));

        world.chain.send(treasury, hub, sweep(receiver)).ok();

        assert_eq!((world.metis(receiver), world.metis(hub)), (ether(3), U256::ZERO), "{mode:?}");
    }
}

#[test]
fn a_sweep_works_again_after_one_that_failed() {
    let mut world = world();
    let (treasury, carol, hub) = (world.treasury, world.carol, world.hub);
    let receiver = world.fixture("Refuser");
    world.donate(ether(3));
    let failed = Hub::PaymentFailed { receiver, assets: ether(3) };
    world.chain.send(treasury, hub, sweep(receiver)).fails_with(failed);

    world.chain.send(treasury, hub, sweep(carol)).ok();

    assert_eq!(world.metis(carol), ether(3));
}
