//! Scores of sequencers.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerQuota::{BatchRecorded, ScoresChanged, SequencerSkipped},
    entry::{Change, Outcome, Restricted, Revert},
    host,
    mutants::{Mutant, mutant},
    quota::score::{FULL, Record, Scores},
    slots::{self, quota},
    word::{self, Immediate, Word},
};

use crate::{errors, programs, staking::Staking};

const SCORES_CHANGED: Immediate = Immediate::new(ScoresChanged::SIGNATURE_HASH.0);
const BATCH_RECORDED: Immediate = Immediate::new(BatchRecorded::SIGNATURE_HASH.0);
const SEQUENCER_SKIPPED: Immediate = Immediate::new(SequencerSkipped::SIGNATURE_HASH.0);

/// Sets the curator's scores of a sequencer.
///
/// # Errors
/// `SequencerUnknown`, `ParameterInvalid`.
///
/// # Events
/// `ScoresChanged`.
pub(crate) fn set_scores(call: Restricted<'_>) -> Outcome {
    let [id, operations, market] = call.words()?;
    let number = known(id)?;
    let scores = (score(operations)?, score(market)?);
    let (record, now) = (load(number), host::timestamp());

    let was = record.at(now);
    let mut set = record.set(scores.0, scores.1, now);
    if mutant(Mutant::ScoreRaisedAtOnce) {
        let scores = Scores { operations: scores.0, market: scores.1, ..was };
        set = Record { scores, ..Record::default() };
    }
    store(number, &set);
    let effective = if set.waits(now) { set.effective } else { now };
    let event = [
        SCORES_CHANGED.word(),
        *id,
        word::count(was.operations),
        *operations,
        word::count(was.market),
        *market,
        word::count(effective),
    ];
    host::log(&event, 2);
    call.commit(&[])
}

/// Takes a batch of work into technical scores.
///
/// # Errors
/// `CallerNotDistributor`, `BatchInvalid`.
///
/// # Events
/// `BatchRecorded`, `SequencerSkipped`.
///
/// # Access
/// The distributor.
pub(crate) fn record_batch(call: Change<'_>) -> Outcome {
    let [ids, produced, assigned] = call.words()?;
    let (ids, produced, assigned) = (call.list(ids)?, call.list(produced)?, call.list(assigned)?);
    let (ids, produced, assigned) = (ids.heads(), produced.heads(), assigned.heads());
    let (caller, distributor) = (host::caller(), programs::distributor());
    if caller != distributor && !mutant(Mutant::BatchOpenToAll) {
        return Err(errors::caller_not_distributor(&caller, &distributor));
    }
    if ids.len() != produced.len() || ids.len() != assigned.len() {
        return Err(errors::batch_invalid(ids.len(), produced.len(), assigned.len()));
    }

    let count = Staking(programs::staking()).count();
    for ((id, produced), assigned) in ids.iter().zip(produced).zip(assigned) {
        let number = known_or_none(id).filter(|number| u128::from(*number) <= count);
        let Some(number) = number else {
            if mutant(Mutant::BadIdStopsBatch) {
                return Err(errors::sequencer_unknown(id));
            }
            host::log(&[SEQUENCER_SKIPPED.word(), *id], 2);
            continue;
        };
        let record = load(number).after_batch(blocks(produced), blocks(assigned));
        store(number, &record);
        let technical = word::count(record.scores.technical);
        host::log(&[BATCH_RECORDED.word(), *id, *produced, *assigned, technical], 2);
    }
    call.commit(&[])
}

/// A score.
fn score(word: &Word) -> Result<u64, Revert> {
    match word::to_u64(word) {
        Some(score) if score <= FULL => Ok(score),
        _ => Err(errors::parameter_invalid(word, 0, FULL.into())),
    }
}

/// A number of blocks, the largest there is for more than 64 bits.
fn blocks(word: &Word) -> u64 {
    word::to_u64(word).unwrap_or(u64::MAX)
}

/// The number of a sequencer that there can be.
///
/// # Errors
/// `SequencerUnknown`.
pub(crate) fn known(id: &Word) -> Result<u32, Revert> {
    known_or_none(id).ok_or_else(|| errors::sequencer_unknown(id))
}

fn known_or_none(id: &Word) -> Option<u32> {
    word::to_u32(id).filter(|number| *number != 0)
}

/// Reads what is kept of a sequencer.
#[inline(never)]
pub(crate) fn load(id: u32) -> Record {
    let slot = host::load(&slots::numbered(quota::SCORES, id, 0));
    if mutant(Mutant::NewcomerIsFull) && word::low_u128(&slot) == 0 {
        let scores = Scores { technical: FULL, operations: FULL, market: FULL };
        return Record { scores, ..Record::default() };
    }
    Record::unpack(&slot)
}

/// Writes it.
pub(crate) fn store(id: u32, record: &Record) {
    host::store(&slots::numbered(quota::SCORES, id, 0), &record.pack());
}

/// The mean of the scores in force.
#[inline(never)]
pub(crate) fn composite(id: u32, now: u64) -> u64 {
    if mutant(Mutant::ScoreIgnored) {
        return FULL;
    }
    load(id).at(now).composite()
}
