//! Moving all stake, of which caps are shares: how far they move, and whom that touches.

use super::super::check::four_pools;
use super::super::kit::*;
use super::books::{Books, Caps};
use super::squat::several;
use alloy_primitives::U256;

/// Pools with 50,000 METIS in each of sixteen sequencers: 960,000 METIS of all stake. The pool of the
/// world has the first two, others eight and six.
fn sixteen() -> (World, Vec<U256>) {
    let (mut world, ids) = several(16, GRANT);
    let (honest, whale, third) = (world.pool, world.another_pool(), world.another_pool());
    let of = |at: usize| [honest, whale, third][usize::from(at > 1) + usize::from(at > 9)];
    for (at, id) in ids.iter().enumerate() {
        world.grant_to(of(at), *id, GRANT);
    }
    world.chain.advance(RAISE_DELAY);
    for (at, id) in ids.iter().enumerate() {
        enters(&mut world, of(at), *id, ether(50_000)).ok();
    }
    assert_eq!(Books::read(&world).total, ether(960_000));
    (world, ids)
}

/// A whale with 400,000 METIS of 960,000 leaves. A share falls by its part of that: an operator's cap from
/// 192,000 to 112,000, by a fifth; that of direct positions from 480,000 to 280,000, by half. Who is above
/// a cap now stays, leaves, is slashed, restores the bond; only growing is over.
#[test]
pub(in super::super) fn a_whale_that_leaves_lowers_shares_by_their_part_and_pushes_nobody_out() {
    let (mut world, ids) = sixteen();
    let (pool, whale) = (world.pool, Books::read(&world).pools[1].0);
    // One operator under one cap: three sequencers with 180,000 METIS.
    world.curates(Quota::groupCall { into: word(1), member: word(2) });
    world.curates(Quota::groupCall { into: word(1), member: word(11) });
    let before = Caps::read(&world, &Books::read(&world), pool);
    assert_eq!((before.group, before.direct), (ether(192_000), ether(480_000)));

    for id in &ids[2..10] {
        leaves(&mut world, whale, *id, ether(50_000)).ok();
    }

    let after = Caps::read(&world, &Books::read(&world), pool);
    assert_eq!((after.group, after.direct), (ether(112_000), ether(280_000)));
    assert_eq!(after.pool, before.pool, "two others are left, so no share of a pool binds");
    // 180,000 METIS under a cap of 112,000.
    assert_eq!(world.worth(pool, ids[0]), ether(50_000));
    let better = Quota::setScoresCall { id: ids[0], operations: word(9_000), market: word(9_000) };
    world.curates(better);
    world.chain.advance(RAISE_DELAY);
    let full = Quota::GroupFull { group: word(1), stake: ether(180_001), cap: ether(112_000) };
    world.pool_delegation(ids[0], ether(1)).fails_with(full);

    let owner = Account::named("operator 0");
    let (staking, restored) = (world.staking, ether(90_000));
    world.chain.deal(owner, restored);
    let restore = Staking::increaseBondCall { id: ids[0] };
    world.chain.send(owner, staking, restore).value(restored).ok();
    let bucket = leaves(&mut world, pool, ids[0], ether(20_000)).ok().output.bucket;
    world.slash(ids[0]);
    world.chain.advance(days(22));
    let claim = Staking::claimUnlockedCall { id: ids[0], buckets: vec![bucket], receiver: pool };
    let paid = world.chain.send(Account::at(pool), staking, claim).ok().output;
    // A tenth of 150,000 METIS, all of it of the bond.
    assert_eq!(paid, ether(20_000));
    assert_eq!(world.worth(pool, ids[0]), ether(30_000));
    let left = world.chain.view(staking, Staking::positionCall { account: pool, id: ids[0] });
    leaves(&mut world, pool, ids[0], left.shares).ok();
}

/// The floor of an operator ends where its share is more, not before: however all stake is moved between
/// 350,000 and 550,000 METIS, a cap of 100,000 is at most a fifth of what was moved away.
#[test]
pub(in super::super) fn the_floor_of_an_operator_is_no_cliff() {
    let (mut world, ids) = sixteen();
    let (pool, third) = (world.pool, Books::read(&world).pools[2].0);
    let whale = Books::read(&world).pools[1].0;
    for id in &ids[2..10] {
        leaves(&mut world, whale, *id, ether(50_000)).ok();
    }
    let mut books = Books::read(&world);
    let mut before = Caps::read(&world, &books, pool);
    let mut seen = Vec::new();

    // From 560,000 METIS down to 320,000, by 20,000 and a wei beyond 500,000 and 400,000.
    let mut at = 0;
    for id in &ids[10..16] {
        for step in [20_000, 19_999, 10_001] {
            let shares = if at % 3 == 2 { world.worth(third, *id) } else { ether(step) };
            at += 1;
            leaves(&mut world, third, *id, shares).ok();
            let now = Books::read(&world);
            let caps = Caps::read(&world, &now, pool);
            assert_eq!(caps, Caps::expected(&now, pool));
            assert!(before.moved(&caps) <= books.total - now.total, "{before:?} to {caps:?}");
            seen.push(caps.group);
            (books, before) = (now, caps);
        }
    }
    assert_eq!(books.total, ether(260_000));
    assert_eq!(seen.last(), Some(&ether(100_000)));
}

/// A fourth pool presses on the others wei by wei: across the line of 5 % a wei of it takes a wei, and a
/// pool's own METIS takes none of its own cap.
#[test]
pub(in super::super) fn a_fourth_pool_presses_wei_by_wei() {
    // 137,368 METIS, of which the third of the others has 7,368, above 5 % by 499.6.
    let (mut world, id) = four_pools(7_368);
    let pool = world.pool;
    let fourth = Books::read(&world).pools[3].0;
    let third = id - U256::ONE;
    // Down to the line, and 3 wei below it.
    let line = |world: &World| {
        let books = Books::read(world);
        (books.of(fourth), books.total / word(20))
    };
    let (has, five) = line(&world);
    let excess = (has - five) * word(20) / word(19) + word(3);
    leaves(&mut world, fourth, third, excess).ok();
    let (has, five) = line(&world);
    assert!(has < five && five - has < word(5), "{has} of {five}");
    let mut caps = Caps::read(&world, &Books::read(&world), pool);
    assert_eq!(caps.pool, ether(60_000), "nobody presses below the line");

    for wei in [1_u64, 1, 1, 1, 1, 1, 1, 7, 1_000] {
        enters(&mut world, fourth, third, word(wei)).ok();
        let books = Books::read(&world);
        let now = Caps::read(&world, &books, pool);
        assert_eq!(now, Caps::expected(&books, pool));
        assert!(caps.moved(&now) <= word(wei), "{caps:?} to {now:?} by {wei} wei");
        caps = now;
    }
    assert!(caps.pool < ether(60_000) && ether(60_000) - caps.pool <= word(1_014));

    // Its own METIS does not come off the pool's cap: 5 % of it come on top.
    world.pool_delegates(id, ether(40_000));
    let own = Caps::read(&world, &Books::read(&world), pool).pool;
    assert!(own >= caps.pool, "{own} after {}", caps.pool);
}

/// What pressing costs: to take a METIS off a pool's absolute cap three others need one each, beyond 5 % of
/// all stake each; and a third of all stake is left.
#[test]
fn pressing_a_pool_takes_three_times_what_it_loses() {
    let (world, _) = four_pools(40_000);
    let (pool, books) = (world.pool, Books::read(&world));

    // 170,000 METIS: three others have 40,000, 30,000 and 40,000; the third has 21,500 beyond 5 %.
    let cap = Caps::read(&world, &books, pool).pool;
    assert_eq!(cap, ether(56_100), "a third of 170,000 is more than 60,000 less 21,500");
    let pressing: U256 = books.pools.iter().map(|(_, has)| *has).sum();
    let least = (ether(60_000) - cap + books.total / word(20)) * word(3);
    assert!(pressing >= least, "{pressing}, at least {least}");
}

/// A pool's share falls by 33 % of what leaves: 170,000 METIS less 10,000, and from 56,100 to 52,800.
#[test]
pub(in super::super) fn a_pools_share_falls_by_a_third_of_what_leaves() {
    let (mut world, id) = four_pools(40_000);
    let (pool, whale) = (world.pool, Books::read(&world).pools[1].0);
    leaves(&mut world, whale, U256::ONE, ether(10_000)).ok();

    let cap = ether(52_800);
    assert_eq!(Caps::read(&world, &Books::read(&world), pool).pool, cap);
    let refused = Quota::PoolFull { pool, stake: cap + U256::ONE, cap };
    world.curates(Quota::setScoresCall { id, operations: word(9_999), market: word(9_999) });
    world.chain.advance(RAISE_DELAY);
    world.pool_delegation(id, cap + U256::ONE).fails_with(refused);
    world.pool_delegates(id, cap);
}

/// Raising all stake raises what is a share of it, by no more than that part of it: nobody loses.
#[test]
fn a_whale_that_enters_raises_shares_by_their_part() {
    let (mut world, ids) = sixteen();
    let pool = world.pool;
    let before = Caps::read(&world, &Books::read(&world), pool);
    let whale = somebody(&mut world, "whale", 100_000);
    for id in &ids {
        world.curates(Quota::setScoresCall {
            id: *id,
            operations: word(9_999),
            market: word(9_999),
        });
    }
    world.chain.advance(RAISE_DELAY);

    for id in &ids[..10] {
        enters(&mut world, whale, *id, ether(10_000)).ok();
    }

    let after = Caps::read(&world, &Books::read(&world), pool);
    assert_eq!(after.group - before.group, ether(20_000));
    assert_eq!(after.direct - before.direct, ether(50_000));
    assert_eq!(after.pool, before.pool);
}
