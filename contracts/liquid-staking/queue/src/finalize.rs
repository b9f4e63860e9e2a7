//! Closed batches are filled in order.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::IRedemptionQueue::{BatchFilled, BatchMetadataUpdate},
    entry::{Call, Change, Outcome},
    host,
    mutants::{Mutant, mutant},
    queue::{Batch, Fill, Filled, Head, MAX_BATCHES, Number},
    word::{self, Immediate},
};

use crate::{batches, errors, head, hub, views};

const BATCH_FILLED: Immediate = Immediate::new(BatchFilled::SIGNATURE_HASH.0);
const BATCH_METADATA_UPDATE: Immediate = Immediate::new(BatchMetadataUpdate::SIGNATURE_HASH.0);

/// Fills closed batches in order, as far as the buffer goes.
///
/// The batches are gone through twice: once for what the hub is asked for, once to book it, when the
/// METIS is there. What it finds is the same both times.
///
/// # Rounding
/// What each fill takes down, by batch.
///
/// # Errors
/// `ConstructionMissing`, `NothingToFinalize`; `LossPending` of the hub.
///
/// # Events
/// Of the hub `Filled`, `Transfer`; `BatchFilled` and `BatchMetadataUpdate` for each batch.
pub(crate) fn finalize(call: Change<'_>) -> Outcome {
    let [max_assets, max_batches] = call.words()?;
    let before = head::load_constructed(&call)?;
    let hub = before.hub();
    let books = hub::books(&hub);
    let available = books.buffer.min(word::to_u128_saturating(max_assets));
    let limit = if mutant(Mutant::FinalizeEndless) { u32::MAX } else { MAX_BATCHES };
    let count = word::to_u32(max_batches).unwrap_or(limit).min(limit);
    let walk = Walk { books, available, count, now: host::timestamp() };

    let (_, sum) = walk.go(before, |_, _, _| {});
    if sum.nominal == 0 {
        return Err(errors::nothing_to_finalize(views::waiting_closed(), available));
    }
    hub::fill(&hub, sum.nominal, sum.assets)?;
    book(&walk, sum);
    call.commit(&[word::of_u128(sum.nominal), word::of_u128(sum.assets)])
}

/// Takes METIS of the hub. What it is for is booked by the call that asked for it.
///
/// # Errors
/// `ReentryRefused`, `CallerNotHub`.
pub(crate) fn receive_fill(call: Call<'_>) -> Outcome {
    let hub = if mutant(Mutant::ReceiveFillOpen) { host::caller() } else { head::hub() };
    let call = call.pay_from(&hub, |caller| errors::caller_not_hub(caller, &hub))?;
    call.commit(&[])
}

/// What a call of `finalize` goes by.
struct Walk {
    books: hub::Books,
    /// METIS that may be taken, in wei.
    available: u128,
    /// Batches that may be looked at.
    count: u32,
    now: u64,
}

impl Walk {
    /// Goes over the batches from the first that is not filled, and tells each with what it is filled. The
    /// head afterwards, and the sum.
    fn go(&self, head: Head, mut tell: impl FnMut(Step, &Filled, Fill)) -> (Head, Fill) {
        let (mut head, mut sum) = (head, Fill { nominal: 0, assets: 0 });
        for step in 0..self.count {
            let number = nth(&head, step);
            let batch = batches::load(number);
            let left = self.available.saturating_sub(sum.assets);
            if !head.is_closed(number, self.now, &batch) {
                if mutant(Mutant::FillOutOfOrder) {
                    continue;
                }
                break;
            }
            let (filled, fill) = self.fill(number, batch.nominal(), left);
            if fill.nominal == 0 {
                break;
            }
            sum.nominal = sum.nominal.saturating_add(fill.nominal);
            sum.assets = sum.assets.saturating_add(fill.assets);
            if filled.is_whole() {
                head = head.with_front(number.saturating_add(1));
            }
            tell(Step { number, batch, so_far: sum.nominal }, &filled, fill);
            if !filled.is_whole() {
                break;
            }
        }
        (head, sum)
    }

    fn fill(&self, number: u32, batch: u128, available: u128) -> (Filled, Fill) {
        let before = batches::filled(number);
        #[cfg(feature = "mutants")]
        if let Some(broken) = crate::broken::fill(&before, batch, available) {
            return broken;
        }
        before.fill(batch, &self.books.rate, available)
    }
}

/// A batch that is filled.
struct Step {
    number: u32,
    batch: Batch,
    /// What this call has filled with it, in wei of eMETIS.
    so_far: u128,
}

/// Books what the hub has paid for.
#[inline(never)]
fn book(walk: &Walk, sum: Fill) {
    let before = head::due();
    let (head, _) = walk.go(head::load(), |step, filled, fill| {
        batches::store_filled(step.number, filled);
        log(&step, filled, fill, before.saturating_sub(step.so_far));
    });
    #[cfg(feature = "mutants")]
    let sum = crate::broken::escrowed(sum);
    let mut sums = head::sums();
    // The last batch counts among what waits once its filling begins.
    let last = head.batch();
    let is_reached = head.is_before_front(last) || batches::filled(last).nominal() > 0;
    let counted = if is_reached { head.uncounted(&batches::load(last)) } else { 0 };
    let head = if is_reached { head.with_counted() } else { head };
    // What the queue holds, and all METIS there is, fit 84 bits.
    sums.waiting = sums.waiting.saturating_add(counted).saturating_sub(sum.nominal);
    sums.escrow = sums.escrow.saturating_add(sum.assets);
    head::store(&head);
    head::store_sums(&sums);
}

#[inline(never)]
fn log(step: &Step, filled: &Filled, fill: Fill, due: u128) {
    let event = [
        BATCH_FILLED.word(),
        word::count(step.number.into()),
        word::amount(fill.nominal),
        word::amount(fill.assets),
        word::amount(step.batch.nominal().saturating_sub(filled.nominal())),
        word::amount(due),
    ];
    host::log(&event, 2);
    let (batch, place) = (step.number, u32::MAX);
    let (first, last) = (Number { batch, place: 1 }, Number { batch, place });
    host::log(&[BATCH_METADATA_UPDATE.word(), first.word(), last.word()], 1);
}

/// The batch of a step: the first that is not filled.
fn nth(head: &Head, step: u32) -> u32 {
    if mutant(Mutant::FillOutOfOrder) { head.batch().saturating_sub(step) } else { head.front() }
}
