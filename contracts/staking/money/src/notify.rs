//! Rewards in: added to what is pending, to be split by the next touch.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerStaking::RewardsNotified,
    entry::{Outcome, Pay},
    host,
    staking::lanes,
    word::{self, Immediate},
};

use crate::{access, books, errors, rewards, sequencer};

const NOTIFIED: Immediate = Immediate::new(RewardsNotified::SIGNATURE_HASH.0);

/// Brings rewards of some sequencers.
///
/// # Errors
/// `CallerNotDistributor`, `NotificationInvalid`, `SequencerUnknown`, `LedgerOverflow`.
///
/// # Events
/// `RewardsNotified`, for each.
///
/// # Access
/// The distributor.
pub(crate) fn notify_rewards(call: Pay<'_>) -> Outcome {
    let [ids, amounts] = call.words()?;
    let (ids, amounts) = (call.list(ids)?.heads(), call.list(amounts)?.heads());
    access::check_distributor()?;
    let value = word::to_u128_saturating(&call.assets());
    let mut sum = 0_u128;
    for amount in amounts {
        sum = sum.saturating_add(word::to_u128_saturating(amount));
    }
    if sum != value || ids.len() != amounts.len() {
        return Err(errors::notification_invalid(sum, value));
    }
    let ledger = books::ledger_with(value)?;

    for (id, amount) in ids.iter().zip(amounts) {
        let sequencer = sequencer::load(id)?;
        let (slot, mut pending, before) = rewards::pending(sequencer.id);
        // All of it fits the books, so it fits.
        let after = before.saturating_add(word::low_u128(amount));
        if let Some(lane) = pending.get_mut((sequencer.id % 3) as usize) {
            *lane = after;
        }
        host::store(&slot, &lanes::pack(pending));
        host::log(&[NOTIFIED.word(), *id, *amount, word::amount(after)], 2);
    }
    books::store_ledger(&ledger);
    call.commit(&[])
}
