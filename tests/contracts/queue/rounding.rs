//! What tickets are paid adds up to what their batch was filled with, less a wei for each at most.

use super::super::chance::check;
use super::kit::*;
use alloy_primitives::U256;
use proptest::collection::vec;
use proptest::prelude::*;

/// Random batches.
const CASES: u32 = 48;
/// Tickets of one at most.
const TICKETS: usize = 12;
/// What holders who stay have, and what is placed of it, in METIS.
const OTHERS: u64 = 1_000;

/// A fill: what is lost before it, in parts per million of what is placed, and how much METIS there is for it,
/// in wei, if it is not for all.
type Fill = (u64, Option<u64>);

fn fills() -> impl Strategy<Value = Vec<Fill>> {
    let available =
        prop_oneof![Just(None), (1..u64::MAX).prop_map(Some), (1..100u64).prop_map(Some)];
    vec((0..500_000u64, available), 1..5)
}

/// Who claims, and after which fill. Everybody claims at the end.
fn story(nominals: &[u64], fills: &[Fill], claims: &[(usize, usize)]) -> Result<(), TestCaseError> {
    let mut world = world();
    let alice = world.alice;
    world.mint(world.bob, ether(OTHERS));
    world.place(ether(OTHERS));
    let nominals: Vec<_> = nominals.iter().map(|nominal| LEAST + U256::from(*nominal)).collect();
    let first = world.requests(alice, &nominals);
    let tickets: Vec<_> = (0..nominals.len()).map(|at| first + U256::from(at)).collect();
    world.close();
    let mut paid = vec![ZERO; tickets.len()];
    let mut claim = |world: &mut World, at: usize| {
        if world.told(Queue::claimableCall { ticket: tickets[at] }) > ZERO {
            paid[at] += world.claim(alice, tickets[at]);
        }
    };

    let mut filled = [ZERO; 2];
    let all = (0, None);
    for (at, (lost, available)) in fills.iter().chain([&all]).enumerate() {
        let [_, _, placed] = world.books();
        world.lose(placed * U256::from(*lost) / U256::from(1_000_000));
        let [supply, buffer, placed] = world.books();
        let backing = (buffer + placed).min(supply);
        let available = available.map_or(ALL, U256::from).min(buffer);
        let call = Queue::finalizeCall { maxAssets: available, maxBatches: ALL };
        if let Ok(receipt) = world.chain.send(world.keeper, world.queue, call).run() {
            let told = receipt.output;
            // By the rule, worked out anew.
            prop_assert_eq!(told.assets, told.nominal * backing / supply);
            prop_assert!(told.assets <= available);
            filled = [filled[0] + told.nominal, filled[1] + told.assets];
        }
        for (_, who) in claims.iter().filter(|(when, _)| *when == at) {
            claim(&mut world, *who % nominals.len());
        }
        prop_assert_eq!(world.batch(1).1[1..].to_vec(), filled.to_vec());
    }
    let sum: U256 = nominals.iter().sum();
    prop_assert_eq!(filled[0], sum);
    for at in 0..nominals.len() {
        claim(&mut world, at);
    }
    for (paid, nominal) in paid.iter().zip(&nominals) {
        prop_assert_eq!(*paid, *nominal * filled[1] / sum);
    }
    let all: U256 = paid.iter().sum();
    let dust = filled[1] - all;
    prop_assert!(dust <= U256::from(tickets.len()), "{} wei of dust", dust);
    prop_assert_eq!([world.totals().escrow, world.metis(world.queue)], [dust; 2]);
    Ok(())
}

#[test]
fn payments_are_shares_of_the_batch_and_add_up_to_it_less_a_wei_for_each_ticket_at_most() {
    let nominals = vec(any::<u64>(), 1..=TICKETS);
    let claims = vec((0..5usize, any::<usize>()), 0..8);

    check(CASES, &(nominals, fills(), claims), |(nominals, fills, claims)| {
        story(&nominals, &fills, &claims)
    });
}
