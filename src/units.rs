//! Amounts and durations with their units in the name.

use alloy_primitives::U256;

/// Wei in one METIS.
pub const WEI: U256 = U256::from_limbs([1_000_000_000_000_000_000, 0, 0, 0]);

/// Whole METIS (or ether, on a chain whose native token it is), in wei.
///
/// ```
/// use emetis::{ether, milliether};
///
/// assert_eq!(ether(2), milliether(2_000));
/// ```
pub fn ether(whole: u64) -> U256 {
    U256::from(whole) * WEI
}

/// Thousandths of METIS, in wei.
pub fn milliether(thousandths: u64) -> U256 {
    U256::from(thousandths) * WEI / U256::from(1_000)
}

/// Minutes, in seconds.
pub const fn minutes(count: u64) -> u64 {
    count * 60
}

/// Hours, in seconds.
pub const fn hours(count: u64) -> u64 {
    minutes(count) * 60
}

/// Days, in seconds.
pub const fn days(count: u64) -> u64 {
    hours(count) * 24
}
