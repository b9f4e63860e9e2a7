//! Proof that whoever registers a signer has its key.

use emetis_common::{
    account::Account,
    eip712::{Domain, Registration},
    entry::{Call, Revert},
    host,
    mutants::{Mutant, mutant},
    recover, signer,
    slots::{self, registry},
    word::{self, Word},
};

use crate::errors;

/// The signing domain.
pub(crate) const DOMAIN: Domain = Domain::new("METIS Sequencer Registry", "1");

/// A signer that somebody hands in, with its key and the proof.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim<'a> {
    /// The signer.
    pub(crate) signer: Account,
    /// Its public key, x and y.
    pub(crate) key: [Word; 2],
    proof: &'a [u8],
}

impl<'a> Claim<'a> {
    /// Reads a claim from words of arguments, the last of which is the offset of the proof.
    ///
    /// # Errors
    /// `ArgumentsInvalid`.
    pub(crate) fn read(call: &Call<'a>, words: [&Word; 4]) -> Result<Self, Revert> {
        let [signer, x, y, proof] = words;
        Ok(Self { signer: call.address(signer)?, key: [*x, *y], proof: call.tail(proof)? })
    }

    /// Checks that the claim is good, and uses up the owner's nonce.
    ///
    /// # Errors
    /// `KeyInvalid`, `SignerTaken`, `ECDSAInvalidSignatureLength`, `ECDSAInvalidSignatureV`,
    /// `ECDSAInvalidSignatureS`, `ProofInvalid`.
    #[inline(never)]
    pub(crate) fn accept(&self, owner: &Account) -> Result<(), Revert> {
        if signer::of_key(&self.key) != self.signer && !mutant(Mutant::KeyUnchecked) {
            return Err(errors::key_invalid(&self.signer));
        }
        let taken = crate::signer::load(&self.signer).id;
        if taken != 0 && !mutant(Mutant::SignerTwice) {
            return Err(errors::signer_taken(&self.signer, taken));
        }
        let slot = nonce_slot(owner);
        let nonce = host::load(&slot);
        if !mutant(Mutant::ProofUnchecked) {
            self.check_proof(owner, &nonce)?;
        }

        if !mutant(Mutant::ProofKeepsNonce) {
            // Nobody hands in 2^128 proofs.
            host::store(&slot, &word::of_u128(word::low_u128(&nonce).wrapping_add(1)));
        }
        Ok(())
    }

    fn check_proof(&self, owner: &Account, nonce: &Word) -> Result<(), Revert> {
        let recovered = self.recover(owner, nonce)?;
        // A key whose address is zero is not known to anybody; the precompile tells zero for none.
        let is_proven = recovered == self.signer && !recovered.is_zero();
        if is_proven
            || mutant(Mutant::ProofForOtherOwner)
                && self.recover(&self.signer, nonce)? == self.signer
        {
            Ok(())
        } else {
            Err(errors::proof_invalid(&recovered, &self.signer))
        }
    }

    fn recover(&self, owner: &Account, nonce: &Word) -> Result<Account, Revert> {
        let registration = Registration { owner: *owner, nonce: *nonce };
        recover::signer(&registration.digest(&separator()), self.proof)
    }
}

/// The domain separator of the moment.
#[inline(never)]
pub(crate) fn separator() -> Word {
    DOMAIN.separator(host::chain_id(), &host::contract())
}

/// The slot of an owner's next nonce.
pub(crate) fn nonce_slot(owner: &Account) -> Word {
    slots::keyed(registry::NONCE, 0, 0, owner)
}
