//! Random numbers of a campaign, drawn one by one.
//!
//! Proptest's own strategies keep with every value what it takes to make it simpler. A campaign
//! shrinks recorded actions instead, and draws so many that keeping it costs more than the calls.

use std::fmt::Debug;

use alloy_primitives::U256;
use proptest::prelude::*;
use proptest::strategy::NewTree;
use proptest::test_runner::{TestRng, TestRunner};

/// Draws from the random numbers of a case.
#[derive(Debug)]
pub struct Dice<'r>(&'r mut TestRng);

impl Dice<'_> {
    /// Any number below `end`, which is not zero.
    pub fn below(&mut self, end: u64) -> u64 {
        // The bias is below `end` in 2^64.
        ((u128::from(self.0.next_u64()) * u128::from(end)) >> 64) as u64
    }

    /// True `percent` times in a hundred.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// -1, 0 or 1.
    pub fn offset(&mut self) -> i8 {
        self.below(3) as i8 - 1
    }

    /// Any word.
    pub fn word(&mut self) -> U256 {
        U256::from_limbs([(); 4].map(|()| self.0.next_u64()))
    }

    /// One of a list.
    pub fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u64) as usize]
    }

    /// One of a list, each as often as its weight says.
    pub fn weighted<T: Copy>(&mut self, list: &[(u64, T)]) -> T {
        let mut left = self.below(list.iter().map(|(weight, _)| weight).sum());
        for (weight, item) in list {
            if left < *weight {
                return *item;
            }
            left -= weight;
        }
        unreachable!("less than all weights together")
    }
}

/// A strategy that draws with dice. Its values cannot be made simpler.
pub fn drawn<T: Clone + Debug>(draw: fn(&mut Dice<'_>) -> T) -> impl Strategy<Value = T> {
    Drawn(draw)
}

#[derive(Clone)]
struct Drawn<T>(fn(&mut Dice<'_>) -> T);

impl<T> Debug for Drawn<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Drawn")
    }
}

impl<T: Clone + Debug> Strategy for Drawn<T> {
    type Tree = Just<T>;
    type Value = T;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        Ok(Just((self.0)(&mut Dice(runner.rng()))))
    }
}
