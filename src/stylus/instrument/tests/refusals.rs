//! Every rule, broken once.

use super::{Refusal, Version, body, fixed, instrument, prepare};
use crate::stylus::normalize::normalize;

/// An entry point that returns 0.
const ENTRY: &str = "(func (export \"user_entrypoint\") (param i32) (result i32) i32.const 0)";

#[track_caller]
fn refused(wat: &str, refusal: Refusal) {
    assert_eq!(prepare(wat).map(drop), Err(refusal), "{wat}");
}

#[track_caller]
fn malformed(wat: &str) {
    let result = prepare(wat);
    assert!(matches!(result, Err(Refusal::Malformed(_))), "{result:?}");
}

#[test]
fn a_start_function() {
    refused(&fixed(&format!("{ENTRY} (func $s) (start $s)")), Refusal::StartFunction);
}

#[test]
fn a_data_count_section() {
    // `memory.init` makes the text format emit the section, which comes first.
    refused(
        &fixed(
            "(data $d \"a\") (func (export \"user_entrypoint\") (param i32) (result i32)
               i32.const 0 i32.const 0 i32.const 0 memory.init $d i32.const 0)",
        ),
        Refusal::DataCount,
    );
}

#[test]
fn a_memory_that_is_missing_or_hidden() {
    refused(&format!("(module {ENTRY})"), Refusal::MissingMemory);
    refused(&format!("(module (memory 1 1) {ENTRY})"), Refusal::MissingMemory);
    refused(&format!("(module (memory (export \"mem\") 1 1) {ENTRY})"), Refusal::MissingMemory);
}

#[test]
fn memories_of_another_kind() {
    refused(&fixed(&format!("(memory 1 1) {ENTRY}")), Refusal::Memories(2));
    refused(&format!("(module (memory (export \"memory\") i64 1 1) {ENTRY})"), Refusal::MemoryType);
    refused(
        &format!("(module (memory (export \"memory\") 1 1 shared) {ENTRY})"),
        Refusal::MemoryType,
    );
}

#[test]
fn too_many_initial_pages() {
    let wat = |pages: u32| format!("(module (memory (export \"memory\") {pages} {pages}) {ENTRY})");

    assert!(prepare(&wat(128)).is_ok());
    refused(&wat(129), Refusal::Pages { pages: 129, limit: 128 });
    refused(&wat(65_536), Refusal::Pages { pages: 65_536, limit: 128 });
}

#[test]
fn a_growing_memory_that_does_not_pay() {
    refused(
        &format!("(module (memory (export \"memory\") 1 2) {ENTRY})"),
        Refusal::MissingPayForMemoryGrow,
    );
    refused(
        &format!("(module (memory (export \"memory\") 1) {ENTRY})"),
        Refusal::MissingPayForMemoryGrow,
    );
}

#[test]
fn an_entry_point_that_is_missing_or_of_another_type() {
    refused(&fixed(""), Refusal::MissingEntrypoint);
    refused(
        &fixed("(global (export \"user_entrypoint\") i32 (i32.const 0))"),
        Refusal::MissingEntrypoint,
    );
    for ty in ["", "(param i32)", "(param i64) (result i32)", "(param i32 i32) (result i32)"] {
        refused(
            &fixed(&format!("(func (export \"user_entrypoint\") {ty} unreachable)")),
            Refusal::EntrypointSignature,
        );
    }
    refused(
        "(module (import \"vm_hooks\" \"account_code_size\" (func (param i32) (result i32)))
           (memory (export \"memory\") 1 1) (export \"user_entrypoint\" (func 0)))",
        Refusal::EntrypointSignature,
    );
}

#[test]
fn an_export_that_takes_the_engines_names() {
    refused(
        &fixed(&format!("{ENTRY} (func (export \"stylus_ink_left\"))")),
        Refusal::ReservedExport("stylus_ink_left".into()),
    );
}

#[test]
fn imports_that_are_no_host_functions() {
    let importing = |module: &str, name: &str, item: &str| {
        format!(
            "(module (import \"{module}\" \"{name}\" {item})
               (memory (export \"memory\") 1 1) {ENTRY})"
        )
    };
    let unknown = |module: &str, name: &str| Refusal::UnknownImport {
        module: module.into(),
        name: name.into(),
    };

    assert!(prepare(&importing("vm_hooks", "msg_sender", "(func (param i32))")).is_ok());
    refused(&importing("vm_hooks", "selfdestruct", "(func)"), unknown("vm_hooks", "selfdestruct"));
    refused(&importing("env", "msg_sender", "(func (param i32))"), unknown("env", "msg_sender"));
    refused(&importing("console", "log_i32", "(func (param i32))"), unknown("console", "log_i32"));
    refused(
        &importing("vm_hooks", "msg_sender", "(global i32)"),
        unknown("vm_hooks", "msg_sender"),
    );
    for ty in ["(func)", "(func (param i64))", "(func (param i32) (result i32))"] {
        refused(
            &importing("vm_hooks", "msg_sender", ty),
            Refusal::ImportSignature("msg_sender".into()),
        );
    }
}

#[test]
fn more_than_one_result() {
    refused(&fixed(&format!("{ENTRY} (func (result i32 i32) unreachable)")), Refusal::MultiValue);
    refused(&body("i32.const 1 block (param i32) drop end i32.const 0"), Refusal::MultiValue);
}

#[test]
fn floating_point_anywhere() {
    let float = |text: &str| Refusal::Float(text.into());
    refused(&fixed(&format!("{ENTRY} (func (param f32))")), float("f32"));
    refused(&fixed(&format!("{ENTRY} (func (local f64))")), float("f64"));
    refused(&fixed(&format!("{ENTRY} (global f64 (f64.const 0))")), float("f64"));
    refused(&body("block (result f32) unreachable end drop i32.const 0"), float("f32"));
    let operator = prepare(&body("f64.const 0 drop i32.const 0"));
    assert!(matches!(operator, Err(Refusal::Float(text)) if text.starts_with("F64Const")));
}

#[test]
fn operators_without_a_price() {
    let bodies = [
        ("v128.const i64x2 0 0 drop i32.const 0", "V128Const"),
        ("ref.null func drop i32.const 0", "RefNull"),
        ("i32.const 1 i32.const 1 i32.const 1 select (result i32)", "TypedSelect"),
        ("local.get 0 return_call 0", "ReturnCall"),
        ("i32.const 0 i32.const 0 i32.atomic.rmw.add", "I32AtomicRmwAdd"),
        ("i64.const 0 i64.const 0 i64.mul_wide_s drop drop i32.const 0", "I64MulWideS"),
    ];
    for (code, name) in bodies {
        let result = prepare(&body(code));
        assert!(
            matches!(&result, Err(Refusal::Operator(operator, _)) if operator == name),
            "{code}: {result:?}"
        );
    }
    let size = prepare(&fixed(
        "(table 1 1 funcref)
         (func (export \"user_entrypoint\") (param i32) (result i32) table.size 0)",
    ));
    assert!(matches!(size, Err(Refusal::Operator(name, _)) if name == "TableSize"));
}

#[test]
fn segments_that_are_not_active() {
    refused(&fixed(&format!("{ENTRY} (data \"a\")")), Refusal::Segment);
    refused(&fixed(&format!("{ENTRY} (elem func 0)")), Refusal::Segment);
    refused(&fixed(&format!("{ENTRY} (elem declare func 0)")), Refusal::Segment);
}

#[test]
fn tables_beyond_one_plain_small_table() {
    refused(&fixed(&format!("{ENTRY} (table 1 funcref) (table 1 funcref)")), Refusal::Tables(2));
    refused(&fixed(&format!("{ENTRY} (table 1 externref)")), Refusal::Type("externref".into()));
    assert!(prepare(&fixed(&format!("{ENTRY} (table 16384 funcref)"))).is_ok());
    refused(
        &fixed(&format!("{ENTRY} (table 16385 funcref)")),
        Refusal::TableEntries { entries: 16_385, limit: 16_384 },
    );
}

#[test]
fn too_many_locals() {
    let wat = |count: usize| {
        fixed(&format!("{ENTRY} (func (param i32 i64) (local {}))", "i32 ".repeat(count)))
    };

    assert!(prepare(&wat(346)).is_ok());
    refused(&wat(347), Refusal::Locals { function: 1, count: 349, limit: 348 });
}

#[test]
fn too_many_functions() {
    let wat = |count: usize| fixed(&format!("{ENTRY} {}", "(func) ".repeat(count - 1)));

    assert!(prepare(&wat(4_096)).is_ok());
    refused(&wat(4_097), Refusal::Functions { count: 4_097, limit: 4_096 });
}

#[test]
fn too_many_instrumented_operators() {
    // Entry check 13, exit 4, one ink check 12, then `nop` and the two of the entry point.
    let wat = |nops: usize| body(&format!("{} i32.const 0", "nop ".repeat(nops)));
    let room = 65_536 - (13 + 4 + 12 + 2);

    assert!(prepare(&wat(room)).is_ok());
    refused(&wat(room + 1), Refusal::Operators { function: 0, count: 65_537, limit: 65_536 });
}

#[test]
fn too_many_bytes() {
    let wasm = vec![0; 128 * 1024 + 1];

    let refusal = instrument(&wasm, &Version::ARBOS_60).map(drop);

    assert_eq!(refusal, Err(Refusal::TooLarge { size: 131_073, limit: 131_072 }));
}

#[test]
fn what_does_not_type_check() {
    malformed(&body("i64.const 0"));
    malformed(&body("i32.add"));
    malformed(&body("call 7"));
    malformed(&body("local.get 9"));
    malformed(&body("global.get 3"));
    malformed(&body("br 7"));
    malformed("(component)");
}

#[test]
fn a_table_index_of_more_than_one_byte() {
    let wat = fixed(
        "(table 1 1 funcref) (type $t (func (result i32)))
         (func (export \"user_entrypoint\") (param i32) (result i32)
           i32.const 0 call_indirect (type $t))",
    );
    let short = normalize(&wat::parse_str(&wat).expect("test WAT")).expect("a module");
    // The call is the end of the last function: opcode, type 0, table 0, end.
    let call = [0x11, 0x00, 0x00, 0x0b];
    assert!(short.ends_with(&call));
    let mut long = short[..short.len() - 2].to_vec();
    long.extend([0x80, 0x80, 0x80, 0x80, 0x00, 0x0b]);
    // Code section: id, size, count, body size. Both sizes grow by four.
    let at = short.len() - 11;
    assert_eq!(short[at..at + 4], [0x0a, 9, 1, 7]);
    long[at + 1] += 4;
    long[at + 3] += 4;

    assert!(matches!(instrument(&long, &Version::ARBOS_60), Err(Refusal::Malformed(_))));
    assert_eq!(normalize(&long), Ok(short.clone()));
    assert!(instrument(&short, &Version::ARBOS_60).is_ok());
}
