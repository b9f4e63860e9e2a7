//! Splitting into many operators to get round the cap of one.

use super::super::kit::*;
use alloy_primitives::U256;

/// Owners that are one hand, each with a sequencer of 2,000 METIS of bond. Their ids.
fn hands(world: &mut World, count: u64) -> Vec<U256> {
    (0..count).map(|at| world.register(&format!("hand {at}"), 2_000)).collect()
}

/// `k` owners cost `k` times the least bond. A newcomer may hold 60,000 METIS, 38,000 of them on that
/// bond; without a grant that is direct METIS, 30,000 of it in each and 100,000 in all of them. From the
/// second on which the curator groups them they share one cap.
#[test]
pub(in super::super) fn split_operators_get_what_newcomers_get_until_they_are_grouped_at_once() {
    let mut world = world();
    let ids = hands(&mut world, 5);
    let squatter = somebody(&mut world, "hands", 200_000);
    for id in &ids[..3] {
        let refused =
            Quota::SequencerDirectFull { id: *id, stake: beyond(30_000), cap: ether(30_000) };
        enters(&mut world, squatter, *id, beyond(30_000)).fails_with(refused);
        enters(&mut world, squatter, *id, ether(30_000)).ok();
    }
    enters(&mut world, squatter, ids[3], ether(10_000)).ok();
    let refused = Quota::DirectFull { stake: ether(100_001), cap: ether(100_000) };
    enters(&mut world, squatter, ids[4], ether(1)).fails_with(refused);

    // Pools bring nothing that the curator has not granted.
    let grant = U256::ZERO;
    let refused = Quota::GrantExceeded { id: ids[4], stake: ether(1), grant };
    world.pool_delegation(ids[4], ether(1)).fails_with(refused);
    world.grant(ids[4], GRANT);
    world.chain.advance(RAISE_DELAY);
    for member in 2..=5 {
        world.curates(Quota::groupCall { into: word(1), member: word(member) });
    }

    // 110,000 METIS under a cap of 100,000: what is there stays, and nothing grows.
    let full = Quota::GroupFull { group: word(1), stake: ether(110_001), cap: ether(100_000) };
    world.pool_delegation(ids[4], ether(1)).fails_with(full);
    assert_eq!(world.worth(squatter.address, ids[0]), ether(30_000));
}

/// A sequencer that is handed over stays in its group, and what its new owner registers then does not join
/// it: so handing over neither opens a cap nor closes another's.
#[test]
pub(in super::super) fn a_sequencer_that_changes_hands_stays_under_its_cap() {
    let mut world = world();
    let same = [0; 3].map(|_| world.register("olga", 3_000));
    for id in same {
        world.grant(id, GRANT);
    }
    world.chain.advance(RAISE_DELAY);
    world.pool_delegates(same[0], ether(57_000));
    world.pool_delegates(same[1], ether(34_000));
    let full = Quota::GroupFull { group: word(1), stake: ether(100_001), cap: ether(100_000) };
    world.pool_delegation(same[2], ether(1)).fails_with(full.clone());

    let (olga, other, staking) =
        (Account::named("olga"), world.chain.account("other"), world.staking);
    for id in same {
        let give = Staking::setOwnerCall { id, newOwner: other.address };
        world.chain.send(olga, staking, give).ok();
        world.chain.send(other, staking, Staking::acceptOwnerCall { id }).ok();
    }

    world.pool_delegation(same[2], ether(1)).fails_with(full);
    let fresh = world.register("other", 3_000);
    assert_eq!(world.sequencer(fresh).group, word(2));
    assert_eq!(world.sequencer(same[2]).group, word(1));
}

/// Grouping takes room from nobody outside: an honest operator beside sixteen that are grouped has what
/// it had.
#[test]
fn grouping_others_leaves_an_operator_its_room() {
    let mut world = world();
    let honest = world.register("olga", 10_000);
    hands(&mut world, 16);
    world.grant(honest, GRANT);
    world.chain.advance(RAISE_DELAY);
    let before = world.room(world.pool, honest);

    for member in 3..=17 {
        world.curates(Quota::groupCall { into: word(2), member: word(member) });
    }

    assert_eq!(world.room(world.pool, honest), before);
    assert_eq!(before, (ether(50_000), Quota::Reason::SequencerFull));
    let full = Quota::GroupTooLarge { group: word(2), limit: word(16) };
    let one_more = Quota::groupCall { into: word(2), member: word(1) };
    world.chain.send(world.curator, world.quota, one_more).fails_with(full);
}
