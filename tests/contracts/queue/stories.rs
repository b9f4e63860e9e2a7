//! What went wrong elsewhere, with numbers.

use super::super::fixtures::{IBatcher, IRefuser, Refusal};
use super::super::staking::kit::{IHostile, Turn};
use super::kit::*;
use alloy_primitives::U256;
use alloy_sol_types::{SolCall, SolError};

/// What a whale borrows and what it would redeem, in METIS.
const WHALE: u64 = 200_000;
/// What everybody else has.
const OTHERS: u64 = 800_000;
/// How long a slash can be vetoed, in seconds.
const VETO_WINDOW: u64 = days(2);

fn finalize() -> Queue::finalizeCall {
    Queue::finalizeCall { maxAssets: ALL, maxBatches: ALL }
}

pub(super) fn three_tickets_of_which_one_is_cancelled() {
    let mut world = world();
    let (alice, bob, carol) = (world.alice, world.bob, world.carol);
    let [first, second, third] = [alice, bob, carol].map(|owner| world.request(owner, ether(100)));
    world.cancel(bob, second);
    world.close();

    assert_eq!(world.fill(ether(100)), (ether(100), ether(100)));
    assert_eq!([world.claim(alice, first), world.claim(carol, third)], [ether(50); 2]);
    assert_eq!(world.fill(ether(100)), (ether(100), ether(100)));
    assert_eq!([world.claim(alice, first), world.claim(carol, third)], [ether(50); 2]);
    let nothing = Queue::NothingToFinalize { due: ZERO, available: ether(100) };
    let call = Queue::finalizeCall { maxAssets: ether(100), maxBatches: ALL };
    world.refuses(world.keeper, call, nothing);

    assert_eq!(world.nominal(bob), ether(100));
    assert_eq!(world.books(), [ether(100), ether(100), ZERO]);
    assert_eq!((world.totals().escrow, world.metis(world.queue)), (ZERO, ZERO));
}

#[test]
fn of_tickets_of_100_100_and_100_the_second_is_cancelled_and_the_batch_filled_with_100_three_times()
{
    three_tickets_of_which_one_is_cancelled();
}

#[test]
fn a_ticket_that_was_redeemed_is_not_cancelled_nor_one_redeemed_that_was_cancelled() {
    let mut world = world();
    let alice = world.alice;
    let receiver = alice.address;
    let [redeemed, cancelled] = [10, 20].map(|metis| world.request(alice, ether(metis)));
    world.cancel(alice, cancelled);
    world.close();
    world.finalize();
    let closed = Queue::BatchNotOpen { batch: U256::ONE };
    world.refuses(alice, Queue::cancelCall { ticket: redeemed, receiver }, closed);
    world.claim(alice, redeemed);

    for ticket in [redeemed, cancelled] {
        let gone = || Queue::ERC721NonexistentToken { tokenId: ticket };
        world.refuses(alice, Queue::cancelCall { ticket, receiver }, gone());
        world.refuses(alice, Queue::claimCall { ticket, receiver }, gone());
    }
    // Each METIS once: 10 were redeemed, 20 are still eMETIS.
    assert_eq!(world.books(), [ether(20), ether(20), ZERO]);
    assert_eq!((world.nominal(alice), world.nominal(world.queue)), (ether(20), ZERO));
}

#[test]
fn a_sweep_leaves_what_tickets_are_owed_however_often_and_whatever_is_given() {
    let mut world = world();
    let (alice, treasury) = (world.alice, world.treasury);
    let receiver = treasury.address;
    let tickets = [1_000, 500].map(|metis| world.request(alice, ether(metis)));
    world.close();

    for filled in [700, 800] {
        world.fill(ether(filled));
        world.donate(ether(3));
        let swept = world.does(treasury, Queue::sweepCall { receiver }).output;
        assert_eq!(swept, ether(3));
        let escrow = world.totals().escrow;
        let none = Queue::DonationsZero { balance: escrow, escrow };
        world.refuses(treasury, Queue::sweepCall { receiver }, none);
    }
    assert_eq!(tickets.map(|ticket| world.claim(alice, ticket)), [1_000, 500].map(ether));
}

#[test]
fn one_recipient_that_refuses_its_metis_stops_neither_its_batch_nor_the_next() {
    let mut world = world();
    let (alice, keeper, queue) = (world.alice, world.keeper, world.queue);
    let refuser = world.fixture("Refuser");
    let burns = IRefuser::answerCall { mode: Refusal::BurnGas as u8, size: ZERO };
    world.chain.send(keeper, refuser, burns).ok();
    world.mint(alice, ether(1));
    let call = Queue::requestRedeemCall { nominal: ether(1), receiver: refuser };
    let ticket = world.does(alice, call).output;
    let first = world.requests(alice, &[ether(1); 19]);
    world.close();
    let next = world.request(alice, ether(5));
    world.close();

    assert_eq!(world.finalize(), (ether(25), ether(25)));

    let tickets = (0..19).map(|at| first + U256::from(at)).collect();
    let receiver = alice.address;
    assert_eq!(world.does(alice, Queue::claimsCall { tickets, receiver }).output, ether(19));
    assert_eq!(world.claim(alice, next), ether(5));
    let failed = Queue::PaymentFailed { receiver: refuser, assets: ether(1) };
    let refuser_itself = Account::at(refuser);
    world.refuses(refuser_itself, Queue::claimCall { ticket, receiver: refuser }, failed);
    // Its own METIS waits until it names somebody who takes it.
    world.does(refuser_itself, Queue::claimCall { ticket, receiver });
    assert_eq!((world.totals().escrow, world.metis(queue)), (ZERO, ZERO));
}

#[test]
fn a_request_of_200_000_and_its_cancellation_in_one_transaction_move_nothing() {
    let mut world = world();
    let (alice, hub, queue) = (world.alice, world.hub, world.queue);
    world.mint(alice, ether(OTHERS));
    world.request(alice, ether(100));
    world.close();
    let whale = world.fixture("Batcher");
    world.mint(whale, ether(WHALE));
    let quiet = world.clone();
    let call = |target, data| IBatcher::Call { target, value: ZERO, data };
    let (nominal, receiver, ticket) = (ether(WHALE), whale, number(2, 1));
    let approve = Hub::approveCall { spender: queue, value: nominal };
    let calls = vec![
        call(hub, encoded(&approve)),
        call(queue, encoded(&Queue::requestRedeemCall { nominal, receiver })),
        call(queue, encoded(&finalize())),
        call(queue, encoded(&Queue::claimCall { ticket, receiver })),
        call(queue, encoded(&Queue::cancelCall { ticket, receiver })),
    ];

    let batch = IBatcher::batchCall { calls, atomic: false };
    let results = world.chain.send(alice, whale, batch).ok().output;

    let told: Vec<_> = results.iter().map(|result| result.ok).collect();
    assert_eq!(told, [true, true, true, false, true]);
    // The batch that was closed is filled with what it is owed, and not with a wei more.
    let filled = Queue::finalizeCall::abi_decode_returns(&results[2].ret).unwrap();
    assert_eq!((filled.nominal, filled.assets), (ether(100), ether(100)));
    let refused = Queue::TicketNotFilled { ticket }.abi_encode();
    assert_eq!(results[3].ret[..], refused[..]);
    let mut honest = quiet;
    honest.finalize();
    assert_eq!(world.books(), honest.books());
    assert_eq!((world.nominal(whale), world.totals().due), (ether(WHALE), ZERO));
    assert_eq!(world.metis(whale), ZERO);
}

#[test]
fn whoever_would_redeem_200_000_before_a_slash_is_decided_bears_it_with_all_others() {
    let mut world = world();
    let (alice, bob, keeper) = (world.alice, world.bob, world.keeper);
    world.mint(bob, ether(OTHERS));
    world.place(ether(OTHERS));
    let ticket = world.request(alice, ether(WHALE));
    let until = world.now() + word(VETO_WINDOW);
    world.settle(ZERO, ether(100_000), until);
    world.close();

    let pending = Queue::LossPending { pending: ether(100_000), until };
    world.refuses(keeper, finalize(), pending.clone());
    world.chain.warp_to(until.to::<u64>() - 1);
    world.refuses(keeper, finalize(), pending);
    world.lose(ether(100_000));

    // 900,000 for 1,000,000.
    assert_eq!(world.finalize(), (ether(WHALE), ether(180_000)));
    assert_eq!(world.claim(alice, ticket), ether(180_000));
    assert_eq!(world.books(), [ether(OTHERS), ether(20_000), ether(700_000)]);
}

/// Gives the queue an authority that ends calls so.
fn usurp(world: &mut World, turn: Turn) {
    let (admin, keeper, manager) = (world.admin, world.keeper, world.suite.access_manager);
    let hostile = world.fixture("Hostile");
    let call = Manager::updateAuthorityCall { target: world.queue, newAuthority: hostile };
    world.chain.send(admin, manager, call).ok();
    let call = IHostile::turnCall { mode: turn as u8, size: ZERO };
    world.chain.send(keeper, hostile, call).ok();
    assert_eq!(world.told(Queue::authorityCall {}), hostile);
}

pub(super) fn a_claim_needs_nobody() {
    for turn in [Turn::Silent, Turn::Empty, Turn::Typed, Turn::BurnGas] {
        let mut world = world();
        let (alice, bob, hub) = (world.alice, world.bob, world.hub);
        let [first, second] = [alice, bob].map(|owner| world.request(owner, ether(100)));
        world.close();
        world.fill(ether(100));
        let pause = Hub::pauseCall { duration: 3_600 };
        world.chain.send(world.guardian, hub, pause).ok();
        let until = world.now() + word(days(7));
        world.settle(ZERO, ether(1), until);
        usurp(&mut world, turn);

        assert_eq!(world.claim(alice, first), ether(50), "{turn:?}");
        // And if there is no hub any more.
        world.chain.set_code(hub, vec![].into());
        assert_eq!(world.claim(bob, second), ether(50), "{turn:?}");
        let (from, to) = (bob.address, alice.address);
        world.does(bob, Queue::transferFromCall { from, to, tokenId: second });
        assert_eq!(world.told(Queue::ownerOfCall { tokenId: second }), to);
    }
}

#[test]
fn a_claim_needs_nobody_who_could_refuse_it() {
    a_claim_needs_nobody();
}

#[test]
fn requests_cancellations_and_fills_go_on_while_the_hub_is_paused_and_the_authority_is_hostile() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    world.mint(alice, ether(10));
    let pause = Hub::pauseCall { duration: 3_600 };
    world.chain.send(world.guardian, hub, pause).ok();
    usurp(&mut world, Turn::BurnGas);
    let request =
        |metis| Queue::requestRedeemCall { nominal: ether(metis), receiver: alice.address };

    let tickets = [7, 2].map(|metis| world.does(alice, request(metis)).output);
    world.cancel(alice, tickets[1]);
    world.close();
    assert_eq!(world.finalize(), (ether(7), ether(7)));
    assert_eq!(world.claim(alice, tickets[0]), ether(7));
}

#[test]
fn a_ticket_is_good_for_a_century() {
    let mut world = world();
    let (alice, heir) = (world.alice, world.bob);
    let ticket = world.request(alice, ether(100));
    world.close();
    world.fill(ether(40));
    let (from, to) = (alice.address, heir.address);
    world.does(alice, Queue::transferFromCall { from, to, tokenId: ticket });

    world.chain.advance(days(36_525));
    for program in [world.queue, world.hub] {
        world.chain.activate(alice, program);
    }

    assert_eq!(world.claim(heir, ticket), ether(40));
    world.finalize();
    assert_eq!(world.claim(heir, ticket), ether(60));
    assert_eq!(world.told(Queue::balanceOfCall { owner: to }), ZERO);
}
