//! Fills while backing is below supply.

use super::kit::*;
use alloy_primitives::{Address, U256};

/// A closed batch of Alice's 200 and Bob's 100, in books of 1,000 of which 800 are placed.
fn stage() -> (World, [U256; 2]) {
    let mut world = world();
    let (alice, bob) = (world.alice, world.bob);
    world.mint(alice, ether(700));
    world.mint(bob, ether(300));
    world.place(ether(800));
    let request =
        |nominal, owner: Account| Queue::requestRedeemCall { nominal, receiver: owner.address };
    let tickets = [(alice, 200), (bob, 100)]
        .map(|(owner, metis)| world.does(owner, request(ether(metis), owner)).output);
    world.close();
    (world, tickets)
}

pub(super) fn a_second_fill_at_another_rate() {
    let (mut world, [first, second]) = stage();
    let (alice, bob) = (world.alice, world.bob);
    assert_eq!(world.fill(ether(150)), (ether(150), ether(150)));
    assert_eq!(world.claim(alice, first), ether(100));
    world.bring_back(ether(100));
    // Backing is 765 then, and the supply 850.
    world.lose(ether(85));
    let before = world.totals();

    let call = Queue::finalizeCall { maxAssets: ALL, maxBatches: ALL };
    let receipt = world.does(world.keeper, call);

    let (nominal, assets) = (ether(150), ether(135));
    assert_eq!((receipt.output.nominal, receipt.output.assets), (nominal, assets));
    let (batch, left, due) = (U256::ONE, ZERO, ZERO);
    let (supply, buffer) = (ether(700), ether(15));
    let expected = [
        world.of_hub(&Hub::Filled { nominal, assets, supply, buffer }),
        world.paid(world.queue, Address::ZERO, nominal),
        world.of_queue(&Queue::BatchFilled { batch, nominal, assets, left, due }),
        world.of_queue(&Queue::BatchMetadataUpdate {
            _fromTokenId: number(1, 1),
            _toTokenId: number(1, LAST),
        }),
    ];
    world.assert_logs(&receipt, &expected);
    assert_eq!(world.books(), [supply, buffer, ether(615)]);
    let escrow = before.escrow + assets;
    assert_eq!(world.totals(), Totals { due, escrow, front: 2, ..before });
    assert_eq!(world.batch(1), (Queue::State::Filled, [300, 300, 285].map(ether)));
    // Both fills are shared by both, whoever claimed between them.
    assert_eq!(world.claim(alice, first), ether(90));
    assert_eq!(world.claim(bob, second), ether(95));
    assert_eq!((world.totals().escrow, world.metis(world.queue)), (ZERO, ZERO));
}

#[test]
fn a_second_fill_at_another_rate_is_shared_by_all_tickets_alike() {
    a_second_fill_at_another_rate();
}

pub(super) fn a_later_loss() {
    let (mut world, [first, second]) = stage();
    let (alice, bob) = (world.alice, world.bob);
    world.bring_back(ether(100));
    world.finalize();

    world.lose(ether(700));

    let claimable = [first, second].map(|ticket| world.told(Queue::claimableCall { ticket }));
    assert_eq!(claimable, [200, 100].map(ether));
    assert_eq!([world.claim(alice, first), world.claim(bob, second)], [200, 100].map(ether));
}

#[test]
fn a_loss_after_a_fill_takes_nothing_of_it() {
    a_later_loss();
}

#[test]
fn a_fill_is_rounded_down_once_for_the_batch_and_its_dust_stays_with_the_others() {
    let (mut world, [first, second]) = stage();
    // Backing is 1,000 METIS less a third, and 1 wei is lost to rounding.
    let loss = ether(1_000) / U256::from(3);
    world.bring_back(ether(300));
    world.lose(loss);
    let backing = ether(1_000) - loss;
    let assets = ether(300) * backing / ether(1_000);
    assert_ne!(assets * ether(1_000), ether(300) * backing);

    assert_eq!(world.finalize(), (ether(300), assets));

    let shares = [200, 100].map(|metis| ether(metis) * assets / ether(300));
    let (alice, bob) = (world.alice, world.bob);
    assert_eq!([world.claim(alice, first), world.claim(bob, second)], shares);
    let dust = assets - shares[0] - shares[1];
    assert!(dust <= U256::from(2));
    assert_eq!((world.totals().escrow, world.metis(world.queue)), (dust, dust));
    let [supply, buffer, placed] = world.books();
    assert_eq!([supply, buffer + placed], [ether(700), backing - assets]);
}

#[test]
fn a_part_of_a_batch_is_what_the_metis_stands_for_rounded_down() {
    let (mut origin, _) = stage();
    // Backing is 700 of 1,000: a wei of METIS pays for a wei of eMETIS, which is worth none.
    origin.lose(ether(300));

    for (available, nominal, assets) in
        [(1, 1, 0), (2, 2, 1), (7, 10, 7), (8, 11, 7), (70, 100, 70)]
    {
        let mut world = origin.clone();
        let told = world.fill(U256::from(available));
        assert_eq!(told, (U256::from(nominal), U256::from(assets)), "with {available} wei");
        let left = world.batch(1).1;
        assert_eq!(left, [ether(300), U256::from(nominal), U256::from(assets)]);
    }
    // The buffer holds 200, which is what 285.7 stand for.
    let nominal = ether(200) * U256::from(10) / U256::from(7);
    let assets = nominal * U256::from(7) / U256::from(10);
    assert_eq!(origin.finalize(), (nominal, assets));
    assert_eq!(origin.batch(1), (Queue::State::Closed, [ether(300), nominal, assets]));
}

#[test]
fn emetis_that_stands_for_nothing_is_filled_with_nothing_and_its_tickets_end() {
    let mut world = world();
    let (alice, bob, keeper) = (world.alice, world.bob, world.keeper);
    world.mint(alice, ether(10));
    world.place(ether(10));
    let request = |receiver| Queue::requestRedeemCall { nominal: ether(5), receiver };
    let ticket = world.does(alice, request(alice.address)).output;
    world.close();
    world.lose(ether(10));
    let other = world.does(alice, request(bob.address)).output;

    assert_eq!(world.finalize(), (ether(5), ZERO));
    assert_eq!(world.books(), [ether(5), ZERO, ZERO]);
    assert_eq!(world.batch(1), (Queue::State::Filled, [ether(5), ether(5), ZERO]));
    let told = world.ticket(ticket);
    assert_eq!((told.state, told.claimable), (Queue::State::Filled, ZERO));

    let (caller, receiver) = (alice.address, world.fixture("Refuser"));
    let receipt = world.does(alice, Queue::claimCall { ticket, receiver });
    let (assets, escrow) = (ZERO, ZERO);
    let expected = [
        world.of_queue(&Queue::Claimed { caller, receiver, ticket, assets, escrow }),
        world.moved(alice, Address::ZERO, ticket),
    ];
    world.assert_logs(&receipt, &expected);
    // The open batch was not touched.
    world.cancel(bob, other);
    let nothing = Queue::NothingToFinalize { due: ZERO, available: ZERO };
    let call = Queue::finalizeCall { maxAssets: ALL, maxBatches: ALL };
    world.refuses(keeper, call, nothing);
}
