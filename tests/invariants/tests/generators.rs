//! The generators reach what matters: every action, every entry, edges and all magnitudes.

use std::collections::{BTreeMap, BTreeSet};

use alloy_primitives::U256;
use emetis::campaign::amounts::{amount, amount_below, smaller};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::invariants::action::{Action, Actor, Damage, Flaw, Program};
use crate::invariants::draw;
use crate::invariants::model::abi;

/// Values drawn from a fixed seed.
fn sample<S: Strategy>(strategy: S, count: usize) -> Vec<S::Value> {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

#[test]
fn generators_reach_edges() {
    const DRAWN: usize = 20_000;
    let drawn: BTreeSet<U256> = sample(amount(), DRAWN).into_iter().collect();

    let top = U256::ONE << 84;
    let edges = [U256::ZERO, U256::ONE, U256::MAX, top - U256::ONE, top, top + U256::ONE];
    for edge in edges {
        assert!(drawn.contains(&edge), "{edge:#x} is never drawn");
    }
    let lengths: BTreeSet<usize> = drawn.iter().map(U256::bit_len).collect();
    assert_eq!(lengths.len(), 257, "every bit length is drawn");
}

#[test]
fn amounts_of_every_magnitude_are_about_as_likely() {
    const DRAWN: usize = 25_600;
    const QUARTER: usize = 64;
    let mut quarters = BTreeMap::<usize, usize>::new();

    for value in sample(amount(), DRAWN) {
        *quarters.entry(value.bit_len().saturating_sub(1) / QUARTER).or_default() += 1;
    }

    for (quarter, count) in &quarters {
        assert!(*count > DRAWN / 10, "{count} of {DRAWN} amounts in quarter {quarter}");
    }
    assert_eq!(quarters.len(), 4);
}

#[test]
fn amounts_keep_within_their_bits() {
    for bits in [1, 64, 70, 96, 255] {
        assert!(
            sample(amount_below(bits), 2_000).iter().all(|value| value.bit_len() <= bits as usize)
        );
    }
}

#[test]
fn smaller_amounts_are_smaller_and_end_at_zero() {
    for value in sample(amount(), 1_000) {
        assert!(smaller(value).iter().all(|candidate| *candidate < value));
        assert_eq!(smaller(value).is_empty(), value.is_zero());
    }
}

#[test]
fn shrinking_an_amount_ends_at_the_smallest_that_will_do() {
    const BITS: u32 = 84;
    const TRIES: usize = 84 * 84;
    let pairs = sample((amount_below(BITS), amount_below(BITS)), 500);

    for (one, other) in pairs {
        let (mut amount, least) = (one.max(other), one.min(other));
        let mut tries = 0;
        while let Some(next) = smaller(amount).into_iter().find(|candidate| {
            tries += 1;
            *candidate >= least
        }) {
            amount = next;
        }
        assert_eq!(amount, least);
        assert!(tries <= TRIES, "{tries} tries to find {least}");
    }
}

#[test]
fn every_action_actor_flaw_damage_and_entry_is_drawn() {
    const DRAWN: usize = 40_000;
    const KINDS: usize = 140;
    let drawn = sample(draw::action(), DRAWN);

    let (mut entries, mut damages, mut flaws) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    let (mut names, mut callers) = (BTreeSet::new(), BTreeSet::new());
    for action in &drawn {
        names.insert(action.name());
        match action {
            Action::Raw { to, entry, damage, .. } => {
                entries.insert((*to, usize::from(*entry) % abi::entries(*to).len()));
                damages.insert(match damage {
                    Damage::None => "none",
                    Damage::Cut(_) => "cut",
                    Damage::Longer(_) => "longer",
                    Damage::Byte(..) => "byte",
                    Damage::Word(..) => "word",
                    Damage::Selector(_) => "selector",
                });
            }
            Action::Permit { flaw, .. } if !flaws.contains(flaw) => flaws.push(*flaw),
            Action::Transfer { caller, to, .. } => {
                callers.insert(*caller);
                callers.insert(*to);
            }
            _ => {}
        }
    }

    let all: usize = Program::ALL.iter().map(|program| abi::entries(*program).len()).sum();
    assert_eq!(entries.len(), all);
    assert_eq!(damages.len(), 6, "{damages:?}");
    assert_eq!(flaws.len(), Flaw::ALL.len(), "{flaws:?}");
    assert_eq!(callers.len(), Actor::ALL.len(), "{callers:?}");
    assert!(names.len() == KINDS, "{names:?}");
}

#[test]
fn every_action_reads_back_as_it_was_written() {
    for action in sample(draw::action(), 2_000) {
        let text = serde_json::to_string(&action).unwrap();

        assert_eq!(serde_json::from_str::<Action>(&text).unwrap(), action);
    }
}

#[test]
fn simpler_actions_come_to_an_end() {
    const STEPS: usize = 2_000;
    // What shrinking takes: the simplest that still fails, be it the first or a later one.
    for place in 0..3 {
        for action in sample(draw::action(), 200) {
            let mut current = action.clone();
            let ends = (0..STEPS).any(|_| {
                let simpler = current.simpler();
                let Some(next) = simpler.get(place.min(simpler.len().saturating_sub(1))) else {
                    return true;
                };
                current = next.clone();
                false
            });
            assert!(ends, "{action:?} is made simpler for ever");
        }
    }
}
