//! SLA-2: a slash halves operations once, after it was executed.

use alloy_primitives::U256;
use emetis::Chain;
use emetis::campaign::{Tally, Violation};

use super::super::super::super::model::staking::{Part, Rule, State};
use super::super::super::super::spec::SLA_2;
use super::super::super::super::world::staking::Stage;
use super::super::Noticed;

/// What a call recorded; and what operations are after any other.
pub(super) fn slashes(
    tally: &mut Tally,
    stage: &mut Stage,
    chain: &Chain,
    noticed: &Noticed<'_>,
) -> Result<(), Violation> {
    for event in noticed.events::<Rule::ScoresChanged>(stage, Part::Quota) {
        let (id, effective) = (event.id.saturating_to(), event.effective.saturating_to::<u64>());
        let lowered = event.newOperations.min(event.oldOperations);
        let next = (effective > chain.time()).then_some((event.newOperations, effective));
        stage.story.operations.insert(id, (lowered, next));
    }
    for event in noticed.events::<Rule::SlashRecorded>(stage, Part::Quota) {
        let (proposal, id) = (event.proposal.saturating_to::<u64>(), event.id.saturating_to());
        let place = usize::try_from(proposal).unwrap_or_default().wrapping_sub(1);
        let found = stage.story.proposals.get(place);
        let fits = found.is_some_and(|found| found.end == State::Executed && found.id == id);
        tally.check(SLA_2, fits, || format!("{id} was marked for {proposal}: {found:?}"))?;
        let first = stage.story.recorded.insert(proposal);
        tally.check(SLA_2, first, || format!("slash {proposal} was recorded before"))?;
        let (was, next) = stage.story.operations_of(id, chain.time());
        let halved = was / U256::from(2);
        tally.check(SLA_2, event.operations == halved, || {
            format!("operations of {id} were {was}, and are {} after a slash", event.operations)
        })?;
        let next = next.map(|(next, effective)| (next / U256::from(2), effective));
        stage.story.operations.insert(id, (halved, next));
    }
    if !noticed.call.is::<Rule::recordSlashCall>(Part::Quota) {
        return Ok(());
    }
    // What waits is halved as well.
    for (id, _) in stage.story.operations.clone() {
        let told = stage.view(chain, Part::Quota, Rule::scoresOfCall { id: U256::from(id) });
        let (was, next) = stage.story.operations_of(id, chain.time());
        let waiting = next.map_or(U256::ZERO, |(next, _)| next);
        tally.check(SLA_2, (told.operations, told.nextOperations) == (was, waiting), || {
            format!("operations of {id} are {told:?}, expected {was}, then {waiting}")
        })?;
    }
    Ok(())
}
