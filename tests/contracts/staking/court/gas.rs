//! Whatever gas a call has: the outcome is the same, or out of gas.

use super::super::kit::*;
use alloy_primitives::U256;
use emetis::Failure;

/// Gas that a pool gets, less what entering it costs.
const GIVEN: std::ops::RangeInclusive<u64> = 297_000..=300_000;

#[test]
fn a_pool_gets_the_same_gas_whatever_came_with_the_call() {
    let (mut world, id) = running();
    let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
    world.chain.advance(VETO_WINDOW);
    let call = Court::executeCall { proposal };
    let plenty = world.chain.send(world.keeper, world.court, call.clone()).dry_run().unwrap();

    let (mut given, mut storage, mut refused) = (Vec::new(), Vec::new(), 0);
    for step in 0..40 {
        let gas = plenty.gas_used / 2 + step * 20_000;
        let mut world = world.clone();
        match world.chain.send(world.keeper, world.court, call.clone()).gas(gas).run() {
            Ok(receipt) => {
                assert_eq!(receipt.logs, plenty.logs, "{gas}");
                given.push(world.chain.view(world.pool, IPool::gasGivenCall {}));
                storage.push(world.storage());
            }
            Err(Failure::OutOfGas { .. }) => refused += 1,
            Err(other) => panic!("{gas}: {other:?}"),
        }
    }

    assert!(refused > 3 && given.len() > 3, "{refused} refused, {} done", given.len());
    given.dedup();
    assert_eq!(given.len(), 1, "{given:?}");
    assert!(GIVEN.contains(&given[0].to::<u64>()), "{given:?}");
    storage.dedup();
    assert_eq!(storage.len(), 1);
}

#[test]
fn a_pool_that_burns_gas_costs_its_share_and_no_more() {
    let (mut world, id) = running();
    let call = world.proposal(id, MAX_SLASH, EVIDENCE);
    let honest = world.chain.send(world.slasher, world.court, call.clone()).dry_run().unwrap();
    world.turn_pool(Mode::BurnGas);

    let burnt = world.chain.send(world.slasher, world.court, call).dry_run().unwrap();

    let more = U256::from(burnt.gas_used - honest.gas_used);
    assert!(more < U256::from(300_000), "{more}");
}
