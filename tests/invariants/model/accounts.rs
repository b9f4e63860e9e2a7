//! What accounts are: with code or without, taking METIS or not.

use alloy_primitives::Address;
use alloy_primitives::map::AddressMap;

/// Precompiles that an empty call fails at: they need input of an exact size.
///
/// `blake2f`, the KZG point evaluation, and those of BLS12-381.
const PICKY: std::ops::RangeInclusive<u8> = 0x09..=0x11;

/// Precompiles that fail when they are told of a loss: they take it for numbers, points or proofs.
///
/// Those above, modular exponentiation and those of BN254.
const HARD_OF_HEARING: std::ops::RangeInclusive<u8> = 0x05..=0x11;

/// Who takes METIS and who confirms signatures. An account that is not known has no code.
#[derive(Clone, Debug, Default)]
pub struct Accounts {
    contracts: AddressMap<Contract>,
}

/// An account with code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contract {
    /// Whether it confirms any signature (ERC-1271), or none.
    pub confirms: bool,
    /// Whether it takes METIS that comes without calldata.
    pub takes_metis: bool,
}

impl Accounts {
    pub fn insert(&mut self, account: Address, contract: Contract) {
        self.contracts.insert(account, contract);
    }

    /// Sets whether a contract confirms signatures.
    pub fn set_confirms(&mut self, account: Address, confirms: bool) {
        self.contracts.entry(account).or_default().confirms = confirms;
    }

    /// Whether it confirms signatures; `None` for an account without code.
    pub fn confirms(&self, account: Address) -> Option<bool> {
        self.contracts.get(&account).map(|contract| contract.confirms)
    }

    /// Whether METIS sent to it arrives.
    pub fn takes_metis(&self, account: Address) -> bool {
        match self.contracts.get(&account) {
            Some(contract) => contract.takes_metis,
            None => !is_among(account, &PICKY),
        }
    }

    /// Whether an account without code of its own takes to be told of a loss.
    pub fn hears(&self, account: Address) -> bool {
        !is_among(account, &HARD_OF_HEARING)
    }
}

fn is_among(account: Address, precompiles: &std::ops::RangeInclusive<u8>) -> bool {
    account[..19] == [0; 19] && precompiles.contains(&account[19])
}
