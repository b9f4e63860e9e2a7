//! Signatures that some mutants take besides the right one. Constantly none in a release build.

use crate::{
    eip712::{Domain, Permit},
    word::Word,
};

/// Whether an active mutant takes the owner's signature of another message.
#[cfg(not(feature = "mutants"))]
#[inline(always)]
pub(super) const fn is_signed_for_another(_: &Domain, _: &Permit, _: &Word, _: &[u8]) -> bool {
    false
}

/// Whether an active mutant takes the owner's signature of another message.
#[cfg(feature = "mutants")]
pub(super) fn is_signed_for_another(
    domain: &Domain,
    permit: &Permit,
    nonce: &Word,
    signature: &[u8],
) -> bool {
    use super::verify;
    use crate::{
        hash, host,
        mutants::{FOREIGN_CHAIN, FOREIGN_CONTRACT, FOREIGN_TYPE, Mutant, mutant},
        slots::vault,
        storage,
        word::Immediate,
    };

    const TYPE_HASH: Immediate = Immediate::new(hash::keccak_text(FOREIGN_TYPE));
    const EMETIS: Domain = Domain::new("Liquid METIS", "1");

    let (chain_id, contract) = (host::chain_id(), host::contract());
    let digest = if mutant(Mutant::PermitForOtherChain) {
        permit.digest(&domain.separator(FOREIGN_CHAIN, &contract), nonce)
    } else if mutant(Mutant::PermitForOtherContract) {
        permit.digest(&domain.separator(chain_id, &FOREIGN_CONTRACT.into()), nonce)
    } else if mutant(Mutant::PermitForOtherPurpose) {
        permit.digest_of_type(TYPE_HASH, &domain.separator(chain_id, &contract), nonce)
    } else if mutant(Mutant::PermitForOtherToken) {
        permit.digest(&EMETIS.separator(chain_id, &storage::load_account(vault::REWARD)), nonce)
    } else {
        return false;
    };
    verify(&permit.owner, &digest, signature).is_ok()
}
