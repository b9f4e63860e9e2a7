//! Whether so much may be delegated.

use alloy_sol_types::SolCall;
use emetis_common::{
    abi::ISequencerQuota::checkCall,
    entry::{Outcome, View},
    host,
    mutants::{Mutant, mutant},
    quota::{
        figures::Figures,
        question::{Question, Refusal},
    },
    word,
};

use crate::{errors, grants, groups, limits, programs, scores, staking::Staking};

/// Says yes, or why not.
///
/// It reads limits, scores, and of a pool the grant: more only if the limits tell that the group may
/// share a cap or that pools have caps of their own, or if the answer depends on other pools.
///
/// # Errors
/// `SequencerFull`, `GroupFull`; of a pool `PoolFull`, `GrantExceeded`; of a direct position
/// `SequencerDirectFull`, `DirectFull`.
pub(crate) fn check(call: View<'_>) -> Outcome {
    let words = call.words()?;
    let mut figures = Figures::read(words).ok_or_else(|| call.invalid())?;
    let ((mut limits, marks), now) = (limits::load(), host::timestamp());
    let id = u32::try_from(figures.id).unwrap_or(0);
    let mut grant = 0;
    if figures.is_pooled() {
        limits = grants::limits_of(&figures.pool, &limits, marks, now);
        grant = grants::grant(&figures.pool, id, now);
    }
    if marks.groups && limits::may_share(figures.group) {
        let leader = groups::leader_of(figures.group, now);
        let known = (figures.group, figures.group_stake);
        figures.group_stake = groups::stake(&Staking(programs::staking()), leader, known, now);
        figures.group = leader;
    }
    if mutant(Mutant::DirectCountsPools) {
        figures.direct_stake = figures.total_stake;
    }
    if mutant(Mutant::GrantCountsOthers) {
        figures.pair_stake = figures.sequencer_stake.saturating_sub(figures.sequencer_bond);
    }
    let question = Question { figures, limits, composite: scores::composite(id, now), grant };
    let fourth = if question.needs_fourth() && !mutant(Mutant::PoolShareIgnored) {
        Staking(programs::staking()).third_of_others(&figures.pool)
    } else {
        0
    };
    match question.check(fourth) {
        Err(refusal) if !is_overlooked(refusal) => Err(errors::refused(refusal, &figures)),
        _ => call.reply(&[word::of_bytes4(checkCall::SELECTOR)]),
    }
}

/// Whether a broken variant does not see this.
fn is_overlooked(refusal: Refusal) -> bool {
    match refusal {
        Refusal::GroupFull { .. } => mutant(Mutant::OperatorCapSkipped),
        Refusal::SequencerDirectFull { .. } => mutant(Mutant::SequencerDirectIgnored),
        Refusal::DirectFull { .. } => mutant(Mutant::DirectIgnored),
        _ => false,
    }
}
