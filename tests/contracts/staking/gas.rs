//! Gas at the worst: all pools there can be, each burning what it is given, and a bucket a day.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;

use super::kit::*;

/// Gas that a block of an Arbitrum chain takes.
const BLOCK: u64 = 32_000_000;
/// Pools at most.
const POOLS: usize = 16;
/// What each pool delegates, in METIS.
const STAKE: u64 = 2_000;
/// The longest unbonding period, in days.
const LONGEST: u64 = 60;

/// A sequencer with the stake of 16 pools that burn gas, each of which has a part of every bucket
/// of the last 60 days.
fn crowded() -> (World, U256) {
    let mut world = world();
    let period = U256::from(days(LONGEST));
    world.does(world.admin, Staking::setUnbondingPeriodCall { period });
    let id = world.register(world.operator, world.signer, BOND + ether(LONGEST));
    let mut pools = vec![world.pool];
    while pools.len() < POOLS {
        let pool = create(&mut world.chain, "Pool");
        world.chain.deal(pool, WEALTH);
        world.does(world.curator, Staking::registerPoolCall { pool });
        pools.push(pool);
    }
    for pool in &pools {
        world.delegate(Account::at(*pool), id, ether(STAKE));
        let burns = IPool::answerCall { mode: Mode::BurnGas as u8 };
        world.chain.send(world.keeper, *pool, burns).ok();
    }
    for _ in 0..LONGEST {
        for pool in &pools {
            world.undelegate(Account::at(*pool), id, ether(1));
        }
        world.does(world.operator, Staking::requestBondUnlockCall { id, assets: ether(1) });
        world.chain.advance(days(1));
    }
    world.reward(id, ether(32));
    (world, id)
}

/// The gas of a call of the court, which fits a block, also as a limit.
fn measured<C: SolCall>(world: &World, who: Account, call: &C) -> u64 {
    let mut world = world.clone();
    let court: Address = world.court;
    world.chain.roll_to(world.chain.block_number() + 1);
    world.chain.send_raw(who, court, encoded(call)).gas(BLOCK).ok().gas_used
}

#[test]
fn whatever_the_court_does_fits_a_block_with_all_pools_and_60_buckets() {
    let (mut world, id) = crowded();
    let (slasher, vetoer, keeper) = (world.slasher, world.vetoer, world.keeper);
    // The oldest fault there can be reaches all buckets that have not matured.
    let fault = (world.now() - U256::from(days(LONGEST))).max(world.sequencer(id).registered);
    let call = Court::proposeSlashCall { id, bps: MAX_SLASH, faultTime: fault, evidence: EVIDENCE };

    let propose = measured(&world, slasher, &call);
    let today = Court::proposeSlashCall { faultTime: world.now(), ..call.clone() };
    let few = measured(&world, slasher, &today);
    let receipt = world.chain.send(slasher, world.court, call).ok();
    let (proposal, failed) = (receipt.output, receipt.events::<Court::LossPushFailed>().len());
    let scope = world.asks(Staking::holdOfCall { id }).delegatedScope;
    let veto = measured(&world, vetoer, &Court::vetoCall { proposal });
    world.chain.advance(VETO_WINDOW);
    let execute = measured(&world, keeper, &Court::executeCall { proposal });
    world.chain.advance(EXECUTE_GRACE);
    let lapse = measured(&world, keeper, &Court::lapseCall { proposal });

    let each = (propose - few) / LONGEST;
    println!("gas: propose {propose}, veto {veto}, execute {execute}, lapse {lapse}");
    println!("gas of a bucket in scope among 16 pools, to propose: {each}");
    // All 60 buckets are in it: nothing that left is missing. And all pools burn what they get.
    assert_eq!(scope, ether(POOLS as u64 * STAKE));
    assert_eq!(failed, POOLS);
    for (what, gas) in
        [("propose", propose), ("veto", veto), ("execute", execute), ("lapse", lapse)]
    {
        assert!(gas < BLOCK, "{what}: {gas} gas");
    }
}

#[test]
fn an_exit_costs_the_same_among_all_pools_and_60_buckets() {
    /// By how much it may differ, in gas.
    const TOLERANCE: u64 = 200;
    let (mut alone, id) = running();
    let (mut crowded, same) = crowded();
    assert_eq!(id, same);
    let gas = |world: &mut World| {
        let alice = world.alice;
        if world.shares(alice, id) == U256::ZERO {
            world.delegate(alice, id, ether(1_000));
        }
        world.undelegate(alice, id, ether(10));
        let call = Staking::undelegateCall { id, shares: ether(10) };
        world.chain.roll_to(world.chain.block_number() + 1);
        world.tells(alice, call, U256::ZERO).gas_used
    };

    let (few, many) = (gas(&mut alone), gas(&mut crowded));

    assert!(few.abs_diff(many) <= TOLERANCE, "{few} alone, {many} in a crowd");
}
