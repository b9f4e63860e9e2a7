//! wasmi: an interpreter, as the second opinion.
//!
//! wasmi 2.0.0 selects the wrong arm where `select` follows `i32.eqz` of a local above a computed
//! value on the operand stack. Where it disagrees with wasmtime, look for that pattern first; a
//! conformance test holds the bug and fails once wasmi is mended. Its `portable-dispatch` is used,
//! because `auto-dispatch` overflows the native stack in long loops of `memory.grow`.

use std::sync::Arc;

use wasmi::{Caller, Config, Engine, Error, Global, Linker, Memory, Module, Store, TypedFunc, Val};

use super::super::host::{Guest, HostResult, HostState};
use super::super::instrument::{INK, STACK, STATUS};
use super::{Backend, BackendError, Executable, Run, for_each_hook, host_call, settle, with_stack};

/// wasmi with its own engine.
pub struct WasmiBackend {
    engine: Engine,
    linker: Arc<Linker<Data>>,
}

impl std::fmt::Debug for WasmiBackend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(NAME)
    }
}

const NAME: &str = "wasmi";

/// What a store holds: the call, and handles to what the instance exports.
struct Data {
    state: HostState,
    exports: Option<(Memory, Global)>,
}

impl WasmiBackend {
    /// A back end with its own engine.
    ///
    /// # Errors
    ///
    /// If the host functions cannot be linked, which no input can cause.
    pub fn new() -> Result<Self, BackendError> {
        let mut config = Config::default();
        // The depth meter ends a program long before these do.
        config.set_max_recursion_depth(64 << 10).set_max_stack_height(64 << 20);
        let engine = Engine::new(&config);
        let linker = linker(&engine).map_err(|error| backend_error(&error))?;
        Ok(Self { engine, linker: Arc::new(linker) })
    }
}

fn backend_error(error: &impl ToString) -> BackendError {
    BackendError { backend: NAME, message: error.to_string() }
}

fn linker(engine: &Engine) -> Result<Linker<Data>, wasmi::errors::LinkerError> {
    let mut linker = Linker::new(engine);
    macro_rules! link {
        ($name:ident($($arg:ident: $ty:ty),*) $(-> $ret:ty)?) => {
            linker.func_wrap(
                "vm_hooks",
                stringify!($name),
                |caller: Caller<'_, Data>, $($arg: $ty),*| -> Result<link!(@ret $($ret)?), Error> {
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
fn enter<T>(
    mut caller: Caller<'_, Data>,
    name: &'static str,
    body: impl FnOnce(&mut Guest<'_>) -> HostResult<T>,
) -> Result<T, Error> {
    let Some((memory, global)) = caller.data().exports else {
        return Err(Error::new("host call before the program started"));
    };
    let ink = ink_of(&global.get(&caller));
    let (memory, data) = memory.data_and_store_mut(&mut caller);
    let mut guest = Guest { memory, ink, state: &mut data.state };
    let result = host_call(name, &mut guest, body);
    let left = guest.ink;
    global
        .set(&mut caller, Val::I64(left as i64))
        .map_err(|error| Error::new(error.to_string()))?;
    result.map_err(|_| Error::new("stopped by a host function"))
}

fn ink_of(value: &Val) -> u64 {
    value.i64().map_or(0, |ink| ink as u64)
}

impl Backend for WasmiBackend {
    fn name(&self) -> &'static str {
        NAME
    }

    fn compile(&self, wasm: &[u8]) -> Result<Arc<dyn Executable>, BackendError> {
        let module = Module::new(&self.engine, wasm).map_err(|error| backend_error(&error))?;
        Ok(Arc::new(Program { module, linker: Arc::clone(&self.linker) }))
    }
}

struct Program {
    module: Module,
    linker: Arc<Linker<Data>>,
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("wasmi program")
    }
}

impl Executable for Program {
    fn run(&self, state: HostState, ink: u64, stack: u32) -> Run {
        with_stack(|| self.run_here(state, ink, stack))
    }
}

impl Program {
    fn run_here(&self, state: HostState, ink: u64, stack: u32) -> Run {
        let args_len = state.args.len() as u32;
        let mut store = Store::new(self.module.engine(), Data { state, exports: None });
        let (globals, result) = match self.start(&mut store, ink, stack, args_len) {
            Ok(started) => started,
            Err(error) => {
                let mut state = store.into_data().state;
                state.stop = Some(super::Stop::Fatal(format!("could not start: {error}")));
                return settle(Ok(0), ink, false, false, state);
            }
        };
        let [ink, status, stack] = globals.map(|global| global.get(&store));
        let (status, stack) = (status.i32().unwrap_or(0), stack.i32().unwrap_or(0));
        settle(result, ink_of(&ink), status == 1, stack == 0, store.into_data().state)
    }

    fn start(
        &self,
        store: &mut Store<Data>,
        ink: u64,
        stack: u32,
        args_len: u32,
    ) -> Result<([Global; 3], Result<u32, String>), Error> {
        let instance = self.linker.instantiate_and_start(&mut *store, &self.module)?;
        let missing = |what: &str| Error::new(format!("the module does not export {what}"));
        let global = |store: &Store<Data>, name: &str| {
            instance.get_global(store, name).ok_or_else(|| missing(name))
        };
        let globals = [global(store, INK)?, global(store, STATUS)?, global(store, STACK)?];
        let memory = instance.get_memory(&*store, "memory").ok_or_else(|| missing("memory"))?;
        let entry: TypedFunc<u32, u32> = instance.get_typed_func(&*store, "user_entrypoint")?;
        let meter = |error: wasmi::errors::GlobalError| Error::new(error.to_string());
        globals[0].set(&mut *store, Val::I64(ink as i64)).map_err(meter)?;
        globals[2].set(&mut *store, Val::I32(stack as i32)).map_err(meter)?;
        store.data_mut().exports = Some((memory, globals[0]));
        let result = entry.call(&mut *store, args_len).map_err(|error| error.to_string());
        Ok((globals, result))
    }
}
