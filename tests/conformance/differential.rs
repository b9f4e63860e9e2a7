//! Random valid modules come to the same on every back end.

use arbitrary::Unstructured;
use emetis::stylus::Refusal;
use revm::interpreter::InstructionResult;
use wasm_smith::{Config, Module};
use wasmparser::{Operator, Parser, Payload};

use super::kit::{End, Outcome, Tx, World, compiled, everywhere, interpreted, wasm};
use super::random::{Random, pack};
use super::wat::{HOOKS, Source};

/// Modules generated; most of them are programs.
const MODULES: u64 = 2_000;
/// Gas of a run: an endless loop ends soon.
const GAS: u64 = 30_000;
/// Seed of the whole run.
const SEED: u64 = 0x5717_0516;

/// What was generated, and how it ended.
#[derive(Debug, Default)]
struct Tally {
    refused: u32,
    without_wasmi: u32,
    succeeded: u32,
    reverted: u32,
    trapped: u32,
    out_of_ink: u32,
    out_of_stack: u32,
    entry_unpaid: u32,
    host_calls: usize,
    ink: u64,
}

fn config(random: &mut Random, number: u64) -> Config {
    let memory = ["1 1", "2 2", "1 4", "0 3"][random.below(4) as usize];
    let grows = memory.starts_with("1 4") || memory.starts_with('0');
    let mut imports = String::new();
    for (name, ty) in HOOKS {
        if random.below(4) == 0 || grows && name == "pay_for_memory_grow" {
            imports += &format!("(import \"vm_hooks\" \"{name}\" (func {ty}))");
        }
    }
    let shape = format!(
        "(module {imports} (memory (export \"memory\") {memory})
         (func (export \"user_entrypoint\") (param i32) (result i32) unreachable))"
    );
    let bulk = number.is_multiple_of(2);
    Config {
        module_shape: Some(wasm(&shape)),
        bulk_memory_enabled: bulk,
        // With bulk memory, data comes with a DataCount section.
        max_data_segments: if bulk && random.below(8) != 0 { 0 } else { 4 },
        disallow_traps: random.below(4) == 0,
        allow_floats: false,
        allow_start_export: false,
        exceptions_enabled: false,
        extended_const_enabled: false,
        gc_enabled: false,
        memory64_enabled: false,
        multi_value_enabled: false,
        reference_types_enabled: false,
        relaxed_simd_enabled: false,
        saturating_float_to_int_enabled: false,
        simd_enabled: false,
        tail_call_enabled: false,
        threads_enabled: false,
        max_funcs: 6,
        max_globals: 6,
        max_instructions: 120,
        max_memories: 1,
        max_table_elements: 64,
        max_tables: 1,
        max_element_segments: 4,
        ..Config::default()
    }
}

/// What a run left: what it did and every account after it.
fn run(world: &mut World, code: &[u8], data: &[u8]) -> Result<(Outcome, String), Refusal> {
    let program = world.packed(code)?;
    world.fund(program, 1_000);
    match world.try_send(Tx::to(program).data(data).gas(GAS).value(3)) {
        Ok(outcome) => Ok((outcome, world.state())),
        Err(error) => panic!("a valid program must run: {error}"),
    }
}

#[test]
fn random_modules_come_to_the_same_on_every_back_end() {
    let mut random = Random::new(SEED);
    let mut tally = Tally::default();

    for number in 0..MODULES {
        let config = config(&mut random, number);
        let entropy = random.bytes(6_000);
        let module = Module::new(config, &mut Unstructured::new(&entropy));
        let Ok(module) = module else { continue };
        let module = module.to_bytes();
        let code = pack(&module);
        let len = random.below(100) as usize;
        let data = random.bytes(len);

        let result = if confuses_wasmi(&module) {
            tally.without_wasmi += 1;
            compiled(|world| run(world, &code, &data))
        } else {
            everywhere(|world| run(world, &code, &data))
        };

        match result {
            Ok((outcome, _)) => count(&mut tally, &outcome),
            Err(_) => tally.refused += 1,
        }
    }

    println!("{tally:?}");
    let ran = tally.succeeded + tally.reverted + tally.trapped + tally.out_of_ink;
    assert!(u64::from(ran) > MODULES / 2, "{tally:?}");
    assert!(u64::from(tally.without_wasmi) < MODULES / 10, "{tally:?}");
    for (what, number) in [
        ("succeeded", tally.succeeded),
        ("reverted", tally.reverted),
        ("trapped", tally.trapped),
        ("out of ink", tally.out_of_ink),
        ("refused", tally.refused),
    ] {
        assert!(number >= 50, "too few {what}: {tally:?}");
    }
    assert!(tally.host_calls > 10_000, "{tally:?}");
}

/// Does the module select by `eqz`? wasmi 2.0.0 gets that wrong for a local, if a computed value lies
/// below on the stack: see [`wasmi_selects_wrongly_above_a_computed_value`].
fn confuses_wasmi(module: &[u8]) -> bool {
    let mut negated = false;
    for payload in Parser::new(0).parse_all(module) {
        let Ok(Payload::CodeSectionEntry(body)) = payload else { continue };
        for operator in body.get_operators_reader().expect("operators") {
            let operator = operator.expect("an operator");
            if negated && matches!(operator, Operator::Select) {
                return true;
            }
            negated = matches!(operator, Operator::I32Eqz | Operator::I64Eqz);
        }
    }
    false
}

/// Shows `select(1, 0, $i == 0)`, computed while a memory size waits on the stack.
const SELECTION: &str = "
    memory.size
    (local.set $i (select (i32.const 1) (i32.const 0) (i32.eqz (local.get $i))))
    drop
    (i32.store (i32.const 0) (local.get $i))
    (call $write_result (i32.const 0) (i32.const 1)) (i32.const 0)";

#[test]
fn wasmi_selects_wrongly_above_a_computed_value() {
    // Once this fails, wasmi is mended: drop the test and `confuses_wasmi`.
    let show = |world: &mut World| {
        let program = world.program(&Source::new(SELECTION).locals("(local $i i32)").text());
        world.send(Tx::to(program)).frame.ok().output.clone()
    };

    assert_eq!(compiled(show), [1]);
    assert_eq!(interpreted(show), [0]);
}

fn count(tally: &mut Tally, outcome: &Outcome) {
    let frame = &outcome.frame;
    tally.host_calls += frame.hooks.len();
    tally.ink += frame.ink;
    let bucket = match frame.end {
        Some(End::Status(0)) if frame.result == InstructionResult::Return => &mut tally.succeeded,
        Some(End::Status(_)) => &mut tally.reverted,
        Some(End::Trap) => &mut tally.trapped,
        Some(End::OutOfInk) => &mut tally.out_of_ink,
        Some(End::OutOfStack) => &mut tally.out_of_stack,
        Some(End::EntryUnpaid) => &mut tally.entry_unpaid,
        other => panic!("{other:?}"),
    };
    *bucket += 1;
}
