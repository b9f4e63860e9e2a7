//! What a call costs does not depend on how many tickets there are.

use super::kit::*;
use alloy_primitives::U256;

/// Tickets of others in the batch.
const CROWDS: [u64; 3] = [1, 100, 10_000];
/// What they are for together, in METIS.
const TOGETHER: u64 = 100;
/// The base cost of a transaction's calldata beyond what is compared is that of a place, in gas.
const NONZERO_BYTE: u64 = 12;

/// Gas of the same calls in a batch of Bob's ticket and a crowd of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Gas {
    request: u64,
    cancel: u64,
    fill: u64,
    part: u64,
    rest: u64,
    transfer: u64,
    last: u64,
}

fn gas(crowd: u64) -> Gas {
    let mut world = world();
    let (alice, bob, carol) = (world.alice, world.bob, world.carol);
    world.mint(carol, ether(1_000));
    world.place(ether(500));
    // A spare ticket of each, so that nobody's last one ends, which would cost less.
    let kept = world.requests(bob, &[LEAST; 2]);
    world.request(alice, LEAST);
    let nominal = ether(TOGETHER) / U256::from(crowd);
    let mut left = crowd;
    while left > 0 {
        let count = left.min(MOST);
        world.requests(alice, &vec![nominal; count as usize]);
        left -= count;
    }
    let request = Queue::requestRedeemCall { nominal: LEAST, receiver: carol.address };
    world.does(carol, request.clone());
    let request = world.does(carol, request).gas_used;
    let place = crowd + 3;
    let cancel = Queue::cancelCall { ticket: number(1, place + 2), receiver: carol.address };
    let cancel = world.does(carol, cancel).gas_used;
    world.close();
    world.lose(ether(50));

    let call = Queue::finalizeCall { maxAssets: ether(40), maxBatches: ALL };
    let fill = world.does(world.keeper, call).gas_used;
    let receiver = bob.address;
    let claim = |ticket| Queue::claimCall { ticket, receiver };
    let part = world.does(bob, claim(kept)).gas_used;
    world.finalize();
    let rest = world.does(bob, claim(kept)).gas_used;
    let second = kept + U256::ONE;
    let (from, to) = (bob.address, carol.address);
    let call = Queue::transferFromCall { from, to, tokenId: second };
    let transfer = world.does(bob, call).gas_used;
    world.does(carol, Queue::transferFromCall { from: to, to: from, tokenId: second });
    // The last of the crowd.
    let call = Queue::claimCall { ticket: number(1, place), receiver: alice.address };
    let last = world.does(alice, call).gas_used;
    Gas { request, cancel, fill, part, rest, transfer, last }
}

/// A word costs more calldata the fewer of its bytes are zero.
fn without_calldata(gas: u64, ticket: U256) -> u64 {
    let bytes = ticket.to_be_bytes::<32>();
    gas - NONZERO_BYTE * bytes.iter().filter(|byte| **byte != 0).count() as u64
}

#[test]
fn a_call_costs_the_same_among_one_a_hundred_and_ten_thousand_tickets() {
    let all = CROWDS.map(|crowd| {
        let gas = gas(crowd);
        let place = crowd + 3;
        Gas {
            cancel: without_calldata(gas.cancel, number(1, place + 2)),
            last: without_calldata(gas.last, number(1, place)),
            ..gas
        }
    });

    println!("{:#?}", all[0]);
    assert_eq!(all, [all[0]; 3]);
}

#[test]
fn a_batch_of_millions_of_tickets_costs_what_one_of_two_costs() {
    let measure = |tickets: u64| {
        let mut world = world();
        let (alice, bob) = (world.alice, world.bob);
        world.mint(alice, ether(1_000));
        world.requests(bob, &[ether(1); 2]);
        // As the crowd above shows, nothing else of a batch grows with its tickets.
        world.set_batch(1, ether(2), world.totals().closes, tickets);
        world.close();
        let call = Queue::finalizeCall { maxAssets: ALL, maxBatches: ALL };
        let fill = world.does(world.keeper, call).gas_used;
        let call = Queue::claimCall { ticket: number(1, 1), receiver: bob.address };
        (fill, world.does(bob, call).gas_used)
    };

    let few = measure(2);
    for tickets in [100, 10_000, 100_000, LAST] {
        assert_eq!(measure(tickets), few, "{tickets} tickets");
    }
}
