//! The books of sequencer staking against exact rationals.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "tests, not programs"
)]

mod staking {
    mod buckets;
    mod hold;
    mod layout;
    mod rewards;
    mod status;
}
