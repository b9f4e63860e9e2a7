//! Who sends transactions.

use alloy_primitives::{Address, B256, keccak256};
use k256::SecretKey;
use k256::ecdsa::SigningKey;
use k256::ecdsa::hazmat::SignPrimitive;
use k256::sha2::Sha256;

/// Somebody who sends transactions: a named account, or any address.
///
/// Accounts made by [`crate::Chain::account`] are the same for the same name in every world, and
/// have a key, so that they can sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Account {
    /// The address.
    pub address: Address,
    /// What the key is derived from; `None` for an address without one.
    seed: Option<B256>,
}

/// An ECDSA signature over a 32-byte digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// 27 or 28.
    pub v: u8,
    /// First half.
    pub r: B256,
    /// Second half, in the lower half of the order.
    pub s: B256,
}

impl Signature {
    /// `r ‖ s ‖ v`: 65 bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        [self.r.as_slice(), self.s.as_slice(), &[self.v]].concat()
    }
}

impl Account {
    /// The account of a name. Use [`crate::Chain::account`] to have it labelled as well.
    pub fn named(name: &str) -> Self {
        let seed = keccak256(format!("emetis account {name}"));
        let public = key(seed).verifying_key().to_encoded_point(false);
        let hash = keccak256(&public.as_bytes()[1..]);
        Self { address: Address::from_slice(&hash[12..]), seed: Some(seed) }
    }

    /// Any address, contracts included, as a sender. It cannot sign.
    pub const fn at(address: Address) -> Self {
        Self { address, seed: None }
    }

    /// Signs a digest. Deterministic (RFC 6979).
    ///
    /// # Panics
    ///
    /// If the account is only an address.
    pub fn sign(&self, digest: B256) -> Signature {
        let seed = self.seed.expect("only named accounts can sign");
        // A `SigningKey` would compute the public key first, which takes as long as signing.
        let secret = SecretKey::from_slice(seed.as_slice()).expect(SEED);
        let (signature, recovery) = secret
            .to_nonzero_scalar()
            .try_sign_prehashed_rfc6979::<Sha256>(&digest.0.into(), &[])
            .expect("a digest has 32 bytes");
        let recovery = recovery.expect("signing tells how to recover");
        let bytes = signature.to_bytes();
        Signature {
            v: 27 + recovery.to_byte(),
            r: B256::from_slice(&bytes[..32]),
            s: B256::from_slice(&bytes[32..]),
        }
    }
}

impl From<Account> for Address {
    fn from(account: Account) -> Self {
        account.address
    }
}

impl From<Address> for Account {
    fn from(address: Address) -> Self {
        Self::at(address)
    }
}

fn key(seed: B256) -> SigningKey {
    SigningKey::from_slice(seed.as_slice()).expect(SEED)
}

const SEED: &str = "a hash is a valid key but for odds of 2^-128";
