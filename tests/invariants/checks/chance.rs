//! Amounts for what is tried on forks: they follow from the state, so that a story told again
//! tries the same.

use alloy_primitives::U256;

use super::super::world::World;

/// Numbers that follow from the state of a world.
#[derive(Debug)]
pub struct Chance(u64);

impl Chance {
    pub fn of(world: &World, salt: u64) -> Self {
        let books = &world.seen.books;
        let parts = [books.shares, books.ledger, books.locked, world.seen.supply]
            .map(|figure| figure.as_limbs()[0]);
        let all = parts.into_iter().chain([world.seen.now, world.steps, salt]);
        Self(all.fold(0x9e37_79b9_7f4a_7c15, |mix, part| scramble(mix ^ part)))
    }

    /// Any number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = scramble(self.0);
        self.0 % end
    }

    /// An amount from 1 to `most`, of any magnitude.
    pub fn amount(&mut self, most: U256) -> U256 {
        let bits = 1 + self.below(most.bit_len().max(1) as u64);
        let top = U256::ONE << (bits - 1) as usize;
        let low = U256::from_limbs([self.below(u64::MAX), self.below(u64::MAX), 0, 0]);
        (top | (low & (top - U256::ONE))).min(most).max(U256::ONE)
    }
}

/// One step of splitmix64.
fn scramble(state: u64) -> u64 {
    let mut mixed = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
