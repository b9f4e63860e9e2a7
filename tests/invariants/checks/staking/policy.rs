//! QTA-1 and QTA-3 to QTA-6: caps, plans, continuity and churn of the quota; what of it belongs to
//! SLA-2, ACC-1 and SAF-4.

use alloy_sol_types::SolCall;
use emetis::Chain;
use emetis::campaign::{Tally, Violation};

use super::super::super::action::staking::Party;
use super::super::super::model::staking::{Money, Part, Rule};
use super::super::super::spec::{ACC_1, QTA_1, QTA_3, QTA_4, QTA_5, QTA_6, SAF_4};
use super::super::super::world::World;
use super::super::super::world::staking::Stage;
use super::Noticed;

mod caps;
mod churn;
mod continuity;
mod core;
mod ground;
mod lens;
mod plans;
mod records;

pub use plans::{carried_out, is_carried_out};

/// What must hold after every call.
pub(super) fn after(
    tally: &mut Tally,
    stage: &mut Stage,
    chain: &Chain,
    noticed: &Noticed<'_>,
) -> Result<(), Violation> {
    caps::entered(tally, stage, chain, noticed)?;
    churn::drawn(tally, stage, chain, noticed)?;
    records::slashes(tally, stage, chain, noticed)?;
    core::tells(tally, stage, chain, noticed)?;
    callers(tally, stage, noticed)
}

/// What is tried where it is due.
pub(super) fn on_forks(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let step = world.steps;
    if tally.is_due(QTA_1, step) {
        caps::bond_is_restored(tally, world)?;
    }
    if tally.is_due(QTA_3, step) || tally.is_due(QTA_4, step) {
        plans::made(tally, world)?;
    }
    if tally.is_due(QTA_5, step) {
        continuity::in_theory(tally, world)?;
        continuity::in_practice(tally, world)?;
    }
    if tally.is_due(SAF_4, step) {
        lens::tells(tally, world)?;
    }
    if tally.is_due(QTA_6, step) {
        churn::is_as_left(tally, world)?;
    }
    Ok(())
}

/// ACC-1: batches are the distributor's, moves are those of registered pools.
fn callers(tally: &mut Tally, stage: &Stage, noticed: &Noticed<'_>) -> Result<(), Violation> {
    let caller = noticed.call.caller;
    if noticed.did::<Rule::recordBatchCall>(Part::Quota) {
        let fits = caller == stage.crew.address(Party::Fund);
        tally.check(ACC_1, fits, || format!("{} brought a batch", stage.crew.name(caller)))?;
    }
    if noticed.did::<Rule::drawCall>(Part::Quota) {
        let mut pools = Party::POOLS.into_iter().zip(&stage.seen.pools);
        let fits =
            pools.any(|(pool, (registered, ..))| *registered && stage.crew.address(pool) == caller);
        tally
            .check(ACC_1, fits, || format!("{} drew, which is no pool", stage.crew.name(caller)))?;
    }
    Ok(())
}

/// Whether staking asks the quota, and nobody in its place.
fn is_asked(stage: &Stage, chain: &Chain) -> bool {
    let asked = stage.view(chain, Part::Staking, Money::programsCall {}).quota;
    asked == stage.crew.program(Part::Quota)
}

/// A view of the quota on a fork.
fn told<C: SolCall>(fork: &Chain, stage: &Stage, call: C) -> C::Return {
    let told = fork.try_view(stage.crew.program(Part::Quota), call);
    told.unwrap_or_else(|(_, tree)| panic!("a view failed: {tree}"))
}
