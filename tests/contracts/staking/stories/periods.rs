//! An authority that changes the unbonding period without end.

use alloy_primitives::U256;

use super::super::kit::*;

/// Code that lets anyone do anything, at once.
const YES: [u8; 8] = [0x60, 0x01, 0x5f, 0x52, 0x60, 0x40, 0x5f, 0xf3];
/// Changes on one day, more than there are parts of one.
const CHANGES: u64 = 70;
/// Parts of a day at most.
const PARTS: usize = 64;
/// Gas that a block of an Arbitrum chain takes.
const BLOCK: u64 = 32_000_000;

/// A period, another one each time.
fn period(turn: u64) -> Staking::setUnbondingPeriodCall {
    Staking::setUnbondingPeriodCall { period: U256::from(days(7 + turn % 54)) }
}

/// A running sequencer whose authority lets anyone in.
fn lawless() -> (World, U256) {
    let (mut world, id) = running();
    world.corrupt(world.suite.access_manager, &YES);
    (world, id)
}

impl World {
    /// Alice takes out 1 METIS after each of so many changes of the period. The buckets.
    fn flicker(&mut self, id: U256, changes: u64) -> Vec<U256> {
        let one = |turn| {
            self.does(self.keeper, period(turn));
            self.undelegate(self.alice, id, ether(1))
        };
        (0..changes).map(one).collect()
    }

    /// The court's call and the gas of it, which fits a block.
    fn fits<C: alloy_sol_types::SolCall>(&mut self, call: C) -> C::Return {
        let receipt = self.chain.send(self.keeper, self.court, call).ok();
        assert!(receipt.gas_used < BLOCK, "{} of gas", receipt.gas_used);
        receipt.output
    }
}

#[test]
fn bucket_numbers_rise_and_the_64th_of_a_day_takes_all_further() {
    let (mut world, id) = lawless();
    let today = world.chain.time() / days(1);

    let buckets = world.flicker(id, CHANGES);
    let last = buckets[PARTS - 1];
    let mut parts = buckets.clone();
    parts.dedup();

    assert_eq!(parts.len(), PARTS);
    assert!(parts.is_sorted() && buckets[PARTS..].iter().all(|bucket| *bucket == last));
    for (part, bucket) in parts.iter().enumerate() {
        let turn = part as u64;
        assert_eq!(*bucket, U256::from(today << 12 | turn << 6 | (7 + turn % 54)));
        let previous = world.asks(Staking::bucketCall { id, number: *bucket }).previous;
        assert_eq!(previous, if part == 0 { U256::ZERO } else { parts[part - 1] });
    }
    let held = world.asks(Staking::bucketCall { id, number: last });
    assert_eq!(held.nominal, ether(CHANGES - PARTS as u64 + 1));
    // The next day is another.
    world.chain.advance(days(1));
    let next = world.flicker(id, 1)[0];
    assert_eq!(next, U256::from((today + 1) << 12 | 7));
    assert_eq!(world.asks(Staking::bucketCall { id, number: next }).previous, last);
}

#[test]
fn a_proposal_ends_within_a_block_and_everybodys_buckets_pay() {
    let (mut world, id) = lawless();
    let buckets = world.flicker(id, CHANGES);
    let proposal = world.fits(world.proposal(id, MAX_SLASH, EVIDENCE));
    let more = world.flicker(id, CHANGES);
    let mut vetoed = world.clone();
    let mut lapsed = world.clone();

    world.chain.advance(VETO_WINDOW);
    world.fits(Court::executeCall { proposal });
    vetoed.fits(Court::vetoCall { proposal });
    lapsed.chain.advance(VETO_WINDOW + EXECUTE_GRACE);
    lapsed.fits(Court::lapseCall { proposal });

    assert_eq!(buckets.last(), more.last());
    let all = ether(2 * CHANGES);
    // 1,200 of 30,000, wherever they were.
    let kept = all - all / U256::from(25);
    for (mut world, expected) in [(world, kept), (vetoed, all), (lapsed, all)] {
        world.chain.advance(days(61));
        let receiver = world.alice.address;
        let claim = Staking::claimUnlockedCall { id, buckets: buckets.clone(), receiver };
        let receipt = world.tells(world.alice, claim, U256::ZERO);
        assert!(receipt.gas_used < BLOCK, "{} of gas", receipt.gas_used);
        assert!(expected - receipt.output <= U256::from(PARTS), "{}", receipt.output);
        world.undelegate(world.alice, id, ether(10_000 - 2 * CHANGES));
    }
}

/// What a lawless authority can make a proposal cost: a bucket in scope for each change.
#[test]
fn each_bucket_in_scope_adds_little_to_a_proposal() {
    /// Gas of a bucket, to make a proposal and to execute it, with one pool.
    const MOST: [u64; 2] = [9_000, 20_000];
    let (mut world, id) = lawless();
    let cost = |world: &World| {
        let mut world = world.clone();
        let call = world.proposal(id, MAX_SLASH, EVIDENCE);
        let made = world.chain.send(world.keeper, world.court, call).ok();
        world.chain.advance(VETO_WINDOW);
        let done = world.execute(made.output);
        [made.gas_used, done.gas_used]
    };

    world.flicker(id, 1);
    let few = cost(&world);
    world.flicker(id, PARTS as u64);
    let many = cost(&world);

    let each = [0, 1].map(|at| (many[at] - few[at]) / (PARTS as u64 - 1));
    println!("gas of a bucket in scope, to propose and to execute: {each:?}");
    assert!(each[0] < MOST[0] && each[1] < MOST[1], "{each:?}");
}

/// A bucket that a slash has hit must take no more, or who joins it bears a loss that was others'.
/// It does once the day has no further part.
#[test]
fn who_leaves_after_a_slash_bears_nothing_of_it_whatever_the_authority_did_that_day() {
    let (mut world, id) = lawless();
    let (alice, bob) = (world.alice, world.person("bob"));
    world.delegate(bob, id, ether(5_000));
    let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
    world.chain.advance(VETO_WINDOW);
    world.flicker(id, PARTS as u64);
    world.undelegate(alice, id, ether(5_000));
    world.execute(proposal);

    let worth = world.worth(bob, id);
    let joined = world.undelegate(bob, id, ether(5_000));
    world.chain.warp_to(world.matures(id, joined));
    let paid = world.claim(bob, id, joined);

    assert!(worth - paid <= U256::ONE, "{paid} of {worth}");
}
