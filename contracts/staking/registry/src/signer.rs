//! Another signer.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerRegistry::SignerChanged,
    account::Account,
    entry::{Change, Outcome},
    host,
    mutants::{Mutant, mutant},
    signer::{self, Belonging},
    slots::{self, registry},
    word::{self, Immediate, Word},
};

use crate::{errors, head, proof::Claim, sequencers};

const SIGNER_CHANGED: Immediate = Immediate::new(SignerChanged::SIGNATURE_HASH.0);

/// Stands for a number of more than 32 bits, which staking never gives.
pub(crate) const NUMBER_LIMIT: u32 = u32::MAX;

/// Changes the signer of a sequencer.
///
/// The old one still maps to its sequencer, for the batch in flight, and is nobody else's ever.
///
/// # Errors
/// `SequencerUnknown`, `CallerNotOwner`, `SignerChangedTooEarly`, `KeyInvalid`, `SignerTaken`, those
/// of the signature.
///
/// # Events
/// `SignerChanged`.
///
/// # Access
/// The owner of the sequencer.
pub(crate) fn set_signer(call: Change<'_>) -> Outcome {
    let [id, account, x, y, proof] = call.words()?;
    let claim = Claim::read(&call, [account, x, y, proof])?;
    let staking = head::load().staking;
    let number = sequencers::check_owner(&staking, id)?;
    let old = signer::of_key(&key(number));
    let next = load(&old).next();
    if host::timestamp() < next && !mutant(Mutant::ThrottleIgnored) {
        return Err(errors::signer_changed_too_early(id, next));
    }
    claim.accept(&host::caller())?;

    store(number, &claim);
    if mutant(Mutant::SignerForgotten) {
        host::store(&slot(&old), &word::of_u64(0));
    }
    let nonce = sequencers::record_change(&staking, id)?;
    let [x, y] = claim.key;
    let (old, new) = (*old.word(), *claim.signer.word());
    host::log(&[SIGNER_CHANGED.word(), *id, old, new, x, y, nonce], 4);
    call.commit(&[])
}

/// What a signer belongs to, or belonged to.
pub(crate) fn load(account: &Account) -> Belonging {
    Belonging::unpack(&host::load(&slot(account)))
}

/// The key of a sequencer's signer, x and y; zeros if there is no such sequencer.
pub(crate) fn key(id: u32) -> [Word; 2] {
    [0, 1].map(|part| host::load(&slots::numbered(registry::KEY, id, part)))
}

/// Gives a sequencer the signer that was claimed.
pub(crate) fn store(id: u32, claim: &Claim<'_>) {
    let [x, y] = &claim.key;
    host::store(&slots::numbered(registry::KEY, id, 0), x);
    host::store(&slots::numbered(registry::KEY, id, 1), y);
    let belonging = Belonging { id, since: host::timestamp() };
    host::store(&slot(&claim.signer), &belonging.pack());
}

fn slot(account: &Account) -> Word {
    slots::keyed(registry::SEQUENCER, 0, 0, account)
}
