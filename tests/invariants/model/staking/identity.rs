//! Who has the key of a signer: the proof that a registration needs.

use alloy_primitives::{Address, B256, U256, keccak256};
use alloy_sol_types::SolValue;

use super::super::Checked;
use super::super::signature::{HALF_ORDER, domain, recover};
use super::{Names, Part, PublicKey, Staking, reject};

/// The message that a proof signs.
pub const REGISTRATION_TYPE: &str = "Registration(address owner,uint256 nonce)";
/// Name of the signing domain.
pub const REGISTRY_NAME: &str = "METIS Sequencer Registry";

/// EIP-712 digest of a registration, as a message of type `kind`.
pub fn registration(domain: B256, kind: &str, owner: Address, nonce: U256) -> B256 {
    let message = (keccak256(kind), owner, nonce).abi_encode_params();
    keccak256([&[0x19, 0x01], domain.as_slice(), keccak256(message).as_slice()].concat())
}

/// The account whose key this is.
pub fn account_of(key: &PublicKey) -> Address {
    Address::from_slice(&keccak256([key[0].as_slice(), key[1].as_slice()].concat())[12..])
}

impl Staking {
    pub fn domain(&self) -> B256 {
        domain(REGISTRY_NAME, self.chain_id, self.address(Part::Registry))
    }

    /// The checks of a signer that an owner brings: its key, that it is free, its proof.
    pub(super) fn may_sign(
        &self,
        owner: Address,
        signer: Address,
        key: &PublicKey,
        proof: &[u8],
    ) -> Checked {
        if account_of(key) != signer {
            return reject(Names::KeyInvalid { signer });
        }
        if let Some(id) = self.registry.signers.get(&signer) {
            return reject(Names::SignerTaken { signer, id: U256::from(*id) });
        }
        let Ok(bytes) = <[u8; 65]>::try_from(proof) else {
            let length = U256::from(proof.len());
            return reject(Names::ECDSAInvalidSignatureLength { length });
        };
        let (s, v) = (B256::from_slice(&bytes[32..64]), bytes[64]);
        if v != 27 && v != 28 {
            return reject(Names::ECDSAInvalidSignatureV { v });
        }
        if U256::from_be_bytes(s.0) > HALF_ORDER {
            return reject(Names::ECDSAInvalidSignatureS { s });
        }
        let nonce = U256::from(self.registry.nonce(owner));
        let digest = registration(self.domain(), REGISTRATION_TYPE, owner, nonce);
        let known = self.signed.signer(digest, &bytes);
        let recovered = known.or_else(|| recover(digest, &bytes)).unwrap_or_default();
        if recovered.is_zero() || recovered != signer {
            return reject(Names::ProofInvalid { recovered, signer });
        }
        Ok(())
    }
}
