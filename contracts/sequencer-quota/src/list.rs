//! Answers with lists.

use emetis_common::{
    entry::{Outcome, View},
    host::buffer::Buffer,
    quota::plan::{Plan, SEQUENCERS},
    word,
};

/// Bytes of a word.
const WORD: usize = 32;
/// Offset of the first list: after both offsets.
const FIRST: u64 = 64;
/// Bytes of two lists with an item for each sequencer: offsets, lengths, items.
const BYTES: usize = (4 + 2 * SEQUENCERS) * WORD;

/// Answers with the sequencers of a plan that have an amount in it, and these amounts.
#[inline(never)]
pub(crate) fn reply(call: View<'_>, ids: &[u32; SEQUENCERS], plan: &Plan) -> Outcome {
    let count = plan.amounts().iter().filter(|amount| **amount > 0).count() as u64;
    let after = count.saturating_add(3).saturating_mul(WORD as u64);
    let mut answer = Buffer::<BYTES>::new();
    for number in [FIRST, after, count] {
        answer.push_words(&[word::count(number)]);
    }
    for is_second in [false, true] {
        if is_second {
            answer.push_words(&[word::count(count)]);
        }
        for (id, amount) in ids.iter().zip(plan.amounts()) {
            if *amount > 0 {
                let item = if is_second { *amount } else { u128::from(*id) };
                answer.push_words(&[word::amount(item)]);
            }
        }
    }
    call.reply(answer.bytes().as_chunks().0)
}
