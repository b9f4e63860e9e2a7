//! Sequencers, groups and amounts to plan with.

use emetis_common::quota::plan::{SEQUENCERS, Target};
use emetis_common::staking::{LIMIT, METIS};
use proptest::prelude::*;

use super::amounts::near;

/// As much as a loop can bear.
pub(super) const MOST: u128 = 3_000 * METIS;

#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) targets: Vec<Target>,
    pub(super) groups: Vec<u128>,
    pub(super) assets: u128,
}

/// Small caps, usual ones, edges.
pub(super) fn cap() -> impl Strategy<Value = u128> {
    prop_oneof![
        4 => (1..=200_u128).prop_map(|cap| cap * METIS),
        4 => (1..=4_u128).prop_map(|cap| cap * 20 * METIS),
        4 => (20_000..=100_000_u128).prop_map(|cap| cap * METIS),
        2 => near(vec![0, METIS, 2 * METIS, LIMIT]),
        1 => 0..=LIMIT,
        1 => 0..=200 * METIS,
    ]
}

/// Stakes below, at and above a cap; many of them at equal parts of it.
pub(super) fn stake(cap: u128) -> impl Strategy<Value = u128> {
    prop_oneof![
        4 => (0..=5_u128).prop_map(move |part| (cap / 4 * part).min(LIMIT)),
        3 => 0..=cap,
        2 => near(vec![0, cap, cap.saturating_sub(METIS), cap.saturating_add(METIS)]),
        1 => 0..=LIMIT,
    ]
}

fn amount(most: u128) -> impl Strategy<Value = u128> {
    let edges = vec![0, METIS, 2 * METIS, 3 * METIS, most, LIMIT];
    prop_oneof![
        3 => (0..=60_u128).prop_map(|amount| amount * METIS),
        2 => near(edges),
        2 => 0..=most,
        2 => Just(LIMIT),
    ]
}

fn target(groups: usize) -> impl Strategy<Value = Target> {
    let whole = cap().prop_flat_map(|cap| (Just(cap), stake(cap), amount(cap)));
    (whole, 0..groups, prop::bool::weighted(0.9)).prop_map(
        |((cap, stake, room), group, eligible)| Target { id: 0, stake, cap, room, group, eligible },
    )
}

/// Gives ids, in no order.
fn with_ids(targets: Vec<Target>) -> impl Strategy<Value = Vec<Target>> {
    let ids: Vec<u64> = (1..=targets.len() as u64).map(|id| id * 3).collect();
    Just(ids).prop_shuffle().prop_map(move |ids| {
        let pairs = targets.iter().zip(ids);
        pairs.map(|(target, id)| Target { id, ..*target }).collect()
    })
}

pub(super) fn case(sizes: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Case> {
    let groups = prop::sample::select(vec![1_usize, 2, 8, 64]);
    let all = (sizes, groups).prop_flat_map(|(count, groups)| {
        let targets = prop::collection::vec(target(groups), count).prop_flat_map(with_ids);
        // Now and then a group that is not there.
        let rooms = prop::collection::vec(amount(MOST), groups - usize::from(groups == 8));
        (targets, rooms, amount(MOST))
    });
    all.prop_map(|(targets, groups, assets)| Case { targets, groups, assets: assets.min(MOST) })
}

/// The same amounts for everybody: ids decide everything.
pub(super) fn alike() -> impl Strategy<Value = Case> {
    (target(1), 1..=64_usize, amount(MOST), amount(MOST)).prop_flat_map(
        |(target, count, room, assets)| {
            let target = Target { eligible: true, ..target };
            let assets = assets.min(MOST);
            with_ids(vec![target; count]).prop_map(move |targets| Case {
                targets,
                groups: vec![room],
                assets,
            })
        },
    )
}

/// As many sequencers as there are, of the size they have, and a million METIS.
pub(super) fn large() -> impl Strategy<Value = Case> {
    let whole = (20_000..=100_000_u128)
        .prop_map(|cap| cap * METIS)
        .prop_flat_map(|cap| (Just(cap), stake(cap), prop_oneof![2 => Just(LIMIT), 1 => 0..=cap]));
    let target = (whole, 0..10_usize).prop_map(|((cap, stake, room), group)| Target {
        id: 0,
        stake,
        cap,
        room,
        group,
        eligible: true,
    });
    let targets = prop::collection::vec(target, SEQUENCERS).prop_flat_map(with_ids);
    let rooms = prop::collection::vec(prop_oneof![Just(LIMIT), 0..=300_000 * METIS], 10);
    (targets, rooms, 900_000 * METIS..=1_100_000 * METIS)
        .prop_map(|(targets, groups, assets)| Case { targets, groups, assets })
}

/// Of the largest amounts there are.
pub(super) fn largest() -> impl Strategy<Value = Case> {
    let whole = near(vec![LIMIT, LIMIT / 2, LIMIT / 3 + 1])
        .prop_flat_map(|cap| (Just(cap), stake(cap), near(vec![LIMIT, cap / 2, cap])));
    let target = (whole, 0..3_usize).prop_map(|((cap, stake, room), group)| Target {
        id: 0,
        stake,
        cap,
        room,
        group,
        eligible: true,
    });
    let targets = prop::collection::vec(target, 1..=SEQUENCERS).prop_flat_map(with_ids);
    let rooms = prop::collection::vec(prop_oneof![Just(u128::MAX), 0..=LIMIT], 3);
    (targets, rooms, prop_oneof![0..=LIMIT, Just(u128::MAX), near(vec![LIMIT])])
        .prop_map(|(targets, groups, assets)| Case { targets, groups, assets })
}
