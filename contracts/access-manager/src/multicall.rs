//! Several calls in one.

use emetis_common::{
    calldata,
    entry::{Change, Outcome},
    guard,
    host::buffer::Buffer,
    word,
};

use crate::errors;

/// Makes each call as the caller, and gives all their answers.
///
/// # Errors
/// That of the first call that fails; `AnswerTooLong`.
#[inline(never)]
pub(crate) fn multicall(call: Change<'_>) -> Outcome {
    let [list] = call.words()?;
    let list = call.list(list)?;
    let count = list.heads().len();
    let mut answers = Buffer::<{ calldata::LIMIT }>::new();
    answers.push_words(&[word::of_u64(32), word::of_u64(count as u64)]);
    let start = answers.len();
    // No more words than the calldata has: they fit, as it had a selector besides.
    answers.push_words(list.heads());
    for (index, head) in list.heads().iter().enumerate() {
        let data = list.item(head).ok_or_else(|| call.invalid())?;
        let size = guard::recurse(data)?;
        let needed = answers.len().saturating_add(size).saturating_add(63) & !31;
        if needed > calldata::LIMIT {
            return Err(errors::answer_too_long(needed));
        }
        let offset = answers.len().saturating_sub(start);
        answers
            .replace(start.saturating_add(index.saturating_mul(32)), &word::of_u64(offset as u64));
        answers.push_words(&[word::of_u64(size as u64)]);
        answers.push_answer(size);
        answers.pad();
    }
    call.commit_bytes(answers.bytes())
}
