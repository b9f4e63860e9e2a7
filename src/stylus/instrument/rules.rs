//! The rules that a module's declarations must keep.

use wasmparser::{
    BlockType, ConstExpr, DataKind, ElementItems, ElementKind, ExternalKind, Operator, RefType,
    TypeRef, ValType,
};

use super::RESERVED;
use super::module::Module;
use crate::stylus::imports::{IMPORTS, MODULE, PAY_FOR_MEMORY_GROW};
use crate::stylus::refusal::Refusal;
use crate::stylus::version::Limits;

/// Bytes of a memory page.
const PAGE: u64 = 65_536;

/// Integers only, one result at most; globals too.
pub(super) fn check_types(module: &Module<'_>) -> Result<(), Refusal> {
    for ty in &module.types.types {
        for value in ty.params().iter().chain(ty.results()) {
            check_value(*value)?;
        }
        if ty.results().len() > 1 {
            return Err(Refusal::MultiValue);
        }
    }
    for global in &module.globals {
        check_value(global.ty.content_type)?;
        check_constant(&global.init_expr)?;
    }
    Ok(())
}

/// Only host functions, with the types they have.
pub(super) fn check_imports(module: &Module<'_>) -> Result<(), Refusal> {
    for import in &module.imports {
        let unknown = || Refusal::UnknownImport {
            module: import.module.to_owned(),
            name: import.name.to_owned(),
        };
        let TypeRef::Func(ty) = import.ty else { return Err(unknown()) };
        let (_, params, result) = IMPORTS
            .iter()
            .find(|(name, ..)| import.module == MODULE && *name == import.name)
            .ok_or_else(unknown)?;
        let fits = module
            .types
            .types
            .get(ty as usize)
            .is_some_and(|ty| ty.params() == *params && ty.results().iter().eq(result.iter()));
        if !fits {
            return Err(Refusal::ImportSignature(import.name.to_owned()));
        }
    }
    Ok(())
}

/// The entry point, of its type, and no name that belongs to the engine.
pub(super) fn check_exports(module: &Module<'_>) -> Result<(), Refusal> {
    if let Some(export) = module.exports.iter().find(|export| export.name.starts_with(RESERVED)) {
        return Err(Refusal::ReservedExport(export.name.to_owned()));
    }
    let entry = module
        .exports
        .iter()
        .find(|export| export.name == "user_entrypoint" && export.kind == ExternalKind::Func)
        .ok_or(Refusal::MissingEntrypoint)?;
    let defined = entry.index as usize >= module.imports.len();
    let fits = module
        .types
        .signature(entry.index)
        .is_some_and(|ty| ty.params() == [ValType::I32] && ty.results() == [ValType::I32]);
    if defined && fits { Ok(()) } else { Err(Refusal::EntrypointSignature) }
}

/// One plain function table at most, and not too large.
pub(super) fn check_tables(module: &Module<'_>, limits: &Limits) -> Result<(), Refusal> {
    if module.tables.len() > 1 {
        return Err(Refusal::Tables(module.tables.len()));
    }
    for table in &module.tables {
        if table.ty.element_type != RefType::FUNCREF {
            return Err(Refusal::Type(table.ty.element_type.to_string()));
        }
        if table.ty.initial > limits.table {
            let entries = table.ty.initial;
            return Err(Refusal::TableEntries { entries, limit: limits.table });
        }
    }
    Ok(())
}

/// One plain memory, exported, within the limit, and paid for if it can grow: its initial pages and
/// its largest, clamped.
pub(super) fn check_memory(module: &Module<'_>, limits: &Limits) -> Result<(u16, u16), Refusal> {
    let memory = match module.memories.as_slice() {
        [] => return Err(Refusal::MissingMemory),
        [memory] => memory,
        more => return Err(Refusal::Memories(more.len())),
    };
    if memory.memory64 || memory.shared || memory.page_size_log2.is_some() {
        return Err(Refusal::MemoryType);
    }
    let exported =
        |kind, name| module.exports.iter().any(|export| export.name == name && export.kind == kind);
    if !exported(ExternalKind::Memory, "memory") {
        return Err(Refusal::MissingMemory);
    }
    let limit = limits.pages;
    let too_many = Refusal::Pages { pages: memory.initial, limit };
    let initial = u16::try_from(memory.initial).map_err(|_| too_many.clone())?;
    if initial > limit {
        return Err(too_many);
    }
    let largest = memory.maximum.and_then(|pages| u16::try_from(pages).ok()).unwrap_or(limit);
    let largest = largest.min(limit);
    let pays = module.imports.iter().any(|import| import.name == PAY_FOR_MEMORY_GROW);
    if largest != initial && !pays {
        return Err(Refusal::MissingPayForMemoryGrow);
    }
    Ok((initial, largest))
}

/// Active segments only, of plain data and function indices.
pub(super) fn check_segments(module: &Module<'_>, limits: &Limits) -> Result<(), Refusal> {
    let memory = u64::from(module.pages) * PAGE;
    let table = module.tables.first().map_or(0, |table| table.ty.initial);
    let mut size = 0_usize;
    for data in &module.data {
        let DataKind::Active { offset_expr, .. } = &data.kind else {
            return Err(Refusal::Segment);
        };
        let start = check_constant(offset_expr)?;
        check_bounds(start, data.data.len() as u64, memory)?;
        size = size.saturating_add(data.data.len());
    }
    if size > limits.data {
        return Err(Refusal::Data { size, limit: limits.data });
    }
    for element in &module.elements {
        let ElementKind::Active { offset_expr, .. } = &element.kind else {
            return Err(Refusal::Segment);
        };
        let start = check_constant(offset_expr)?;
        let ElementItems::Functions(functions) = &element.items else {
            return Err(Refusal::Segment);
        };
        check_bounds(start, u64::from(functions.count()), table)?;
    }
    Ok(())
}

/// A segment that no back end could place would end the world and not the program.
fn check_bounds(start: u64, length: u64, limit: u64) -> Result<(), Refusal> {
    let end = start.saturating_add(length);
    if end > limit { Err(Refusal::SegmentBounds { end, limit }) } else { Ok(()) }
}

/// An integer type.
pub(super) fn check_value(ty: ValType) -> Result<(), Refusal> {
    match ty {
        ValType::I32 | ValType::I64 => Ok(()),
        ValType::F32 | ValType::F64 => Err(Refusal::Float(ty.to_string())),
        ValType::V128 | ValType::Ref(_) => Err(Refusal::Type(ty.to_string())),
    }
}

/// A block of one result at most, an integer.
pub(super) fn check_block(operator: &Operator<'_>) -> Result<(), Refusal> {
    match operator {
        Operator::Block { blockty } | Operator::Loop { blockty } | Operator::If { blockty } => {
            match blockty {
                BlockType::Empty => Ok(()),
                BlockType::Type(ty) => check_value(*ty),
                BlockType::FuncType(_) => Err(Refusal::MultiValue),
            }
        }
        _ => Ok(()),
    }
}

/// A constant that a program may start from, as the unsigned number that an offset is. Validation
/// checks its type.
fn check_constant(constant: &ConstExpr<'_>) -> Result<u64, Refusal> {
    let mut reader = constant.get_operators_reader();
    let mut number = 0;
    while !reader.is_end_then_eof() {
        let (operator, offset) = reader.read_with_offset()?;
        match operator {
            Operator::I32Const { value } => number = u64::from(value as u32),
            Operator::I64Const { value } => number = value as u64,
            Operator::F32Const { .. } | Operator::F64Const { .. } => {
                return Err(Refusal::Float(format!("constant at byte {offset}")));
            }
            _ => {
                return Err(Refusal::Malformed(format!("no constant at byte {offset}")));
            }
        }
    }
    Ok(number)
}
