//! Measures of parts, and answers with lists of them.

use emetis_common::{
    entry::{Outcome, View},
    host::buffer::Buffer,
    mutants::{Mutant, mutant},
    quota::{concentration::Concentration, plan::SEQUENCERS},
    word::{self, Word},
};

/// How many parts there are at most.
pub(crate) const PARTS: usize = SEQUENCERS;
/// Bytes of a word.
const WORD: usize = 32;
/// Offset of the first list: after both offsets.
const FIRST: u64 = 64;
/// Bytes of two lists with an item for each part: offsets, lengths, items.
const BYTES: usize = (4 + 2 * PARTS) * WORD;

/// Parts that have stake: names and stakes, in the order told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts {
    names: [Word; PARTS],
    stakes: [u128; PARTS],
    count: usize,
}

impl Parts {
    /// None.
    pub(crate) const fn new() -> Self {
        Self { names: [[0; 32]; PARTS], stakes: [0; PARTS], count: 0 }
    }

    /// Adds a part at the end; nothing if it has no stake.
    pub(crate) fn push(&mut self, name: &Word, stake: u128) {
        if stake == 0 {
            return;
        }
        if let (Some(to), Some(of)) =
            (self.names.get_mut(self.count), self.stakes.get_mut(self.count))
        {
            (*to, *of) = (*name, stake);
            self.count = self.count.saturating_add(1);
        }
    }

    /// Puts them in the order of their names, which are numbers of groups, no two of them alike.
    #[inline(never)]
    pub(crate) fn sort(&mut self) {
        for end in (1..self.count).rev() {
            for at in 0..end {
                let next = at.saturating_add(1);
                let (Some(one), Some(other)) = (self.names.get(at), self.names.get(next)) else {
                    return;
                };
                if word::low_u128(one) > word::low_u128(other) {
                    self.names.swap(at, next);
                    self.stakes.swap(at, next);
                }
            }
        }
    }

    /// Their stake together: at most 64 of 84 bits.
    pub(crate) fn stake(&self) -> u128 {
        self.stakes().iter().fold(0, |sum, stake| sum.saturating_add(*stake))
    }

    /// Answers with the measures; `apart` is what is told besides the stake of all.
    #[inline(never)]
    pub(crate) fn reply_measures(&self, call: View<'_>, apart: u128) -> Outcome {
        let mut told = Concentration::of_down(self.stakes());
        if mutant(Mutant::LensHalfForThird) {
            told.third = told.half;
        }
        let (largest, most) = self.largest();
        call.reply(&[
            word::count(self.count as u64),
            word::amount(self.stake()),
            word::amount(apart),
            largest,
            word::amount(most),
            word::count(told.largest_bps),
            word::count(told.third),
            word::count(told.half),
            word::count(told.herfindahl),
        ])
    }

    /// Answers with both lists.
    #[inline(never)]
    pub(crate) fn reply_lists(&self, call: View<'_>) -> Outcome {
        let count = self.count as u64;
        let second = count.saturating_add(3).saturating_mul(WORD as u64);
        let mut answer = Buffer::<BYTES>::new();
        for number in [FIRST, second, count] {
            answer.push_words(&[word::count(number)]);
        }
        answer.push_words(self.names.get(..self.count).unwrap_or_default());
        answer.push_words(&[word::count(count)]);
        for stake in self.stakes() {
            answer.push_words(&[word::amount(*stake)]);
        }
        call.reply(answer.bytes().as_chunks().0)
    }

    /// The first of those with the most, and what it has.
    fn largest(&self) -> (Word, u128) {
        let mut largest = ([0; 32], 0);
        for (name, stake) in self.names.iter().zip(self.stakes()) {
            let is_larger = *stake > largest.1;
            if is_larger && !(mutant(Mutant::LensFirstIsLargest) && largest.1 > 0) {
                largest = (*name, *stake);
            }
        }
        largest
    }

    fn stakes(&self) -> &[u128] {
        self.stakes.get(..self.count).unwrap_or_default()
    }
}
