//! The plan of an allocation equals a loop that gives METIS by METIS.

use emetis_common::quota::plan::{GRANULE, Plan, SEQUENCERS, Target, plan_allocation};
use emetis_common::staking::{LIMIT, METIS};
use num_rational::BigRational;
use proptest::prelude::*;

use super::amounts::ratio;
use super::cases::{Case, alike, case, large, largest};
use super::giving::{check_order, naive, naive_with_heap, naive_with_missing, room};

fn amounts(plan: &Plan, count: usize) -> Vec<u128> {
    assert!(plan.amounts()[count..].iter().all(|amount| *amount == 0));
    assert_eq!(plan.total(), plan.amounts().iter().sum::<u128>());
    plan.amounts()[..count].to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_024))]

    #[test]
    fn a_plan_is_what_the_loop_gives(case in case(0..=SEQUENCERS)) {
        let Case { targets, groups, assets } = &case;

        let plan = plan_allocation(targets, groups, *assets);

        let given = amounts(&plan, targets.len());
        prop_assert_eq!(&given, &naive(targets, groups, *assets));
        prop_assert_eq!(&given, &naive_with_missing(targets, groups, *assets));
        check_order(&case, &given)?;
    }

    #[test]
    fn a_plan_over_equals_is_what_the_loop_gives(case in alike()) {
        let Case { targets, groups, assets } = &case;

        let plan = plan_allocation(targets, groups, *assets);

        prop_assert_eq!(amounts(&plan, targets.len()), naive(targets, groups, *assets));
    }

    #[test]
    fn the_order_in_which_sequencers_are_told_does_not_matter(
        (case, places) in case(1..=SEQUENCERS).prop_flat_map(|case| {
            let places: Vec<usize> = (0..case.targets.len()).collect();
            (Just(case), Just(places).prop_shuffle())
        }),
    ) {
        let Case { targets, groups, assets } = &case;
        let moved: Vec<Target> = places.iter().map(|place| targets[*place]).collect();

        let plan = plan_allocation(targets, groups, *assets);
        let other = plan_allocation(&moved, groups, *assets);

        for (to, from) in places.iter().enumerate() {
            prop_assert_eq!(other.amounts()[to], plan.amounts()[*from]);
        }
    }

    #[test]
    fn of_the_largest_amounts_a_plan_is_in_the_loops_order(case in largest()) {
        let Case { targets, groups, assets } = &case;

        let plan = plan_allocation(targets, groups, *assets);

        check_order(&case, &amounts(&plan, targets.len()))?;
    }

    #[test]
    fn nothing_overflows(amounts: [u128; 12], assets: u128, rooms: [u128; 2]) {
        let mut amounts = amounts.into_iter();
        let mut next = || amounts.next().unwrap();
        let targets: Vec<Target> = (0..4)
            .map(|id| {
                let (stake, cap, room) = (next(), next(), next());
                Target { id, stake, cap, room, group: id as usize, eligible: true }
            })
            .collect();

        prop_assert!(plan_allocation(&targets, &rooms, assets).total() <= assets);
    }

    #[test]
    fn the_spread_of_those_unfilled_never_rises_beyond_a_granule(case in case(2..=SEQUENCERS)) {
        let Case { targets, groups, assets } = &case;
        let given = amounts(&plan_allocation(targets, groups, *assets), targets.len());
        let taken = |group| {
            let members = targets.iter().zip(&given).filter(|(target, _)| target.group == group);
            members.map(|(_, given)| given).sum::<u128>()
        };
        let unfilled: Vec<_> = targets.iter().zip(&given).filter(|(target, given)| {
            let of_group = groups.get(target.group).copied().unwrap_or(0);
            room(target) - *given >= METIS && of_group - taken(target.group) >= METIS
        }).collect();
        prop_assume!(unfilled.len() > 1);
        let spread = |of: &dyn Fn(&Target, u128) -> BigRational| {
            let all: Vec<_> = unfilled.iter().map(|(target, given)| of(target, **given)).collect();
            all.iter().max().unwrap() - all.iter().min().unwrap()
        };

        let before = spread(&|target, _| ratio(target.stake, target.cap));
        let after = spread(&|target, given| ratio(target.stake + given, target.cap));

        let granules = unfilled.iter().map(|(target, _)| ratio(METIS, target.cap));
        prop_assert!(after <= before.max(granules.max().unwrap()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_plan_of_a_million_is_what_the_loop_gives(case in large()) {
        let Case { targets, groups, assets } = &case;

        let plan = plan_allocation(targets, groups, *assets);

        let given = amounts(&plan, targets.len());
        prop_assert_eq!(&given, &naive_with_heap(targets, groups, *assets));
        check_order(&case, &given)?;
    }
}

fn simple(id: u64, stake: u128, cap: u128, room: u128) -> Target {
    Target { id, stake, cap, room, group: 0, eligible: true }
}

#[test]
fn a_million_over_equals_is_split_evenly_and_the_rest_goes_to_lower_ids() {
    let cap = 100_000 * METIS;
    let targets: Vec<Target> = (1..=64).rev().map(|id| simple(id, 0, cap, LIMIT)).collect();

    let plan = plan_allocation(&targets, &[LIMIT], 1_000_001 * METIS + METIS - 1);

    // 64 times 15,625 is a million.
    assert_eq!(plan.total(), 1_000_001 * METIS);
    assert_eq!(plan.amounts()[63], 15_626 * METIS, "the lowest id");
    assert!(plan.amounts()[..63].iter().all(|amount| *amount == 15_625 * METIS));
}

#[test]
fn boundaries_of_a_room_and_of_what_is_asked() {
    let cap = 10 * METIS;
    let total =
        |room, group, assets| plan_allocation(&[simple(1, 0, cap, room)], &[group], assets).total();

    for (bound, planned) in [
        (0, 0),
        (1, 0),
        (METIS - 1, 0),
        (METIS, METIS),
        (METIS + 1, METIS),
        (cap - 1, cap - METIS),
        (cap, cap),
        (cap + 1, cap),
        (LIMIT, cap),
        (u128::MAX, cap),
    ] {
        assert_eq!(total(bound, LIMIT, LIMIT), planned);
        assert_eq!(total(LIMIT, bound, LIMIT), planned);
        assert_eq!(total(LIMIT, LIMIT, bound), planned);
    }
}

#[test]
fn nothing_goes_to_those_without_a_cap_at_it_not_eligible_or_beyond_the_64th() {
    let cap = 10 * METIS;
    let closed = Target { eligible: false, ..simple(4, 0, cap, LIMIT) };
    let targets =
        [simple(1, 0, 0, LIMIT), simple(2, cap, cap, LIMIT), simple(3, LIMIT, cap, LIMIT), closed];
    assert_eq!(plan_allocation(&targets, &[LIMIT], LIMIT), Plan::NONE);
    assert_eq!(plan_allocation(&[], &[LIMIT], LIMIT), Plan::NONE);
    let elsewhere = Target { group: 1, ..simple(1, 0, cap, LIMIT) };
    assert_eq!(plan_allocation(&[elsewhere], &[LIMIT], LIMIT), Plan::NONE, "of no group");

    let many: Vec<Target> = (0..70).map(|id| simple(id, 0, cap, LIMIT)).collect();
    assert_eq!(plan_allocation(&many, &[LIMIT], LIMIT).total(), 64 * cap);
    assert_eq!(GRANULE, METIS);
}
