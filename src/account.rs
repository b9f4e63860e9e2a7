//! Who sends transactions.

use alloy_primitives::{Address, B256, keccak256};
use secp256k1::{Message, SECP256K1, SecretKey};

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
        let public = key(seed).public_key(SECP256K1).serialize_uncompressed();
        let hash = keccak256(&public[1..]);
        Self { address: Address::from_slice(&hash[12..]), seed: Some(seed) }
    }

    /// Any address, contracts included, as a sender. It cannot sign.
    pub const fn at(address: Address) -> Self {
        Self { address, seed: None }
    }

    /// The public key, x and y, whose Keccak-256 ends in the address.
    ///
    /// # Panics
    ///
    /// If the account is only an address.
    pub fn public_key(&self) -> [B256; 2] {
        let seed = self.seed.expect("only named accounts have a key");
        let public = key(seed).public_key(SECP256K1).serialize_uncompressed();
        [B256::from_slice(&public[1..33]), B256::from_slice(&public[33..])]
    }

    /// Signs a digest. Deterministic (RFC 6979).
    ///
    /// # Panics
    ///
    /// If the account is only an address.
    pub fn sign(&self, digest: B256) -> Signature {
        let seed = self.seed.expect("only named accounts can sign");
        let message = Message::from_digest(digest.0);
        let signature = SECP256K1.sign_ecdsa_recoverable(message, &key(seed));
        let (recovery, bytes) = signature.serialize_compact();
        Signature {
            v: 27 + i32::from(recovery) as u8,
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

fn key(seed: B256) -> SecretKey {
    SecretKey::from_byte_array(seed.0).expect("a hash is a valid key but for odds of 2^-128")
}
