//! Worlds to run programs in, one in-memory chain per back end, and what a transaction did there.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use alloy_primitives::{Address, Bytes, U256, address};
use emetis::stylus::activate::Activation;
use emetis::stylus::arbos::{ARBOS, Record, record_from_word, record_slot, record_word};
use emetis::stylus::instrument::instrument;
use emetis::stylus::package::{compress, decompress};
use emetis::stylus::{
    Backend, Compiler, ProgramStore, Refusal, StylusEvm, Version, WasmiBackend, WasmtimeBackend,
    normalize,
};
use revm::context::TxEnv;
use revm::database::{Database, DatabaseCommit, InMemoryDB};
use revm::primitives::TxKind;
use revm::state::{AccountInfo, Bytecode};

use super::outcome::frame;
pub(crate) use super::outcome::{End, Frame, Outcome};

/// Who sends every transaction.
pub(crate) const SENDER: Address = address!("5e4de75e4de75e4de75e4de75e4de75e4de75e4d");
/// What the sender owns, in wei.
pub(crate) const WEALTH: U256 = U256::from_limbs([0, 1 << 32, 0, 0]);
/// Time of the block, in seconds: the start of an hour as ArbOS counts them.
pub(crate) const NOW: u64 = 1_421_388_000 + 100_000 * 3_600;
/// Gas of a frame, if a test does not care.
pub(crate) const PLENTY: u64 = 40_000_000;
/// Ink per gas.
pub(crate) const INK: u64 = 10_000;

fn stores() -> &'static [Arc<ProgramStore>; 3] {
    static STORES: OnceLock<[Arc<ProgramStore>; 3]> = OnceLock::new();
    let store = |backend: Box<dyn Backend>| Arc::new(ProgramStore::new(Version::ARBOS_60, backend));
    STORES.get_or_init(|| {
        [
            store(Box::new(WasmtimeBackend::new(Compiler::Winch).expect("winch"))),
            store(Box::new(WasmtimeBackend::new(Compiler::Cranelift).expect("cranelift"))),
            store(Box::new(WasmiBackend::new().expect("wasmi"))),
        ]
    })
}

/// Plays `scenario` on every back end, and returns what it came to on all of them.
#[track_caller]
pub(crate) fn everywhere<T: PartialEq + std::fmt::Debug>(scenario: impl Fn(&mut World) -> T) -> T {
    let compiled = compiled(&scenario);
    let interpreted = interpreted(&scenario);
    assert_eq!(compiled, interpreted, "wasmtime (left) and wasmi (right) disagree");
    compiled
}

/// Plays `scenario` on wasmi.
pub(crate) fn interpreted<T>(scenario: impl Fn(&mut World) -> T) -> T {
    scenario(&mut World::new(Arc::clone(&stores()[2])))
}

/// Plays `scenario` on both compilers of wasmtime, and returns what it came to.
#[track_caller]
pub(crate) fn compiled<T: PartialEq + std::fmt::Debug>(scenario: impl Fn(&mut World) -> T) -> T {
    let [winch, cranelift] =
        [0, 1].map(|store| scenario(&mut World::new(Arc::clone(&stores()[store]))));
    assert_eq!(winch, cranelift, "winch (left) and cranelift (right) disagree");
    winch
}

/// A chain of its own.
pub(crate) struct World {
    pub(crate) evm: StylusEvm<InMemoryDB>,
    accounts: u64,
}

/// A transaction of [`SENDER`].
#[derive(Clone, Debug)]
pub(crate) struct Tx {
    pub(crate) to: TxKind,
    pub(crate) data: Vec<u8>,
    pub(crate) value: u64,
    /// Gas of its first frame: what the transaction itself costs is added.
    pub(crate) gas: u64,
    pub(crate) gas_price: u128,
}

impl World {
    fn new(store: Arc<ProgramStore>) -> Self {
        let mut db = InMemoryDB::default();
        db.insert_account_info(SENDER, AccountInfo::from_balance(WEALTH));
        let mut evm = StylusEvm::new(db, store);
        let ctx = evm.context_mut();
        ctx.cfg.disable_nonce_check = true;
        ctx.block.timestamp = U256::from(NOW);
        Self { evm, accounts: 0 }
    }

    fn db(&mut self) -> &mut InMemoryDB {
        &mut self.evm.context_mut().journaled_state.database
    }

    /// A new account with `code`.
    pub(crate) fn account(&mut self, code: impl Into<Bytes>) -> Address {
        self.accounts += 1;
        let mut address = [0xc0; 20];
        address[12..].copy_from_slice(&self.accounts.to_be_bytes());
        let address = Address::from(address);
        let info = AccountInfo::from_bytecode(Bytecode::new_raw(code.into()));
        self.db().insert_account_info(address, info.with_nonce(1));
        address
    }

    /// An account with a program, activated and cached.
    pub(crate) fn program(&mut self, wat: &str) -> Address {
        let address = self.uncached(wat);
        self.edit_record(address, |record| record.cached = true);
        address
    }

    /// An account with a program, activated and not cached.
    pub(crate) fn uncached(&mut self, wat: &str) -> Address {
        let wasm = wasm(wat);
        let activation = activation(&wasm);
        let address = self.account(compress(&wasm));
        let now = self.evm.context().block.timestamp.to();
        let record = Record::new(&activation, &Version::ARBOS_60, now);
        self.edit_record(address, |old| *old = record);
        address
    }

    /// An account with a program as it is packed, activated and cached, unless it is refused.
    pub(crate) fn packed(&mut self, code: &[u8]) -> Result<Address, Refusal> {
        let version = Version::ARBOS_60;
        let wasm = decompress(code, &version.limits)?;
        let figures = instrument(&wasm, &version)?.figures;
        let address = self.account(code.to_vec());
        let activation = figures.activation(&version.activation);
        self.edit_record(address, |record| {
            *record = Record::new(&activation, &version, NOW);
            record.cached = true;
        });
        Ok(address)
    }

    /// Every account with its storage, in order.
    pub(crate) fn state(&mut self) -> String {
        let accounts = self.db().cache.accounts.iter();
        let accounts: BTreeMap<_, _> = accounts
            .map(|(address, account)| {
                let info = &account.info;
                let storage: BTreeMap<_, _> = account.storage.iter().collect();
                (address, (info.balance, info.nonce, info.code_hash, storage))
            })
            .collect();
        format!("{accounts:?}")
    }

    /// Changes what ArbOS remembers of the program at `address`.
    pub(crate) fn edit_record(&mut self, address: Address, edit: impl FnOnce(&mut Record)) {
        let mut record = self.record(address);
        edit(&mut record);
        let slot = record_slot(self.info(address).code_hash);
        let db = self.db();
        db.insert_account_info(ARBOS, AccountInfo::default().with_nonce(1));
        let Ok(()) = db.insert_account_storage(ARBOS, slot, record_word(record));
    }

    /// What ArbOS remembers of the program at `address`.
    pub(crate) fn record(&mut self, address: Address) -> Record {
        let slot = record_slot(self.info(address).code_hash);
        record_from_word(self.storage(ARBOS, slot))
    }

    pub(crate) fn info(&mut self, address: Address) -> AccountInfo {
        let Ok(info) = self.db().basic(address);
        info.unwrap_or_default()
    }

    pub(crate) fn balance(&mut self, address: Address) -> U256 {
        self.info(address).balance
    }

    pub(crate) fn fund(&mut self, address: Address, wei: u64) {
        let info = self.info(address).with_balance(U256::from(wei));
        self.db().insert_account_info(address, info);
    }

    pub(crate) fn storage(&mut self, address: Address, slot: U256) -> U256 {
        let Ok(word) = self.db().storage(address, slot);
        word
    }

    pub(crate) fn set_storage(&mut self, address: Address, slot: u64, word: u64) {
        let (slot, word) = (U256::from(slot), U256::from(word));
        let Ok(()) = self.db().insert_account_storage(address, slot, word);
    }

    /// Moves the clock, in seconds.
    pub(crate) fn advance(&mut self, seconds: u64) {
        self.evm.context_mut().block.timestamp += U256::from(seconds);
    }

    /// Sends a transaction and commits it.
    #[track_caller]
    pub(crate) fn send(&mut self, tx: Tx) -> Outcome {
        self.try_send(tx).expect("the transaction runs")
    }

    /// Sends a transaction; the error is why it never ran.
    pub(crate) fn try_send(&mut self, tx: Tx) -> Result<Outcome, String> {
        let intrinsic = tx.intrinsic();
        let env = TxEnv::builder()
            .caller(SENDER)
            .kind(tx.to)
            .data(tx.data.into())
            .value(U256::from(tx.value))
            .gas_price(tx.gas_price)
            .gas_limit(tx.gas + intrinsic)
            .build()
            .expect("a legacy transaction");
        let executed = self.evm.transact(env, true).map_err(|error| error.to_string())?;
        self.db().commit(executed.state);
        let gas = executed.result.gas();
        Ok(Outcome {
            gas_used: gas.tx_gas_used(),
            refund: gas.inner_refunded(),
            frame: frame(executed.trace.expect("traced")),
            logs: executed.result.into_logs(),
        })
    }
}

impl Tx {
    pub(crate) fn to(to: Address) -> Self {
        Self { to: TxKind::Call(to), data: Vec::new(), value: 0, gas: PLENTY, gas_price: 0 }
    }

    pub(crate) fn create(init_code: &[u8]) -> Self {
        Self { to: TxKind::Create, data: init_code.to_vec(), value: 0, gas: PLENTY, gas_price: 0 }
    }

    pub(crate) fn data(self, data: impl AsRef<[u8]>) -> Self {
        Self { data: data.as_ref().to_vec(), ..self }
    }

    pub(crate) fn value(self, value: u64) -> Self {
        Self { value, ..self }
    }

    pub(crate) fn gas(self, gas: u64) -> Self {
        Self { gas, ..self }
    }

    /// What the transaction costs before its first frame: the EVM's rule.
    pub(crate) fn intrinsic(&self) -> u64 {
        let zeros = self.data.iter().filter(|byte| **byte == 0).count() as u64;
        let bytes = self.data.len() as u64;
        let calldata = 4 * zeros + 16 * (bytes - zeros);
        let create = if self.to.is_create() { 32_000 + 2 * bytes.div_ceil(32) } else { 0 };
        21_000 + calldata + create
    }
}

/// The normalized module of a text.
#[track_caller]
pub(crate) fn wasm(wat: &str) -> Vec<u8> {
    let wasm = wat::parse_str(wat).unwrap_or_else(|error| panic!("{error}\n{wat}"));
    normalize(&wasm).expect("a module that can be read")
}

/// What activation would record of a module.
#[track_caller]
pub(crate) fn activation(wasm: &[u8]) -> Activation {
    let version = Version::ARBOS_60;
    instrument(wasm, &version).expect("a valid program").figures.activation(&version.activation)
}
