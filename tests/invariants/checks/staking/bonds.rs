//! STK-2: delegations grow on a bond that suffices, and what a proposal may take stays.

use alloy_primitives::U256;
use emetis::campaign::{Tally, Violation};

use super::super::super::model::ceil_div;
use super::super::super::model::staking::{Money, Part, Status};
use super::super::super::spec::STK_2;
use super::super::super::world::staking::{SeenBucket, SeenSequencer, Stage};
use super::Noticed;

/// Whether a bucket is in the scope of the hold that a sequencer has.
pub(super) fn covers(sequencer: &SeenSequencer, bucket: &SeenBucket) -> bool {
    let end = U256::from(((bucket.number >> 12) + 1) * 86_400);
    let [.., fault, at, _] = sequencer.hold;
    end > fault && bucket.matures > at
}

/// Who takes a delegation has bond enough, room, and no trouble.
pub fn grows(tally: &mut Tally, stage: &Stage, noticed: &Noticed<'_>) -> Result<(), Violation> {
    if !noticed.did::<Money::delegateCall>(Part::Staking) {
        return Ok(());
    }
    let rules = &stage.seen.rules;
    let id = noticed.call.word(0).unwrap_or_default();
    let (Some(before), Some(after)) = (noticed.before.sequencer(id), stage.seen.sequencer(id))
    else {
        return Ok(());
    };
    let needed = rules.needed(after.stake());
    tally.check(STK_2, after.bond >= needed, || {
        format!("delegated to {id}, whose bond is {} and not {needed}", after.bond)
    })?;
    tally.check(STK_2, after.stake() <= rules.max_lock, || {
        format!("{id} has a stake of {}, beyond {}", after.stake(), rules.max_lock)
    })?;
    let leaves = before.is(Status::Exiting) || before.is(Status::Exited);
    tally.check(STK_2, !before.is_held() && before.jailed_until == 0 && !leaves, || {
        format!("delegated to {id} while it was held, in jail or on its way out")
    })
}

/// What a proposal may take stays until it ends.
pub fn stays(tally: &mut Tally, stage: &Stage, noticed: &Noticed<'_>) -> Result<(), Violation> {
    for (before, after) in noticed.pairs(stage).filter(|(_, after)| after.is_held()) {
        tally.check(STK_2, !before.is_held() || after.bond <= before.bond, || {
            format!("{}: bond came in under a hold, {} after {}", after.id, after.bond, before.bond)
        })?;
        let [bond_loss, delegated_loss, bond_scope, delegated_scope, ..] = after.hold;
        let covered = || after.buckets.iter().filter(|bucket| covers(after, bucket));
        let sum =
            |side: usize| covered().fold(U256::ZERO, |sum, bucket| sum + bucket.sides[side][1]);
        let (delegated, bond) = (after.delegated + sum(0), after.bond + sum(1));
        tally.check(STK_2, bond >= bond_scope && delegated >= delegated_scope, || {
            format!("{} has {bond} and {delegated} in scope of {:?}", after.id, after.hold)
        })?;
        for bucket in covered() {
            let sides = [(delegated_loss, delegated_scope), (bond_loss, bond_scope)];
            for ([_, assets, paid], (loss, scope)) in bucket.sides.into_iter().zip(sides) {
                let held = if scope.is_zero() { scope } else { ceil_div(assets * loss, scope) };
                tally.check(STK_2, paid <= assets.saturating_sub(held), || {
                    format!(
                        "{}: bucket {} paid {paid} of {assets} while {held} is held",
                        after.id, bucket.number
                    )
                })?;
            }
        }
    }
    Ok(())
}
