//! A module put together again, with the appended globals.

use wasm_encoder::reencode::{self, Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, ExportKind, ExportSection,
    FunctionSection, GlobalSection, GlobalType, ImportSection, MemorySection, MemoryType,
    TableSection, TypeSection, ValType,
};

use super::module::Module;
use super::{INK, STACK, STATUS};
use crate::stylus::refusal::Refusal;
use crate::stylus::version::Version;

/// Encodes the instrumented module.
pub(super) fn emit(module: &Module<'_>, version: &Version) -> Result<Vec<u8>, Refusal> {
    let mut output = wasm_encoder::Module::new();
    declarations(module, version, &mut output)?;
    segments_and_code(module, &mut output)?;
    Ok(output.finish())
}

/// Sections up to the exports.
fn declarations(
    module: &Module<'_>,
    version: &Version,
    output: &mut wasm_encoder::Module,
) -> Result<(), Error> {
    let same = &mut RoundtripReencoder;

    let mut types = TypeSection::new();
    for ty in &module.types.types {
        types.ty().func_type(&same.func_type(ty.clone())?);
    }
    output.section(&types);

    let mut imports = ImportSection::new();
    for import in &module.imports {
        same.parse_import(&mut imports, *import)?;
    }
    output.section(&imports);

    let mut functions = FunctionSection::new();
    for ty in module.types.functions.iter().skip(module.imports.len()) {
        functions.function(*ty);
    }
    output.section(&functions);

    if !module.tables.is_empty() {
        let mut tables = TableSection::new();
        for table in &module.tables {
            same.parse_table(&mut tables, table.clone())?;
        }
        output.section(&tables);
    }

    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: module.pages.into(),
        maximum: Some(module.max_pages.into()),
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    output.section(&memories);

    let mut globals = GlobalSection::new();
    for global in &module.globals {
        same.parse_global(&mut globals, global.clone())?;
    }
    let mutable = |val_type| GlobalType { val_type, mutable: true, shared: false };
    let stack = version.max_stack_depth as i32;
    let first = globals.len();
    globals.global(mutable(ValType::I64), &ConstExpr::i64_const(0));
    globals.global(mutable(ValType::I32), &ConstExpr::i32_const(0));
    globals.global(mutable(ValType::I32), &ConstExpr::i32_const(0));
    globals.global(mutable(ValType::I32), &ConstExpr::i32_const(stack));
    output.section(&globals);

    let mut exports = ExportSection::new();
    for export in &module.exports {
        same.parse_export(&mut exports, *export)?;
    }
    exports.export(INK, ExportKind::Global, first);
    exports.export(STATUS, ExportKind::Global, first + 1);
    exports.export(STACK, ExportKind::Global, first + 3);
    output.section(&exports);
    Ok(())
}

/// The sections after the exports.
fn segments_and_code(module: &Module<'_>, output: &mut wasm_encoder::Module) -> Result<(), Error> {
    let same = &mut RoundtripReencoder;

    if !module.elements.is_empty() {
        let mut elements = ElementSection::new();
        for element in &module.elements {
            same.parse_element(&mut elements, element.clone())?;
        }
        output.section(&elements);
    }

    let mut code = CodeSection::new();
    for function in &module.functions {
        let mut runs = Vec::with_capacity(function.runs.len());
        for (count, ty) in &function.runs {
            runs.push((*count, same.val_type(*ty)?));
        }
        let mut body = wasm_encoder::Function::new(runs);
        for operator in &function.code {
            body.instruction(&same.instruction(operator.clone())?);
        }
        code.function(&body);
    }
    output.section(&code);

    if !module.data.is_empty() {
        let mut data = DataSection::new();
        for item in &module.data {
            same.parse_data(&mut data, item.clone())?;
        }
        output.section(&data);
    }
    Ok(())
}

type Error = reencode::Error<std::convert::Infallible>;
