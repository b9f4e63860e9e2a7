//! Stake relative to a cap: exact comparison, and levels up to which water stands.

use core::cmp::Ordering;

/// Parts of a level: `1 << BITS` is a stake as large as the cap. A cap of 84 bits changes by less than
/// a granule from one level to the next, so no sequencer has more than one granule between two.
pub(super) const BITS: u32 = 32;

/// Levels of any stake over any cap: 84 bits and a fraction.
pub(super) const WIDTH: u32 = 117;

/// The stake of a cap at a level, rounded down. Both fit their widths: a product that does not fit
/// is above any stake anyway.
pub(super) const fn stake_down(cap: u128, level: u128) -> u128 {
    cap.saturating_mul(level) >> BITS
}

/// The same, rounded up.
pub(super) const fn stake_up(cap: u128, level: u128) -> u128 {
    cap.saturating_mul(level).saturating_add((1 << BITS) - 1) >> BITS
}

/// The highest level of `width` bits at which something holds that holds at zero and, once it does
/// not, never again: a bit at a time.
pub(super) fn highest(width: u32, holds: impl Fn(u128) -> bool) -> u128 {
    let mut level = 0_u128;
    for bit in (0..width).rev() {
        let next = level | 1 << bit;
        if holds(next) {
            level = next;
        }
    }
    level
}

/// A stake relative to a cap that is not zero, both in 84 bits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fullness {
    pub(super) stake: u128,
    pub(super) cap: u128,
}

impl Fullness {
    /// Which is fuller, exactly: by `stake * cap` crosswise.
    #[inline(never)]
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        product(self.stake, other.cap).cmp(&product(other.stake, self.cap))
    }
}

const HALF: u32 = 42;
const LOW: u128 = (1 << HALF) - 1;

/// The product of two amounts of 84 bits: above 42 bits, and below.
const fn product(a: u128, b: u128) -> (u128, u128) {
    let low = a.saturating_mul(b & LOW);
    let high = a.saturating_mul(b >> HALF);
    (high.saturating_add(low >> HALF), low & LOW)
}
