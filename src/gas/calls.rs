//! What a call from another program costs.

use std::fmt;

use serde::{Deserialize, Serialize};
use wasm_encoder::{
    CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection, ImportSection,
    MemorySection, MemoryType, Module, TypeSection, ValType,
};

use crate::artifacts::Artifact;
use crate::chain::Chain;
use crate::stylus::package::compress;
use crate::stylus::trace::HostCall;
use crate::table::{Table, thousands};

/// What another program pays for a call, in gas rounded up: the host function with calldata of a
/// selector, the account, and entering the program. What the program does then is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallCost {
    /// Name of the program that is called.
    pub program: String,
    /// Bytes of its WASM.
    pub wasm: u64,
    /// The first call of a transaction, when the program is in the chain's cache or ran in the block.
    pub cached: u64,
    /// The first call of a block, when the program is not in the chain's cache.
    pub uncached: u64,
    /// Another call in the same transaction, either way.
    pub again: u64,
}

/// The rows of a report. Its text is a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallCosts(pub Vec<CallCost>);

/// Measures a call of each program by a small one.
///
/// # Panics
///
/// If the chain refuses a program.
pub fn call_costs(programs: &[Artifact]) -> Vec<CallCost> {
    let cost = |program: &Artifact| {
        let [cached, again] = measure(program, true);
        let [uncached, _] = measure(program, false);
        let (name, wasm) = (program.name.clone(), program.wasm.len() as u64);
        CallCost { program: name, wasm, cached, uncached, again }
    };
    programs.iter().map(cost).collect()
}

/// Gas of two calls in one transaction.
fn measure(program: &Artifact, cached: bool) -> [u64; 2] {
    let mut chain = Chain::new();
    let deployer = chain.account("deployer");
    let callee = chain.deploy_program(deployer, &program.code);
    chain.set_cached(callee, cached);
    let caller = chain.deploy_program(deployer, &compress(&caller()));

    // Followed by the selector 0, which no program has: it answers with an error, at once.
    let calldata = [callee.as_slice(), &[0; 4]].concat();
    let receipt = chain.send_raw(deployer, caller, calldata).traced().ok();
    let frame = receipt.trace.expect("traced");
    let program = frame.program.expect("the caller is a program");
    let price = u64::from(chain.programs().version().ink_price);
    let calls = program.host_calls.iter().filter(|call| call.name == "call_contract");
    let gas: Vec<u64> = calls
        .zip(&frame.calls)
        .map(|(call, callee)| {
            let entry = callee.program.as_ref().map_or(0, |program| program.entry_gas);
            (HostCall::ink(call) - price * (callee.gas_used - entry)).div_ceil(price)
        })
        .collect();
    gas.try_into().expect("two calls")
}

/// A program that calls the address in its calldata twice, with the four bytes after it.
fn caller() -> Vec<u8> {
    const CALLDATA: i32 = 0;
    const NO_METIS: i32 = 64;
    const SIZE: i32 = 128;
    use ValType::{I32, I64};
    let mut types = TypeSection::new();
    types.ty().function([I32], []);
    types.ty().function([I32, I32, I32, I32, I64, I32], [I32]);
    types.ty().function([I32], [I32]);
    let mut imports = ImportSection::new();
    imports.import("vm_hooks", "read_args", EntityType::Function(0));
    imports.import("vm_hooks", "call_contract", EntityType::Function(1));
    let mut functions = FunctionSection::new();
    functions.function(2);
    let mut memories = MemorySection::new();
    let (memory64, shared, page_size_log2) = (false, false, None);
    memories.memory(MemoryType { minimum: 1, maximum: Some(1), memory64, shared, page_size_log2 });
    let mut exports = ExportSection::new();
    exports.export("memory", ExportKind::Memory, 0).export("user_entrypoint", ExportKind::Func, 2);
    let mut body = Function::new([]);
    let mut code = body.instructions();
    code.i32_const(CALLDATA).call(0);
    for _ in 0..2 {
        code.i32_const(CALLDATA).i32_const(CALLDATA + 20).i32_const(4).i32_const(NO_METIS);
        code.i64_const(-1).i32_const(SIZE).call(1).drop();
    }
    code.i32_const(0).end();
    let mut codes = CodeSection::new();
    codes.function(&body);
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&memories);
    module.section(&exports).section(&codes);
    module.finish()
}

impl fmt::Display for CallCosts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new(&[
            "call of",
            ">WASM",
            ">cached",
            ">not cached",
            ">again in the transaction",
        ]);
        for row in &self.0 {
            let figures = [row.wasm, row.cached, row.uncached, row.again];
            table.row(std::iter::once(row.program.clone()).chain(figures.map(thousands)));
        }
        writeln!(f, "{table}")
    }
}
