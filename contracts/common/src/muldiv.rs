//! `a * b / c` through 512 bits, with the rounding in the name.

use alloy_primitives::U256;

use crate::shares::{narrow, wide};

/// `floor(a * b / c)`, or none if it needs more than 256 bits or `c` is zero.
#[must_use]
pub fn mul_div_down(a: U256, b: U256, c: U256) -> Option<U256> {
    Some(divide(a, b, c)?.0)
}

/// `ceil(a * b / c)`, or none if it needs more than 256 bits or `c` is zero.
#[must_use]
pub fn mul_div_up(a: U256, b: U256, c: U256) -> Option<U256> {
    let (quotient, is_exact) = divide(a, b, c)?;
    if is_exact { Some(quotient) } else { quotient.checked_add(U256::ONE) }
}

/// The quotient, and whether nothing remains.
#[inline(never)]
fn divide(a: U256, b: U256, c: U256) -> Option<(U256, bool)> {
    if c.is_zero() {
        return None;
    }
    let (high, low) = multiply(a, b);
    if high.is_zero() {
        let quotient = divide_narrow(low, c);
        return Some((quotient, quotient.wrapping_mul(c) == low));
    }
    // Otherwise the quotient needs more than 256 bits.
    if high >= c { None } else { Some(divide_wide(high, low, c)) }
}

/// The product, as its upper and its lower 256 bits.
fn multiply(a: U256, b: U256) -> (U256, U256) {
    let mut product = [0; 8];
    for (at, digit) in a.into_limbs().into_iter().enumerate() {
        let mut carry = 0;
        for (to, other) in product.iter_mut().skip(at).zip(b.into_limbs().into_iter().chain([0])) {
            // (2^64 - 1)^2 + 2 * (2^64 - 1) is the largest number of 128 bits: nothing is lost.
            let sum = u128::from(digit)
                .wrapping_mul(u128::from(other))
                .wrapping_add(u128::from(*to))
                .wrapping_add(carry);
            *to = sum as u64;
            carry = sum >> 64;
        }
    }
    let [d, c, b, a, h, g, f, e] = product;
    (U256::from_limbs([h, g, f, e]), U256::from_limbs([d, c, b, a]))
}

/// Long division of `high * 2^256 + low` by `c`, bit by bit; `high` is below `c`.
fn divide_wide(high: U256, low: U256, c: U256) -> (U256, bool) {
    let (mut rest, mut quotient) = (high, low);
    for _ in 0..256 {
        // The quotient's bits come in where those of `low` go out.
        let is_beyond = rest.bit(255);
        rest = rest.wrapping_shl(1) | U256::from_limbs([u64::from(quotient.bit(255)), 0, 0, 0]);
        quotient = quotient.wrapping_shl(1);
        if is_beyond || rest >= c {
            rest = rest.wrapping_sub(c);
            quotient |= U256::ONE;
        }
    }
    (quotient, rest.is_zero())
}

/// The quotient of two numbers, the second of which is not zero: by the host in a program, as the
/// EVM's `DIV`, in software elsewhere.
#[inline(always)]
fn divide_narrow(a: U256, c: U256) -> U256 {
    #[cfg(target_arch = "wasm32")]
    return U256::from_be_bytes(crate::host::divide(&a.to_be_bytes(), &c.to_be_bytes()));
    #[cfg(not(target_arch = "wasm32"))]
    return a.checked_div(c).unwrap_or_default();
}

/// `floor(a * b / c)`, or none if it needs more than 128 bits or `c` is zero.
#[must_use]
#[inline(never)]
pub fn scale_down(a: u128, b: u128, c: u128) -> Option<u128> {
    if c == 0 {
        return None;
    }
    narrow(divide_narrow(product(a, b), wide(c)))
}

/// `ceil(a * b / c)`, or none if it needs more than 128 bits or `c` is zero.
#[must_use]
#[inline(never)]
pub fn scale_up(a: u128, b: u128, c: u128) -> Option<u128> {
    let down = scale_down(a, b, c)?;
    if product(down, c) == product(a, b) { Some(down) } else { down.checked_add(1) }
}

/// `floor(a / c)`, zero if `c` is zero: by the host in a program, as the division of the compiler's
/// library takes a kilobyte there.
#[must_use]
pub fn divide_down(a: u128, c: u128) -> u128 {
    scale_down(a, 1, c).unwrap_or(0)
}

/// The product of two numbers of 128 bits, which 256 hold.
#[inline(never)]
const fn product(a: u128, b: u128) -> U256 {
    wide(a).wrapping_mul(wide(b))
}
