//! wasmtime, with the pooling allocator.

use std::sync::Arc;

use wasmtime::{
    Caller, Config, Engine, Extern, Global, InstanceAllocationStrategy, InstancePre, Linker,
    Memory, Module, ModuleExport, PoolingAllocationConfig, Store, Strategy, TypedFunc, Val,
};

use super::super::host::{Guest, HostResult, HostState};
use super::super::instrument::{INK, STACK, STATUS};
use super::{Backend, BackendError, Executable, Run, for_each_hook, host_call, settle, with_stack};

/// Which of wasmtime's compilers to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compiler {
    /// One pass: fast to compile, nearly as fast to run. The default.
    #[default]
    Winch,
    /// Optimising: slow to compile, fastest to run.
    Cranelift,
}

/// wasmtime with pooled instances.
pub struct WasmtimeBackend {
    engine: Engine,
    linker: Linker<Data>,
    name: &'static str,
}

impl std::fmt::Debug for WasmtimeBackend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// What a store holds: the call, and handles to what the instance exports.
struct Data {
    state: HostState,
    exports: Option<Exports>,
}

#[derive(Clone, Copy)]
struct Exports {
    memory: Memory,
    ink: Global,
}

/// Live instances at the most, over all threads: each nested call of a program is one.
const INSTANCES: u32 = 2_304;
/// Address space of a memory: 128 pages.
const MEMORY: usize = 128 << 16;

impl WasmtimeBackend {
    /// A back end with its own engine.
    ///
    /// # Errors
    ///
    /// If wasmtime does not support this machine with this compiler.
    pub fn new(compiler: Compiler) -> Result<Self, BackendError> {
        let name = match compiler {
            Compiler::Winch => "wasmtime winch",
            Compiler::Cranelift => "wasmtime cranelift",
        };
        let error =
            |error: wasmtime::Error| BackendError { backend: name, message: format!("{error:#}") };
        let engine = Engine::new(&config(compiler)).map_err(error)?;
        let linker = linker(&engine).map_err(error)?;
        Ok(Self { engine, linker, name })
    }
}

fn config(compiler: Compiler) -> Config {
    let mut pool = PoolingAllocationConfig::default();
    pool.total_core_instances(INSTANCES)
        .total_memories(INSTANCES)
        .total_tables(INSTANCES)
        .max_memories_per_module(1)
        .max_tables_per_module(1)
        .table_elements(16 << 10)
        .max_memory_size(MEMORY)
        .max_unused_warm_slots(64)
        .linear_memory_keep_resident(128 << 10)
        .table_keep_resident(4 << 10);
    let mut config = Config::new();
    config
        .strategy(match compiler {
            Compiler::Winch => Strategy::Winch,
            Compiler::Cranelift => Strategy::Cranelift,
        })
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool))
        .memory_reservation(MEMORY as u64)
        .memory_guard_size(64 << 10)
        .memory_may_move(false)
        .max_wasm_stack(2 << 20)
        .wasm_backtrace_max_frames(None)
        .wasm_multi_value(false)
        .wasm_simd(false)
        .wasm_relaxed_simd(false);
    config
}

fn linker(engine: &Engine) -> wasmtime::Result<Linker<Data>> {
    let mut linker = Linker::new(engine);
    macro_rules! link {
        ($name:ident($($arg:ident: $ty:ty),*) $(-> $ret:ty)?) => {
            linker.func_wrap(
                "vm_hooks",
                stringify!($name),
                |caller: Caller<'_, Data>, $($arg: $ty),*| -> wasmtime::Result<link!(@ret $($ret)?)> {
                    enter(caller, stringify!($name), |guest| guest.$name($($arg),*))
                },
            )?;
        };
        (@ret) => { () };
        (@ret $ret:ty) => { $ret };
    }
    for_each_hook!(link);
    Ok(linker)
}

/// Builds the guest for one host call and puts its ink back.
#[inline]
fn enter<T>(
    mut caller: Caller<'_, Data>,
    name: &'static str,
    body: impl FnOnce(&mut Guest<'_>) -> HostResult<T>,
) -> wasmtime::Result<T> {
    let exports = match caller.data().exports {
        Some(exports) => exports,
        None => return Err(wasmtime::Error::msg("host call before the program started")),
    };
    let ink = ink_of(exports.ink.get(&mut caller));
    let (memory, data) = exports.memory.data_and_store_mut(&mut caller);
    let mut guest = Guest { memory, ink, state: &mut data.state };
    let result = host_call(name, &mut guest, body);
    let left = guest.ink;
    exports.ink.set(&mut caller, Val::I64(left as i64))?;
    result.map_err(|_| wasmtime::Error::new(Stopped))
}

/// The error that carries a stop through the engine: the reason is in the state.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("stopped by a host function")]
struct Stopped;

fn ink_of(value: Val) -> u64 {
    value.i64().map_or(0, |ink| ink as u64)
}

impl Backend for WasmtimeBackend {
    fn name(&self) -> &'static str {
        self.name
    }

    fn compile(&self, wasm: &[u8]) -> Result<Arc<dyn Executable>, BackendError> {
        let error = |error: wasmtime::Error| BackendError {
            backend: self.name,
            message: format!("{error:#}"),
        };
        let missing = |what: &str| BackendError {
            backend: self.name,
            message: format!("the module does not export {what}"),
        };
        let module = Module::new(&self.engine, wasm).map_err(error)?;
        let export = |name: &str| module.get_export_index(name).ok_or_else(|| missing(name));
        Ok(Arc::new(Program {
            memory: export("memory")?,
            entry: export("user_entrypoint")?,
            ink: export(INK)?,
            status: export(STATUS)?,
            stack: export(STACK)?,
            pre: self.linker.instantiate_pre(&module).map_err(error)?,
        }))
    }
}

struct Program {
    pre: InstancePre<Data>,
    memory: ModuleExport,
    entry: ModuleExport,
    ink: ModuleExport,
    status: ModuleExport,
    stack: ModuleExport,
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("wasmtime program")
    }
}

impl Executable for Program {
    fn run(&self, state: HostState, ink: u64, stack: u32) -> Run {
        with_stack(|| self.run_here(state, ink, stack))
    }
}

impl Program {
    fn run_here(&self, state: HostState, ink: u64, stack: u32) -> Run {
        let engine = self.pre.module().engine();
        let args_len = state.args.len() as u32;
        let mut store = Store::new(engine, Data { state, exports: None });
        let (globals, result) = match self.start(&mut store, ink, stack, args_len) {
            Ok(started) => started,
            Err(error) => {
                let why = format!("could not start: {error:#}");
                let mut state = store.into_data().state;
                state.stop = Some(super::Stop::Fatal(why));
                return settle(Ok(0), ink, false, false, state);
            }
        };
        let ink = ink_of(globals.ink.get(&mut store));
        let status = globals.status.get(&mut store).i32().unwrap_or(0);
        let stack = globals.stack.get(&mut store).i32().unwrap_or(0);
        settle(result, ink, status == 1, stack == 0, store.into_data().state)
    }

    /// Instantiates, sets the meters and runs. The error is one of the engine, not of the program.
    fn start(
        &self,
        store: &mut Store<Data>,
        ink: u64,
        stack: u32,
        args_len: u32,
    ) -> wasmtime::Result<(Globals, Result<u32, String>)> {
        let instance = self.pre.instantiate(&mut *store)?;
        let mut global = |export: &ModuleExport| {
            instance
                .get_module_export(&mut *store, export)
                .and_then(Extern::into_global)
                .ok_or_else(|| wasmtime::Error::msg("a meter is not a global"))
        };
        let globals = Globals {
            ink: global(&self.ink)?,
            status: global(&self.status)?,
            stack: global(&self.stack)?,
        };
        let memory = instance
            .get_module_export(&mut *store, &self.memory)
            .and_then(Extern::into_memory)
            .ok_or_else(|| wasmtime::Error::msg("`memory` is not a memory"))?;
        let entry: TypedFunc<u32, u32> = instance
            .get_module_export(&mut *store, &self.entry)
            .and_then(Extern::into_func)
            .ok_or_else(|| wasmtime::Error::msg("`user_entrypoint` is not a function"))?
            .typed(&mut *store)?;
        globals.ink.set(&mut *store, Val::I64(ink as i64))?;
        globals.stack.set(&mut *store, Val::I32(stack as i32))?;
        store.data_mut().exports = Some(Exports { memory, ink: globals.ink });
        let result = entry.call(&mut *store, args_len).map_err(|error| trap(&error));
        Ok((globals, result))
    }
}

struct Globals {
    ink: Global,
    status: Global,
    stack: Global,
}

fn trap(error: &wasmtime::Error) -> String {
    error.downcast_ref::<wasmtime::Trap>().map_or_else(|| error.to_string(), ToString::to_string)
}
