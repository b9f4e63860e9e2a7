//! Amounts as bugs like them: at the edges, and of every magnitude.
//!
//! Uniform 256-bit numbers are nearly all huge. These are small numbers, numbers of a random bit
//! length, and powers of two and of ten with their neighbours, in about equal parts.

use alloy_primitives::U256;
use proptest::prelude::*;

use super::dice::Dice;

/// Any 256-bit amount.
pub fn amount() -> impl Strategy<Value = U256> {
    amount_below(256)
}

/// Amounts of at most `bits` bits.
pub fn amount_below(bits: u32) -> impl Strategy<Value = U256> {
    prop_oneof![
        3 => (0u64..=16).prop_map(move |small| U256::from(small) & mask(bits)),
        4 => log_uniform(bits),
        2 => neighbours(bits),
        1 => decimal(bits),
    ]
}

/// A bit length first, then the bits below it.
fn log_uniform(bits: u32) -> impl Strategy<Value = U256> {
    (1..=bits, any::<[u64; 4]>()).prop_map(|(length, limbs)| of_length(length, limbs))
}

fn neighbours(bits: u32) -> impl Strategy<Value = U256> {
    (0..=bits, -1i8..=1).prop_map(move |(power, offset)| beside_power(power, offset) & mask(bits))
}

fn decimal(bits: u32) -> impl Strategy<Value = U256> {
    (0u64..=77, 1u64..=9, -1i8..=1)
        .prop_map(move |(power, digit, offset)| beside_decimal(power, digit, offset) & mask(bits))
}

/// An amount of at most `bits` bits drawn at once, as [`amount_below`] but without what it takes to
/// make it simpler afterwards.
pub fn draw(dice: &mut Dice<'_>, bits: u32) -> U256 {
    match dice.below(10) {
        0..=2 => U256::from(dice.below(17)) & mask(bits),
        3..=6 => {
            let length = 1 + dice.below(u64::from(bits)) as u32;
            of_length(length, dice.word().into_limbs())
        }
        7 | 8 => {
            let power = dice.below(u64::from(bits) + 1) as u32;
            beside_power(power, dice.offset()) & mask(bits)
        }
        _ => beside_decimal(dice.below(78), 1 + dice.below(9), dice.offset()) & mask(bits),
    }
}

/// A number of so many bits.
fn of_length(length: u32, limbs: [u64; 4]) -> U256 {
    let top = U256::ONE << (length - 1) as usize;
    top | (U256::from_limbs(limbs) & (top - U256::ONE))
}

/// A power of two, or one beside it.
fn beside_power(power: u32, offset: i8) -> U256 {
    near(if power == 256 { U256::MAX } else { U256::ONE << power as usize }, offset)
}

/// A power of ten times a digit, or one beside it.
fn beside_decimal(power: u64, digit: u64, offset: i8) -> U256 {
    let value = U256::from(10).wrapping_pow(U256::from(power)).wrapping_mul(U256::from(digit));
    near(value, offset)
}

fn mask(bits: u32) -> U256 {
    if bits >= 256 { U256::MAX } else { (U256::ONE << bits as usize) - U256::ONE }
}

/// `value + offset`, stopping at the ends.
pub fn near(value: U256, offset: i8) -> U256 {
    let distance = U256::from(offset.unsigned_abs());
    if offset < 0 { value.saturating_sub(distance) } else { value.saturating_add(distance) }
}

/// Smaller amounts to try when shrinking: zero, one, half, three quarters, and so on up to one less.
///
/// Whatever the smallest amount is that still does it, taking the first candidate that does finds it
/// in about as many rounds as the amount has bits.
pub fn smaller(value: U256) -> Vec<U256> {
    let closer = (1..value.bit_len()).map(|shift| value - (value >> shift));
    let mut tries: Vec<U256> = [U256::ZERO, U256::ONE].into_iter().chain(closer).collect();
    tries.retain(|candidate| *candidate < value);
    tries.dedup();
    tries
}
