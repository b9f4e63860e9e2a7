//! Loops that give METIS by METIS, and what tells their plans from all others.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use alloy_primitives::U256;
use emetis_common::quota::plan::{SEQUENCERS, Target};
use emetis_common::staking::METIS;
use proptest::prelude::*;

use super::cases::Case;

/// Which of two is emptier, exactly; the id decides between equal ones.
fn order(a: (u128, u128, u64), b: (u128, u128, u64)) -> Ordering {
    let ((stake, cap, id), (other, other_cap, other_id)) = (a, b);
    let crosswise = U256::from(stake) * U256::from(other_cap);
    crosswise.cmp(&(U256::from(other) * U256::from(cap))).then(id.cmp(&other_id))
}

/// What may come by the sequencer alone.
pub(super) fn room(target: &Target) -> u128 {
    let missing = target.cap.saturating_sub(target.stake);
    if target.eligible { target.room.min(missing) } else { 0 }
}

/// The loop.
pub(super) fn naive(targets: &[Target], groups: &[u128], assets: u128) -> Vec<u128> {
    let mut given = vec![0; targets.len()];
    let mut left = assets;
    while left >= METIS {
        let in_group = |group| {
            let members = targets.iter().zip(&given).filter(|(target, _)| target.group == group);
            members.map(|(_, given)| given).sum::<u128>()
        };
        let open = (0..targets.len()).filter(|at| {
            let target = &targets[*at];
            let of_group = groups.get(target.group).copied().unwrap_or(0);
            room(target) - given[*at] >= METIS && of_group - in_group(target.group) >= METIS
        });
        let now = |at: usize| (targets[at].stake + given[at], targets[at].cap, targets[at].id);
        let Some(next) = open.min_by(|a, b| order(now(*a), now(*b))) else { break };
        given[next] += METIS;
        left -= METIS;
    }
    given
}

/// The same loop with a heap, for millions.
pub(super) fn naive_with_heap(targets: &[Target], groups: &[u128], assets: u128) -> Vec<u128> {
    #[derive(PartialEq, Eq)]
    struct Open {
        now: (u128, u128, u64),
        at: usize,
    }
    impl Ord for Open {
        fn cmp(&self, other: &Self) -> Ordering {
            order(self.now, other.now)
        }
    }
    impl PartialOrd for Open {
        fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
            Some(self.cmp(other))
        }
    }
    let mut given = vec![0; targets.len()];
    let mut groups = groups.to_vec();
    let now = |target: &Target, given: u128| (target.stake + given, target.cap, target.id);
    let all = targets.iter().enumerate().filter(|(_, target)| room(target) >= METIS);
    let all = all.map(|(at, target)| Reverse(Open { now: now(target, 0), at }));
    let mut heap: BinaryHeap<_> = all.collect();
    let mut left = assets;
    while left >= METIS {
        let Some(Reverse(Open { at, .. })) = heap.pop() else { break };
        let target = &targets[at];
        // A group that is full stays full.
        if groups[target.group] < METIS {
            continue;
        }
        groups[target.group] -= METIS;
        given[at] += METIS;
        left -= METIS;
        if room(target) - given[at] >= METIS {
            heap.push(Reverse(Open { now: now(target, given[at]), at }));
        }
    }
    given
}

/// The heap's loop with rooms for every group that is named.
pub(super) fn naive_with_missing(targets: &[Target], groups: &[u128], assets: u128) -> Vec<u128> {
    let mut rooms = groups.to_vec();
    rooms.resize(SEQUENCERS, 0);
    naive_with_heap(targets, &rooms, assets)
}

/// What makes a plan the loop's, whatever its size: nobody got a granule before somebody who was to
/// have one first and still could, and nothing is left that somebody could have had.
pub(super) fn check_order(case: &Case, given: &[u128]) -> Result<(), TestCaseError> {
    let Case { targets, groups, assets } = case;
    let in_group = |group| {
        let members = targets.iter().zip(given).filter(|(target, _)| target.group == group);
        members.map(|(_, given)| given).sum::<u128>()
    };
    let group_open = |group: usize| {
        let room = groups.get(group).copied().unwrap_or(0);
        room >= in_group(group) && room - in_group(group) >= METIS
    };
    let total: u128 = given.iter().sum();
    prop_assert!(total <= *assets);
    let left = assets - total;
    for (target, given_here) in targets.iter().zip(given) {
        prop_assert_eq!(given_here % METIS, 0);
        prop_assert!(*given_here <= room(target));
        prop_assert!(in_group(target.group) <= groups.get(target.group).copied().unwrap_or(0));
        if room(target) - given_here < METIS {
            continue;
        }
        prop_assert!(left < METIS || !group_open(target.group), "something is left for it");
        let next = (target.stake + given_here, target.cap, target.id);
        for (other, given) in targets.iter().zip(given) {
            let may_replace = group_open(target.group) || other.group == target.group;
            if *given > 0 && may_replace {
                let last = (other.stake + given - METIS, other.cap, other.id);
                prop_assert!(other.id == target.id || order(last, next).is_lt());
            }
        }
    }
    Ok(())
}
