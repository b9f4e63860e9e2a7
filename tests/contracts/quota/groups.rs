//! Operator groups under one cap.

use super::kit::*;
use alloy_primitives::U256;

/// Three sequencers of as many owners with 10,000 METIS of bond each, groups 1 to 3, in all of which the
/// pool was granted what it can be.
fn three() -> (World, [U256; 3]) {
    let mut world = world();
    let ids = ["olga", "otto", "omar"].map(|owner| world.register(owner, 10_000));
    for id in ids {
        world.grant(id, GRANT);
    }
    world.chain.advance(RAISE_DELAY);
    (world, ids)
}

fn group(into: u64, member: u64) -> Quota::groupCall {
    Quota::groupCall { into: word(into), member: word(member) }
}

fn members(world: &World, group: u64) -> Vec<u64> {
    let told = world.told(Quota::membersOfCall { member: word(group) });
    told.into_iter().map(|group| group.to()).collect()
}

fn leader(world: &World, group: u64) -> (u64, U256) {
    let told = world.told(Quota::groupOfCall { member: word(group) });
    (told.leader.to(), told.until)
}

#[test]
fn each_owner_is_a_group_of_its_own() {
    let (mut world, ids) = three();

    for (at, id) in ids.into_iter().enumerate() {
        let number = at as u64 + 1;
        assert_eq!(world.sequencer(id).group, word(number));
        assert_eq!(leader(&world, number), (number, U256::ZERO));
        assert_eq!(members(&world, number), [number]);
        world.pool_delegates(id, ether(50_000));
    }
}

#[test]
pub(super) fn groups_under_one_cap_are_measured_together() {
    let (mut world, [first, second, third]) = three();
    world.pool_delegates(first, ether(50_000));

    let receipt = world.curates(group(1, 2));
    receipt.emitted(Quota::Grouped { into: word(1), member: word(2), members: word(2) });
    world.curates(group(1, 3));

    assert_eq!((members(&world, 2), members(&world, 1)), (vec![1, 2, 3], vec![1, 2, 3]));
    assert_eq!(leader(&world, 3), (1, U256::ZERO));
    // 60,000, 10,000 and 10,000 of 100,000.
    world.pool_delegates(second, ether(15_000));
    world.pool_delegates(third, ether(5_000));
    for id in [second, third] {
        let cap = ether(100_000);
        let refused = Quota::GroupFull { group: word(1), stake: cap + U256::ONE, cap };
        world.pool_delegation(id, U256::ONE).fails_with(refused);
    }
}

#[test]
pub(super) fn a_group_is_let_go_two_days_later() {
    let (mut world, [first, second, _]) = three();
    world.curates(group(1, 2));
    world.pool_delegates(first, ether(50_000));
    world.pool_delegates(second, ether(30_000));
    let effective = world.now() + word(RAISE_DELAY);

    let receipt = world.curates(Quota::splitCall { member: word(2) });

    receipt.emitted(Quota::Split { from: word(1), member: word(2), effective });
    assert_eq!(leader(&world, 2), (1, effective));
    world.chain.advance(RAISE_DELAY - 1);
    assert_eq!(members(&world, 1), [1, 2]);
    let refused = Quota::GroupFull { group: word(1), stake: ether(100_001), cap: ether(100_000) };
    world.pool_delegation(second, ether(1)).fails_with(refused);
    world.chain.advance(1);
    assert_eq!((members(&world, 1), members(&world, 2)), (vec![1], vec![2]));
    assert_eq!(leader(&world, 2), (2, U256::ZERO));
    world.pool_delegates(second, ether(1));
}

#[test]
fn whoever_shares_no_cap_pays_nothing_for_those_who_do() {
    let (mut world, [.., third]) = three();
    let gas = |world: &World| {
        let mut world = world.clone();
        world.pool_delegation(third, ether(5)).ok().gas_used
    };
    let before = gas(&world);

    world.curates(group(1, 2));

    let after = gas(&world);
    assert!(after <= before + 200, "{before} before, {after} after");
    let low = Quota::setLimitsCall { churnBps: word(99), ..limits() };
    world.curates(lower(low));
    assert_eq!(members(&world, 2), [1, 2]);
    assert_eq!(gas(&world), after, "limits leave what is noted beside them");
}

#[test]
fn grouping_takes_a_split_back() {
    let (mut world, _) = three();
    world.curates(group(1, 2));
    world.curates(Quota::splitCall { member: word(2) });
    world.chain.advance(RAISE_DELAY - 1);

    let receipt = world.curates(group(1, 2));

    receipt.emitted(Quota::Grouped { into: word(1), member: word(2), members: word(2) });
    world.chain.advance(days(9));
    assert_eq!((members(&world, 1), leader(&world, 2)), (vec![1, 2], (1, U256::ZERO)));
}

#[test]
fn a_split_that_waits_begins_anew() {
    let (mut world, _) = three();
    world.curates(group(1, 2));
    world.curates(Quota::splitCall { member: word(2) });
    world.chain.advance(RAISE_DELAY - 1);
    world.curates(Quota::splitCall { member: word(2) });

    world.chain.advance(RAISE_DELAY - 1);
    assert_eq!(members(&world, 1), [1, 2]);
    world.chain.advance(1);
    assert_eq!(members(&world, 1), [1]);
}

#[test]
fn whoever_leads_or_follows_is_not_put_under_another() {
    let (mut world, _) = three();
    world.curates(group(1, 2));
    let mut refused = |call: Quota::groupCall, group, leader| {
        let refused = Quota::GroupNotAlone { group: word(group), leader: word(leader) };
        world.chain.send(world.curator, world.quota, call).fails_with(refused);
    };

    refused(group(3, 1), 1, 1);
    refused(group(3, 2), 2, 1);
    refused(group(2, 3), 2, 1);
    refused(group(2, 1), 2, 1);
    world.curates(Quota::splitCall { member: word(2) });
    let refused = Quota::GroupNotAlone { group: word(2), leader: word(1) };
    world.chain.send(world.curator, world.quota, group(3, 2)).fails_with(refused);
    world.chain.advance(RAISE_DELAY);
    world.curates(group(3, 2));
    world.curates(group(3, 1));
    assert_eq!(members(&world, 1), [3, 2, 1]);
}

#[test]
fn a_group_has_a_number_and_is_not_put_under_itself() {
    let (mut world, _) = three();
    let large = U256::from(1_u64 << 24);

    for (into, member, bad) in [
        (U256::ZERO, word(1), U256::ZERO),
        (word(1), U256::ZERO, U256::ZERO),
        (large, word(1), large),
        (word(1), U256::MAX, U256::MAX),
        (word(2), word(2), word(2)),
    ] {
        let refused = Quota::GroupInvalid { group: bad };
        let call = Quota::groupCall { into, member };
        world.chain.send(world.curator, world.quota, call).fails_with(refused);
    }
    for member in [U256::ZERO, large] {
        let refused = Quota::GroupInvalid { group: member };
        let call = Quota::splitCall { member };
        world.chain.send(world.curator, world.quota, call).fails_with(refused);
    }
}

#[test]
fn who_is_under_nobody_is_not_let_go() {
    let (mut world, _) = three();
    world.curates(group(1, 2));

    for member in [word(1), word(3), word(1 << 20)] {
        let refused = Quota::GroupAlone { group: member };
        let call = Quota::splitCall { member };
        world.chain.send(world.curator, world.quota, call).fails_with(refused);
    }
}

#[test]
fn at_most_sixteen_groups_share_a_cap_and_one_that_has_gone_makes_room() {
    let mut world = world();
    for member in 2..=16 {
        let receipt = world.curates(group(1, member));
        let members = word(member);
        receipt.emitted(Quota::Grouped { into: word(1), member: members, members });
    }
    let refused = Quota::GroupTooLarge { group: word(1), limit: word(16) };
    world.chain.send(world.curator, world.quota, group(1, 17)).fails_with(refused.clone());
    world.curates(Quota::splitCall { member: word(7) });
    world.chain.advance(RAISE_DELAY - 1);
    world.chain.send(world.curator, world.quota, group(1, 17)).fails_with(refused);

    world.chain.advance(1);
    world.curates(group(1, 17));

    let expected: Vec<u64> = (1..=17).filter(|group| *group != 7).collect();
    assert_eq!(members(&world, 17), expected);
    assert_eq!(members(&world, 7), [7]);
    for member in (2..=17).filter(|group| *group != 7) {
        world.curates(Quota::splitCall { member: word(member) });
    }
    world.chain.advance(RAISE_DELAY);
    assert_eq!(members(&world, 1), [1]);
}
