//! The plan of a release equals a loop that takes METIS by METIS.

use emetis_common::quota::plan::{Plan, SEQUENCERS, Source, plan_release};
use emetis_common::staking::{LIMIT, METIS};
use proptest::prelude::*;

use super::amounts::near;
use super::cases::{MOST, cap, stake};
use super::taking::{check_order, last_granule, naive, position};

fn amounts(plan: &Plan, count: usize) -> Vec<u128> {
    assert!(plan.amounts()[count..].iter().all(|amount| *amount == 0));
    assert_eq!(plan.total(), plan.amounts().iter().sum::<u128>());
    plan.amounts()[..count].to_vec()
}

/// Positions with and without a rest; as large as the stake, and larger.
fn position_in(stake: u128) -> impl Strategy<Value = u128> {
    prop_oneof![
        3 => (0..=60_u128).prop_map(|amount| amount * METIS),
        3 => 0..=60 * METIS,
        2 => near(vec![0, METIS, 2 * METIS, 3 * METIS, stake]),
        2 => 0..=stake,
        1 => Just(LIMIT),
    ]
}

fn source() -> impl Strategy<Value = Source> {
    let whole = cap().prop_flat_map(|cap| (Just(cap), stake(cap)));
    let whole = whole.prop_flat_map(|(cap, stake)| (Just(cap), Just(stake), position_in(stake)));
    (whole, prop::bool::weighted(0.8)).prop_map(|((cap, stake, position), active)| Source {
        id: 0,
        stake,
        cap,
        position,
        active,
    })
}

fn with_ids(sources: Vec<Source>) -> impl Strategy<Value = Vec<Source>> {
    let ids: Vec<u64> = (1..=sources.len() as u64).map(|id| id * 3).collect();
    Just(ids).prop_shuffle().prop_map(move |ids| {
        let pairs = sources.iter().zip(ids);
        pairs.map(|(source, id)| Source { id, ..*source }).collect()
    })
}

fn sources() -> impl Strategy<Value = Vec<Source>> {
    let different = prop::collection::vec(source(), 0..=SEQUENCERS);
    let equal = (source(), 1..=SEQUENCERS).prop_map(|(source, count)| vec![source; count]);
    prop_oneof![3 => different, 1 => equal].prop_flat_map(with_ids)
}

fn assets() -> impl Strategy<Value = u128> {
    let edges = vec![0, METIS, 2 * METIS, MOST - 2];
    prop_oneof![2 => near(edges), 3 => 0..=100 * METIS, 2 => 0..=MOST]
}

/// As many sequencers as there are, of the size they have, or of any.
fn large(any: bool) -> impl Strategy<Value = Vec<Source>> {
    let cap = (20_000..=100_000_u128).prop_map(|cap| cap * METIS);
    let cap = if any { super::cases::cap().boxed() } else { cap.boxed() };
    let whole = cap.prop_flat_map(|cap| (Just(cap), stake(cap)));
    let whole = whole.prop_flat_map(|(cap, stake)| (Just(cap), Just(stake), 0..=stake));
    let source =
        (whole, prop::bool::weighted(0.95)).prop_map(|((cap, stake, position), active)| Source {
            id: 0,
            stake,
            cap,
            position,
            active,
        });
    prop::collection::vec(source, SEQUENCERS).prop_flat_map(with_ids)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_024))]

    #[test]
    fn a_plan_is_what_the_loop_takes(sources in sources(), assets in assets()) {
        let plan = plan_release(&sources, assets);

        let taken = amounts(&plan, sources.len());
        prop_assert_eq!(&taken, &naive(&sources, assets));
        check_order(&sources, assets, &taken)?;
    }

    #[test]
    fn of_any_amount_a_plan_is_in_the_loops_order(
        sources in prop_oneof![large(false), large(true)],
        assets in prop_oneof![0..=5_000_000 * METIS, 0..=LIMIT, Just(u128::MAX)],
    ) {
        let plan = plan_release(&sources, assets);

        check_order(&sources, assets, &amounts(&plan, sources.len()))?;
    }

    #[test]
    fn it_is_less_than_asked_only_if_there_is_no_more(sources in sources(), assets in assets()) {
        let total = plan_release(&sources, assets).total();

        let all: u128 = sources.iter().map(position).fold(0, u128::saturating_add);
        prop_assert!(total == all || total + METIS > assets);
        prop_assert!(total < assets + METIS);
        prop_assert_eq!(plan_release(&sources, u128::MAX).total(), all);
    }

    #[test]
    fn what_is_above_a_cap_goes_before_what_is_not(sources in sources(), assets in assets()) {
        let taken = amounts(&plan_release(&sources, assets), sources.len());

        let pairs = || sources.iter().zip(&taken);
        let is_above = pairs().any(|(source, taken)| {
            source.active && source.stake - taken > source.cap && *taken < position(source)
        });
        let below_gave = pairs().any(|(source, taken)| {
            let before = last_granule(position(source), *taken.max(&METIS));
            source.active && *taken > 0 && source.stake - before <= source.cap
        });
        let idle_is_left = pairs().any(|(source, taken)| !source.active && *taken < position(source));
        let active_gave = pairs().any(|(source, taken)| source.active && *taken > 0);
        prop_assert!(!(is_above && below_gave));
        prop_assert!(!(idle_is_left && active_gave));
    }

    #[test]
    fn the_order_in_which_sequencers_are_told_does_not_matter(
        (sources, places) in sources().prop_flat_map(|sources| {
            let places: Vec<usize> = (0..sources.len()).collect();
            (Just(sources), Just(places).prop_shuffle())
        }),
        assets in assets(),
    ) {
        let moved: Vec<Source> = places.iter().map(|place| sources[*place]).collect();

        let plan = plan_release(&sources, assets);
        let other = plan_release(&moved, assets);

        for (to, from) in places.iter().enumerate() {
            prop_assert_eq!(other.amounts()[to], plan.amounts()[*from]);
        }
    }

    #[test]
    fn nothing_overflows(amounts: [u128; 12], assets: u128) {
        let mut amounts = amounts.into_iter();
        let mut next = || amounts.next().unwrap();
        let sources: Vec<Source> = (0..4)
            .map(|id| {
                let (stake, cap, position) = (next(), next(), next());
                Source { id, stake, cap, position, active: id > 0 }
            })
            .collect();

        prop_assert!(plan_release(&sources, assets).total() < assets.saturating_add(METIS));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2))]

    #[test]
    fn a_plan_of_a_million_is_what_the_loop_takes(
        sources in large(false),
        assets in 900_000 * METIS..=1_100_000 * METIS,
    ) {
        let plan = plan_release(&sources, assets);

        prop_assert_eq!(amounts(&plan, sources.len()), naive(&sources, assets));
    }
}

fn simple(id: u64, stake: u128, cap: u128, position: u128) -> Source {
    Source { id, stake, cap, position, active: true }
}

#[test]
fn boundaries_of_a_position_and_of_what_is_asked() {
    let taken = |position, assets| {
        plan_release(&[simple(1, 100 * METIS, 200 * METIS, position)], assets).total()
    };

    for (position, assets, planned) in [
        (0, LIMIT, 0),
        (1, 0, 0),
        (1, 1, 1),
        (METIS - 1, METIS - 2, 0),
        (METIS - 1, METIS - 1, METIS - 1),
        (METIS, METIS - 1, 0),
        (METIS, METIS, METIS),
        // The rest goes along: more than asked, by less than a METIS.
        (2 * METIS - 1, METIS, 2 * METIS - 1),
        (2 * METIS, METIS, METIS),
        (3 * METIS + 1, 2 * METIS, 2 * METIS),
        (3 * METIS + 1, 3 * METIS, 3 * METIS + 1),
        (3 * METIS + 1, 3 * METIS - 1, 2 * METIS),
        (LIMIT, LIMIT, 100 * METIS),
    ] {
        assert_eq!(taken(position, assets), planned, "{position} {assets}");
    }
}

#[test]
fn those_not_active_go_first_then_those_above_their_cap_then_the_fullest() {
    let cap = 100 * METIS;
    let sources = [
        simple(1, 90 * METIS, cap, 50 * METIS),
        simple(2, 103 * METIS, cap, 50 * METIS),
        Source { active: false, ..simple(3, 10 * METIS, cap, 5 * METIS) },
        simple(4, 50 * METIS, 0, 4 * METIS),
        simple(5, 95 * METIS, cap, 50 * METIS),
        Source { active: false, ..simple(6, 10 * METIS, cap, 5 * METIS) },
    ];
    let taken = |assets| amounts(&plan_release(&sources, assets * METIS), 6);
    let metis = |amounts: [u128; 6]| amounts.map(|amount| amount * METIS).to_vec();

    assert_eq!(taken(3), metis([0, 0, 3, 0, 0, 0]));
    assert_eq!(taken(7), metis([0, 0, 5, 0, 0, 2]));
    assert_eq!(taken(14), metis([0, 0, 5, 4, 0, 5]));
    assert_eq!(taken(17), metis([0, 3, 5, 4, 0, 5]));
    // Then 2 down to 95, and the lower id of equal ones.
    assert_eq!(taken(23), metis([0, 9, 5, 4, 0, 5]));
    assert_eq!(taken(24), metis([0, 9, 5, 4, 1, 5]));
}

#[test]
fn a_stake_of_any_height_over_a_wei_of_cap_is_left_at_no_greater_cost() {
    let sources: Vec<Source> =
        (1..=64).map(|id| simple(id, LIMIT, 1 + u128::from(id % 2), LIMIT)).collect();

    let plan = plan_release(&sources, LIMIT);

    // Those with the smaller cap, alike but for a granule.
    let halves: Vec<u128> = plan.amounts().iter().copied().skip(1).step_by(2).collect();
    let (least, most) = (halves.iter().min().unwrap(), halves.iter().max().unwrap());
    assert!(most - least <= METIS && plan.total() + METIS > LIMIT);
    assert!(plan.amounts().iter().step_by(2).all(|amount| *amount == 0));
}
