//! Programs on their way into a world.

use alloy_primitives::{Address, TxKind, U256, keccak256};
use alloy_sol_types::SolConstructor;

use super::Chain;
use crate::account::Account;
use crate::call::Call;
use crate::stylus::arbos::{self, Record};
use crate::stylus::arbwasm::{ARB_WASM, ArbWasm};
use crate::stylus::package;

impl Chain {
    /// Deploys a program from its account code (`EFF000…`, see
    /// [`Artifact::code`](crate::artifacts::Artifact::code)) and activates it, unless the
    /// same code is active already. Returns its address.
    ///
    /// It is not constructed (see [`Chain::construct`]), nor cached (see [`Chain::set_cached`]): its
    /// calls cost what they cost a program that nobody has paid to cache.
    ///
    /// # Panics
    ///
    /// With the reason if the chain refuses it.
    #[track_caller]
    pub fn deploy_program(&mut self, from: impl Into<Account>, code: &[u8]) -> Address {
        let from = from.into();
        let address = self.create(from, package::init_code(code)).ok().output;
        if self.record(address).active(self.store.version(), self.time()).is_err() {
            self.activate(from, address);
        }
        address
    }

    /// A transaction that runs a program's `#[constructor]`, as the Stylus SDK and its deployer send
    /// it. The arguments are `constructorCall` of a `contract` with a constructor in `sol!`.
    pub fn construct<C: SolConstructor>(
        &mut self,
        from: impl Into<Account>,
        program: impl Into<Address>,
        arguments: C,
    ) -> Call<'_, ()> {
        let selector = &keccak256("stylus_constructor()")[..4];
        let data = [selector, &arguments.abi_encode()].concat();
        Call::new(self, from.into(), TxKind::Call(program.into()), data.into(), |_| Ok(()))
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
        let program = program.into();
        let record = self.record(program);
        assert!(record.version != 0, "only an activated program can be cached");
        let word = arbos::record_word(Record { cached, ..record });
        let slot = self.record_slot(program);
        self.set_storage(arbos::ARBOS, slot, word);
    }

    /// What activation has recorded of a program, or of another with the same code.
    fn record(&self, program: Address) -> Record {
        arbos::record_from_word(self.storage(arbos::ARBOS, self.record_slot(program)))
    }

    fn record_slot(&self, program: Address) -> U256 {
        arbos::record_slot(self.state.borrow().account(program).code_hash)
    }
}
