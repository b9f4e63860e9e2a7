//! wip
pub mod fixtures;
