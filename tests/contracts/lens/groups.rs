//! Concentration over operator groups.

use super::kit::*;

#[test]
pub(super) fn an_empty_suite_is_not_concentrated() {
    let world = world();

    assert_eq!(world.concentration(), Measures::default());
    assert_eq!(world.groups(), []);
}

#[test]
fn one_sequencer_has_everything() {
    let mut world = world();
    let id = world.register("olga", 10_000);
    world.delegation(id, ether(7_000)).ok();

    assert_eq!(world.concentration(), alone(1, 17_000));
    assert_eq!(world.groups(), [(1, 17_000)]);
}

/// Groups 1 to 4 with 10,000, 25,000, 40,000 and 5,000 METIS, of which the third has two sequencers and
/// the last is last on the live list.
fn four() -> World {
    let mut world = world();
    for (owner, bond) in
        [("olga", 10_000), ("otto", 25_000), ("omar", 15_000), ("omar", 25_000), ("oona", 5_000)]
    {
        world.register(owner, bond);
    }
    world
}

#[test]
pub(super) fn shares_of_unequal_groups_are_measured() {
    let world = four();

    assert_eq!(world.groups(), [(1, 10_000), (2, 25_000), (3, 40_000), (4, 5_000)]);
    let told = Measures {
        count: 4,
        stake: 80_000,
        apart: 0,
        largest: (3, 40_000),
        bps: 5_000,
        // 40,000 are more than a third, and not more than half.
        fewest: (1, 2),
        // 1,250² + 3,125² + 5,000² + 625²
        herfindahl: 36_718_750,
    };
    assert_eq!(world.concentration(), told);
}

#[test]
pub(super) fn groups_under_one_cap_are_one_part() {
    let mut world = four();
    world.group(4, 1);
    world.group(4, 2);

    assert_eq!(world.groups(), [(3, 40_000), (4, 40_000)]);
    let told = Measures {
        count: 2,
        stake: 80_000,
        apart: 0,
        // Of equal ones that with the lowest number.
        largest: (3, 40_000),
        bps: 5_000,
        fewest: (1, 2),
        herfindahl: 50_000_000,
    };
    assert_eq!(world.concentration(), told);
}

#[test]
pub(super) fn a_group_is_apart_from_the_second_on_at_which_its_split_is_effective() {
    let mut world = four();
    world.group(1, 2);
    world.split(2);

    world.chain.advance(RAISE_DELAY - 1);
    assert_eq!(world.groups(), [(1, 35_000), (3, 40_000), (4, 5_000)]);
    world.chain.advance(1);
    assert_eq!(world.groups(), [(1, 10_000), (2, 25_000), (3, 40_000), (4, 5_000)]);
    world.group(4, 1);
    world.split(1);
    world.group(4, 1);
    world.chain.advance(RAISE_DELAY);
    assert_eq!(world.groups(), [(2, 25_000), (3, 40_000), (4, 15_000)]);
}

#[test]
fn of_equal_groups_the_largest_has_the_lowest_number_whatever_the_list() {
    let mut world = world();
    let ids = ["olga", "otto", "omar"].map(|owner| world.register(owner, 10_000));
    world.exit(ids[0]);
    let live = world.chain.view(world.staking, Staking::liveCall {});
    assert_eq!(live, [ids[2], ids[1]]);

    assert_eq!(world.concentration().largest, (2, 10_000));
    assert_eq!(world.groups(), [(2, 10_000), (3, 10_000)]);
}

#[test]
fn a_sequencer_in_jail_counts() {
    let mut world = four();
    world.proposal(word(2)).ok();
    let status = world.chain.view(world.staking, Staking::statusCall { id: word(2) });
    assert_eq!(status, Staking::Status::Jailed);

    assert_eq!(world.groups(), [(1, 10_000), (2, 25_000), (3, 40_000), (4, 5_000)]);
}

#[test]
pub(super) fn delegations_on_their_way_out_count_with_who_shares_their_cap() {
    let mut world = four();
    world.delegation(word(1), ether(6_000)).ok();
    world.delegation(word(3), ether(9_000)).ok();
    // Omar has another one that stays.
    for id in [1, 3] {
        world.exit(word(id));
    }

    assert_eq!(world.groups(), [(2, 25_000), (3, 34_000), (4, 5_000)]);
    assert_eq!(world.concentration().apart, 6_000, "nobody of group 1 is live");
    world.group(4, 1);
    assert_eq!(world.groups(), [(2, 25_000), (3, 34_000), (4, 11_000)]);
    let told = world.concentration();
    assert_eq!((told.count, told.stake, told.apart), (3, 70_000, 0));
    // Its leader has nothing left and is not live, and names the part all the same.
    world.exit(word(5));
    world.group(4, 2);
    assert_eq!(world.groups(), [(3, 34_000), (4, 31_000)]);
}

#[test]
fn a_group_without_stake_is_no_part() {
    let mut world = four();
    let owner = Account::named("olga").address;
    let unlock = Staking::requestBondUnlockCall { id: word(1), assets: ether(10_000) };
    world.chain.send(owner, world.staking, unlock).ok();
    let live = world.chain.view(world.staking, Staking::liveCall {});
    assert!(live.contains(&word(1)));

    assert_eq!(world.groups(), [(2, 25_000), (3, 40_000), (4, 5_000)]);
    assert_eq!(world.concentration().count, 3);
}

#[test]
pub(super) fn sixty_four_sequencers_count_all_of_them() {
    let mut world = world();
    for at in 1..=64 {
        world.register(&format!("operator {at}"), 2_000 + at);
    }

    let groups: Vec<_> = (1..=64).map(|at| (at, 2_000 + at)).collect();
    assert_eq!(world.groups(), groups);
    let told = Measures {
        count: 64,
        // 64 · 2,000 and 1 to 64
        stake: 130_080,
        apart: 0,
        largest: (64, 2_064),
        bps: 158,
        fewest: (22, 32),
        // 264,409,440 of 130,080², in bps²
        herfindahl: 1_562_629,
    };
    assert_eq!(world.concentration(), told);
}
