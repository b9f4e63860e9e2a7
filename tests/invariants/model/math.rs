//! Multiplication and division without loss.

use alloy_primitives::{U256, U512};

/// `a * b / c`, rounded up or down, if it fits.
pub fn mul_div(a: U256, b: U256, c: U256, up: bool) -> Option<U256> {
    let (quotient, rest) = (U512::from(a) * U512::from(b)).div_rem(U512::from(c));
    let rounded = if up && !rest.is_zero() { quotient + U512::ONE } else { quotient };
    (rounded.bit_len() <= 256).then(|| rounded.to())
}

/// `a / b`, rounded up.
pub fn ceil_div(a: U256, b: U256) -> U256 {
    let (quotient, rest) = a.div_rem(b);
    if rest.is_zero() { quotient } else { quotient + U256::ONE }
}
