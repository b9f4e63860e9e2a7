//! The quota against exact rationals, and its plans against loops that move METIS by METIS.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "tests, not programs"
)]

mod quota {
    mod allocation;
    mod amounts;
    mod caps;
    mod cases;
    mod churn;
    mod concentration;
    mod execution;
    mod figures;
    mod giving;
    mod question;
    mod raise;
    mod release;
    mod score;
    mod taking;
}
