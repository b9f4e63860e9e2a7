//! What has to be looked for: off chain, where gas is no matter.

use emetis_common::{
    entry::{Outcome, View},
    host::buffer::Buffer,
    queue::Number,
    word,
};

use crate::{batches, head, tickets, views};

/// Batches that `ahead` adds up.
const MAX_AHEAD: u32 = 1_024;
/// Places that `ticketsOf` looks at.
const MAX_PLACES: u32 = 256;
/// Longest answer of `ticketsOf`: a head of two words, and a word for each place.
const ANSWER: usize = 8_256;

/// What has to be filled before a ticket is.
pub(crate) fn ahead(call: View<'_>) -> Outcome {
    let [id] = call.words()?;
    let Some((number, _)) = views::found(id) else {
        return call.reply(&[word::count(0)]);
    };
    let head = head::load();
    let count = number.batch.saturating_add(1).saturating_sub(head.front());
    let mut sum = 0_u128;
    if count > MAX_AHEAD {
        sum = head::due();
    } else {
        for step in 0..count {
            let at = head.front().saturating_add(step);
            let left = batches::load(at).nominal().saturating_sub(batches::filled(at).nominal());
            // Part of what waits, which fits 84 bits.
            sum = sum.saturating_add(left);
        }
    }
    call.reply(&[word::amount(sum)])
}

/// Tickets of an owner among some places of a batch.
pub(crate) fn tickets_of(call: View<'_>) -> Outcome {
    let [owner, batch, first, count] = call.words()?;
    let owner = call.address(owner)?;
    let count = word::to_u32(count).unwrap_or(MAX_PLACES).min(MAX_PLACES);
    let mut answer = Buffer::<ANSWER>::new();
    answer.push_words(&[word::of_u64(32), word::ZERO]);
    let mut found = 0_u64;
    if let (Some(batch), Some(first)) = (word::to_u32(batch), word::to_u32(first)) {
        for step in 0..count {
            let Some(place) = first.checked_add(step) else { break };
            let number = Number { batch, place };
            if !owner.is_zero() && tickets::load(number).owner == owner {
                answer.push_words(&[number.word()]);
                found = found.saturating_add(1);
            }
        }
    }
    answer.replace(32, &word::of_u64(found));
    call.reply_bytes(answer.bytes())
}
