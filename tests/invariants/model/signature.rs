//! Signatures of permits (EIP-712), and who made them.

use alloy_primitives::map::HashMap;
use alloy_primitives::{Address, B256, U256, keccak256};
use alloy_sol_types::SolValue;
use emetis::Signature;
use emetis::interfaces::ILiquidStaking as Hub;

use super::{Checked, reject};

/// The message a permit signs.
pub const PERMIT_TYPE: &str =
    "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)";

/// Longest signature that a program hands on.
pub(super) const LONGEST: usize = 4_096;

/// What a permit says.
#[derive(Clone, Copy, Debug)]
pub struct Permit {
    pub owner: Address,
    pub spender: Address,
    pub value: U256,
    pub nonce: U256,
    pub deadline: U256,
}

/// EIP-712 domain separator of a program.
pub fn domain(name: &str, chain_id: u64, program: Address) -> B256 {
    let kind = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";
    let fields = (keccak256(kind), keccak256(name), keccak256("1"), U256::from(chain_id), program);
    keccak256(fields.abi_encode_params())
}

impl Permit {
    /// EIP-712 digest of the permit as a message of type `kind`.
    pub fn digest(&self, domain: B256, kind: &str) -> B256 {
        let Self { owner, spender, value, nonce, deadline } = *self;
        let message = (keccak256(kind), owner, spender, value, nonce, deadline).abi_encode_params();
        keccak256([&[0x19, 0x01], domain.as_slice(), keccak256(message).as_slice()].concat())
    }
}

/// Signatures seen made, so that their signers need not be worked out again.
#[derive(Clone, Debug, Default)]
pub struct Signed(HashMap<(B256, [u8; 65]), Address>);

impl Signed {
    /// `signer` has signed.
    pub fn remember(&mut self, digest: B256, signature: &Signature, signer: Address) {
        let bytes = signature.to_bytes().try_into().expect("65 bytes");
        self.0.insert((digest, bytes), signer);
    }

    /// Who has signed, if it was seen.
    pub(super) fn signer(&self, digest: B256, bytes: &[u8; 65]) -> Option<Address> {
        self.0.get(&(digest, *bytes)).copied()
    }

    /// The checks of a signature by an account without code.
    pub(super) fn check(&self, owner: Address, digest: B256, signature: &[u8]) -> Checked {
        let Ok(bytes) = <[u8; 65]>::try_from(signature) else {
            let length = U256::from(signature.len());
            return reject(Hub::ECDSAInvalidSignatureLength { length });
        };
        let (s, v) = (B256::from_slice(&bytes[32..64]), bytes[64]);
        if v != 27 && v != 28 {
            return reject(Hub::ECDSAInvalidSignatureV { v });
        }
        if U256::from_be_bytes(s.0) > HALF_ORDER {
            return reject(Hub::ECDSAInvalidSignatureS { s });
        }
        let known = self.0.get(&(digest, bytes)).copied();
        let signer = known.or_else(|| recover(digest, &bytes)).unwrap_or_default();
        if signer.is_zero() || signer != owner {
            return reject(Hub::ERC2612InvalidSigner { signer, owner });
        }
        Ok(())
    }
}

/// Half of the order of secp256k1, rounded down.
pub(super) const HALF_ORDER: U256 = U256::from_limbs([
    0xdfe9_2f46_681b_20a0,
    0x5d57_6e73_57a4_501d,
    0xffff_ffff_ffff_ffff,
    0x7fff_ffff_ffff_ffff,
]);

pub(super) fn recover(digest: B256, bytes: &[u8; 65]) -> Option<Address> {
    use secp256k1::Message;
    use secp256k1::ecdsa::{RecoverableSignature, RecoveryId};
    let id = RecoveryId::try_from(i32::from(bytes[64]) - 27).ok()?;
    let signature = RecoverableSignature::from_compact(&bytes[..64], id).ok()?;
    let key = signature.recover(Message::from_digest(digest.0)).ok()?;
    Some(Address::from_slice(&keccak256(&key.serialize_uncompressed()[1..])[12..]))
}
