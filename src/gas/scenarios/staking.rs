//! Operations of registry, staking and court.

use alloy_primitives::{B256, U256};

use super::{Part, Scenario, scenario};
use crate::chain::Tx;
use crate::gas::stage::Stage;
use crate::interfaces::{ISequencerStaking as Staking, ISlashingCourt as Court};
use crate::{days, ether};

/// Alice has delegated to sequencer 1, so have others, and it has earned: what is repeated day by
/// day. The rewards that came since the last touch are split by what is measured.
pub(super) const ALL: &[Scenario] = &[
    scenario("registry: register", |stage, _| {
        stage.sequencers(1);
        stage.registration(2)
    })
    .of(Part::Registry)
    .within(300_000),
    scenario("staking: delegate", |stage, _| {
        ready(stage);
        stage.delegation(stage.alice, 10)
    })
    .of(Part::Staking)
    .within(99_000),
    scenario("staking: delegate, pending rewards", |stage, _| {
        earning(stage);
        stage.delegation(stage.alice, 10)
    })
    .of(Part::Staking)
    .within(99_000),
    scenario("staking: delegate, new delegator", |stage, _| {
        ready(stage);
        stage.chain.deal(stage.carol, ether(10));
        stage.delegation(stage.carol, 10)
    })
    .of(Part::Staking),
    scenario("staking: undelegate", |stage, _| {
        ready(stage);
        let first = stage.undelegation(10);
        stage.make(&first);
        stage.undelegation(10)
    })
    .of(Part::Staking)
    .within(99_000),
    scenario("staking: undelegate, pending rewards", |stage, _| {
        ready(stage);
        let first = stage.undelegation(10);
        stage.make(&first);
        reward(stage);
        stage.undelegation(10)
    })
    .of(Part::Staking)
    .within(99_000),
    scenario("staking: undelegate, new entry", |stage, _| {
        ready(stage);
        let tx = stage.delegation(stage.bob, 10);
        stage.chain.deal(stage.bob, ether(10));
        stage.make(&tx);
        let call = Staking::undelegateCall { id: U256::ONE, shares: ether(10) };
        let first = stage.tx(stage.bob, stage.suite.sequencer_staking, call);
        stage.make(&first);
        stage.undelegation(10)
    })
    .of(Part::Staking)
    .within(99_000),
    scenario("staking: undelegate, first of the day", |stage, _| {
        ready(stage);
        stage.undelegation(10)
    })
    .of(Part::Staking),
    scenario("staking: claimUnlocked", |stage, _| {
        ready(stage);
        let bucket = stage.bucket();
        let tx = stage.undelegation(10);
        stage.make(&tx);
        stage.unbond();
        stage.unlocked_claim(bucket)
    })
    .of(Part::Staking)
    .within(90_000),
    scenario("staking: claimRewards", |stage, _| {
        earning(stage);
        stage.reward_claim()
    })
    .of(Part::Staking)
    .within(75_000),
    scenario("staking: notifyRewards", |stage, _| {
        earning(stage);
        stage.notification()
    })
    .of(Part::Staking)
    .within(52_000),
    scenario("court: proposeSlash", |stage, _| {
        ready(stage);
        stage.proposal()
    })
    .of(Part::Court),
    scenario("court: execute", |stage, _| {
        ready(stage);
        let tx = stage.proposal();
        stage.make(&tx);
        stage.chain.advance(days(2));
        let call = Court::executeCall { proposal: U256::ONE };
        stage.tx(stage.bob, stage.suite.slashing_court, call)
    })
    .of(Part::Court),
];

/// Two sequencers; Alice and two others delegate to the first, which has been rewarded and touched.
fn ready(stage: &mut Stage) {
    stage.sequencers(2);
    stage.delegators(2);
    stage.alice_delegates();
    reward(stage);
    stage.alice_delegates();
    // Bob can be paid without being born.
    stage.chain.deal(stage.bob, ether(1));
}

/// As [`ready`], with rewards that came since.
fn earning(stage: &mut Stage) {
    ready(stage);
    reward(stage);
}

fn reward(stage: &mut Stage) {
    let tx = stage.notification();
    stage.make(&tx);
}

impl Stage {
    /// A proposal to slash sequencer 1 for a fault of this second.
    fn proposal(&self) -> Tx {
        let (id, bps) = (U256::ONE, U256::from(1_000));
        let (fault, evidence) = (U256::from(self.chain.time()), B256::repeat_byte(0xe1));
        let call = Court::proposeSlashCall { id, bps, faultTime: fault, evidence };
        self.tx(self.params.slasher, self.suite.slashing_court, call)
    }
}
