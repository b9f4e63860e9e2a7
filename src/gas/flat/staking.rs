//! Operations of staking among delegators and sequencers.

use alloy_primitives::U256;

use super::super::stage::Stage;
use super::{Flat, Play, row};
use crate::ether;

/// Delegators of one sequencer, and live sequencers, few and many.
const CROWDS: [(&str, u64, u64); 6] = [
    ("1", 1, 1),
    ("100", 1, 100),
    ("10,000 delegators", 1, 10_000),
    ("1", 1, 1),
    ("8", 8, 1),
    ("64 sequencers", 64, 1),
];

/// What users do, on a stage on which Alice has delegated 200 METIS and earned.
const OPERATIONS: [(&str, Play); 5] = [
    ("staking: delegate", |stage| stage.delegation(stage.alice, 10)),
    ("staking: undelegate", |stage| stage.undelegation(10)),
    ("staking: claimUnlocked", |stage| {
        stage.unbond();
        stage.unlocked_claim(stage.bucket() - (U256::from(23) << 12))
    }),
    ("staking: claimRewards", |stage| stage.reward_claim()),
    ("staking: notifyRewards", Stage::notification),
];

pub(super) fn rows(stage: &Stage) -> Vec<Flat> {
    let crowds = CROWDS.map(|(name, sequencers, count)| (name, crowd(stage, sequencers, count)));
    OPERATIONS.iter().map(|(key, play)| row(key, &crowds, *play)).collect()
}

/// So many sequencers, and delegators of the first; then Alice, who has an entry in today's bucket and
/// rewards that she has not claimed.
fn crowd(origin: &Stage, sequencers: u64, delegators: u64) -> Stage {
    let mut stage = origin.clone();
    stage.sequencers(sequencers);
    stage.delegators(delegators);
    stage.alice_delegates();
    let tx = stage.undelegation(10);
    stage.make(&tx);
    let tx = stage.notification();
    stage.make(&tx);
    stage.alice_delegates();
    let tx = stage.notification();
    stage.make(&tx);
    stage.chain.deal(stage.bob, ether(1));
    stage
}
