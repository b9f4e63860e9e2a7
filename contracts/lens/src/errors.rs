//! Typed errors of the lens's own flows. The interface says when each occurs.

use emetis_common::{
    abi::ILens as I,
    account::Account,
    entry::Revert,
    word::{self, Word},
};

#[inline(always)]
pub(crate) fn construction_repeated() -> Revert {
    Revert::with::<I::ConstructionRepeated>(&[])
}

#[inline(always)]
pub(crate) fn construction_missing(selector: [u8; 4]) -> Revert {
    Revert::with::<I::ConstructionMissing>(&[&word::of_bytes4(selector)])
}

#[inline(always)]
pub(crate) fn program_invalid(program: &Account) -> Revert {
    Revert::with::<I::ProgramInvalid>(&[program.word()])
}

#[inline(always)]
pub(crate) fn program_failed(program: &Account, selector: &Word) -> Revert {
    Revert::with::<I::ProgramFailed>(&[program.word(), selector])
}

#[inline(always)]
pub(crate) fn answer_invalid(program: &Account, selector: &Word) -> Revert {
    Revert::with::<I::AnswerInvalid>(&[program.word(), selector])
}
