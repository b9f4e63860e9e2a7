//! Prices below are worked out by hand from the published tables, as arithmetic.

use wasmi::{Config, Engine, Error, Extern, Linker, Module, Store, Val};

use super::{INK, Instrumented, STACK, STATUS, instrument};
use crate::stylus::refusal::Refusal;
use crate::stylus::version::Version;

mod figures;
mod frames;
mod fuzz;
mod prices;
mod refusals;

/// More than any program here uses up.
const PLENTY: i64 = 1 << 40;

/// Ink at the head of a basic block.
const HEAD: i64 = 2_450;

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    /// What `user_entrypoint` returned, or `None` if it trapped.
    result: Option<i32>,
    /// Ink used up.
    used: i64,
    status: i32,
    stack: i32,
    /// Page counts that the program paid for.
    paid: Vec<i32>,
}

/// Instruments WAT under ArbOS 60.
fn prepare(wat: &str) -> Result<Instrumented, Refusal> {
    let wasm = wat::parse_str(wat).expect("test WAT");
    instrument(&wasm, &Version::ARBOS_60)
}

/// A module with one page that cannot grow, and these items.
fn fixed(items: &str) -> String {
    format!("(module (memory (export \"memory\") 1 1) {items})")
}

/// A module of `fixed` whose entry point has this body.
fn body(body: &str) -> String {
    fixed(&format!("(func (export \"user_entrypoint\") (param i32) (result i32) {body})"))
}

fn engine() -> Engine {
    let mut config = Config::default();
    config.set_max_recursion_depth(100_000).set_max_stack_height(1 << 26).floats(false);
    Engine::new(&config)
}

/// Runs WAT with an argument and this much ink.
fn run(wat: &str, argument: i32, ink: i64) -> Run {
    execute(&prepare(wat).expect("accepted"), argument, ink)
}

/// Runs an instrumented program.
fn execute(program: &Instrumented, argument: i32, ink: i64) -> Run {
    let engine = engine();
    let module = Module::new(&engine, &program.wasm).expect("instrumented module is valid");
    let mut store = Store::new(&engine, Vec::new());
    let mut linker = Linker::<Vec<i32>>::new(&engine);
    linker
        .func_wrap(
            "vm_hooks",
            "pay_for_memory_grow",
            |mut caller: wasmi::Caller<'_, Vec<i32>>, pages: i32| caller.data_mut().push(pages),
        )
        .expect("one definition");
    let instance = linker.instantiate_and_start(&mut store, &module).expect("instantiates");
    let global = |name| instance.get_global(&store, name).expect("appended global");
    let (left, status, stack) = (global(INK), global(STATUS), global(STACK));
    left.set(&mut store, Val::I64(ink)).expect("mutable");

    let entry = instance.get_typed_func::<i32, i32>(&store, "user_entrypoint").expect("entry");
    let result: Result<i32, Error> = entry.call(&mut store, argument);

    let int = |value: Val| value.i32().expect("i32");
    Run {
        result: result.ok(),
        used: ink - left.get(&store).i64().expect("i64"),
        status: int(status.get(&store)),
        stack: int(stack.get(&store)),
        paid: store.into_data(),
    }
}

/// Asserts that a run succeeds with this value for exactly this ink, and not for one less.
#[track_caller]
fn costs(wat: &str, argument: i32, result: i32, ink: i64) {
    let enough = run(wat, argument, ink);
    assert_eq!(enough.result, Some(result), "{enough:?}");
    assert_eq!(enough.used, ink, "{enough:?}");
    assert_eq!(enough.status, 0);

    let short = run(wat, argument, ink - 1);
    assert_eq!(short.result, None, "{short:?}");
    assert_eq!(short.status, 1);
    assert!(short.stack > 0);
}

#[test]
fn appended_globals_are_exported_with_their_types() {
    let program = prepare(&body("i32.const 0")).expect("accepted");
    let engine = engine();
    let module = Module::new(&engine, &program.wasm).expect("valid");
    let mut store = Store::new(&engine, ());

    let instance =
        Linker::new(&engine).instantiate_and_start(&mut store, &module).expect("instantiates");

    let value = |name| match instance.get_export(&store, name) {
        Some(Extern::Global(global)) => global.get(&store),
        other => panic!("{name} is {other:?}"),
    };
    assert_eq!(value("stylus_ink_left").i64(), Some(0));
    assert_eq!(value("stylus_ink_status").i32(), Some(0));
    assert_eq!(value("stylus_stack_left").i32(), Some(22_000));
}
