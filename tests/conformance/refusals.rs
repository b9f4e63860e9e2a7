//! What is refused, rule by rule, with the largest value that is not.

use emetis::stylus::instrument::instrument;
use emetis::stylus::package::{compress, decompress};
use emetis::stylus::{Refusal, Version};

use super::wat::Source;

const VERSION: Version = Version::ARBOS_60;

#[track_caller]
fn judge(text: &str) -> Result<(), Refusal> {
    let wasm = wat::parse_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    instrument(&wasm, &VERSION).map(drop)
}

/// Judges a program with these fields.
#[track_caller]
fn with_fields(fields: &str) -> Result<(), Refusal> {
    judge(&Source::new("(i32.const 0)").fields(fields).text())
}

/// Judges a program whose entry point starts with `body`.
#[track_caller]
fn with_body(body: &str) -> Result<(), Refusal> {
    judge(&Source::new(format!("{body} (i32.const 0)")).text())
}

/// A program from nothing but `fields`.
#[track_caller]
fn bare(fields: &str) -> Result<(), Refusal> {
    judge(&format!("(module {fields})"))
}

const MEMORY: &str = "(memory (export \"memory\") 1 1)";
const ENTRY: &str = "(func (export \"user_entrypoint\") (param i32) (result i32) (i32.const 0))";

#[test]
fn the_smallest_program_is_fine() {
    assert_eq!(bare(&format!("{MEMORY} {ENTRY}")), Ok(()));
}

#[test]
fn a_start_function() {
    assert_eq!(with_fields("(func $f) (start $f)"), Err(Refusal::StartFunction));
}

#[test]
fn a_data_count_section() {
    let passive = "(data $d \"x\") (func (data.drop $d))";

    assert_eq!(with_fields(passive), Err(Refusal::DataCount));
}

#[test]
fn passive_segments_and_expressions() {
    assert_eq!(with_fields("(data \"x\")"), Err(Refusal::Segment));
    assert_eq!(with_fields("(func $f) (elem func $f)"), Err(Refusal::Segment));
    assert_eq!(with_fields("(func $f) (elem declare func $f)"), Err(Refusal::Segment));
    let expressions = "(table 1 1 funcref) (elem (i32.const 0) funcref (ref.null func))";
    assert_eq!(with_fields(expressions), Err(Refusal::Segment));
}

#[test]
fn memory_init() {
    // `memory.fill` and a `nop`, made `memory.init 0 0` without a DataCount section.
    let body = "(memory.fill (i32.const 0) (i32.const 0) (i32.const 0)) nop (i32.const 0)";
    let mut wasm = wat::parse_str(Source::new(body).text()).expect("a module");
    let fill = [0xfc, 0x0b, 0x00, 0x01];
    let at = wasm.windows(4).position(|window| window == fill).expect("memory.fill");
    wasm[at..at + 4].copy_from_slice(&[0xfc, 0x08, 0x00, 0x00]);

    let refusal = instrument(&wasm, &VERSION).map(drop);

    assert_eq!(refusal, Err(Refusal::Operator("MemoryInit".into(), at)));
}

/// The refusal of an operator by its name.
#[track_caller]
fn refuses_operator(name: &str, fields: &str, body: &str) {
    let text = Source::new(format!("{body} (i32.const 0)")).fields(fields).text();
    match judge(&text) {
        Err(Refusal::Operator(found, _)) => assert_eq!(found, name),
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn reference_types() {
    assert_eq!(with_fields("(func (param externref))"), Err(Refusal::Type("externref".into())));
    assert_eq!(with_fields("(func (local funcref))"), Err(Refusal::Type("funcref".into())));
    assert_eq!(with_fields("(table 1 1 externref)"), Err(Refusal::Type("externref".into())));
    assert!(matches!(with_fields("(global externref (ref.null extern))"), Err(Refusal::Type(_))));
    refuses_operator("RefNull", "", "(drop (ref.null func))");
    refuses_operator("RefFunc", "(func $f) (export \"f\" (func $f))", "(drop (ref.func $f))");
}

#[test]
fn table_operators() {
    let fields = "(table $t 1 1 funcref)";
    refuses_operator("TableGet", fields, "(drop (table.get $t (i32.const 0)))");
    refuses_operator("TableSize", fields, "(drop (table.size $t))");
    refuses_operator("TableCopy", fields, "(table.copy (i32.const 0) (i32.const 0) (i32.const 0))");
    for body in [
        "(table.set $t (i32.const 0) (ref.null func))",
        "(drop (table.grow $t (ref.null func) (i32.const 0)))",
        "(table.fill $t (i32.const 0) (ref.null func) (i32.const 0))",
    ] {
        refuses_operator("RefNull", fields, body);
    }
    let fields = "(table $t 1 1 funcref) (func $f) (elem $e (i32.const 0) func $f)";
    refuses_operator(
        "TableInit",
        fields,
        "(table.init $e (i32.const 0) (i32.const 0) (i32.const 0))",
    );
    refuses_operator("ElemDrop", fields, "(elem.drop $e)");
}

#[test]
fn multi_value() {
    for fields in [
        "(func (result i32 i32) unreachable)",
        "(type (func (result i64 i64)))",
        "(func (drop (drop (block (result i32 i32) (i32.const 1) (i32.const 2)))))",
        "(func (i32.const 1) (block (param i32) (drop)))",
    ] {
        assert_eq!(with_fields(fields), Err(Refusal::MultiValue), "{fields}");
    }
}

#[test]
fn simd() {
    assert_eq!(with_fields("(func (param v128))"), Err(Refusal::Type("v128".into())));
    refuses_operator("V128Const", "", "(drop (v128.const i64x2 0 0))");
    refuses_operator("V128Load", "", "(drop (v128.load (i32.const 0)))");
}

#[test]
fn floating_point() {
    for fields in [
        "(func (param f32))",
        "(func (result f64) unreachable)",
        "(func (local f32))",
        "(global f64 (f64.const 0))",
        "(func (drop (block (result f32) unreachable)))",
        "(func (drop (f32.const 0)))",
        "(func (drop (f64.add (f64.const 0) (f64.const 0))))",
        "(func (drop (f32.load (i32.const 0))))",
        "(func (drop (f64.convert_i32_s (i32.const 0))))",
        "(func (drop (i32.reinterpret_f32 (f32.const 0))))",
        "(func (drop (i32.trunc_sat_f32_s (f32.const 0))))",
    ] {
        assert!(matches!(with_fields(fields), Err(Refusal::Float(_))), "{fields}");
    }
}

#[test]
fn tail_calls() {
    let fields = "(func $f (result i32) (return_call $f))";
    refuses_operator("ReturnCall", fields, "");
    let fields = "(type $t (func)) (table 1 1 funcref)
        (func (return_call_indirect (type $t) (i32.const 0)))";
    refuses_operator("ReturnCallIndirect", fields, "");
}

#[test]
fn exceptions_and_threads() {
    assert!(with_fields("(tag)").is_err());
    refuses_operator("AtomicFence", "", "(atomic.fence)");
    refuses_operator("I32AtomicLoad", "", "(drop (i32.atomic.load (i32.const 0)))");
    assert_eq!(
        bare(&format!("(memory (export \"memory\") 1 1 shared) {ENTRY}")),
        Err(Refusal::MemoryType)
    );
}

#[test]
fn memories() {
    let none = format!("{ENTRY} (global (export \"memory\") i32 (i32.const 0))");
    assert_eq!(bare(&none), Err(Refusal::MissingMemory));
    assert_eq!(bare(&format!("(memory 1 1) {ENTRY}")), Err(Refusal::MissingMemory));
    assert_eq!(bare(&format!("{MEMORY} (memory 1 1) {ENTRY}")), Err(Refusal::Memories(2)));
    let wide = format!("(memory (export \"memory\") i64 1 1) {ENTRY}");
    assert_eq!(bare(&wide), Err(Refusal::MemoryType));
}

#[test]
fn more_than_128_pages() {
    let pages = |limits| judge(&Source::new("(i32.const 0)").memory(limits).text());

    assert_eq!(pages("128 128"), Ok(()));
    assert_eq!(pages("129 129"), Err(Refusal::Pages { pages: 129, limit: 128 }));
    assert_eq!(pages("65536 65536"), Err(Refusal::Pages { pages: 65_536, limit: 128 }));
}

#[test]
fn a_memory_that_grows_without_paying() {
    let memory = |limits, fields: &str| {
        judge(&Source::new("(i32.const 0)").memory(limits).fields(fields).text())
    };

    assert_eq!(memory("1", ""), Err(Refusal::MissingPayForMemoryGrow));
    assert_eq!(memory("1 2", ""), Err(Refusal::MissingPayForMemoryGrow));
    assert_eq!(memory("1 2", "(; $pay_for_memory_grow ;)"), Ok(()));
    assert_eq!(memory("1 1", ""), Ok(()));
}

#[test]
fn entry_points() {
    let entry = |ty: &str| format!("{MEMORY} (func (export \"user_entrypoint\") {ty} unreachable)");

    assert_eq!(bare(MEMORY), Err(Refusal::MissingEntrypoint));
    for ty in
        ["", "(param i32)", "(result i32)", "(param i64) (result i32)", "(param i32) (result i64)"]
    {
        assert_eq!(bare(&entry(ty)), Err(Refusal::EntrypointSignature), "{ty}");
    }
    let imported = "(import \"vm_hooks\" \"account_code_size\" (func $f (param i32) (result i32)))
        (memory (export \"memory\") 1 1) (export \"user_entrypoint\" (func $f))";
    assert_eq!(bare(imported), Err(Refusal::EntrypointSignature));
}

#[test]
fn reserved_exports() {
    let fields = "(func (export \"stylus_anything\"))";

    assert_eq!(with_fields(fields), Err(Refusal::ReservedExport("stylus_anything".into())));
}

#[test]
fn unknown_imports() {
    for (module, name, what) in [
        ("vm_hooks", "storage_load", "(func)"),
        ("env", "read_args", "(func (param i32))"),
        ("console", "log_txt", "(func (param i32 i32))"),
        ("vm_hooks", "memory", "(memory 1 1)"),
        ("vm_hooks", "read_args", "(global i32)"),
        ("vm_hooks", "table", "(table 1 1 funcref)"),
    ] {
        let fields = format!("(import \"{module}\" \"{name}\" {what}) {MEMORY} {ENTRY}");

        let expected = Refusal::UnknownImport { module: module.into(), name: name.into() };

        assert_eq!(bare(&fields), Err(expected));
    }
}

#[test]
fn imports_of_another_type() {
    for (name, ty) in [
        ("read_args", "(param i64)"),
        ("read_args", "(param i32) (result i32)"),
        ("call_contract", "(param i32 i32 i32 i32 i32 i32) (result i32)"),
        ("chainid", "(result i32)"),
    ] {
        let fields = format!("(import \"vm_hooks\" \"{name}\" (func {ty})) {MEMORY} {ENTRY}");

        assert_eq!(bare(&fields), Err(Refusal::ImportSignature(name.into())), "{ty}");
    }
}

#[test]
fn all_42_host_functions_may_be_imported() {
    let names: String = super::wat::HOOKS.map(|(name, _)| format!("(; ${name} ;)")).concat();
    let text = Source::new("(i32.const 0)").fields(names).text();

    assert_eq!(text.matches("vm_hooks").count(), 42);
    assert_eq!(judge(&text), Ok(()));
}

#[test]
fn more_than_348_locals() {
    let locals = |params: usize, locals: usize| {
        let (params, locals) = ("i64 ".repeat(params), "i32 ".repeat(locals));
        with_fields(&format!("(func (param {params}) (local {locals}))"))
    };
    let refused = |count| Err(Refusal::Locals { function: 0, count, limit: 348 });

    assert_eq!(locals(0, 348), Ok(()));
    assert_eq!(locals(300, 48), Ok(()));
    assert_eq!(locals(0, 349), refused(349));
    assert_eq!(locals(300, 49), refused(349));
    assert_eq!(locals(0, 40_000), refused(40_000));
}

#[test]
fn more_than_4096_functions() {
    assert_eq!(with_fields(&"(func)".repeat(4_095)), Ok(()));
    let refused = Refusal::Functions { count: 4_097, limit: 4_096 };
    assert_eq!(with_fields(&"(func)".repeat(4_096)), Err(refused));
}

#[test]
fn more_than_65536_instrumented_operators() {
    // Besides: const and end, the charge of the block, the frame's check, and giving it back.
    let around = 2 + 12 + 13 + 4;
    let nops = |count| with_body(&"nop ".repeat(count));

    assert_eq!(nops(65_536 - around), Ok(()));
    let refused = Refusal::Operators { function: 0, count: 65_537, limit: 65_536 };
    assert_eq!(nops(65_536 - around + 1), Err(refused));
}

#[test]
fn more_than_4096_operands() {
    let operands =
        |count| with_body(&["i32.const 7 ".repeat(count), "drop ".repeat(count)].concat());

    assert_eq!(operands(4_096), Ok(()));
    let refused = Refusal::OperandsTooDeep { function: 0, words: 4_097, limit: 4_096 };
    assert_eq!(operands(4_097), Err(refused));
}

#[test]
fn larger_frames_than_a_version_allows() {
    // No frame of 4,096 operands and 348 locals reaches the public limit of 10,240 words.
    let mut version = VERSION;
    version.limits.frame_words = 2 + 3 + 4;
    let wasm = |locals: usize| {
        let locals = format!("(local {})", "i32 ".repeat(locals));
        wat::parse_str(Source::new("(i32.const 0)").locals(&locals).text()).expect("a module")
    };

    assert_eq!(instrument(&wasm(3), &version).map(drop), Ok(()));
    let refused = Refusal::FrameTooLarge { function: 0, words: 10, limit: 9 };
    assert_eq!(instrument(&wasm(4), &version).map(drop), Err(refused));
}

#[test]
fn tables() {
    let two = "(table 1 1 funcref) (table 1 1 funcref)";
    assert_eq!(with_fields(two), Err(Refusal::Tables(2)));
    assert_eq!(with_fields("(table 16384 16384 funcref)"), Ok(()));
    let refused = Refusal::TableEntries { entries: 16_385, limit: 16_384 };
    assert_eq!(with_fields("(table 16385 16385 funcref)"), Err(refused));
}

#[test]
fn more_data_than_a_version_allows() {
    let mut version = VERSION;
    version.limits.data = 5;
    let wasm = |text| {
        let fields = super::wat::data(0, text) + &super::wat::data(9, "ab");
        wat::parse_str(Source::new("(i32.const 0)").fields(fields).text()).expect("a module")
    };

    assert_eq!(instrument(&wasm("abc"), &version).map(drop), Ok(()));
    let refused = Refusal::Data { size: 6, limit: 5 };
    assert_eq!(instrument(&wasm("abcd"), &version).map(drop), Err(refused));
}

#[test]
fn segments_outside_memory_or_table() {
    let page = |data: &str| bare(&format!("{MEMORY} {ENTRY} {data}"));
    let table = |start: u32| {
        bare(&format!("{MEMORY} {ENTRY} (table 2 2 funcref) (elem (i32.const {start}) 0)"))
    };

    assert_eq!(page("(data (i32.const 65535) \"x\")"), Ok(()));
    let refused = Refusal::SegmentBounds { end: 65_537, limit: 65_536 };
    assert_eq!(page("(data (i32.const 65536) \"x\")"), Err(refused));
    let refused = Refusal::SegmentBounds { end: 4_294_967_296, limit: 65_536 };
    assert_eq!(page("(data (i32.const -1) \"x\")"), Err(refused));

    assert_eq!(table(1), Ok(()));
    assert_eq!(table(2), Err(Refusal::SegmentBounds { end: 3, limit: 2 }));
}

#[test]
fn invalid_modules() {
    let valid = super::kit::wasm(&Source::new("(i32.const 0)").text());
    let mut ill_typed = valid.clone();
    let at = ill_typed.len() - 3;
    assert_eq!(ill_typed[at..], [0x41, 0x00, 0x0b], "i32.const 0, end");
    ill_typed[at] = 0x42;
    for wasm in [&[][..], b"\0asm", b"\0asm\x01\0\0", &valid[..valid.len() - 1], &ill_typed] {
        assert!(matches!(instrument(wasm, &VERSION), Err(Refusal::Malformed(_))), "{wasm:02x?}");
    }
}

#[test]
fn code_that_is_too_large() {
    let mut code = vec![0xef, 0xf0, 0x00, 0x00];
    code.resize(24_577, 0x5a);
    let refused = Refusal::TooLarge { size: 24_577, limit: 24_576 };

    assert_eq!(decompress(&code, &VERSION.limits), Err(refused));
    assert_eq!(decompress(&code[..24_576], &VERSION.limits), Err(Refusal::Brotli));
}

#[test]
fn wasm_that_is_too_large() {
    let wasm = vec![0; 131_073];
    let refused = Refusal::TooLarge { size: 131_073, limit: 131_072 };

    assert_eq!(decompress(&compress(&wasm), &VERSION.limits), Err(refused.clone()));
    assert_eq!(decompress(&compress(&wasm[1..]), &VERSION.limits), Ok(wasm[1..].to_vec()));
    assert_eq!(instrument(&wasm, &VERSION).map(drop), Err(refused));
}

#[test]
fn packages() {
    let good = compress(b"some bytes");
    let mut dictionary = good.clone();
    dictionary[3] = 1;
    let judge = |code: &[u8]| decompress(code, &VERSION.limits);

    assert_eq!(judge(&good), Ok(b"some bytes".to_vec()));
    assert_eq!(judge(&dictionary), Err(Refusal::BadDictionary(1)));
    assert_eq!(judge(&[]), Err(Refusal::BadPrefix));
    assert_eq!(judge(&[0xef, 0xf0, 0x01, 0]), Err(Refusal::BadPrefix));
    assert_eq!(judge(&good[..3]), Err(Refusal::Brotli), "no dictionary byte");
    assert_eq!(judge(&good[..4]), Err(Refusal::Brotli), "no stream");
    assert_eq!(judge(&good[..good.len() - 1]), Err(Refusal::Brotli), "unfinished");
    assert_eq!(judge(&[&good[..], &[0]].concat()), Err(Refusal::Brotli), "bytes after it");
}
