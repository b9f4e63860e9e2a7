//! What campaigns are worth, on a subject small enough to be understood at a glance.

mod cadence;
mod shards;
mod shrinking;
mod stopping;
mod till;
mod verdicts;
