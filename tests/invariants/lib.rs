//! The suite's invariants: what must hold, the model that says so, and the campaign that tries.
//!
//! `spec.rs` lists every property. `action.rs` is what may happen, `draw.rs` where it comes from,
//! `encode.rs` the transaction it stands for, `model.rs` what must come of it, `world.rs` the system
//! beside its model, `checks.rs` a function or a few for each property, `subject.rs` the campaign
//! that puts them together, `mutants.rs` the proof that each can fail.

#![allow(
    unreachable_pub,
    reason = "one source for two crates: the binary and the test, each of which uses a part"
)]

pub mod action;
pub mod actor;
pub mod cast;
pub mod checks;
pub mod draw;
pub mod encode;
pub mod model;
pub mod mutants;
pub mod spec;
pub mod subject;
pub mod world;
