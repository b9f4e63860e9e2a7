//! Keys of signers, and proofs as they should be or not.

use alloy_primitives::{Address, B256, U256};
use emetis::{Account, Signature};
use emetis_common::mutants::{FOREIGN_CHAIN, FOREIGN_TYPE};

use super::super::super::action::staking::ProofFlaw;
use super::super::super::model::signature::domain;
use super::super::super::model::staking::{
    Part, PublicKey, REGISTRATION_TYPE, REGISTRY_NAME, registration,
};
use super::super::super::world::staking::Stage;
use super::super::permit::ORDER;

/// The account of a signer.
pub fn signer(number: u8) -> Account {
    Account::named(&format!("signer {number}"))
}

/// Key and proof of a signer for an owner, and what was signed.
pub fn proof(
    stage: &Stage,
    number: u8,
    owner: Address,
    nonce: U256,
    flaw: ProofFlaw,
) -> (PublicKey, Vec<u8>, (B256, Signature, Address)) {
    let address = stage.crew.program(Part::Registry);
    let chain_id = match flaw {
        ProofFlaw::OtherChain => FOREIGN_CHAIN,
        _ => stage.model.chain_id,
    };
    let nonce = if flaw == ProofFlaw::Replayed { nonce.wrapping_sub(U256::ONE) } else { nonce };
    let owner = match flaw {
        ProofFlaw::OtherOwner => signer(number).address,
        _ => owner,
    };
    let kind = if flaw == ProofFlaw::OtherPurpose { FOREIGN_TYPE } else { REGISTRATION_TYPE };
    let digest = registration(domain(REGISTRY_NAME, chain_id, address), kind, owner, nonce);
    let by = match flaw {
        ProofFlaw::OtherSigner => Account::named("alice"),
        _ => signer(number),
    };
    let signature = by.sign(digest);
    let Signature { v, r, s } = signature;
    let flawed = match flaw {
        ProofFlaw::Malleable => {
            Signature { v: 55 - v, r, s: B256::from(ORDER - U256::from_be_bytes(s.0)) }
        }
        ProofFlaw::OddV => Signature { v: v - 27, r, s },
        _ => signature,
    };
    let mut bytes = flawed.to_bytes();
    if flaw == ProofFlaw::Length {
        bytes.push(0);
    }
    let key = match flaw {
        ProofFlaw::Key => signer(number.wrapping_add(1)).public_key(),
        _ => signer(number).public_key(),
    };
    (key, bytes, (digest, signature, by.address))
}
