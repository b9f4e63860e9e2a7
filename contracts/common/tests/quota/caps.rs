//! Every cap is exact, never falls with all stake, and moves by at most a wei with a wei of stake.

use emetis_common::quota::caps::{
    direct_down, direct_in_sequencer_down, group_down, pool_down, pool_least_down, sequencer_down,
};
use emetis_common::quota::limits::{GRANT_MAX, GRANT_MIN, Limits, Marks, is_grant};
use emetis_common::staking::{LIMIT, METIS};
use num_rational::BigRational;
use proptest::prelude::*;

use super::amounts::{amount, bps, exact, near, ratio, whole};

pub(super) fn limits() -> impl Strategy<Value = Limits> {
    let set = (bps(), amount(), bps(), amount(), amount(), bps(), bps());
    let set = set.prop_map(|(operator, floor, pool, pool_floor, pool_cap, direct, churn)| Limits {
        operator_share_bps: operator,
        operator_floor: floor,
        pool_share_bps: pool,
        pool_floor,
        pool_cap,
        direct_share_bps: direct,
        churn_bps: churn,
    });
    prop_oneof![Just(Limits::default()), set]
}

/// All stake and that of the fourth pool, often where the pool's cap has its corners.
pub(super) fn stakes(limits: &Limits) -> impl Strategy<Value = (u128, u128)> + use<> {
    let (cap, limits) = (limits.pool_cap, *limits);
    amount().prop_flat_map(move |total| {
        let (line, least) = (total.div_ceil(20), pool_least_down(total, &limits));
        let corners = vec![0, line, line + (cap - least), line + cap, LIMIT];
        (Just(total), prop_oneof![near(corners), amount()])
    })
}

fn part(amount: u128, bps: u64) -> BigRational {
    exact(amount) * ratio(bps.into(), 10_000)
}

/// What a pool may hold, by the rule in words.
pub(super) fn of_pool(total: u128, fourth: u128, limits: &Limits) -> u128 {
    let cap = exact(limits.pool_cap);
    let share = part(total, limits.pool_share_bps).floor().max(exact(limits.pool_floor));
    let least = share.min(cap.clone());
    let beyond = (exact(fourth) - part(total, 500).ceil()).max(exact(0));
    whole(&(cap - beyond).max(least))
}

/// Every cap that depends on stake.
fn all(total: u128, fourth: u128, limits: &Limits) -> [u128; 4] {
    [
        group_down(total, limits),
        pool_least_down(total, limits),
        pool_down(total, fourth, limits),
        direct_down(total, limits),
    ]
}

fn with_stakes() -> impl Strategy<Value = (Limits, u128, u128)> {
    limits().prop_flat_map(|limits| {
        stakes(&limits).prop_map(move |(total, fourth)| (limits, total, fourth))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    #[test]
    fn shares_are_exact_and_rounded_down((limits, total, fourth) in with_stakes()) {
        let share = |bps, floor| whole(&part(total, bps).floor().max(exact(floor)));

        let operator = share(limits.operator_share_bps, limits.operator_floor);
        prop_assert_eq!(group_down(total, &limits), operator);
        prop_assert_eq!(pool_down(total, fourth, &limits), of_pool(total, fourth, &limits));
        let direct = share(limits.direct_share_bps, limits.operator_floor);
        prop_assert_eq!(direct_down(total, &limits), direct);
    }

    #[test]
    fn a_sequencers_cap_is_exact_and_between_threshold_and_lock(
        composite in bps(),
        (a, b) in (amount(), amount()),
        direct in bps(),
    ) {
        let (threshold, lock) = (a.min(b), a.max(b));

        let cap = sequencer_down(composite, threshold, lock);

        prop_assert_eq!(exact(cap), exact(threshold) + part(lock - threshold, composite).floor());
        prop_assert!(threshold <= cap && cap <= lock);
        prop_assert_eq!(sequencer_down(0, threshold, lock), threshold);
        prop_assert_eq!(sequencer_down(10_000, threshold, lock), lock);
        let limits = Limits { direct_share_bps: direct, ..Limits::default() };
        prop_assert_eq!(exact(direct_in_sequencer_down(cap, &limits)), part(cap, direct).floor());
    }

    #[test]
    fn a_wei_of_stake_moves_no_cap_by_more_than_a_wei((limits, total, fourth) in with_stakes()) {
        let before = all(total, fourth, &limits);

        // A wei of anybody, of the fourth pool, and one that moves to it from elsewhere.
        for (more, in_fourth) in [(1, 0), (1, 1), (0, 1)] {
            let after = all(total + more, fourth + in_fourth, &limits);
            for (before, after) in before.into_iter().zip(after) {
                prop_assert!(before.abs_diff(after) <= 1, "{before} {after}");
            }
        }
    }

    #[test]
    fn a_wei_of_a_parameter_moves_a_sequencers_cap_by_at_most_a_wei(
        composite in bps(),
        (a, b) in (amount(), amount()),
    ) {
        let (threshold, lock) = (a.min(b), a.max(b) + 1);
        let cap = sequencer_down(composite, threshold, lock);

        let raised = [
            sequencer_down(composite, threshold + 1, lock),
            sequencer_down(composite, threshold, lock + 1),
        ];

        prop_assert!(raised.iter().all(|raised| *raised == cap || *raised == cap + 1));
        prop_assert!(sequencer_down((composite + 1).min(10_000), threshold, lock) >= cap);
    }

    #[test]
    fn no_cap_falls_when_all_stake_grows_and_no_pool_but_the_fourth_does(
        (limits, total, fourth) in with_stakes(),
        by in amount(),
    ) {
        let (before, after) = (all(total, fourth, &limits), all(total + by, fourth, &limits));

        prop_assert!(before.into_iter().zip(after).all(|(before, after)| before <= after));
        let closer = pool_down(total, fourth + by, &limits);
        prop_assert!(closer <= pool_down(total, fourth, &limits));
        prop_assert!(pool_least_down(total, &limits) <= closer && closer <= limits.pool_cap);
    }

    #[test]
    fn nothing_overflows(total: u128, fourth: u128, threshold: u128, lock: u128, composite: u64) {
        let limits = Limits { pool_floor: 0, operator_floor: 0, ..Limits::default() };

        let caps = all(total, fourth, &limits);

        prop_assert!(caps.into_iter().all(|cap| cap <= total.max(limits.pool_cap)));
        prop_assert!(sequencer_down(composite, threshold, lock) <= threshold.max(lock));
    }

    #[test]
    fn a_slot_holds_what_was_packed(limits in limits(), groups: bool, pool_caps: bool) {
        let marks = Marks { groups, pool_caps };
        let whole = |assets| assets / METIS * METIS;
        let limits = Limits {
            operator_floor: whole(limits.operator_floor),
            pool_floor: whole(limits.pool_floor),
            pool_cap: whole(limits.pool_cap),
            ..limits
        };

        prop_assert!(limits.is_valid());
        prop_assert_eq!(Limits::unpack(&limits.pack(marks)), (limits, marks));
        let part = Limits { pool_cap: limits.pool_cap + 1, ..limits };
        prop_assert!(!part.is_valid());
    }
}

#[test]
fn the_share_of_a_pool_binds_only_while_four_hold_five_percent() {
    let limits = Limits::default();
    let (total, cap) = (2_000_000 * METIS, 1_000_000 * METIS);
    let (share, line) = (660_000 * METIS, 100_000 * METIS);

    let at = |fourth| pool_down(total, fourth, &limits);

    assert_eq!((at(0), at(line), at(line + 1)), (cap, cap, cap - 1));
    let full = line + cap - share;
    assert_eq!((at(full - 1), at(full), at(full + 1)), (share + 1, share, share));
    assert_eq!(at(LIMIT), share);
    assert_eq!(pool_down(0, 0, &limits), cap);
    assert_eq!(pool_down(0, LIMIT, &limits), limits.pool_floor);
}

#[test]
fn without_stake_a_floor_lets_the_first_begin() {
    let limits = Limits::default();

    assert_eq!(group_down(0, &limits), 100_000 * METIS);
    assert_eq!(direct_down(0, &limits), 100_000 * METIS);
    assert_eq!(pool_least_down(0, &limits), 400_000 * METIS);
}

#[test]
fn a_grant_is_nothing_or_what_metis_decides_on() {
    assert!(is_grant(0) && is_grant(GRANT_MIN) && is_grant(GRANT_MAX));
    assert!(!is_grant(1) && !is_grant(GRANT_MIN - 1) && !is_grant(GRANT_MAX + 1));
    assert!(!is_grant(LIMIT) && !is_grant(u128::MAX));
}

#[test]
fn parameters_beyond_the_whole_or_their_width_are_not_valid() {
    let limits = Limits::default();

    assert!(limits.is_valid());
    assert!(!Limits { operator_share_bps: 10_001, ..limits }.is_valid());
    assert!(!Limits { pool_share_bps: 10_001, ..limits }.is_valid());
    assert!(!Limits { direct_share_bps: 10_001, ..limits }.is_valid());
    assert!(!Limits { churn_bps: 10_001, ..limits }.is_valid());
    assert!(!Limits { operator_floor: LIMIT + 1, ..limits }.is_valid());
    assert!(!Limits { pool_floor: LIMIT + 1, ..limits }.is_valid());
    assert!(!Limits { pool_cap: LIMIT + 1, ..limits }.is_valid());
}
