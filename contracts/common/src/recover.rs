//! Who signed, told by the chain's precompile.

use crate::{
    account::Account,
    entry::Revert,
    errors, host,
    signature::Signature,
    word::{self, Word},
};

/// Number of the precompile that recovers a signer.
const ECRECOVER: u64 = 1;

/// The account that signed a digest with these bytes, zero if none did.
///
/// # Errors
/// `ECDSAInvalidSignatureLength`, `ECDSAInvalidSignatureV`, `ECDSAInvalidSignatureS`.
#[inline(never)]
pub fn signer(digest: &Word, signature: &[u8]) -> Result<Account, Revert> {
    let signature = Signature::parse(signature).map_err(errors::signature_flawed)?;
    Ok(recover(digest, &signature))
}

/// The account that signed, zero if none did.
pub(crate) fn recover(digest: &Word, signature: &Signature) -> Account {
    let question = [*digest, word::of_u64(u64::from(signature.v)), signature.r, signature.s];
    let precompile = Account::low(&word::of_u64(ECRECOVER));
    match host::ask(&precompile, question.as_flattened()) {
        Some((answer, _)) => Account::low(&answer),
        // The precompile never fails but for want of gas, and that must not look like a forgery.
        None => host::run_out_of_gas(),
    }
}
