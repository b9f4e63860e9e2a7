//! Executed slashes.

use alloy_sol_types::{SolCall, SolEvent};
use emetis_common::{
    abi::{ISequencerQuota::SlashRecorded, ISlashingCourt::proposalOfCall},
    court::State,
    entry::{Change, Outcome},
    guard, host,
    mutants::{Mutant, mutant},
    quota::score::Record,
    slots::{self, quota},
    word::{self, Immediate, Word},
};

use crate::{errors, programs, scores};

const SLASH_RECORDED: Immediate = Immediate::new(SlashRecorded::SIGNATURE_HASH.0);

/// Halves the operations of a sequencer for an executed slash.
///
/// # Errors
/// `ProposalNotExecuted`, `RecordRepeated`.
///
/// # Events
/// `SlashRecorded`.
///
/// # Access
/// Anyone.
pub(crate) fn record_slash(call: Change<'_>) -> Outcome {
    let [proposal] = call.words()?;
    let question = [word::of_selector(proposalOfCall::SELECTOR), *proposal];
    let mut told = [[0; 32]; 2];
    guard::look(&programs::court(), word::after_selector(&question), &mut told);
    let [state, id] = told;
    // As numbers, here and below: bytes to compare with would lie in the data section.
    if word::to_u128_saturating(&state) != u128::from(State::Executed.number()) {
        return Err(errors::proposal_not_executed(proposal, &state));
    }
    let slot = slot(proposal);
    if word::low_u128(&host::load(&slot)) != 0 && !mutant(Mutant::SlashRecordedTwice) {
        return Err(errors::record_repeated(proposal));
    }

    host::store(&slot, &word::of_bool(true));
    let (number, now) = (word::to_u32(&id).unwrap_or(0), host::timestamp());
    let before = scores::load(number);
    let mut after = before.after_slash(now);
    if mutant(Mutant::SlashKeepsScore) {
        after = before;
    }
    if mutant(Mutant::SlashSparesWaiting) && before.waits(now) {
        after = Record { next_operations: before.next_operations, ..after };
    }
    scores::store(number, &after);
    let operations = word::count(after.at(now).operations);
    host::log(&[SLASH_RECORDED.word(), *proposal, id, operations], 3);
    call.commit(&[])
}

/// The slot of whether a slash was recorded; the court numbers proposals in 32 bits.
pub(crate) fn slot(proposal: &Word) -> Word {
    slots::numbered(quota::RECORDED, word::to_u32(proposal).unwrap_or(0), 0)
}
