//! Typed errors of the court's own flows. The interface says when each occurs.

use emetis_common::{
    abi::ISlashingCourt as I,
    account::Account,
    court::{Refusal, State},
    entry::Revert,
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
pub(crate) fn sequencer_unknown(id: &Word) -> Revert {
    Revert::with::<I::SequencerUnknown>(&[id])
}

#[inline(always)]
pub(crate) fn evidence_zero() -> Revert {
    Revert::with::<I::EvidenceZero>(&[])
}

#[inline(always)]
pub(crate) fn fault_time_invalid(fault: &Word, min: u64, max: u64) -> Revert {
    Revert::with::<I::FaultTimeInvalid>(&[fault, &number(min), &number(max)])
}

#[inline(always)]
pub(crate) fn evidence_used(evidence: &Word, proposal: &Word) -> Revert {
    Revert::with::<I::EvidenceUsed>(&[evidence, proposal])
}

#[inline(always)]
pub(crate) fn slasher_barred(slasher: &Account, id: &Word, until: u64) -> Revert {
    Revert::with::<I::SlasherBarred>(&[slasher.word(), id, &number(until)])
}

#[inline(always)]
pub(crate) fn slash_pending(id: &Word, until: u64) -> Revert {
    Revert::with::<I::SlashPending>(&[id, &number(until)])
}

#[inline(always)]
pub(crate) fn slash_too_large(bps: &Word, room: u64) -> Revert {
    Revert::with::<I::SlashTooLarge>(&[bps, &number(room)])
}

#[inline(always)]
pub(crate) fn push_failed(pool: &Account) -> Revert {
    Revert::with::<I::PushFailed>(&[pool.word()])
}

#[inline(always)]
pub(crate) fn parameter_invalid(value: &Word, min: u64, max: u64) -> Revert {
    Revert::with::<I::ParameterInvalid>(&[value, &number(min), &number(max)])
}

/// Why something cannot be done with a proposal.
#[cold]
#[inline(never)]
pub(crate) fn refused(refusal: Refusal, proposal: &Word, state: State) -> Revert {
    match refusal {
        Refusal::NotPending => {
            let state = number(u64::from(state.number()));
            Revert::with::<I::ProposalNotPending>(&[proposal, &state])
        }
        Refusal::VetoTooLate { until } => {
            Revert::with::<I::VetoTooLate>(&[proposal, &number(until)])
        }
        Refusal::ExecutionTooEarly { from } => {
            Revert::with::<I::ExecutionTooEarly>(&[proposal, &number(from)])
        }
        Refusal::ExecutionTooLate { until } => {
            Revert::with::<I::ExecutionTooLate>(&[proposal, &number(until)])
        }
        Refusal::LapseTooEarly { from } => {
            Revert::with::<I::LapseTooEarly>(&[proposal, &number(from)])
        }
    }
}

/// One function for all, as turning a number into a word takes space.
#[inline(never)]
fn number(value: u64) -> Word {
    word::of_u64(value)
}
