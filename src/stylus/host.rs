//! What a running program may ask for: the 42 functions of module `vm_hooks`.
//!
//! [`Guest`] is the program as a host function sees it: its memory, its ink, and the state of its
//! call. Every host function is a method of `Guest`, in the file of its family, so that each back
//! end only has to build a `Guest` and call a method. What lies outside the program is reached
//! through [`EvmApi`].

use std::sync::Arc;

use alloy_primitives::{Address, B256, Bytes, U256};

use super::trace::HostCall;
use super::version::Version;

mod account;
mod calls;
mod info;
mod io;
mod math;
mod storage;

pub use storage::StorageCache;

/// Why a host function ended the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// `exit_early` with this status.
    Exit(u32),
    /// The ink ran out. Everything is consumed.
    OutOfInk,
    /// The program broke a rule of the host: bad pointer, bad topics, a write in a static frame.
    /// It reverts with empty data and keeps its gas.
    Fault(String),
    /// The world behind the program failed (a database error, an unmodelled precompile).
    Fatal(String),
}

/// How a host function ends: with its value, or by ending the program.
pub type HostResult<T> = Result<T, Stop>;

/// Why the EVM side did not do what a host function asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denied {
    /// A state change in a static frame.
    Static,
    /// The gas passed in does not cover the price.
    OutOfGas,
    /// The world failed.
    Fatal(String),
}

impl From<Denied> for Stop {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Static => Self::Fault("state change in a static frame".into()),
            Denied::OutOfGas => Self::OutOfInk,
            Denied::Fatal(why) => Self::Fatal(why),
        }
    }
}

/// Kind of a call a program makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallKind {
    /// CALL, with value.
    Call,
    /// DELEGATECALL.
    Delegate,
    /// STATICCALL.
    Static,
}

/// A call a program makes.
#[derive(Clone, Debug)]
pub struct CallRequest {
    /// Which kind.
    pub kind: CallKind,
    /// Whose code runs.
    pub to: Address,
    /// Calldata.
    pub data: Bytes,
    /// Wei sent along; zero unless `kind` is [`CallKind::Call`].
    pub value: U256,
    /// Gas left in the calling frame.
    pub gas_left: u64,
    /// Gas the program wants to pass on.
    pub gas_wanted: u64,
}

/// A contract creation by a program.
#[derive(Clone, Debug)]
pub struct CreateRequest {
    /// Init code (EVM code).
    pub code: Bytes,
    /// Wei sent along.
    pub value: U256,
    /// Salt of CREATE2; `None` for CREATE.
    pub salt: Option<B256>,
    /// Gas left in the calling frame.
    pub gas_left: u64,
}

/// What came of a call or a creation.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Whether it succeeded.
    pub success: bool,
    /// Gas to take from the calling frame.
    pub gas: u64,
    /// The contract created, if one was.
    pub created: Option<Address>,
    /// Return or revert data.
    pub data: Bytes,
}

/// The block, transaction and call around a program.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each field is the answer of the host function of that name")]
pub struct CallInfo {
    pub contract_address: Address,
    pub msg_sender: Address,
    pub msg_value: U256,
    pub tx_origin: Address,
    pub tx_gas_price: U256,
    pub block_basefee: U256,
    pub block_coinbase: Address,
    pub block_gas_limit: u64,
    pub block_number: u64,
    pub block_timestamp: u64,
    pub chainid: u64,
}

/// The world behind a program. One frame of the EVM implements it.
///
/// Reads report whether the slot or account was cold, and make it warm.
pub trait EvmApi {
    /// The circumstances of the call.
    fn info(&self) -> CallInfo;
    /// Whether the acting address has another CALL or STATICCALL span open.
    fn reentrant(&self) -> bool;
    /// A storage word of the acting address, and whether it was cold.
    fn load(&mut self, key: U256) -> Result<(U256, bool), Denied>;
    /// EVM gas of a storage read.
    fn load_gas(&self, cold: bool) -> u64;
    /// Writes a storage word; returns its gas, at most `gas_left`. Refunds go to the frame.
    fn store(&mut self, key: U256, value: U256, gas_left: u64) -> Result<u64, Denied>;
    /// A transient word of the acting address.
    fn transient_load(&mut self, key: U256) -> U256;
    /// Writes a transient word.
    fn transient_store(&mut self, key: U256, value: U256) -> Result<(), Denied>;
    /// Balance of an account, and whether it was cold.
    fn balance(&mut self, address: Address) -> Result<(U256, bool), Denied>;
    /// Code of an account, and whether it was cold.
    fn code(&mut self, address: Address) -> Result<(Bytes, bool), Denied>;
    /// Code hash of an account (zero if it is empty), and whether it was cold.
    fn code_hash(&mut self, address: Address) -> Result<(B256, bool), Denied>;
    /// EVM gas of touching an account.
    fn account_gas(&self, cold: bool) -> u64;
    /// Makes a call. Refused calls come back as replies without success.
    fn call(&mut self, request: CallRequest) -> Result<Reply, Denied>;
    /// Creates a contract.
    fn create(&mut self, request: CreateRequest) -> Result<Reply, Denied>;
    /// Emits a log of the acting address.
    fn log(&mut self, topics: Vec<B256>, data: Bytes) -> Result<(), Denied>;
    /// EVM gas of a log.
    fn log_gas(&self, topics: u32, bytes: u32) -> u64;
    /// Opens memory pages and returns their gas.
    fn add_pages(&mut self, pages: u16) -> u64;
}

/// The state of one program call, from entry to exit.
pub struct HostState {
    /// Prices and limits in force.
    pub(super) version: Arc<Version>,
    /// The world, its lifetime erased. See [`HostState::new`].
    evm: *mut dyn EvmApi,
    /// Calldata.
    pub(super) args: Bytes,
    /// What `write_result` left.
    pub(super) result: Bytes,
    /// What the last call or creation returned.
    pub(super) return_data: Bytes,
    /// Storage not yet flushed.
    pub(super) storage: StorageCache,
    /// The last account whose non-empty code was asked for.
    pub(super) last_code: Option<(Address, Bytes)>,
    /// The circumstances of the call, asked for once.
    pub(super) info: Option<CallInfo>,
    /// Why a host function ended the program.
    pub(super) stop: Option<Stop>,
    /// Host calls made so far, if they are recorded.
    pub(super) calls: Option<Vec<HostCall>>,
}

impl std::fmt::Debug for HostState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HostState").field("stop", &self.stop).finish_non_exhaustive()
    }
}

impl HostState {
    /// State for one call of a program.
    ///
    /// # Safety
    ///
    /// WASM stores demand `'static` data, so the lifetime of `evm` is erased here. `evm` must
    /// outlive the returned value, and nobody else may use it while the program runs.
    pub unsafe fn new(
        version: Arc<Version>,
        evm: &mut dyn EvmApi,
        args: Bytes,
        record: bool,
    ) -> Self {
        let evm: *mut dyn EvmApi = evm;
        // SAFETY: only the lifetime changes; the caller guarantees that it is respected.
        let evm =
            unsafe { std::mem::transmute::<*mut dyn EvmApi, *mut (dyn EvmApi + 'static)>(evm) };
        Self {
            version,
            evm,
            args,
            result: Bytes::new(),
            return_data: Bytes::new(),
            storage: StorageCache::default(),
            last_code: None,
            info: None,
            stop: None,
            calls: record.then(Vec::new),
        }
    }

    /// The world behind the program.
    pub(super) fn evm(&mut self) -> &mut dyn EvmApi {
        // SAFETY: `new`'s contract: alive and exclusively ours while the program runs; the
        // borrow ends with the borrow of `self`.
        unsafe { &mut *self.evm }
    }

    /// The circumstances of the call.
    pub(super) fn info(&mut self) -> &CallInfo {
        if self.info.is_none() {
            self.info = Some(self.evm().info());
        }
        self.info.as_ref().expect("filled above")
    }
}

/// A running program as a host function sees it.
#[derive(Debug)]
pub struct Guest<'a> {
    /// Linear memory.
    pub memory: &'a mut [u8],
    /// Ink left.
    pub ink: u64,
    /// State of the call.
    pub state: &'a mut HostState,
}

impl Guest<'_> {
    /// Gas left: whole units only.
    pub(super) fn gas_left(&self) -> u64 {
        self.ink / u64::from(self.state.version.ink_price)
    }

    /// Takes `ink`, or ends the program with nothing left.
    fn buy_ink(&mut self, ink: u64) -> HostResult<()> {
        match self.ink.checked_sub(ink) {
            Some(left) => {
                self.ink = left;
                Ok(())
            }
            None => {
                self.ink = 0;
                Err(Stop::OutOfInk)
            }
        }
    }

    /// Takes `gas`, in ink.
    fn buy_gas(&mut self, gas: u64) -> HostResult<()> {
        self.buy_ink(gas.saturating_mul(u64::from(self.state.version.ink_price)))
    }

    /// Ends the program unless `gas` is left. Takes nothing.
    fn require_gas(&mut self, gas: u64) -> HostResult<()> {
        let needed = gas.saturating_mul(u64::from(self.state.version.ink_price));
        if self.ink < needed {
            self.ink = 0;
            return Err(Stop::OutOfInk);
        }
        Ok(())
    }

    /// Pays for a host function with `pointers` pointers of fixed width.
    fn pay_base(&mut self, pointers: u64) -> HostResult<()> {
        let host = &self.state.version.host;
        let ink = host.base + pointers * host.pointer;
        self.buy_ink(ink)
    }

    /// Pays for a host function that reaches the EVM.
    fn pay_api(&mut self, pointers: u64) -> HostResult<()> {
        let host = &self.state.version.host;
        let ink = host.base + pointers * host.pointer + host.evm_api;
        self.buy_ink(ink)
    }

    /// Pays for reading `len` bytes of guest memory.
    fn pay_for_read(&mut self, len: u32) -> HostResult<()> {
        let host = &self.state.version.host;
        let ink = host.read_base + host.read_byte * u64::from(len.saturating_sub(32));
        self.buy_ink(ink)
    }

    /// Pays for writing `len` bytes of guest memory.
    fn pay_for_write(&mut self, len: u32) -> HostResult<()> {
        let host = &self.state.version.host;
        let ink = host.write_base + host.write_byte * u64::from(len.saturating_sub(32));
        self.buy_ink(ink)
    }

    /// `len` bytes of guest memory at `ptr`.
    fn read(&self, ptr: u32, len: u32) -> HostResult<&[u8]> {
        let start = ptr as usize;
        self.memory.get(start..start + len as usize).ok_or_else(|| out_of_bounds(ptr, len as usize))
    }

    fn read_word(&self, ptr: u32) -> HostResult<B256> {
        Ok(B256::from_slice(self.read(ptr, 32)?))
    }

    fn read_u256(&self, ptr: u32) -> HostResult<U256> {
        Ok(U256::from_be_slice(self.read(ptr, 32)?))
    }

    fn read_address(&self, ptr: u32) -> HostResult<Address> {
        Ok(Address::from_slice(self.read(ptr, 20)?))
    }

    /// Writes `bytes` to guest memory at `ptr`.
    fn write(&mut self, ptr: u32, bytes: &[u8]) -> HostResult<()> {
        let start = ptr as usize;
        self.memory
            .get_mut(start..start + bytes.len())
            .ok_or_else(|| out_of_bounds(ptr, bytes.len()))?
            .copy_from_slice(bytes);
        Ok(())
    }

    fn write_u256(&mut self, ptr: u32, value: U256) -> HostResult<()> {
        self.write(ptr, &value.to_be_bytes::<32>())
    }

    fn write_u32(&mut self, ptr: u32, value: u32) -> HostResult<()> {
        self.write(ptr, &value.to_le_bytes())
    }
}

#[cold]
fn out_of_bounds(ptr: u32, len: usize) -> Stop {
    Stop::Fault(format!("memory access out of bounds: {len} bytes at {ptr}"))
}
