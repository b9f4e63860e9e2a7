//! Three amounts in one slot, from the lowest bits up.

use super::{LIMIT, bits};
use crate::word::{self, Word};

/// Reads three amounts: bits 0 to 83, 84 to 167, 168 to 251.
#[must_use]
#[inline(never)]
pub fn unpack(slot: &Word) -> [u128; 3] {
    let (high, low) = word::to_halves(slot);
    [bits(low, 0, LIMIT), low >> 84 | bits(high, 0, (1 << 40) - 1) << 44, bits(high, 40, LIMIT)]
}

/// The slot of three amounts.
#[must_use]
#[inline(never)]
pub fn pack([first, second, third]: [u128; 3]) -> Word {
    word::of_halves(second >> 44 | third << 40, first | second << 84)
}
