//! The world a test talks to.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use alloy_primitives::{Address, B256, Bytes, TxKind, U256};
use alloy_sol_types::{SolCall, SolEventInterface, SolInterface};
use revm::context::{BlockEnv, TxEnv};
use revm::context_interface::result::{EVMError, ExecutionResult, HaltReason, Output};

use crate::account::Account;
use crate::call::Call;
use crate::dictionary::Dictionary;
use crate::outcome::{Failure, Receipt};
use crate::state::State;
use crate::stylus::arbos::{self, Record};
use crate::stylus::arbwasm::{ARB_WASM, ArbWasm};
use crate::stylus::trace::{FrameTrace, ProgramEnd};
use crate::stylus::{Executed, ProgramStore, StylusEvm, package};
use crate::tree;

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

    // -------------------------------------------------------------------------------- accounts

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

    // ----------------------------------------------------------------------------------- clock

    /// Time of the current block, in seconds.
    pub fn time(&self) -> u64 {
        self.block.timestamp.saturating_to()
    }

    /// Number of the current block.
    pub fn block_number(&self) -> u64 {
        self.block.number.saturating_to()
    }

    /// Chain id.
    pub fn chain_id(&self) -> u64 {
        self.chain_id
    }

    /// Changes the chain id, as a fork of the chain would.
    pub fn set_chain_id(&mut self, chain_id: u64) {
        self.chain_id = chain_id;
    }

    /// Starts a new block `seconds` later.
    pub fn advance(&mut self, seconds: u64) {
        self.warp_to(self.time().saturating_add(seconds));
    }

    /// Starts a new block at `time`, in seconds.
    ///
    /// # Panics
    ///
    /// If that lies in the past.
    pub fn warp_to(&mut self, time: u64) {
        assert!(time >= self.time(), "time does not run backwards");
        self.block.timestamp = U256::from(time);
        self.roll_to(self.block_number().saturating_add(1));
    }

    /// Starts block `number` at the same time.
    pub fn roll_to(&mut self, number: u64) {
        self.block.number = U256::from(number);
        self.recent.get_mut().clear();
    }

    // ----------------------------------------------------------------------------------- calls

    /// A transaction from `from` to `to` with a typed call. Nothing happens until it is ended by
    /// `ok`, `run`, `fails_with` and so on.
    pub fn send<C: SolCall>(
        &mut self,
        from: impl Into<Account>,
        to: impl Into<Address>,
        call: C,
    ) -> Call<'_, C::Return> {
        let data = call.abi_encode();
        Call::new(self, from.into(), TxKind::Call(to.into()), data.into(), |data| {
            C::abi_decode_returns(data).map_err(|error| error.to_string())
        })
    }

    /// A transaction with any calldata, returning what comes back as it is.
    pub fn send_raw(
        &mut self,
        from: impl Into<Account>,
        to: impl Into<Address>,
        data: impl Into<Bytes>,
    ) -> Call<'_, Bytes> {
        let kind = TxKind::Call(to.into());
        Call::new(self, from.into(), kind, data.into(), |data| Ok(Bytes::copy_from_slice(data)))
    }

    /// A transaction that creates a contract from init code (with its arguments) and returns the
    /// address.
    pub fn create(
        &mut self,
        from: impl Into<Account>,
        init_code: impl Into<Bytes>,
    ) -> Call<'_, Address> {
        Call::new(self, from.into(), TxKind::Create, init_code.into(), |data| {
            if data.len() == 20 { Ok(Address::from_slice(data)) } else { Err("no address".into()) }
        })
    }

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

    /// What a call would return, without sending it: from the zero address, with no value.
    ///
    /// # Panics
    ///
    /// With a call tree if it fails.
    #[track_caller]
    pub fn view<C: SolCall>(&self, to: impl Into<Address>, call: C) -> C::Return {
        let to = to.into();
        match self.try_view(to, call) {
            Ok(output) => output,
            Err((failure, tree)) => panic!("view failed: {failure:?}\n{tree}"),
        }
    }

    /// Like [`Chain::view`], with the failure and a call tree if it fails.
    ///
    /// # Errors
    ///
    /// If the call fails or what it returns does not decode.
    pub fn try_view<C: SolCall>(
        &self,
        to: impl Into<Address>,
        call: C,
    ) -> Result<C::Return, (Failure, String)> {
        let tx = Tx {
            from: Account::at(Address::ZERO),
            kind: TxKind::Call(to.into()),
            value: U256::ZERO,
            data: call.abi_encode().into(),
            gas: GAS_LIMIT,
        };
        let failed = |failure: Failure| {
            let tree = self.trace(&tx).map_or_else(String::new, |trace| self.render(&trace));
            (failure, tree)
        };
        let receipt = self.execute(&tx, false, false).map_err(failed)?;
        C::abi_decode_returns(&receipt.output)
            .map_err(|error| failed(Failure::Trap { why: error.to_string(), gas_used: 0 }))
    }

    // -------------------------------------------------------------------------------- execution

    /// A call tree as text, with the names this world knows.
    pub fn render(&self, trace: &FrameTrace) -> String {
        tree::render(trace, &self.names)
    }

    /// The call tree that `tx` would leave now.
    pub(crate) fn trace(&self, tx: &Tx) -> Option<FrameTrace> {
        self.with_evm(|evm| evm.transact(tx.env(self.chain_id), true))
            .ok()
            .and_then(|executed| executed.trace)
    }

    /// Runs a transaction; commits what it changed if `commit`.
    pub(crate) fn execute(
        &self,
        tx: &Tx,
        commit: bool,
        trace: bool,
    ) -> Result<Receipt<Bytes>, Failure> {
        let recent = (!commit).then(|| self.recent.borrow().clone());
        let executed = self.with_evm(|evm| evm.transact(tx.env(self.chain_id), trace));
        if let Some(recent) = recent {
            *self.recent.borrow_mut() = recent;
        }
        let executed = match executed {
            Ok(executed) => executed,
            Err(EVMError::Custom(why)) => panic!("the engine stopped: {why}"),
            Err(error) => return Err(Failure::Invalid { why: error.to_string() }),
        };
        let Executed { result, state, ink_used, program_end, trace } = executed;
        if commit {
            self.state.borrow_mut().commit(state);
        }
        let gas_used = result.tx_gas_used();
        match result {
            ExecutionResult::Success { output, logs, .. } => {
                let output = match output {
                    Output::Call(data) => data,
                    Output::Create(_, Some(address)) => address.to_vec().into(),
                    Output::Create(_, None) => Bytes::new(),
                };
                Ok(Receipt { output, gas_used, ink_used, logs, trace })
            }
            ExecutionResult::Revert { output, .. } => Err(match program_end {
                Some(ProgramEnd::Trap(why)) => Failure::Trap { why, gas_used },
                _ => Failure::Revert { data: output, gas_used },
            }),
            ExecutionResult::Halt { reason, .. } => Err(match (program_end, reason) {
                (Some(ProgramEnd::NotCallable(why)), _) => Failure::Trap { why, gas_used },
                (_, HaltReason::OutOfGas(_)) => Failure::OutOfGas { gas_used },
                (_, reason) => Failure::Trap { why: format!("{reason:?}"), gas_used },
            }),
        }
    }

    /// Lends the state to an EVM for one transaction.
    fn with_evm<T>(&self, run: impl FnOnce(&mut StylusEvm<State>) -> T) -> T {
        let mut evm =
            self.evm.borrow_mut().take().unwrap_or_else(|| {
                Box::new(StylusEvm::new(State::default(), Arc::clone(&self.store)))
            });
        let ctx = evm.context_mut();
        ctx.block.clone_from(&self.block);
        ctx.cfg.chain_id = self.chain_id;
        ctx.cfg.disable_nonce_check = true;
        std::mem::swap(&mut ctx.journaled_state.database, &mut self.state.borrow_mut());
        evm.swap_recent(&mut self.recent.borrow_mut());
        let result = run(&mut evm);
        evm.swap_recent(&mut self.recent.borrow_mut());
        let ctx = evm.context_mut();
        std::mem::swap(&mut ctx.journaled_state.database, &mut self.state.borrow_mut());
        *self.evm.borrow_mut() = Some(evm);
        result
    }
}

/// A transaction before it is sent.
#[derive(Clone, Debug)]
pub(crate) struct Tx {
    pub(crate) from: Account,
    pub(crate) kind: TxKind,
    pub(crate) value: U256,
    pub(crate) data: Bytes,
    pub(crate) gas: u64,
}

impl Tx {
    fn env(&self, chain_id: u64) -> TxEnv {
        TxEnv {
            caller: self.from.address,
            kind: self.kind,
            value: self.value,
            data: self.data.clone(),
            gas_limit: self.gas,
            gas_price: 0,
            chain_id: Some(chain_id),
            ..TxEnv::default()
        }
    }
}
