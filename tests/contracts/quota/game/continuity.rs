//! QTA-5 on the compiled program: a wei of stake moves no cap by more than a wei.

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::super::chance::check;
use super::super::check::four_pools;
use super::super::kit::*;
use super::books::{Books, Caps};
use super::cases;
use alloy_primitives::U256;

/// How many worlds are looked at.
const WORLDS: u32 = 32;

/// Somebody moves stake by some wei.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// Which pool, the first one included, or Alice.
    who: u8,
    is_in: bool,
    wei: U256,
}

fn step() -> impl Strategy<Value = Step> {
    let wei = prop_oneof![
        4 => 1..4_u64,
        2 => 1..1_000_000_000_u64,
        1 => 1..1_000_000_000_000_000_000_u64,
    ];
    let wei = prop_oneof![
        7 => wei.prop_map(U256::from),
        2 => (1..4_000_u64, 0..3_u64).prop_map(|(metis, wei)| ether(metis) + word(wei)),
    ];
    (any::<u8>(), any::<bool>(), wei).prop_map(|(who, is_in, wei)| Step { who, is_in, wei })
}

/// Four pools of which the smallest of three has as much, at the line of 5 % or somewhere else, and stake
/// that moves by small amounts and large. All caps, as the program names them when it refuses.
#[test]
pub(in super::super) fn a_wei_of_stake_moves_no_cap_by_more_than_a_wei() {
    let third = prop_oneof![2 => Just(None), 1 => (7_000..40_000_u64).prop_map(Some)];
    check(cases(WORLDS), &(third, vec(step(), 1..40)), |(third, steps)| {
        let (mut world, id) = four_pools(third.unwrap_or(9_000));
        let alice = world.alice.address;
        world.pool_delegates(id, ether(20_000));
        enters(&mut world, alice, id, ether(1_000)).ok();
        let pools = Books::read(&world).pools;
        if third.is_none() {
            // Down to the line of 5 % of all stake: of what is above it 19 parts in 20 are.
            let ((fourth, has), total) = (pools[3], Books::read(&world).total);
            let shares = (has - total / word(20)) * word(20) / word(19);
            leaves(&mut world, fourth, id - U256::ONE, shares).ok();
        }
        // Where each has its METIS: others in the three before.
        let of_pools = pools.iter().map(|(who, _)| *who).zip([id, word(1), word(2), word(3)]);
        let places: Vec<_> = of_pools.chain([(alice, id)]).collect();
        let mut books = Books::read(&world);
        let caps = pools.iter().map(|(of, _)| Caps::read(&world, &books, *of));
        let mut caps: Vec<_> = caps.collect();
        for step in steps {
            let (who, id) = places[usize::from(step.who) % places.len()];
            // Either may be refused: by a cap, or as less than 1 METIS would be left.
            let done = if step.is_in {
                enters(&mut world, who, id, step.wei).run().is_ok()
            } else {
                leaves(&mut world, who, id, step.wei).run().is_ok()
            };
            let now = Books::read(&world);
            let moved = if done { step.wei } else { U256::ZERO };
            prop_assert_eq!(books.total.abs_diff(now.total), moved);
            for ((of, _), was) in pools.iter().zip(&mut caps) {
                let is = Caps::read(&world, &now, *of);
                prop_assert_eq!(is, Caps::expected(&now, *of));
                prop_assert!(was.moved(&is) <= moved, "{was:?} to {is:?} by {moved} wei of {who}");
                *was = is;
            }
            // Nor does the cap of a sequencer: it follows its scores alone.
            prop_assert_eq!(world.told(Quota::capOfCall { id }), ether(NEWCOMER_CAP));
            books = now;
        }
        Ok(())
    });
}
