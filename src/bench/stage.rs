//! A world in which calls are repeated.

use std::sync::Arc;

use alloy_primitives::{Address, B256, U256};

use crate::account::Account;
use crate::artifacts::fixtures::fixture;
use crate::chain::Chain;
use crate::interfaces::{ILiquidStaking as Hub, IStakedMetis as Vault};
use crate::stylus::{Backend, Compiler, ProgramStore, Version, WasmiBackend, WasmtimeBackend};
use crate::suite::{Params, Programs, Suite};
use crate::{WEI, ether};

/// METIS that Alice starts with: more than all rounds spend.
const WEALTH: u64 = 1_000_000;

/// The hub, the same logic as lean Solidity, and two holders of both tokens.
#[derive(Clone, Debug)]
pub(super) struct Stage {
    pub(super) chain: Chain,
    pub(super) hub: Address,
    pub(super) vault: Address,
    pub(super) lean: Address,
    alice: Account,
    bob: Account,
}

impl Stage {
    pub(super) fn new(programs: &Programs) -> Self {
        let mut chain = Chain::new();
        let suite = Suite::deploy_programs(&mut chain, programs, Params::default());
        let (alice, bob) = (chain.account("alice"), chain.account("bob"));
        chain.deal(alice, ether(WEALTH));
        let lean = fixture("LeanHub").unwrap_or_else(|error| panic!("{error}"));
        let lean = chain.create(alice, lean.init_code).ok().output;
        let mut stage =
            Self { chain, hub: suite.liquid_staking, vault: suite.staked_metis, lean, alice, bob };
        for token in [stage.hub, stage.lean] {
            stage.mint(token, bob, WEI);
            stage.mint(token, alice, WEI);
        }
        let call = Hub::approveCall { spender: stage.vault, value: U256::MAX };
        stage.chain.send(bob, stage.hub, call).ok();
        stage.deposit_and_stake(stage.hub);
        stage.chain.seal();
        stage
    }

    /// The same world on another back end.
    pub(super) fn on(&self, backend: Box<dyn Backend>) -> Self {
        let store = Arc::new(ProgramStore::new(Version::ARBOS_60, backend));
        Self { chain: self.chain.snapshot().on(store).into(), ..self.clone() }
    }

    fn mint(&mut self, token: Address, receiver: Account, assets: U256) {
        let call = Hub::depositCall { receiver: receiver.address, tag: B256::ZERO };
        self.chain.send(self.alice, token, call).value(assets).ok();
    }

    /// Alice deposits a wei.
    pub(super) fn deposit(&mut self, token: Address) {
        self.mint(token, self.alice, U256::ONE);
    }

    /// Bob sends Alice a wei.
    pub(super) fn transfer(&mut self, token: Address) {
        let call = Hub::transferCall { to: self.alice.address, value: U256::ONE };
        self.chain.send(self.bob, token, call).ok();
    }

    /// Alice deposits a wei and stakes it.
    pub(super) fn deposit_and_stake(&mut self, hub: Address) {
        let receiver = self.alice.address;
        let call = Hub::depositAndStakeCall { receiver, minShares: U256::ZERO, tag: B256::ZERO };
        self.chain.send(self.alice, hub, call).value(U256::ONE).ok();
    }

    /// Bob stakes a wei of eMETIS for Alice.
    pub(super) fn stake(&mut self, vault: Address) {
        let call = Vault::depositCall { assets: U256::ONE, receiver: self.alice.address };
        self.chain.send(self.bob, vault, call).ok();
    }

    /// Somebody asks for Alice's balance.
    pub(super) fn view(&self, token: Address) {
        let balance = self.chain.view(token, Hub::balanceOfCall { account: self.alice.address });
        assert!(!balance.is_zero());
    }
}

/// Every back end, by name.
pub(super) fn backends() -> [(&'static str, Box<dyn Backend>); 3] {
    let wasmtime =
        |compiler| Box::new(WasmtimeBackend::new(compiler).expect("wasmtime runs on this machine"));
    [
        ("winch", wasmtime(Compiler::Winch)),
        ("cranelift", wasmtime(Compiler::Cranelift)),
        ("wasmi", Box::new(WasmiBackend::new().expect("wasmi runs anywhere"))),
    ]
}
