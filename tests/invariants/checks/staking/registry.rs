//! STK-1: who is a sequencer, and what.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;
use emetis::Chain;
use emetis::campaign::{Tally, Violation};

use super::super::super::model::staking::{Bench, IDLE, Money, Names, Part, Status};
use super::super::super::spec::STK_1;
use super::super::super::world::staking::{SeenSequencer, Stage};
use super::Noticed;

/// Ids are dense, and those on the list of live ones are those that are not on their way out.
pub fn listed(tally: &mut Tally, stage: &Stage, noticed: &Noticed<'_>) -> Result<(), Violation> {
    let (found, expected) = (stage.seen.sequencers.len() as u64, stage.story.registered);
    tally.check(STK_1, found == expected, || {
        format!("{found} sequencers, {expected} were registered")
    })?;
    if noticed.outcome.is_err() {
        return Ok(());
    }
    let leaves = |sequencer: &&SeenSequencer| {
        !sequencer.is(Status::Exiting) && !sequencer.is(Status::Exited)
    };
    let live: Vec<u64> = stage.seen.all().filter(leaves).map(|sequencer| sequencer.id).collect();
    tally.check(STK_1, live == stage.seen.live, || {
        format!("live are {live:?}, listed are {:?}", stage.seen.live)
    })
}

/// Status follows from the figures, and changes as it may.
pub fn derived(tally: &mut Tally, stage: &Stage, noticed: &Noticed<'_>) -> Result<(), Violation> {
    for (before, after) in noticed.pairs(stage) {
        let left = [Status::Exiting, Status::Exited].iter().any(|status| before.is(*status));
        let leaves = [Status::Exiting, Status::Exited].iter().any(|status| after.is(*status));
        tally.check(STK_1, leaves || !left, || {
            format!("sequencer {} came back from its way out", after.id)
        })?;
        let mut books = after.books();
        books.exiting = leaves;
        let expected = books.status(&stage.seen.rules) as u8;
        tally.check(STK_1, expected == after.status, || {
            format!("sequencer {} is {}, its figures say {expected}", after.id, after.status)
        })?;
        tally.check(STK_1, may_change(before, after, noticed), || {
            format!("sequencer {} went from {} to {}", after.id, before.status, after.status)
        })?;
        tally.check(STK_1, after.nonce >= before.nonce, || {
            format!("the nonce of {} fell from {} to {}", after.id, before.nonce, after.nonce)
        })?;
        if noticed.did::<Money::ejectCall>(Part::Staking) {
            let idle = before.inactive_since != 0 && stage.seen.now >= before.inactive_since + IDLE;
            let curator = stage.crew.address(super::super::super::action::staking::Party::Council);
            tally.check(STK_1, idle || noticed.call.caller == curator, || {
                format!(
                    "sequencer {} was ejected, inactive since {}",
                    after.id, before.inactive_since
                )
            })?;
        }
    }
    Ok(())
}

/// Whether a status may follow another by this call: into jail by a proposal alone, out of it by a veto, by
/// `unjail` or for good; out of the way out never.
fn may_change(before: &SeenSequencer, after: &SeenSequencer, noticed: &Noticed<'_>) -> bool {
    if before.status == after.status {
        return true;
    }
    if before.is(Status::Exited) || after.is(Status::None) {
        return false;
    }
    if before.is(Status::Exiting) {
        return after.is(Status::Exited);
    }
    if after.is(Status::Jailed) {
        return noticed.did::<Bench::proposeSlashCall>(Part::Court)
            || noticed.did::<Money::holdCall>(Part::Staking);
    }
    let works = after.is(Status::Candidate) || after.is(Status::Active);
    !(before.is(Status::Jailed) && works)
        || noticed.did::<Bench::vetoCall>(Part::Court)
        || noticed.did::<Money::releaseCall>(Part::Staking)
        || noticed.did::<Money::unjailCall>(Part::Staking)
}

/// Each signer belongs to one sequencer for ever.
pub fn signers(
    tally: &mut Tally,
    stage: &Stage,
    chain: &Chain,
    noticed: &Noticed<'_>,
) -> Result<(), Violation> {
    let changes = matches!(
        noticed.call.selector(),
        Names::register_0Call::SELECTOR
            | Names::register_1Call::SELECTOR
            | Names::setSignerCall::SELECTOR
    );
    if !changes {
        return Ok(());
    }
    for (signer, id) in &stage.story.signers {
        let (signer, id): (Address, U256) = (*signer, U256::from(*id));
        let found = stage.view(chain, Part::Registry, Names::idOfCall { signer });
        tally.check(STK_1, found == id, || {
            format!("signer {signer} was of sequencer {id}, and is of {found}")
        })?;
    }
    for sequencer in stage.seen.all() {
        let id = U256::from(sequencer.id);
        let signer = stage.view(chain, Part::Registry, Names::signerOfCall { id }).signer;
        let found = stage.story.signers.get(&signer).copied();
        tally.check(STK_1, found == Some(sequencer.id), || {
            format!("sequencer {id} signs with {signer}, which is of {found:?}")
        })?;
    }
    Ok(())
}
