//! The books of sequencer staking: pure figures and their transitions.
//!
//! | | |
//! |---|---|
//! | [`sequencer`] | bond and delegations of a sequencer, its flags and counters |
//! | [`status`] | what a sequencer is, derived |
//! | [`position`] | what an account has delegated to one sequencer, and what it earned |
//! | [`rewards`] | an index per share, and who gets what of an amount |
//! | [`buckets`] | what unbonds: all that joins a bucket shares one fate |
//! | [`hold`] | what a proposal to slash may take, and how a loss is spread |
//! | [`weight`] | stake, and the sum of it over time |
//! | [`lanes`] | three amounts in one slot |
//! | [`totals`] | the books of all sequencers |
//! | [`rules`] | the parameters |
//!
//! Amounts are wei of METIS in 84 bits, shares fit 88 bits, times 40. A slot holds each figure at
//! a fixed place; what does not fit is refused before it is stored.

pub mod buckets;
pub mod hold;
pub mod lanes;
pub mod position;
pub mod rewards;
pub mod rules;
pub mod sequencer;
pub mod status;
pub mod totals;
pub mod weight;

/// One METIS: the least that a position holds, and the stake below which rewards park.
pub const METIS: u128 = 1_000_000_000_000_000_000;

/// The largest amount: 84 bits, 19 million METIS.
pub const LIMIT: u128 = (1 << 84) - 1;

/// The most shares of a sequencer: 88 bits.
pub const SHARES_LIMIT: u128 = (1 << 88) - 1;

/// Parts of a whole, in bps.
pub const BPS: u128 = 10_000;

/// Seconds of a day.
pub const DAY: u64 = 86_400;

/// The largest time that a slot keeps, in seconds.
pub(crate) const TIME: u128 = (1 << 40) - 1;

/// Some bits of a half of a slot, from the lowest.
#[inline(always)]
pub(crate) const fn bits(half: u128, from: u32, mask: u128) -> u128 {
    (half >> from) & mask
}

/// As [`bits`], for a small figure.
#[inline(always)]
pub(crate) const fn small(half: u128, from: u32, mask: u128) -> u64 {
    bits(half, from, mask) as u64
}
