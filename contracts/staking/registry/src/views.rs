//! What the registry tells.

use emetis_common::{
    entry::{Outcome, Revert, View},
    host,
    signer::of_key,
    word::{self, Word},
};

use crate::{commission, head, proof, signer};

/// The sequencer that a signer belongs to, or belonged to.
pub(crate) fn id_of(call: View<'_>) -> Outcome {
    let [account] = call.words()?;
    let account = call.address(account)?;
    call.reply(&[word::of_u64(u64::from(signer::load(&account).id))])
}

/// The signer of a sequencer, its key, and when it took over.
pub(crate) fn signer_of(call: View<'_>) -> Outcome {
    let key = signer::key(number(&call)?);
    let (account, [x, y]) = (of_key(&key), key);
    call.reply(&[*account.word(), x, y, word::of_u64(signer::load(&account).since)])
}

/// What was announced for a sequencer and can still be applied.
pub(crate) fn announced(call: View<'_>) -> Outcome {
    let open = commission::load(number(&call)?).open(host::timestamp());
    call.reply(&[word::of_u64(open.bps), word::of_u64(open.due)])
}

/// The nonce that an owner's next proof must carry.
pub(crate) fn nonces(call: View<'_>) -> Outcome {
    let [owner] = call.words()?;
    let owner = call.address(owner)?;
    call.reply(&[host::load(&proof::nonce_slot(&owner))])
}

/// The highest commission.
pub(crate) fn max_commission(call: View<'_>) -> Outcome {
    call.reply(&[word::of_u64(head::load().max_commission)])
}

/// The program that holds the money.
pub(crate) fn staking(call: View<'_>) -> Outcome {
    call.reply(&[*head::load().staking.word()])
}

/// The domain separator of the moment.
pub(crate) fn domain_separator(call: View<'_>) -> Outcome {
    let separator: Word = proof::separator();
    call.reply(&[separator])
}

/// The id in the first word of arguments; zero, which is nobody's, for one that is too large.
fn number(call: &View<'_>) -> Result<u32, Revert> {
    let [id] = call.words()?;
    Ok(word::to_u32(id).unwrap_or(0))
}
