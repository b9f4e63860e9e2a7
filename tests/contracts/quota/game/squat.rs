//! Filling caps so that others cannot enter: what a METIS of it denies, and what it does not.

use super::super::kit::*;
use super::books::Books;
use alloy_primitives::U256;

/// Sequencers of as many owners with 10,000 METIS of bond each, in all of which the pool was granted
/// something.
pub(super) fn several(count: u64, grant: u64) -> (World, Vec<U256>) {
    let mut world = world();
    let owner = |at| format!("operator {at}");
    let ids: Vec<_> = (0..count).map(|at| world.register(&owner(at), 10_000)).collect();
    for id in &ids {
        world.grant(*id, grant);
    }
    world.chain.advance(RAISE_DELAY);
    (world, ids)
}

/// Direct METIS in a sequencer: at most half of its cap, and nothing of what a pool was granted. A cap of
/// 60,000 holds 10,000 of bond and a squatter's 30,000, and 20,000 are left.
#[test]
pub(in super::super) fn a_direct_squatter_gets_half_of_a_cap_and_nothing_of_a_grant() {
    let (mut world, ids) = several(1, 20_000);
    let (id, pool, grant) = (ids[0], world.pool, ether(20_000));
    let squatter = somebody(&mut world, "squatter", 60_000);
    assert_eq!(world.room(pool, id), (grant, Quota::Reason::GrantExceeded));

    let cap = ether(30_000);
    let refused = Quota::SequencerDirectFull { id, stake: beyond(30_000), cap };
    enters(&mut world, squatter, id, beyond(30_000)).fails_with(refused.clone());
    enters(&mut world, squatter, id, cap).ok();
    enters(&mut world, squatter, id, U256::ONE).fails_with(refused.clone());

    // Whoever comes late finds the half taken; the pool finds all that it was granted.
    world
        .delegation(id, ether(1))
        .fails_with(Quota::SequencerDirectFull { stake: ether(30_001), ..refused });
    assert_eq!(world.room(pool, id), (grant, Quota::Reason::SequencerFull));
    world.pool_delegates(id, grant);
}

/// The direct bucket of all: a METIS of squatting denies a METIS of direct room and nothing else, what
/// pools have does not count in it, and as all stake grows it grows by half of that.
#[test]
pub(in super::super) fn a_metis_that_squats_the_direct_bucket_denies_a_metis_of_it() {
    let (mut world, ids) = several(8, GRANT);
    let pool = world.pool;
    for id in &ids {
        world.pool_delegates(*id, ether(20_000));
    }
    // 240,000 METIS of all stake, half of it is 120,000.
    let squatter = somebody(&mut world, "squatter", 120_000);
    for id in &ids[..4] {
        enters(&mut world, squatter, *id, ether(29_000)).ok();
    }
    let books = Books::read(&world);
    assert_eq!((books.total, books.direct), (ether(356_000), ether(116_000)));
    assert_eq!(books.direct_cap(), ether(178_000), "half of its own METIS came on top");

    // Of the room that was there, 120,000 METIS, 62,000 are left: 116,000 taken, 58,000 more.
    let alice = world.alice.address;
    assert_eq!(
        world.allocation(alice, U256::MAX).iter().map(|(_, of)| *of).sum::<U256>(),
        ether(62_000)
    );
    world.delegates(ids[4], ether(30_000));
    // A pool's room in each granted pair is what the squatter left of the cap.
    assert_eq!(world.room(pool, ids[0]), (ether(1_000), Quota::Reason::SequencerFull));
    assert_eq!(world.room(pool, ids[7]), (ether(30_000), Quota::Reason::SequencerFull));
}

/// To close the direct bucket while it is at its floor takes 100,000 METIS, whatever pools have; to keep
/// it closed takes them for as long, and half a METIS more for each METIS that others bring.
#[test]
pub(in super::super) fn the_direct_bucket_is_closed_by_100_000_metis_and_opens_with_stake() {
    let (mut world, ids) = several(5, GRANT);
    let squatter = somebody(&mut world, "squatter", 100_000);
    for id in &ids[..4] {
        enters(&mut world, squatter, *id, ether(25_000)).ok();
    }
    let refused = Quota::DirectFull { stake: ether(100_001), cap: ether(100_000) };
    world.delegation(ids[4], ether(1)).fails_with(refused);

    // 150,000 METIS of all stake. Half of it is more than the floor from 200,000 on.
    world.pool_delegates(ids[4], ether(50_000));
    let refused = Quota::DirectFull { stake: ether(100_001), cap: ether(100_000) };
    world.delegation(ids[3], ether(1)).fails_with(refused);
    world.pool_delegates(ids[3], ether(10_000));
    world.delegates(ids[3], ether(5_000));
}

/// Another pool squats: in a sequencer what it was granted, and not a wei of what others were granted.
/// What it takes of a cap is missing there, a METIS for a METIS, and nothing besides.
#[test]
pub(in super::super) fn a_pool_squats_its_grant_and_a_metis_denies_a_metis() {
    let (mut world, ids) = several(2, GRANT);
    let pool = world.pool;
    world.grant(ids[1], 30_000);
    let other = world.another_pool();
    for id in &ids {
        world.grant_to(other, *id, 20_000);
    }
    world.chain.advance(RAISE_DELAY);
    assert_eq!(world.room(pool, ids[0]), (ether(50_000), Quota::Reason::SequencerFull));
    assert_eq!(world.room(pool, ids[1]), (ether(30_000), Quota::Reason::GrantExceeded));

    let grant = ether(20_000);
    for id in ids.clone() {
        let refused = Quota::GrantExceeded { id, stake: grant + U256::ONE, grant };
        enters(&mut world, other, id, grant + U256::ONE).fails_with(refused);
        enters(&mut world, other, id, grant).ok();
    }

    for id in ids {
        assert_eq!(world.room(pool, id), (ether(30_000), Quota::Reason::SequencerFull));
        world.pool_delegates(id, ether(30_000));
    }
}

/// Bonds of strangers take no room of anybody: they count for their own group, and raise what is a share
/// of all stake.
#[test]
fn bonds_of_strangers_deny_nothing() {
    let (mut world, ids) = several(2, GRANT);
    let pool = world.pool;
    let (room, direct) = (world.room(pool, ids[0]), world.room(world.alice.address, ids[0]));

    for at in 0..40 {
        world.register(&format!("stranger {at}"), 2_000);
    }

    assert_eq!(world.room(pool, ids[0]), room);
    assert_eq!(world.room(world.alice.address, ids[0]), direct);
    assert_eq!(Books::read(&world).group_cap(), ether(100_000), "a fifth of 100,000 is no more");
}
