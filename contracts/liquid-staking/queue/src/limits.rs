//! How long batches last.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::IRedemptionQueue::BatchLengthChanged,
    entry::{Outcome, Restricted},
    host,
    mutants::{Mutant, mutant},
    queue::{LONGEST, SHORTEST},
    word::{self, Immediate},
};

use crate::{errors, head};

const BATCH_LENGTH_CHANGED: Immediate = Immediate::new(BatchLengthChanged::SIGNATURE_HASH.0);

/// Sets how long batches are that open from now on.
///
/// # Errors
/// `ParameterInvalid`.
///
/// # Events
/// `BatchLengthChanged`.
///
/// # Access
/// ADMIN.
pub(crate) fn set_batch_length(call: Restricted<'_>) -> Outcome {
    let [length] = call.words()?;
    let longest = if mutant(Mutant::BatchLengthUnbounded) { LONGEST << 7 } else { LONGEST };
    let seconds = word::to_u64(length).filter(|seconds| (SHORTEST..=longest).contains(seconds));
    let Some(seconds) = seconds else {
        return Err(errors::parameter_invalid(length, SHORTEST, LONGEST));
    };
    let before = head::load();

    head::store(&before.with_length(seconds));
    host::log(&[BATCH_LENGTH_CHANGED.word(), word::count(before.length()), *length], 1);
    call.commit(&[])
}
