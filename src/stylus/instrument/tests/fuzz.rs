//! Whatever comes in: no panic, no hang, and what is accepted behaves as it did.

use std::sync::LazyLock;

use arbitrary::Unstructured;
use proptest::prelude::*;
use wasm_smith::{Config, Module};
use wasmparser::{Validator, WasmFeatures};

use super::{Refusal, Version, engine, execute, instrument};
use crate::stylus::normalize::normalize;

/// Ink for some thousand blocks.
const ENOUGH: i64 = 1 << 24;

/// A module that uses most of what programs may use.
static SAMPLE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let wasm = wat::parse_str(
        "(module
           (import \"vm_hooks\" \"pay_for_memory_grow\" (func (param i32)))
           (import \"vm_hooks\" \"msg_sender\" (func (param i32)))
           (type $t (func (param i64) (result i64)))
           (table 2 2 funcref) (elem (i32.const 0) $f $f)
           (memory (export \"memory\") 1)
           (global $g (mut i64) (i64.const 5))
           (func $f (type $t) local.get 0 i64.popcnt)
           (func (export \"user_entrypoint\") (param i32) (result i32) (local i64 i64 i32)
             block loop local.get 0 br_table 0 1 1 end end
             i64.const 9 local.get 0 call_indirect (type $t) global.set $g
             i32.const 0 i32.const 64 i32.const 32 memory.copy
             i32.const 1 memory.grow if (result i32) i32.const 1 else i32.const 2 end)
           (data (i32.const 8) \"data\"))",
    );
    normalize(&wasm.expect("test WAT")).expect("a module")
});

/// What a generated module must export.
static EXPORTS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    wat::parse_str(
        "(module (memory (export \"memory\") 1)
           (func (export \"user_entrypoint\") (param i32) (result i32) unreachable))",
    )
    .expect("test WAT")
});

/// Instruments bytes; an accepted module must be valid.
fn judge(wasm: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(program) = instrument(wasm, &Version::ARBOS_60) {
        let valid = Validator::new_with_features(WasmFeatures::WASM2).validate_all(&program.wasm);
        prop_assert!(valid.is_ok(), "{:?}", valid.err());
    }
    if let Ok(canonical) = normalize(wasm) {
        prop_assert_eq!(normalize(&canonical), Ok(canonical));
    }
    Ok(())
}

/// A valid module of integer code that exports an entry point and its memory.
fn generate(seed: &[u8]) -> Option<Vec<u8>> {
    let config = Config {
        exports: Some(EXPORTS.clone()),
        allow_floats: false,
        allow_start_export: false,
        exceptions_enabled: false,
        extended_const_enabled: false,
        gc_enabled: false,
        max_imports: 0,
        max_memories: 0,
        max_memory32_bytes: 65_536 * 4,
        max_table_elements: 1_000,
        memory64_enabled: false,
        memory_max_size_required: true,
        multi_value_enabled: false,
        reference_types_enabled: false,
        relaxed_simd_enabled: false,
        simd_enabled: false,
        tail_call_enabled: false,
        threads_enabled: false,
        bulk_memory_enabled: false,
        ..Config::default()
    };
    Module::new(config, &mut Unstructured::new(seed)).ok().map(|module| module.to_bytes())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
        judge(&bytes)?;
        judge(&[b"\0asm\x01\0\0\0".as_slice(), &bytes].concat())?;
    }

    #[test]
    fn overwritten_modules_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut wasm = SAMPLE.clone();
        for (at, byte) in changes {
            let at = at.index(wasm.len());
            wasm[at] = byte;
        }
        judge(&wasm)?;
    }

    #[test]
    fn valid_modules_are_refused_with_a_reason_or_stay_valid(
        seed in prop::collection::vec(any::<u8>(), 64..4_096),
    ) {
        let Ok(module) = Module::new(Config::default(), &mut Unstructured::new(&seed)) else {
            return Ok(());
        };
        judge(&module.to_bytes())?;
    }

    #[test]
    fn instrumented_code_does_what_the_original_does(
        seed in prop::collection::vec(any::<u8>(), 64..4_096),
        argument: i32,
    ) {
        let Some(wasm) = generate(&seed) else { return Ok(()) };
        // The memory of the generated module is made one that cannot grow.
        let Some(wasm) = fix_memory(&wasm) else { return Ok(()) };
        let program = match instrument(&wasm, &Version::ARBOS_60) {
            Ok(program) => program,
            Err(refusal) => {
                let known = matches!(
                    refusal,
                    Refusal::Segment | Refusal::SegmentBounds { .. } | Refusal::Malformed(_)
                );
                prop_assert!(known, "{refusal}");
                return Ok(());
            }
        };
        if original(&program.wasm, argument).is_err() {
            return Ok(());
        }
        let run = execute(&program, argument, ENOUGH);
        if run.status == 0 && run.stack > 0 {
            prop_assert_eq!(Ok(run.result), original(&wasm, argument));
        }
        prop_assert!((0..=ENOUGH).contains(&run.used));
    }
}

/// Runs `user_entrypoint` of a plain module: its result, `None` for a trap, or an error if it does
/// not even start.
fn original(wasm: &[u8], argument: i32) -> Result<Option<i32>, String> {
    let engine = engine();
    let module = wasmi::Module::new(&engine, wasm).map_err(|error| error.to_string())?;
    let mut store = wasmi::Store::new(&engine, ());
    let instance = wasmi::Linker::new(&engine)
        .instantiate_and_start(&mut store, &module)
        .map_err(|error| error.to_string())?;
    if let Some(ink) = instance.get_global(&store, super::INK) {
        ink.set(&mut store, wasmi::Val::I64(0)).map_err(|error| error.to_string())?;
    }
    let entry = instance
        .get_typed_func::<i32, i32>(&store, "user_entrypoint")
        .map_err(|error| error.to_string())?;
    Ok(entry.call(&mut store, argument).ok())
}

/// Sets the largest memory to the initial one.
fn fix_memory(wasm: &[u8]) -> Option<Vec<u8>> {
    use wasm_encoder::reencode::{Error, Reencode};
    struct Fixed;
    impl Reencode for Fixed {
        type Error = std::convert::Infallible;
        fn memory_type(
            &mut self,
            memory: wasmparser::MemoryType,
        ) -> Result<wasm_encoder::MemoryType, Error<Self::Error>> {
            Ok(wasm_encoder::MemoryType {
                minimum: memory.initial,
                maximum: Some(memory.initial),
                memory64: false,
                shared: false,
                page_size_log2: None,
            })
        }
    }
    let mut module = wasm_encoder::Module::new();
    Fixed.parse_core_module(&mut module, wasmparser::Parser::new(0), wasm).ok()?;
    Some(module.finish())
}

#[test]
fn every_truncation_inside_a_section_is_refused() {
    // Section id and size; count, flag, offset expression, length and four bytes of the only item.
    let data_section = 2 + (1 + 1 + 3 + 1 + 4);

    for length in 0..SAMPLE.len() {
        let accepted = instrument(&SAMPLE[..length], &Version::ARBOS_60).is_ok();
        assert_eq!(accepted, length == SAMPLE.len() - data_section, "{length} bytes");
    }
    assert!(instrument(&SAMPLE, &Version::ARBOS_60).is_ok());
}

#[test]
fn every_flipped_bit_is_refused_or_stays_valid() {
    for bit in 0..SAMPLE.len() * 8 {
        let mut wasm = SAMPLE.clone();
        wasm[bit / 8] ^= 1 << (bit % 8);
        judge(&wasm).unwrap_or_else(|error| panic!("bit {bit}: {error}"));
    }
}

#[test]
fn a_function_of_nothing_but_blocks_is_refused_before_it_swells() {
    // 120,000 bytes of `block end` would become a million operators.
    let wat = super::body(&format!("{} i32.const 0", "block end ".repeat(40_000)));
    let wasm = wat::parse_str(wat).expect("test WAT");

    let refusal = instrument(&wasm, &Version::ARBOS_60).map(drop);

    assert!(matches!(refusal, Err(Refusal::Operators { count, .. }) if count < 66_000));
}

#[test]
fn blocks_nested_without_end_do_not_overflow_the_stack() {
    let depth = 4_000;
    let wat =
        super::body(&format!("{}{} i32.const 0", "block ".repeat(depth), "end ".repeat(depth)));
    let wasm = wat::parse_str(wat).expect("test WAT");

    assert!(instrument(&wasm, &Version::ARBOS_60).is_ok());
}
