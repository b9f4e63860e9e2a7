//! Typed errors of the registry's own flows. The interface says when each occurs.

use emetis_common::{
    abi::ISequencerRegistry as I,
    account::Account,
    commission::Refusal,
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
pub(crate) fn caller_not_owner(caller: &Account, owner: &Account) -> Revert {
    Revert::with::<I::CallerNotOwner>(&[caller.word(), owner.word()])
}

#[inline(always)]
pub(crate) fn key_invalid(signer: &Account) -> Revert {
    Revert::with::<I::KeyInvalid>(&[signer.word()])
}

#[inline(always)]
pub(crate) fn signer_taken(signer: &Account, id: u32) -> Revert {
    Revert::with::<I::SignerTaken>(&[signer.word(), &number(u64::from(id))])
}

#[inline(always)]
pub(crate) fn proof_invalid(recovered: &Account, signer: &Account) -> Revert {
    Revert::with::<I::ProofInvalid>(&[recovered.word(), signer.word()])
}

#[inline(always)]
pub(crate) fn signer_changed_too_early(id: &Word, next: u64) -> Revert {
    Revert::with::<I::SignerChangedTooEarly>(&[id, &number(next)])
}

pub(crate) fn commission_too_high(commission: &Word, max: u64) -> Revert {
    Revert::with::<I::CommissionTooHigh>(&[commission, &number(max)])
}

#[inline(always)]
pub(crate) fn parameter_invalid(value: &Word, min: u64, max: u64) -> Revert {
    Revert::with::<I::ParameterInvalid>(&[value, &number(min), &number(max)])
}

/// Why what was announced cannot be applied.
#[cold]
#[inline(never)]
pub(crate) fn apply_refused(refusal: Refusal, id: &Word, current: u64, max: u64) -> Revert {
    match refusal {
        Refusal::Missing => Revert::with::<I::CommissionMissing>(&[id]),
        Refusal::TooEarly { due } => Revert::with::<I::CommissionTooEarly>(&[id, &number(due)]),
        Refusal::TooHigh { bps } => commission_too_high(&number(bps), max),
        Refusal::StepTooLarge { bps } => {
            Revert::with::<I::CommissionStepTooLarge>(&[&number(current), &number(bps)])
        }
    }
}

/// One function for all, as turning a number into a word takes space.
#[inline(never)]
fn number(value: u64) -> Word {
    word::of_u64(value)
}
