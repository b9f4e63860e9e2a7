//! Accounts and storage of a world: a shared base under an overlay of its own.

use std::convert::Infallible;
use std::sync::Arc;

use alloy_primitives::map::HashMap;
use alloy_primitives::{Address, B256, Bytes, U256, keccak256};
use revm::Database;
use revm::primitives::KECCAK_EMPTY;
use revm::state::{AccountInfo, Bytecode, EvmState};

/// Accounts and storage.
///
/// Cloning copies the overlay only. [`State::seal`] turns everything written so far into the shared
/// base, so that clones taken afterwards are cheap.
#[derive(Clone, Debug, Default)]
pub struct State {
    base: Arc<Accounts>,
    overlay: Accounts,
    changes: Vec<StorageChange>,
}

/// A storage word that a transaction changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StorageChange {
    /// Whose storage.
    pub account: Address,
    /// Where.
    pub slot: U256,
    /// The word before.
    pub before: U256,
    /// The word after.
    pub after: U256,
}

#[derive(Clone, Debug, Default)]
struct Accounts {
    info: HashMap<Address, AccountInfo>,
    storage: HashMap<(Address, U256), U256>,
}

impl State {
    /// Makes everything written so far the base that clones share.
    pub fn seal(&mut self) {
        let overlay = std::mem::take(&mut self.overlay);
        let base = Arc::make_mut(&mut self.base);
        base.info.extend(overlay.info);
        base.storage.extend(overlay.storage);
    }

    /// An account; an empty one if nobody ever touched it.
    pub fn account(&self, address: Address) -> AccountInfo {
        let found = self.overlay.info.get(&address).or_else(|| self.base.info.get(&address));
        found.cloned().unwrap_or_default()
    }

    /// A storage word.
    pub fn storage(&self, address: Address, slot: U256) -> U256 {
        let key = (address, slot);
        let found = self.overlay.storage.get(&key).or_else(|| self.base.storage.get(&key));
        found.copied().unwrap_or_default()
    }

    /// Every storage word of an account that is not zero, in the order of slots.
    pub fn storage_of(&self, address: Address) -> Vec<(U256, U256)> {
        let mut words: Vec<_> = self
            .base
            .storage
            .keys()
            .chain(self.overlay.storage.keys())
            .filter(|(owner, _)| *owner == address)
            .map(|(_, slot)| (*slot, self.storage(address, *slot)))
            .filter(|(_, value)| !value.is_zero())
            .collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// The storage words that the last committed transaction changed, in no order.
    pub fn changes(&self) -> &[StorageChange] {
        &self.changes
    }

    /// Every account that exists.
    pub fn addresses(&self) -> Vec<Address> {
        let mut all: Vec<_> =
            self.base.info.keys().chain(self.overlay.info.keys()).copied().collect();
        all.sort_unstable();
        all.dedup();
        all.retain(|address| !self.account(*address).is_empty());
        all
    }

    /// Changes an account.
    pub fn update_account(&mut self, address: Address, change: impl FnOnce(&mut AccountInfo)) {
        let mut account = self.account(address);
        change(&mut account);
        self.overlay.info.insert(address, account);
    }

    /// Replaces an account's code.
    pub fn set_code(&mut self, address: Address, code: Bytes) {
        self.update_account(address, |account| {
            account.code_hash = if code.is_empty() { KECCAK_EMPTY } else { keccak256(&code) };
            account.code = Some(Bytecode::new_raw(code));
        });
    }

    /// Replaces a storage word.
    pub fn set_storage(&mut self, address: Address, slot: U256, value: U256) {
        self.overlay.storage.insert((address, slot), value);
    }

    /// Takes over what a transaction changed.
    pub fn commit(&mut self, changes: EvmState) {
        self.changes.clear();
        for (address, account) in changes {
            if !account.is_touched() {
                continue;
            }
            if account.is_selfdestructed() {
                for (slot, _) in self.storage_of(address) {
                    self.overlay.storage.insert((address, slot), U256::ZERO);
                }
            }
            if account.is_selfdestructed() || account.is_empty() {
                if !self.account(address).is_empty() {
                    self.overlay.info.insert(address, AccountInfo::default());
                }
                continue;
            }
            for (slot, value) in &account.storage {
                if value.is_changed() {
                    let (before, after) = (value.original_value, value.present_value);
                    self.changes.push(StorageChange {
                        account: address,
                        slot: *slot,
                        before,
                        after,
                    });
                    self.overlay.storage.insert((address, *slot), value.present_value);
                }
            }
            self.overlay.info.insert(address, account.info);
        }
    }
}

impl Database for State {
    type Error = Infallible;

    fn basic(&mut self, address: Address) -> Result<Option<AccountInfo>, Infallible> {
        let found = self.overlay.info.get(&address).or_else(|| self.base.info.get(&address));
        Ok(found.cloned())
    }

    fn code_by_hash(&mut self, code_hash: B256) -> Result<Bytecode, Infallible> {
        // Accounts carry their code; revm asks by hash only for those that do not.
        let all = self.overlay.info.values().chain(self.base.info.values());
        let found = all
            .filter(|account| account.code_hash == code_hash)
            .find_map(|account| account.code.clone());
        Ok(found.unwrap_or_default())
    }

    fn storage(&mut self, address: Address, slot: U256) -> Result<U256, Infallible> {
        Ok(Self::storage(self, address, slot))
    }

    fn block_hash(&mut self, number: u64) -> Result<B256, Infallible> {
        Ok(keccak256(number.to_be_bytes()))
    }
}
