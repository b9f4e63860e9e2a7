//! Engines that run instrumented WASM, behind one trait.
//!
//! Metering is in the code itself, so every back end counts the same ink. They differ in speed
//! only, and a second one is a second opinion.

use std::fmt::Debug;
use std::sync::Arc;

use super::host::{Guest, HostResult, HostState, Stop};
use super::trace::HostCall;

mod wasmi;
mod wasmtime;

pub use self::wasmi::WasmiBackend;
pub use self::wasmtime::{Compiler, WasmtimeBackend};

/// An engine that compiles and runs instrumented WASM.
pub trait Backend: Debug + Send + Sync {
    /// Name for reports.
    fn name(&self) -> &'static str;

    /// Compiles instrumented WASM. The result may run on many threads at once.
    ///
    /// # Errors
    ///
    /// If the engine refuses the module. Instrumentation has validated it, so this is a limit of
    /// the engine and not of the chain.
    fn compile(&self, wasm: &[u8]) -> Result<Arc<dyn Executable>, BackendError>;
}

/// A compiled program.
pub trait Executable: Debug + Send + Sync {
    /// Runs `user_entrypoint(args_len)` in a new instance with `ink` and `stack` words.
    fn run(&self, state: HostState, ink: u64, stack: u32) -> Run;
}

/// A back end could not compile or start a module.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{backend}: {message}")]
pub struct BackendError {
    /// Which back end.
    pub backend: &'static str,
    /// What it said.
    pub message: String,
}

/// What came of a run.
#[derive(Debug)]
pub struct Run {
    /// How it ended.
    pub end: End,
    /// Ink left.
    pub ink: u64,
    /// The state of the call, back from the program.
    pub state: HostState,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The entry point returned this status, or `exit_early` was called with it.
    Status(u32),
    /// The ink ran out.
    OutOfInk,
    /// The operand stack ran out.
    OutOfStack,
    /// A trap of the program or a fault a host function found.
    Trap(String),
    /// The world behind the program failed.
    Fatal(String),
}

/// Host memory a guest may be given at the least: a call that starts with less gets a new segment.
const STACK_RED_ZONE: usize = 3 << 20;
/// Size of a new segment.
const STACK_SEGMENT: usize = 32 << 20;

/// Runs `f` with enough native stack for one guest.
fn with_stack<T>(f: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(STACK_RED_ZONE, STACK_SEGMENT, f)
}

/// Settles how a run ended from what the engine and the meters say.
fn settle(
    result: Result<u32, String>,
    ink: u64,
    out_of_ink: bool,
    out_of_stack: bool,
    mut state: HostState,
) -> Run {
    let (end, ink) = match (state.stop.take(), result) {
        (Some(Stop::Exit(status)), _) => (End::Status(status), ink),
        (Some(Stop::OutOfInk), _) => (End::OutOfInk, 0),
        (Some(Stop::Fault(why)), _) => (End::Trap(why), ink),
        (Some(Stop::Fatal(why)), _) => (End::Fatal(why), ink),
        (None, Ok(status)) => (End::Status(status), ink),
        (None, Err(_)) if out_of_ink => (End::OutOfInk, 0),
        (None, Err(_)) if out_of_stack => (End::OutOfStack, 0),
        (None, Err(why)) => (End::Trap(why), ink),
    };
    Run { end, ink, state }
}

/// Runs one host function and records it if the call is traced.
fn host_call<T>(
    name: &'static str,
    guest: &mut Guest<'_>,
    body: impl FnOnce(&mut Guest<'_>) -> HostResult<T>,
) -> HostResult<T> {
    let ink_before = guest.ink;
    let result = body(guest);
    let ink_after = guest.ink;
    if let Some(calls) = &mut guest.state.calls {
        calls.push(HostCall { name, ink_before, ink_after });
    }
    if let Err(stop) = &result {
        guest.state.stop = Some(stop.clone());
    }
    result
}

/// Calls `$link!(name(args) -> result)` for each host function.
macro_rules! for_each_hook {
    ($link:ident) => {
        $link!(read_args(ptr: u32));
        $link!(write_result(ptr: u32, len: u32));
        $link!(exit_early(status: u32));
        $link!(storage_load_bytes32(key: u32, dest: u32));
        $link!(storage_cache_bytes32(key: u32, value: u32));
        $link!(storage_flush_cache(clear: u32));
        $link!(transient_load_bytes32(key: u32, dest: u32));
        $link!(transient_store_bytes32(key: u32, value: u32));
        $link!(call_contract(
            to: u32, data: u32, len: u32, value: u32, gas: u64, return_len: u32
        ) -> u32);
        $link!(delegate_call_contract(
            to: u32, data: u32, len: u32, gas: u64, return_len: u32
        ) -> u32);
        $link!(static_call_contract(
            to: u32, data: u32, len: u32, gas: u64, return_len: u32
        ) -> u32);
        $link!(create1(code: u32, len: u32, value: u32, address: u32, return_len: u32));
        $link!(create2(
            code: u32, len: u32, value: u32, salt: u32, address: u32, return_len: u32
        ));
        $link!(read_return_data(dest: u32, offset: u32, size: u32) -> u32);
        $link!(return_data_size() -> u32);
        $link!(emit_log(data: u32, len: u32, topics: u32));
        $link!(account_balance(address: u32, dest: u32));
        $link!(account_code(address: u32, offset: u32, size: u32, dest: u32) -> u32);
        $link!(account_codehash(address: u32, dest: u32));
        $link!(account_code_size(address: u32) -> u32);
        $link!(evm_gas_left() -> u64);
        $link!(evm_ink_left() -> u64);
        $link!(block_basefee(dest: u32));
        $link!(chainid() -> u64);
        $link!(block_coinbase(dest: u32));
        $link!(block_gas_limit() -> u64);
        $link!(block_number() -> u64);
        $link!(block_timestamp() -> u64);
        $link!(contract_address(dest: u32));
        $link!(math_div(value: u32, divisor: u32));
        $link!(math_mod(value: u32, modulus: u32));
        $link!(math_pow(value: u32, exponent: u32));
        $link!(math_add_mod(value: u32, addend: u32, modulus: u32));
        $link!(math_mul_mod(value: u32, factor: u32, modulus: u32));
        $link!(msg_reentrant() -> u32);
        $link!(msg_sender(dest: u32));
        $link!(msg_value(dest: u32));
        $link!(tx_gas_price(dest: u32));
        $link!(tx_ink_price() -> u32);
        $link!(tx_origin(dest: u32));
        $link!(pay_for_memory_grow(pages: u32));
        $link!(native_keccak256(data: u32, len: u32, dest: u32));
    };
}
use for_each_hook;
