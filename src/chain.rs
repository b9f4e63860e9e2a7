//! The world a test talks to.

mod accounts;
mod calls;
mod clock;
mod deploy;
mod execute;
mod views;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use alloy_primitives::{Address, B256, U256};
use revm::context::BlockEnv;

pub(crate) use self::execute::Tx;
pub use self::views::Views;
use crate::dictionary::Dictionary;
use crate::state::State;
use crate::stylus::arbwasm::{ARB_WASM, ArbWasm};
use crate::stylus::{ProgramStore, StylusEvm};

/// Gas limit of a transaction unless a call says otherwise.
pub const GAS_LIMIT: u64 = 100_000_000;
/// Time of the first block: 2026-01-01 00:00 UTC, in seconds.
pub const GENESIS: u64 = 1_767_225_600;
/// Chain id of a new world.
pub const CHAIN_ID: u64 = 412_346;

/// A chain with Stylus, in memory: accounts, programs, a clock.
///
/// One owned value is the whole world: `clone` is a snapshot, dropping it is a rollback, and two
/// worlds share nothing but compiled programs and a sealed base of state. Gas costs nothing, so
/// balances move only by what calls send.
///
/// State is committed by a call that succeeds, and by one that fails only as on any chain: the
/// sender's nonce.
pub struct Chain {
    /// Behind a cell because even a view needs an EVM over it.
    state: RefCell<State>,
    /// Shared by clones: it keeps nothing between transactions but what is costly to set up.
    evm: Rc<RefCell<Option<Box<StylusEvm<State>>>>>,
    store: Arc<ProgramStore>,
    block: BlockEnv,
    chain_id: u64,
    recent: RefCell<Vec<B256>>,
    names: Arc<Dictionary>,
}

/// The state of a world at a moment; unlike a [`Chain`] it can be sent to another thread.
#[derive(Clone, Debug)]
pub struct Snapshot {
    state: State,
    store: Arc<ProgramStore>,
    block: BlockEnv,
    chain_id: u64,
    recent: Vec<B256>,
    names: Arc<Dictionary>,
}

impl Snapshot {
    /// The same state on other programs: another back end, or cold caches.
    pub fn on(self, store: Arc<ProgramStore>) -> Self {
        Self { store, ..self }
    }
}

impl std::fmt::Debug for Chain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Chain").field("time", &self.time()).finish_non_exhaustive()
    }
}

impl Clone for Chain {
    fn clone(&self) -> Self {
        Self { evm: Rc::clone(&self.evm), ..Self::from(self.snapshot()) }
    }
}

impl From<Snapshot> for Chain {
    fn from(snapshot: Snapshot) -> Self {
        let Snapshot { state, store, block, chain_id, recent, names } = snapshot;
        Self {
            state: state.into(),
            evm: Rc::default(),
            store,
            block,
            chain_id,
            recent: recent.into(),
            names,
        }
    }
}

impl Default for Chain {
    fn default() -> Self {
        Self::new()
    }
}

impl Chain {
    /// An empty world on the standard engine (ArbOS 60, wasmtime).
    ///
    /// # Panics
    ///
    /// If wasmtime does not run on this machine; use [`Chain::with_programs`] then.
    pub fn new() -> Self {
        let store = ProgramStore::standard().expect("wasmtime runs on this machine");
        Self::with_programs(Arc::new(store))
    }

    /// An empty world that takes its programs from `store`, to share them with other worlds.
    pub fn with_programs(store: Arc<ProgramStore>) -> Self {
        let block = BlockEnv {
            number: U256::from(1),
            timestamp: U256::from(GENESIS),
            gas_limit: 1 << 50,
            basefee: 0,
            ..BlockEnv::default()
        };
        let mut names = Dictionary::default();
        names.label(Address::ZERO, "zero");
        names.label(ARB_WASM, "ArbWasm");
        names.teach_calls::<ArbWasm::ArbWasmCalls>();
        names.teach_errors::<ArbWasm::ArbWasmErrors>();
        names.teach_events::<ArbWasm::ArbWasmEvents>();
        Self {
            state: RefCell::default(),
            evm: Rc::default(),
            store,
            block,
            chain_id: CHAIN_ID,
            recent: RefCell::default(),
            names: Arc::new(names),
        }
    }

    /// The state of the moment, to send to another thread.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            state: self.state.borrow().clone(),
            store: Arc::clone(&self.store),
            block: self.block.clone(),
            chain_id: self.chain_id,
            recent: self.recent.borrow().clone(),
            names: Arc::clone(&self.names),
        }
    }

    /// Makes the state of the moment a base that clones share: cloning is cheap from here on.
    pub fn seal(&mut self) {
        self.state.get_mut().seal();
    }

    /// The engine's programs.
    pub fn programs(&self) -> &Arc<ProgramStore> {
        &self.store
    }
}
