//! Typed errors of the quota's own flows. The interface says when each occurs.

use emetis_common::{
    abi::ISequencerQuota as I,
    account::Account,
    entry::Revert,
    limiter::Exceeded,
    quota::{figures::Figures, groups::MEMBERS, question::Refusal},
    word::{self, Word},
};

#[inline(always)]
pub(crate) fn construction_repeated() -> Revert {
    Revert::with::<I::ConstructionRepeated>(&[])
}

#[inline(always)]
pub(crate) fn program_invalid(program: &Account) -> Revert {
    Revert::with::<I::ProgramInvalid>(&[program.word()])
}

#[inline(always)]
pub(crate) fn caller_not_distributor(caller: &Account, distributor: &Account) -> Revert {
    Revert::with::<I::CallerNotDistributor>(&[caller.word(), distributor.word()])
}

#[inline(always)]
pub(crate) fn pool_unknown(pool: &Account) -> Revert {
    Revert::with::<I::PoolUnknown>(&[pool.word()])
}

#[inline(always)]
pub(crate) fn sequencer_unknown(id: &Word) -> Revert {
    Revert::with::<I::SequencerUnknown>(&[id])
}

#[cold]
#[inline(never)]
pub(crate) fn parameter_invalid(value: &Word, min: u128, max: u128) -> Revert {
    let bounds = (word::amount(min), word::amount(max));
    Revert::with::<I::ParameterInvalid>(&[value, &bounds.0, &bounds.1])
}

#[inline(always)]
pub(crate) fn limit_raised(value: u128, limit: u128) -> Revert {
    Revert::with_amounts::<I::LimitRaised>(value, limit)
}

#[inline(always)]
pub(crate) fn batch_invalid(ids: usize, produced: usize, assigned: usize) -> Revert {
    let lengths = [ids, produced, assigned].map(|length| word::count(length as u64));
    let [ids, produced, assigned] = &lengths;
    Revert::with::<I::BatchInvalid>(&[ids, produced, assigned])
}

#[inline(always)]
pub(crate) fn proposal_not_executed(proposal: &Word, state: &Word) -> Revert {
    Revert::with::<I::ProposalNotExecuted>(&[proposal, state])
}

#[inline(always)]
pub(crate) fn record_repeated(proposal: &Word) -> Revert {
    Revert::with::<I::RecordRepeated>(&[proposal])
}

#[inline(always)]
pub(crate) fn churn_exceeded(exceeded: Exceeded) -> Revert {
    Revert::with_amounts::<I::ChurnExceeded>(exceeded.assets, exceeded.left)
}

#[inline(always)]
pub(crate) fn group_invalid(group: &Word) -> Revert {
    Revert::with::<I::GroupInvalid>(&[group])
}

#[inline(always)]
pub(crate) fn group_not_alone(group: u64, leader: u64) -> Revert {
    Revert::with_amounts::<I::GroupNotAlone>(group.into(), leader.into())
}

#[inline(always)]
pub(crate) fn group_alone(group: &Word) -> Revert {
    Revert::with::<I::GroupAlone>(&[group])
}

#[inline(always)]
pub(crate) fn group_too_large(group: u64) -> Revert {
    Revert::with_amounts::<I::GroupTooLarge>(group.into(), MEMBERS as u128)
}

/// Why an entry is refused. The group in the figures is the one that the others are under.
#[cold]
#[inline(never)]
pub(crate) fn refused(refusal: Refusal, figures: &Figures) -> Revert {
    let (stake, cap) = refusal.amounts();
    let (stake, cap) = (word::amount(stake), word::amount(cap));
    let (id, group) = (word::count(figures.id), word::count(figures.group));
    let pool = figures.pool.word();
    match refusal {
        Refusal::SequencerFull { .. } => Revert::with::<I::SequencerFull>(&[&id, &stake, &cap]),
        Refusal::GroupFull { .. } => Revert::with::<I::GroupFull>(&[&group, &stake, &cap]),
        Refusal::PoolFull { .. } => Revert::with::<I::PoolFull>(&[pool, &stake, &cap]),
        Refusal::GrantExceeded { .. } => Revert::with::<I::GrantExceeded>(&[&id, &stake, &cap]),
        Refusal::SequencerDirectFull { .. } => {
            Revert::with::<I::SequencerDirectFull>(&[&id, &stake, &cap])
        }
        Refusal::DirectFull { .. } => Revert::with::<I::DirectFull>(&[&stake, &cap]),
    }
}
