//! Ways out of eMETIS: rates against exact rationals, waits and the queue against naive lists.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "tests, not programs"
)]

mod exits {
    #[path = "../quota/amounts.rs"]
    mod amounts;
    mod batches;
    mod fills;
    mod instant;
    mod layout;
    mod limiter;
    mod rate;
    mod wait;
}
