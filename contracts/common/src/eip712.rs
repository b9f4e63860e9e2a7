//! What is signed: EIP-712 domains, the message of EIP-2612, and that of a registration.

use crate::{
    account::Account,
    hash,
    word::{self, Immediate, ShortText, Word},
};

/// Type of a signing domain with name, version, chain and contract.
pub const DOMAIN_TYPE: &str =
    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";

/// Type of the message that EIP-2612 signs.
pub const PERMIT_TYPE: &str =
    "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)";

/// Type of the message by which the signer of a sequencer proves that its owner has the key.
pub const REGISTRATION_TYPE: &str = "Registration(address owner,uint256 nonce)";

/// Which fields the domain has, as EIP-5267 marks them: all but the salt.
pub const DOMAIN_FIELDS: u8 = 0x0f;

const DOMAIN_TYPE_HASH: Immediate = Immediate::new(hash::keccak_text(DOMAIN_TYPE));
const PERMIT_TYPE_HASH: Immediate = Immediate::new(hash::keccak_text(PERMIT_TYPE));
const REGISTRATION_TYPE_HASH: Immediate = Immediate::new(hash::keccak_text(REGISTRATION_TYPE));

/// The constant part of a signing domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Domain {
    /// The name that wallets show.
    pub name: ShortText,
    /// The version that wallets show.
    pub version: ShortText,
    name_hash: Immediate,
    version_hash: Immediate,
}

impl Domain {
    /// A domain, at compile time.
    #[must_use]
    pub const fn new(name: &str, version: &str) -> Self {
        Self {
            name: ShortText::new(name),
            version: ShortText::new(version),
            name_hash: Immediate::new(hash::keccak_text(name)),
            version_hash: Immediate::new(hash::keccak_text(version)),
        }
    }

    /// The domain separator on a chain, for a contract. Never kept, as chains split.
    #[must_use]
    #[inline]
    pub fn separator(&self, chain_id: u64, contract: &Account) -> Word {
        let words = [
            DOMAIN_TYPE_HASH.word(),
            self.name_hash.word(),
            self.version_hash.word(),
            word::of_u64(chain_id),
            *contract.word(),
        ];
        hash::keccak(words.as_flattened())
    }
}

/// What an owner grants by signing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permit {
    /// Whose tokens.
    pub owner: Account,
    /// Who may move them.
    pub spender: Account,
    /// How many.
    pub value: Word,
    /// Until when it may be handed in, the second itself included.
    pub deadline: Word,
}

impl Permit {
    /// The hash that the owner signs.
    #[must_use]
    #[inline]
    pub fn digest(&self, separator: &Word, nonce: &Word) -> Word {
        self.digest_of_type(PERMIT_TYPE_HASH, separator, nonce)
    }

    /// The hash of a message with the same fields under another type.
    #[must_use]
    #[inline]
    pub fn digest_of_type(&self, type_hash: Immediate, separator: &Word, nonce: &Word) -> Word {
        let words = [
            type_hash.word(),
            *self.owner.word(),
            *self.spender.word(),
            self.value,
            *nonce,
            self.deadline,
        ];
        digest(separator, &words)
    }
}

/// What a signer of a sequencer signs, to prove that the owner has its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Who registers the signer.
    pub owner: Account,
    /// The owner's next nonce.
    pub nonce: Word,
}

impl Registration {
    /// The hash that the signer signs.
    #[must_use]
    #[inline]
    pub fn digest(&self, separator: &Word) -> Word {
        digest(separator, &[REGISTRATION_TYPE_HASH.word(), *self.owner.word(), self.nonce])
    }
}

/// The hash of a message, whose type hash is the first of its words.
#[inline(always)]
fn digest(separator: &Word, words: &[Word]) -> Word {
    // The two bytes 0x19 0x01 at the end of a word, so that the words after it stay aligned.
    let message = [word::of_u64(0x1901), *separator, hash::keccak(words.as_flattened())];
    hash::keccak(message.as_flattened().get(30..).unwrap_or_default())
}
