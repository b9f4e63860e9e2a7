//! Accounts: names, balances, code, storage; to look at and to overwrite.

use std::sync::Arc;

use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::{SolEventInterface, SolInterface};

use super::Chain;
use crate::account::Account;
use crate::dictionary::Dictionary;
use crate::state::State;

impl Chain {
    /// The account of a name, labelled with it. It starts with no METIS: see [`Chain::deal`].
    pub fn account(&mut self, name: &str) -> Account {
        let account = Account::named(name);
        self.label(account, name);
        account
    }

    /// Names an address in call trees.
    pub fn label(&mut self, who: impl Into<Address>, name: &str) {
        Arc::make_mut(&mut self.names).label(who.into(), name);
    }

    /// What call trees know by name.
    pub fn names(&self) -> &Dictionary {
        &self.names
    }

    /// Teaches call trees an interface from `sol!`: its calls, errors and events.
    pub fn teach<C, E, V>(&mut self)
    where
        C: SolInterface + std::fmt::Debug,
        E: SolInterface + std::fmt::Debug,
        V: SolEventInterface + std::fmt::Debug,
    {
        let names = Arc::make_mut(&mut self.names);
        names.teach_calls::<C>();
        names.teach_errors::<E>();
        names.teach_events::<V>();
    }

    /// Native balance, in wei.
    pub fn balance(&self, who: impl Into<Address>) -> U256 {
        self.state.borrow().account(who.into()).balance
    }

    /// Account code; empty for an account without.
    pub fn code(&self, who: impl Into<Address>) -> Bytes {
        let account = self.state.borrow().account(who.into());
        account.code.map(|code| code.original_bytes()).unwrap_or_default()
    }

    /// Transactions sent, or contracts created.
    pub fn nonce(&self, who: impl Into<Address>) -> u64 {
        self.state.borrow().account(who.into()).nonce
    }

    /// A storage word, read past all access rules.
    pub fn storage(&self, who: impl Into<Address>, slot: U256) -> U256 {
        self.state.borrow().storage(who.into(), slot)
    }

    /// Accounts and storage, to look at.
    pub fn with_state<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.borrow())
    }

    // --------------------------------------------------------------------------------- surgery

    /// Gives `amount` wei out of nothing.
    pub fn deal(&mut self, who: impl Into<Address>, amount: U256) {
        self.state.get_mut().update_account(who.into(), |account| {
            account.balance = account.balance.saturating_add(amount);
        });
    }

    /// Overwrites a storage word.
    pub fn set_storage(&mut self, who: impl Into<Address>, slot: U256, value: U256) {
        self.state.get_mut().set_storage(who.into(), slot, value);
    }

    /// Overwrites account code. A program put here must be activated before it can be called.
    pub fn set_code(&mut self, who: impl Into<Address>, code: Bytes) {
        self.state.get_mut().set_code(who.into(), code);
    }
}
