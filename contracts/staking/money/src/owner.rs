//! Who a sequencer belongs to, and what its owner or the registry changes of it.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerStaking::{
        CommissionChanged, OwnerChanged, OwnerProposed, RewardRecipientChanged,
    },
    account::Account,
    entry::{Change, Outcome, Revert},
    host,
    slots::staking,
    staking::sequencer::Identity,
    word::{self, Immediate, Word},
};

use crate::{
    access, errors, rewards,
    sequencer::{self, Sequencer},
};

const OWNER_PROPOSED: Immediate = Immediate::new(OwnerProposed::SIGNATURE_HASH.0);
const OWNER_CHANGED: Immediate = Immediate::new(OwnerChanged::SIGNATURE_HASH.0);
const RECIPIENT_CHANGED: Immediate = Immediate::new(RewardRecipientChanged::SIGNATURE_HASH.0);
const COMMISSION_CHANGED: Immediate = Immediate::new(CommissionChanged::SIGNATURE_HASH.0);

/// Proposes another owner, or with zero nobody.
///
/// # Errors
/// `SequencerUnknown`, `CallerNotOwner`.
///
/// # Events
/// `OwnerProposed`.
pub(crate) fn set_owner(call: Change<'_>) -> Outcome {
    let [id, new_owner] = call.words()?;
    let new_owner = call.address(new_owner)?;
    let mut sequencer = sequencer::load(id)?;
    let owner = sequencer.identity().owner;
    access::check_owner(&owner)?;

    sequencer::store_field(staking::PENDING_OWNER, sequencer.id, new_owner.word());
    log_change(&mut sequencer, &OWNER_PROPOSED.word(), &owner, &new_owner);
    call.commit(&[])
}

/// Accepts a sequencer. Its group and its buckets stay as they are.
///
/// # Errors
/// `SequencerUnknown`, `CallerNotPendingOwner`.
///
/// # Events
/// `OwnerChanged`.
pub(crate) fn accept_owner(call: Change<'_>) -> Outcome {
    let [id] = call.words()?;
    let mut sequencer = sequencer::load(id)?;
    let (caller, pending) = (host::caller(), pending_owner(sequencer.id));
    if caller != pending {
        return Err(errors::caller_not_pending_owner(&caller, &pending));
    }

    let identity = sequencer.identity();
    sequencer.store_identity(&Identity { owner: caller, ..identity });
    let nobody = word::count(0);
    sequencer::store_field(staking::PENDING_OWNER, sequencer.id, &nobody);
    log_change(&mut sequencer, &OWNER_CHANGED.word(), &identity.owner, &caller);
    call.commit(&[])
}

/// Says who besides the owner claims the operator's rewards.
///
/// # Errors
/// `SequencerUnknown`, `CallerNotOwner`, `AccountZero`.
///
/// # Events
/// `RewardRecipientChanged`.
pub(crate) fn set_reward_recipient(call: Change<'_>) -> Outcome {
    let [id, recipient] = call.words()?;
    let recipient = call.address(recipient)?;
    let mut sequencer = sequencer::load(id)?;
    access::check_owner(&sequencer.identity().owner)?;
    if recipient.is_zero() {
        return Err(errors::account_zero());
    }

    let before = reward_recipient(sequencer.id);
    sequencer::store_field(staking::RECIPIENT, sequencer.id, recipient.word());
    log_change(&mut sequencer, &RECIPIENT_CHANGED.word(), &before, &recipient);
    call.commit(&[])
}

/// Sets the commission on rewards from now on. The nonce after it.
///
/// # Errors
/// `CallerNotRegistry`, `SequencerUnknown`.
///
/// # Events
/// `RewardsAccrued`, `CommissionChanged`.
///
/// # Access
/// The registry.
pub(crate) fn set_commission(call: Change<'_>) -> Outcome {
    let [id, commission] = call.words()?;
    let new = call.number::<32>(commission)?;
    access::check_registry()?;
    let mut sequencer = sequencer::load(id)?;
    rewards::touch(&mut sequencer);

    let old = sequencer.money.commission;
    sequencer.money.commission = new;
    sequencer.commit(host::timestamp());
    let event = [
        COMMISSION_CHANGED.word(),
        sequencer.word(),
        word::count(old),
        *commission,
        sequencer.nonce(),
    ];
    host::log(&event, 2);
    call.commit(&[sequencer.nonce()])
}

/// Counts a change of the registry. The nonce after it.
///
/// # Errors
/// `CallerNotRegistry`, `SequencerUnknown`.
///
/// # Access
/// The registry.
pub(crate) fn record_change(call: Change<'_>) -> Outcome {
    let [id] = call.words()?;
    access::check_registry()?;
    let mut sequencer = sequencer::load(id)?;

    sequencer.commit(host::timestamp());
    call.commit(&[sequencer.nonce()])
}

/// Refuses everyone but the owner and the reward recipient.
///
/// # Errors
/// `CallerNotRecipient`.
pub(crate) fn check_recipient(sequencer: &Sequencer) -> Result<(), Revert> {
    let (caller, recipient) = (host::caller(), reward_recipient(sequencer.id));
    if caller == recipient || caller == sequencer.identity().owner {
        Ok(())
    } else {
        Err(errors::caller_not_recipient(&caller, &recipient))
    }
}

/// Who besides the owner claims the operator's rewards.
pub(crate) fn reward_recipient(id: u32) -> Account {
    Account::low(&sequencer::load_field(staking::RECIPIENT, id))
}

/// Who may accept a sequencer.
pub(crate) fn pending_owner(id: u32) -> Account {
    Account::low(&sequencer::load_field(staking::PENDING_OWNER, id))
}

/// Counts a change from one account to another, writes the sequencer and tells it.
#[inline(never)]
fn log_change(sequencer: &mut Sequencer, topic: &Word, from: &Account, to: &Account) {
    sequencer.commit(host::timestamp());
    let event: [Word; 5] = [*topic, sequencer.word(), *from.word(), *to.word(), sequencer.nonce()];
    host::log(&event, 4);
}
