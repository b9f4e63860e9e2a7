//! The loop that takes METIS by METIS, and what tells its plans from all others.

use std::cmp::Ordering;

use alloy_primitives::U256;
use emetis_common::quota::plan::Source;
use emetis_common::staking::METIS;
use proptest::prelude::*;

/// Who is left first: those not Active by id, those without a cap by id, then the fullest, of equal
/// ones that with the lower id.
fn order(a: &Source, taken: u128, b: &Source, other_taken: u128) -> Ordering {
    let class = |source: &Source| match source {
        Source { active: false, .. } => 0,
        Source { cap: 0, .. } => 1,
        _ => 2,
    };
    let by_class = class(a).cmp(&class(b));
    let by_fullness = if class(a) == 2 && class(b) == 2 {
        let here = U256::from(a.stake - taken) * U256::from(b.cap);
        (U256::from(b.stake - other_taken) * U256::from(a.cap)).cmp(&here)
    } else {
        Ordering::Equal
    };
    by_class.then(by_fullness).then(a.id.cmp(&b.id))
}

pub(super) fn position(source: &Source) -> u128 {
    source.position.min(source.stake)
}

/// The loop.
pub(super) fn naive(sources: &[Source], assets: u128) -> Vec<u128> {
    let mut taken = vec![0; sources.len()];
    let mut left = assets;
    loop {
        let open = (0..sources.len()).filter(|at| position(&sources[*at]) > taken[*at]);
        let first = open.min_by(|a, b| order(&sources[*a], taken[*a], &sources[*b], taken[*b]));
        let Some(next) = first else { return taken };
        let there = position(&sources[next]) - taken[next];
        if there.min(METIS) > left {
            return taken;
        }
        // What would be left below a METIS goes along.
        let amount = if there < 2 * METIS { there } else { METIS };
        taken[next] += amount;
        left = left.saturating_sub(amount);
    }
}

/// What makes a plan the loop's, whatever its size.
pub(super) fn check_order(
    sources: &[Source],
    assets: u128,
    taken: &[u128],
) -> Result<(), TestCaseError> {
    let total: u128 = taken.iter().sum();
    prop_assert!(total < assets.saturating_add(METIS));
    let left = assets.saturating_sub(total);
    for (source, taken_here) in sources.iter().zip(taken) {
        let there = position(source);
        prop_assert!(*taken_here <= there);
        prop_assert!(*taken_here == 0 || *taken_here == there || there - taken_here >= METIS);
        prop_assert!(*taken_here == there || taken_here % METIS == 0);
        if *taken_here == there {
            continue;
        }
        // It is not empty: nobody gave a granule after its next, and the next was too much if it
        // is the first.
        let mut is_first = true;
        for (other, taken) in sources.iter().zip(taken) {
            if other.id == source.id {
                continue;
            }
            if *taken > 0 {
                let before_last = last_granule(position(other), *taken);
                prop_assert!(order(other, before_last, source, *taken_here).is_lt());
            }
            if *taken < position(other) {
                is_first &= order(source, *taken_here, other, *taken).is_lt();
            }
        }
        if is_first {
            prop_assert!(left < METIS.min(there - taken_here));
        }
    }
    Ok(())
}

/// What had been taken before the last granule.
pub(super) fn last_granule(position: u128, taken: u128) -> u128 {
    if taken == position {
        // A rest went along with the last.
        (position / METIS).saturating_sub(1) * METIS
    } else {
        taken - METIS
    }
}
