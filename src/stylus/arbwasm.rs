//! `ArbWasm`, the precompile at 0x71 that activates programs.
//!
//! Modelled: `activateProgram`, `codehashVersion`, `codehashKeepalive`, `programTimeLeft`,
//! `programInitGas`, `stylusVersion`, `inkPrice`. Anything else at 0x71, and every other ArbOS
//! precompile, stops the transaction with an error that names it: a test must not pass because
//! something quietly did nothing.

use std::sync::Arc;

use alloy_primitives::{Address, B256, Bytes, U256, address};
use alloy_sol_types::{SolCall, SolError, SolEvent, SolInterface, sol};
use revm::Database;
use revm::context_interface::{Cfg, ContextTr, JournalTr};
use revm::handler::{EthPrecompiles, PrecompileProvider};
use revm::interpreter::{CallInputs, Gas, InstructionResult, InterpreterResult};
use revm::primitives::hardfork::SpecId;
use revm::primitives::{AddressSet, Log};

use super::arbos::{self, FEE_COLLECTOR, NotActive, Record};
use super::evm::StylusContext;
use super::package::is_program;

/// Address of `ArbWasm`.
pub const ARB_WASM: Address = address!("0000000000000000000000000000000000000071");

sol! {
    /// The part of `ArbWasm` that is modelled.
    #[derive(Debug, PartialEq, Eq)]
    interface ArbWasm {
        /// A program may be called from now on.
        event ProgramActivated(
            bytes32 indexed codehash, bytes32 moduleHash, address program, uint256 dataFee, uint16 version
        );
        /// A program's expiry moved.
        event ProgramLifetimeExtended(bytes32 indexed codehash, uint256 dataFee);

        /// The account has no program code.
        error ProgramNotWasm();
        /// Never activated.
        error ProgramNotActivated();
        /// Activated for another Stylus version.
        error ProgramNeedsUpgrade(uint16 version, uint16 stylusVersion);
        /// Activated too long ago.
        error ProgramExpired(uint64 ageInSeconds);
        /// Already active.
        error ProgramUpToDate();
        /// Prolonged too soon.
        error ProgramKeepaliveTooSoon(uint64 ageInSeconds);
        /// The value sent does not cover the data fee.
        error ProgramInsufficientValue(uint256 have, uint256 want);

        function activateProgram(address program) external payable returns (uint16 version, uint256 dataFee);
        function codehashVersion(bytes32 codehash) external view returns (uint16 version);
        function codehashKeepalive(bytes32 codehash) external payable;
        function programTimeLeft(address program) external view returns (uint64 timeLeft);
        function programInitGas(address program) external view returns (uint64 gas, uint64 gasWhenCached);
        function stylusVersion() external view returns (uint16 version);
        function inkPrice() external view returns (uint32 price);
    }
}

/// revm's precompiles, and `ArbWasm`.
#[derive(Clone, Debug)]
pub struct StylusPrecompiles {
    eth: EthPrecompiles,
    warm: AddressSet,
}

impl StylusPrecompiles {
    /// The precompiles of a fork.
    pub fn new(spec: SpecId) -> Self {
        let eth = EthPrecompiles::new(spec);
        let mut warm = eth.warm_addresses().clone();
        warm.insert(ARB_WASM);
        Self { eth, warm }
    }
}

/// Precompiles of an Arbitrum chain that exist there and not here.
fn is_unmodelled(address: &Address) -> bool {
    let bytes = address.0;
    let last = bytes[19];
    bytes[..19].iter().all(|byte| *byte == 0) && matches!(last, 0x64..=0x70 | 0x72..=0x74 | 0xff)
}

impl<DB: Database> PrecompileProvider<StylusContext<DB>> for StylusPrecompiles {
    type Output = InterpreterResult;

    fn set_spec(&mut self, spec: <<StylusContext<DB> as ContextTr>::Cfg as Cfg>::Spec) -> bool {
        if spec == self.eth.spec {
            return false;
        }
        *self = Self::new(spec);
        true
    }

    fn run(
        &mut self,
        ctx: &mut StylusContext<DB>,
        inputs: &CallInputs,
    ) -> Result<Option<InterpreterResult>, String> {
        if inputs.bytecode_address == ARB_WASM {
            return run(ctx, inputs).map(Some);
        }
        if is_unmodelled(&inputs.bytecode_address) {
            return Err(format!("ArbOS precompile {} is not modelled", inputs.bytecode_address));
        }
        self.eth.run(ctx, inputs)
    }

    fn warm_addresses(&self) -> &AddressSet {
        &self.warm
    }
}

/// How a method of the precompile ends: with its return data, or an ABI error.
type Answer = Result<Vec<u8>, Refused>;

enum Refused {
    /// Reverts with this data.
    Revert(Vec<u8>),
    /// Consumes all gas.
    OutOfGas,
    /// Stops the transaction.
    Fatal(String),
}

fn revert(error: impl SolError) -> Refused {
    Refused::Revert(error.abi_encode())
}

impl From<NotActive> for Refused {
    fn from(why: NotActive) -> Self {
        match why {
            NotActive::NotActivated => revert(ArbWasm::ProgramNotActivated {}),
            NotActive::NeedsUpgrade { version, stylus } => {
                revert(ArbWasm::ProgramNeedsUpgrade { version, stylusVersion: stylus })
            }
            NotActive::Expired { age } => revert(ArbWasm::ProgramExpired { ageInSeconds: age }),
        }
    }
}

fn run<DB: Database>(
    ctx: &mut StylusContext<DB>,
    inputs: &CallInputs,
) -> Result<InterpreterResult, String> {
    let input = inputs.input.bytes(ctx);
    let mut gas = Gas::new(inputs.gas_limit);
    let (result, output) = match answer(ctx, inputs, &input, &mut gas) {
        Ok(output) => (InstructionResult::Return, output),
        Err(Refused::Revert(data)) => (InstructionResult::Revert, data),
        Err(Refused::OutOfGas) => {
            gas.spend_all();
            (InstructionResult::OutOfGas, Vec::new())
        }
        Err(Refused::Fatal(why)) => return Err(why),
    };
    Ok(InterpreterResult { result, output: output.into(), gas })
}

fn answer<DB: Database>(
    ctx: &mut StylusContext<DB>,
    inputs: &CallInputs,
    input: &[u8],
    gas: &mut Gas,
) -> Answer {
    use ArbWasm::ArbWasmCalls as Calls;
    let call = Calls::abi_decode(input).map_err(|_| {
        let selector = Bytes::copy_from_slice(input.get(..4).unwrap_or(input));
        Refused::Fatal(format!("ArbWasm: method {selector} is not modelled, or its arguments are"))
    })?;
    let payable = matches!(call, Calls::activateProgram(_) | Calls::codehashKeepalive(_));
    if !payable && !inputs.value.get().is_zero() {
        return Err(Refused::Revert(Vec::new()));
    }
    if payable && inputs.is_static {
        return Err(Refused::OutOfGas);
    }
    let version = Arc::clone(ctx.chain.store.version());
    let now = arbos::now(ctx);
    match call {
        Calls::activateProgram(call) => activate(ctx, inputs, call.program, gas),
        Calls::codehashKeepalive(call) => keepalive(ctx, inputs, call.codehash),
        Calls::codehashVersion(call) => {
            let record = read(ctx, call.codehash)?.active(&version, now)?;
            Ok(ArbWasm::codehashVersionCall::abi_encode_returns(&record.version))
        }
        Calls::programTimeLeft(call) => {
            let (code_hash, _) = code(ctx, call.program)?;
            let record = read(ctx, code_hash)?.active(&version, now)?;
            let left = (version.expiry_days * 86_400).saturating_sub(record.age(now));
            Ok(ArbWasm::programTimeLeftCall::abi_encode_returns(&left))
        }
        Calls::programInitGas(call) => {
            let (code_hash, _) = code(ctx, call.program)?;
            let record = read(ctx, code_hash)?.active(&version, now)?;
            let cached = record.cached_gas(&version);
            let returns = ArbWasm::programInitGasReturn {
                gas: record.init_gas(&version) + cached,
                gasWhenCached: cached,
            };
            Ok(ArbWasm::programInitGasCall::abi_encode_returns(&returns))
        }
        Calls::stylusVersion(_) => {
            Ok(ArbWasm::stylusVersionCall::abi_encode_returns(&version.stylus))
        }
        Calls::inkPrice(_) => Ok(ArbWasm::inkPriceCall::abi_encode_returns(&version.ink_price)),
    }
}

fn activate<DB: Database>(
    ctx: &mut StylusContext<DB>,
    inputs: &CallInputs,
    program: Address,
    gas: &mut Gas,
) -> Answer {
    let version = Arc::clone(ctx.chain.store.version());
    if !gas.record_regular_cost(version.activation.upfront) {
        return Err(Refused::OutOfGas);
    }
    let now = arbos::now(ctx);
    let (code_hash, code) = code(ctx, program)?;
    if !is_program(&code) {
        return Err(revert(ArbWasm::ProgramNotWasm {}));
    }
    let old = read(ctx, code_hash)?;
    if old.active(&version, now).is_ok() {
        return Err(revert(ArbWasm::ProgramUpToDate {}));
    }
    // A refused program reverts with nothing: `ProgramStore::get` tells the typed reason.
    let program_code = match ctx.chain.store.get(code_hash, &code) {
        Ok(program) => program,
        Err(super::program::ProgramError::Refused(_)) => return Err(Refused::Revert(Vec::new())),
        Err(super::program::ProgramError::Backend(error)) => {
            return Err(Refused::Fatal(error.to_string()));
        }
    };
    if !gas.record_regular_cost(program_code.activation.gas) {
        return Err(Refused::OutOfGas);
    }
    let mut record = Record::new(&program_code.activation, &version, now);
    record.cached = old.cached;
    let fee = charge(ctx, inputs, record.asm_bytes(), now)?;
    write(ctx, code_hash, record)?;
    let event = ArbWasm::ProgramActivated {
        codehash: code_hash,
        moduleHash: program_code.module_hash,
        program,
        dataFee: fee,
        version: version.stylus,
    };
    log(ctx, &event);
    let returns = ArbWasm::activateProgramReturn { version: version.stylus, dataFee: fee };
    Ok(ArbWasm::activateProgramCall::abi_encode_returns(&returns))
}

fn keepalive<DB: Database>(
    ctx: &mut StylusContext<DB>,
    inputs: &CallInputs,
    code_hash: B256,
) -> Answer {
    let version = Arc::clone(ctx.chain.store.version());
    let now = arbos::now(ctx);
    let mut record = read(ctx, code_hash)?.active(&version, now)?;
    let age = record.age(now);
    if age < version.keepalive_days * 86_400 {
        return Err(revert(ArbWasm::ProgramKeepaliveTooSoon { ageInSeconds: age }));
    }
    let fee = charge(ctx, inputs, record.asm_bytes(), now)?;
    record.prolong(now);
    write(ctx, code_hash, record)?;
    log(ctx, &ArbWasm::ProgramLifetimeExtended { codehash: code_hash, dataFee: fee });
    Ok(Vec::new())
}

/// Takes the data fee out of the value sent and gives the rest back, by balance alone: no code of
/// the caller runs.
fn charge<DB: Database>(
    ctx: &mut StylusContext<DB>,
    inputs: &CallInputs,
    bytes: u32,
    now: u64,
) -> Result<U256, Refused> {
    let have = inputs.value.get();
    let fee = arbos::data_fee(&mut ctx.journaled_state, bytes, now).map_err(fatal)?;
    let Some(rest) = have.checked_sub(fee) else {
        return Err(revert(ArbWasm::ProgramInsufficientValue { have, want: fee }));
    };
    for (to, amount) in [(FEE_COLLECTOR, fee), (inputs.caller, rest)] {
        let refused = ctx.journaled_state.transfer(ARB_WASM, to, amount).map_err(fatal)?;
        if let Some(error) = refused {
            return Err(Refused::Fatal(format!("ArbWasm could not move its value: {error:?}")));
        }
    }
    Ok(fee)
}

fn code<DB: Database>(
    ctx: &mut StylusContext<DB>,
    address: Address,
) -> Result<(B256, Bytes), Refused> {
    let account = ctx.journaled_state.load_account_with_code(address).map_err(fatal)?;
    let code = account.info.code.as_ref().map(revm::state::Bytecode::original_bytes);
    Ok((account.info.code_hash, code.unwrap_or_default()))
}

fn read<DB: Database>(ctx: &mut StylusContext<DB>, code_hash: B256) -> Result<Record, Refused> {
    arbos::record(&mut ctx.journaled_state, code_hash).map_err(fatal)
}

fn write<DB: Database>(
    ctx: &mut StylusContext<DB>,
    code_hash: B256,
    record: Record,
) -> Result<(), Refused> {
    arbos::set_record(&mut ctx.journaled_state, code_hash, record).map_err(fatal)
}

fn log<DB: Database>(ctx: &mut StylusContext<DB>, event: &impl SolEvent) {
    let log = Log { address: ARB_WASM, data: event.encode_log_data() };
    if let Some(tracer) = &mut ctx.chain.tracer {
        tracer.log(log.clone());
    }
    ctx.journaled_state.log(log);
}

fn fatal(error: impl ToString) -> Refused {
    Refused::Fatal(error.to_string())
}
