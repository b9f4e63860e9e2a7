//! Operations of the redemption queue among tickets.

use super::super::stage::Stage;
use super::{Flat, Play, row};

/// Others' tickets in the last batch that is filled, and in the open one, few and many.
const CROWDS: [(&str, u64); 4] =
    [("1", 1), ("100", 100), ("10,000", 10_000), ("100,000 other tickets", 100_000)];

/// What users do, on a stage on which Alice has a ticket among the others of each batch.
const OPERATIONS: [(&str, Play); 5] = [
    ("queue: request", Stage::request),
    ("queue: cancel", Stage::cancellation),
    ("queue: finalize one batch", |stage| {
        stage.close_batch();
        stage.finalization()
    }),
    ("queue: claim", Stage::claim),
    ("hub: redeemNow", Stage::instant_redemption),
];

pub(super) fn rows(stage: &Stage) -> Vec<Flat> {
    let crowds = CROWDS.map(|(name, tickets)| (name, crowd(stage, tickets)));
    OPERATIONS.iter().map(|(key, play)| row(key, &crowds, *play)).collect()
}

/// A batch that is filled, and another that is open; in both the first ticket is Alice's.
fn crowd(origin: &Stage, others: u64) -> Stage {
    let mut stage = origin.clone();
    stage.holders();
    stage.requests(1 + others);
    stage.fill_batch();
    stage.requests(1 + others);
    stage
}
