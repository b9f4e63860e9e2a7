//! Registering a sequencer.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerRegistry::Registered,
    account::Account,
    entry::{Outcome, Pay},
    host,
    mutants::{Mutant, mutant},
    word::{self, Immediate, Word},
};

use crate::{
    errors, head,
    proof::Claim,
    sequencers,
    signer::{self, NUMBER_LIMIT},
};

const REGISTERED: Immediate = Immediate::new(Registered::SIGNATURE_HASH.0);

/// The nonce of a sequencer that was just opened: its registration is its first change.
const FIRST_NONCE: u64 = 1;

/// Registers a sequencer of the caller, with the METIS sent as its bond.
///
/// # Errors
/// `KeyInvalid`, `SignerTaken`, those of the signature, `CommissionTooHigh`; those of
/// `ISequencerStaking.open`.
///
/// # Events
/// Of staking `Opened`; `Registered`.
pub(crate) fn register(call: Pay<'_>) -> Outcome {
    let [signer, x, y, recipient, commission, proof] = call.words()?;
    let claim = Claim::read(&call, [signer, x, y, proof])?;
    let recipient = call.address(recipient)?;
    enter(call, claim, recipient, commission, &word::of_u64(0))
}

/// As [`register`], in place of a sequencer that makes room.
///
/// # Errors
/// As [`register`].
///
/// # Events
/// As [`register`]; of staking before them those of the sequencer that leaves.
pub(crate) fn register_in_place(call: Pay<'_>) -> Outcome {
    let [signer, x, y, recipient, commission, proof, displaced] = call.words()?;
    let claim = Claim::read(&call, [signer, x, y, proof])?;
    let recipient = call.address(recipient)?;
    enter(call, claim, recipient, commission, displaced)
}

#[inline(never)]
fn enter(
    call: Pay<'_>,
    claim: Claim<'_>,
    recipient: Account,
    commission: &Word,
    displaced: &Word,
) -> Outcome {
    let (head, owner) = (head::load(), host::caller());
    claim.accept(&owner)?;
    let is_too_high = word::to_u128_saturating(commission) > u128::from(head.max_commission);
    if is_too_high && !mutant(Mutant::CommissionUnbounded) {
        return Err(errors::commission_too_high(commission, head.max_commission));
    }

    // The number is staking's to give, so what is kept under it comes after. Staking calls nobody.
    let id = sequencers::open(&head.staking, &recipient, commission, displaced, &call.assets())?;
    signer::store(word::to_u32(&id).unwrap_or(NUMBER_LIMIT), &claim);
    let [x, y] = claim.key;
    let event = [
        REGISTERED.word(),
        id,
        *owner.word(),
        *claim.signer.word(),
        x,
        y,
        *commission,
        word::of_u64(FIRST_NONCE),
    ];
    host::log(&event, 4);
    call.commit(&[id])
}
