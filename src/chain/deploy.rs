//! Programs on their way into a world.

use alloy_primitives::Address;

use super::Chain;
use crate::account::Account;
use crate::stylus::arbos::{self, Record};
use crate::stylus::arbwasm::{ARB_WASM, ArbWasm};
use crate::stylus::package;

impl Chain {
    /// Deploys a program from its account code (`EFF000…`) and activates it. Returns its address.
    ///
    /// # Panics
    ///
    /// With the reason if the chain refuses it.
    #[track_caller]
    pub fn deploy_program(&mut self, from: impl Into<Account>, code: &[u8]) -> Address {
        let from = from.into();
        let address = self.create(from, package::init_code(code)).ok().output;
        self.activate(from, address);
        address
    }

    /// Activates the program at `address`, paying the data fee out of nothing.
    ///
    /// # Panics
    ///
    /// With the reason if the chain refuses it.
    #[track_caller]
    pub fn activate(&mut self, from: impl Into<Account>, address: Address) {
        let code = self.code(address);
        let code_hash = self.state.get_mut().account(address).code_hash;
        if let Err(error) = self.store.get(code_hash, &code) {
            panic!("{} cannot be activated: {error}", self.names.name(address));
        }
        let from = from.into();
        let fee = crate::ether(1);
        let before = self.balance(from);
        self.deal(from, fee);
        self.send(from, ARB_WASM, ArbWasm::activateProgramCall { program: address })
            .value(fee)
            .ok();
        self.state.get_mut().update_account(from.address, |account| account.balance = before);
    }

    /// Puts a program into the chain's cache, or takes it out, as a CacheManager would.
    ///
    /// # Panics
    ///
    /// If the account's code was never activated.
    pub fn set_cached(&mut self, program: impl Into<Address>, cached: bool) {
        let state = self.state.get_mut();
        let slot = arbos::record_slot(state.account(program.into()).code_hash);
        let record = arbos::record_from_word(state.storage(arbos::ARBOS, slot));
        assert!(record.version != 0, "only an activated program can be cached");
        let word = arbos::record_word(Record { cached, ..record });
        state.set_storage(arbos::ARBOS, slot, word);
    }
}
