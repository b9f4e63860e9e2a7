//! Rewards of a sequencer, brought up to now.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerStaking::RewardsAccrued,
    entry::{Change, Outcome},
    host, slots,
    slots::staking,
    staking::{
        lanes,
        rewards::{Accrual, Index, Owed, accrue as accrual, awaits_stake, unpark},
    },
    word::{self, Immediate, Word},
};

use crate::sequencer::{self, Sequencer};

const ACCRUED: Immediate = Immediate::new(RewardsAccrued::SIGNATURE_HASH.0);

/// Accrues, and notes whether the sequencer is Active.
///
/// # Errors
/// `SequencerUnknown`.
///
/// # Events
/// `RewardsAccrued`.
pub(crate) fn accrue(call: Change<'_>) -> Outcome {
    let [id] = call.words()?;
    let mut sequencer = sequencer::load(id)?;

    touch(&mut sequencer);
    sequencer.save(host::timestamp());
    call.commit(&[])
}

/// Splits what is pending, before anything changes that it is split by. The index from now on.
///
/// Writes rewards, but not the sequencer, of which one flag may have changed.
///
/// # Events
/// `RewardsAccrued`.
#[inline(never)]
pub(crate) fn touch(sequencer: &mut Sequencer) -> u128 {
    let (slot, mut lanes, pending) = pending(sequencer.id);
    if pending == 0 && !frees(sequencer) {
        return index(sequencer.id).index;
    }
    let accrued = preview(sequencer, pending);
    #[cfg(feature = "mutants")]
    let accrued = crate::broken::accrued(sequencer, pending, accrued);
    if pending != 0 {
        if let Some(lane) = lanes.get_mut((sequencer.id % 3) as usize) {
            *lane = 0;
        }
        host::store(&slot, &lanes::pack(lanes));
    }
    store(sequencer, &accrued);
    accrued.index.index
}

/// Pays out what parked in jail, once a sequencer is free.
///
/// # Events
/// `RewardsAccrued`.
pub(crate) fn free(sequencer: &mut Sequencer) {
    if sequencer.money.parked {
        let accrued = unpark(
            &sequencer.money,
            sequencer.shares.total,
            index(sequencer.id),
            owed(sequencer.id),
        );
        store(sequencer, &accrued);
    }
}

/// What rewards are with so much that is pending, split at this moment.
pub(crate) fn preview(sequencer: &Sequencer, pending: u128) -> Accrual {
    let (index, owed) = (index(sequencer.id), owed(sequencer.id));
    accrual(pending, &sequencer.money, sequencer.shares.total, index, owed)
}

/// What delegators are owed.
pub(crate) fn index(id: u32) -> Index {
    Index::unpack(&sequencer::load_field(staking::INDEX, id))
}

/// Writes what delegators are owed.
pub(crate) fn store_index(id: u32, index: &Index) {
    sequencer::store_field(staking::INDEX, id, &index.pack());
}

/// What the operator is owed, and what is parked.
pub(crate) fn owed(id: u32) -> Owed {
    Owed::unpack(&sequencer::load_field(staking::OWED, id))
}

/// Writes what the operator is owed.
pub(crate) fn store_owed(id: u32, owed: &Owed) {
    sequencer::store_field(staking::OWED, id, &owed.pack());
}

/// The slot of what is pending, all of it, and the part of one sequencer.
pub(crate) fn pending(id: u32) -> (Word, [u128; 3], u128) {
    let slot = slots::variable(staking::PENDING.saturating_add(u64::from(id / 3)));
    let lanes = lanes::unpack(&host::load(&slot));
    let pending = lanes.get((id % 3) as usize).copied().unwrap_or(0);
    (slot, lanes, pending)
}

/// Whether a touch brings the operator what waited for stake.
pub(crate) fn frees(sequencer: &Sequencer) -> bool {
    let money = &sequencer.money;
    money.parked && !money.jailed && !awaits_stake(money)
}

#[inline(never)]
fn store(sequencer: &mut Sequencer, accrued: &Accrual) {
    store_index(sequencer.id, &accrued.index);
    store_owed(sequencer.id, &accrued.owed);
    sequencer.money.parked = accrued.owed.waiting() != 0;
    let event = [
        ACCRUED.word(),
        sequencer.word(),
        word::amount(accrued.operator),
        word::amount(accrued.delegators),
        word::amount(accrued.parked),
        word::amount(accrued.index.index),
    ];
    host::log(&event, 2);
}
