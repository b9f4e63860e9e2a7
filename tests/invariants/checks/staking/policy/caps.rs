//! QTA-1: what enters stays below every cap, and nothing else is refused.

use alloy_primitives::{Bytes, U256};
use alloy_sol_types::SolError;
use emetis::Chain;
use emetis::campaign::{Tally, Violation};

use super::super::super::super::model::largest;
use super::super::super::super::model::staking::{Money, Part, Rule, Status};
use super::super::super::super::spec::QTA_1;
use super::super::super::super::world::World;
use super::super::super::super::world::staking::Stage;
use super::super::Noticed;
use super::ground::ground;
use super::is_asked;

/// Refusals of the quota.
const FULL: [[u8; 4]; 6] = [
    Rule::SequencerFull::SELECTOR,
    Rule::GroupFull::SELECTOR,
    Rule::PoolFull::SELECTOR,
    Rule::GrantExceeded::SELECTOR,
    Rule::SequencerDirectFull::SELECTOR,
    Rule::DirectFull::SELECTOR,
];

/// A delegation is accepted or refused as the caps say, by the figures before it.
pub(super) fn entered(
    tally: &mut Tally,
    stage: &Stage,
    chain: &Chain,
    noticed: &Noticed<'_>,
) -> Result<(), Violation> {
    let call = noticed.call;
    if !call.is::<Money::delegateCall>(Part::Staking) || !is_asked(stage, chain) {
        return Ok(());
    }
    let found = match noticed.outcome {
        Ok(_) => Ok(()),
        Err(failure) => Err(failure.data()),
    };
    if found.as_ref().is_err_and(|data| !FULL.iter().any(|full| data.starts_with(full))) {
        return Ok(());
    }
    let id = call.word(0).unwrap_or_default();
    if noticed.before.sequencer(id).is_none() {
        return Ok(());
    }
    let books = ground(stage, chain, noticed.before, &[id.to()], call.caller);
    let expected = books.quota_answers(call.caller, id.to(), call.value).map_err(Bytes::from);
    tally.check(QTA_1, found == expected, || {
        let names = chain.names();
        let show = |answer: &Result<(), Bytes>| match answer {
            Ok(()) => "room".to_owned(),
            Err(data) => names.error(data),
        };
        format!("{} into {id}: expected {}, found {}", call.value, show(&expected), show(&found))
    })
}

/// A bond can be restored up to the largest lock, whatever is full.
pub(super) fn bond_is_restored(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let stage = &world.stage;
    for sequencer in stage.seen.all().take(3) {
        let missing = stage.seen.rules.max_lock.saturating_sub(sequencer.bond);
        let leaves = sequencer.is(Status::Exiting) || sequencer.is(Status::Exited);
        let fits = stage.seen.totals[3] + missing <= largest(84);
        if leaves || sequencer.is_held() || missing.is_zero() || !fits {
            continue;
        }
        let id = U256::from(sequencer.id);
        let mut fork = world.chain.clone();
        fork.deal(sequencer.owner, missing);
        let increase = Money::increaseBondCall { id };
        let staking = stage.crew.program(Part::Staking);
        let outcome = fork.send(sequencer.owner, staking, increase).value(missing).run();
        tally.check(QTA_1, outcome.is_ok(), || {
            let data = outcome.as_ref().err().map(emetis::Failure::data).unwrap_or_default();
            format!("the bond of {id} cannot be restored: {}", fork.names().error(&data))
        })?;
    }
    Ok(())
}
