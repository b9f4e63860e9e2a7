//! A module taken apart, and judged on the way.

use wasmparser::{
    Data, Element, Encoding, Export, FuncType, FunctionBody, Global, Import, MemoryType, Operator,
    Parser, Payload, Table, TypeRef, ValType, Validator, WasmFeatures,
};

use super::operator::profile;
use super::{Code, Place, Scope, rules};
use crate::stylus::activate::Figures;
use crate::stylus::imports::PAY_FOR_MEMORY_GROW;
use crate::stylus::refusal::Refusal;
use crate::stylus::version::Version;

/// What programs may use beyond the first version of WASM without floating point. `GC_TYPES` only
/// keeps plain function tables possible.
const FEATURES: WasmFeatures = WasmFeatures::MUTABLE_GLOBAL
    .union(WasmFeatures::SIGN_EXTENSION)
    .union(WasmFeatures::BULK_MEMORY_OPT)
    .union(WasmFeatures::GC_TYPES);

/// Globals that instrumentation appends.
const APPENDED: u32 = 4;

/// A module's parts, in the order of its sections.
#[derive(Default)]
pub(super) struct Module<'a> {
    pub(super) types: Types,
    pub(super) imports: Vec<Import<'a>>,
    pub(super) tables: Vec<Table<'a>>,
    pub(super) memories: Vec<MemoryType>,
    pub(super) globals: Vec<Global<'a>>,
    pub(super) exports: Vec<Export<'a>>,
    pub(super) elements: Vec<Element<'a>>,
    pub(super) functions: Vec<Function<'a>>,
    pub(super) data: Vec<Data<'a>>,
    /// Initial and largest memory pages; the latter is within the version's limit.
    pub(super) pages: u16,
    pub(super) max_pages: u16,
    pub(super) figures: Figures,
}

/// A defined function.
pub(super) struct Function<'a> {
    pub(super) place: Place,
    /// Its locals as declared: runs of a type.
    pub(super) runs: Vec<(u32, ValType)>,
    pub(super) code: Code<'a>,
}

/// Types and functions of a module.
#[derive(Default)]
pub(super) struct Types {
    pub(super) types: Vec<FuncType>,
    /// Type index of every function, imports first.
    pub(super) functions: Vec<u32>,
}

impl Types {
    /// Parameters and results of a type.
    pub(super) fn of_type(&self, index: u32) -> Option<(u32, u32)> {
        let ty = self.types.get(index as usize)?;
        Some((ty.params().len() as u32, ty.results().len() as u32))
    }

    /// Parameters and results of a function.
    pub(super) fn of_function(&self, index: u32) -> Option<(u32, u32)> {
        self.of_type(*self.functions.get(index as usize)?)
    }

    /// Type of a function.
    pub(super) fn signature(&self, function: u32) -> Option<&FuncType> {
        self.types.get(*self.functions.get(function as usize)? as usize)
    }
}

impl<'a> Module<'a> {
    /// Takes a module apart and applies every rule that has a name of its own.
    ///
    /// The reader accepts what newer WASM allows, so that a refusal can say what is refused;
    /// [`Module::validate`] is strict.
    pub(super) fn parse(wasm: &'a [u8], version: &Version) -> Result<Self, Refusal> {
        let limits = &version.limits;
        if wasm.len() > limits.wasm {
            return Err(Refusal::TooLarge { size: wasm.len(), limit: limits.wasm });
        }
        let mut module = Self::default();
        let mut bodies = Vec::new();
        let mut parser = Parser::new(0);
        parser.set_features(WasmFeatures::all());
        for payload in parser.parse_all(wasm) {
            module.take(payload?, &mut bodies)?;
        }

        rules::check_types(&module)?;
        rules::check_imports(&module)?;
        rules::check_exports(&module)?;
        rules::check_tables(&module, limits)?;
        (module.pages, module.max_pages) = rules::check_memory(&module, limits)?;
        rules::check_segments(&module, limits)?;
        if bodies.len() > limits.functions {
            let (count, limit) = (bodies.len(), limits.functions);
            return Err(Refusal::Functions { count, limit });
        }
        module.functions = module.read_bodies(&bodies, version)?;
        module.figures = module.count(wasm);
        Ok(module)
    }

    /// Validates the module under the features that programs may use.
    pub(super) fn validate(&self, wasm: &[u8]) -> Result<(), Refusal> {
        Validator::new_with_features(FEATURES).validate_all(wasm)?;
        Ok(())
    }

    /// What the passes may ask of this module.
    pub(super) fn scope<'m>(&'m self, version: &'m Version) -> Scope<'m> {
        let first = self.globals.len() as u32;
        let pay = self.imports.iter().position(|import| import.name == PAY_FOR_MEMORY_GROW);
        Scope {
            version,
            types: &self.types,
            ink: first,
            status: first + 1,
            scratch: first + 2,
            stack: first + 3,
            pay: pay.filter(|_| self.pages != self.max_pages).map(|index| index as u32),
        }
    }

    /// Takes what one part of the input holds.
    fn take(
        &mut self,
        payload: Payload<'a>,
        bodies: &mut Vec<FunctionBody<'a>>,
    ) -> Result<(), Refusal> {
        match payload {
            Payload::Version { encoding: Encoding::Module, .. }
            | Payload::CodeSectionStart { .. }
            | Payload::CustomSection(_)
            | Payload::End(_) => {}
            Payload::TypeSection(section) => {
                for ty in section.into_iter_err_on_gc_types() {
                    self.types.types.push(ty?);
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    if let TypeRef::Func(ty) = import.ty {
                        self.types.functions.push(ty);
                    }
                    self.imports.push(import);
                }
            }
            Payload::FunctionSection(section) => {
                for ty in section {
                    self.types.functions.push(ty?);
                }
            }
            Payload::TableSection(section) => collect(&mut self.tables, section)?,
            Payload::MemorySection(section) => collect(&mut self.memories, section)?,
            Payload::GlobalSection(section) => collect(&mut self.globals, section)?,
            Payload::ExportSection(section) => collect(&mut self.exports, section)?,
            Payload::ElementSection(section) => collect(&mut self.elements, section)?,
            Payload::DataSection(section) => collect(&mut self.data, section)?,
            Payload::CodeSectionEntry(body) => bodies.push(body),
            Payload::StartSection { .. } => return Err(Refusal::StartFunction),
            Payload::DataCountSection { .. } => return Err(Refusal::DataCount),
            other => {
                return Err(Refusal::Malformed(match other.as_section() {
                    Some((id, range)) => format!("section {id} at byte {}", range.start),
                    None => "not a core module".into(),
                }));
            }
        }
        Ok(())
    }

    /// Reads the functions: their locals and operators.
    fn read_bodies(
        &self,
        bodies: &[FunctionBody<'a>],
        version: &Version,
    ) -> Result<Vec<Function<'a>>, Refusal> {
        let scope = self.scope(version);
        let limits = &version.limits;
        let mut functions = Vec::with_capacity(bodies.len());
        for (body, index) in bodies.iter().zip(self.imports.len() as u32..) {
            let (params, results) = self
                .types
                .of_function(index)
                .ok_or_else(|| Refusal::Malformed(format!("function {index} has no type")))?;
            let mut runs = Vec::new();
            let mut locals = 0_u64;
            for run in body.get_locals_reader()? {
                let (count, ty) = run?;
                rules::check_value(ty)?;
                locals = locals.saturating_add(u64::from(count));
                runs.push((count, ty));
            }
            let count = locals.saturating_add(u64::from(params));
            if count > u64::from(limits.locals) {
                return Err(Refusal::Locals { function: index, count, limit: limits.locals });
            }
            let locals = u32::try_from(locals).unwrap_or(u32::MAX);
            let place = Place { index, locals, returns: results > 0 };
            functions.push(Function { place, runs, code: read_code(body, &scope)? });
        }
        Ok(functions)
    }

    /// Counts what activation is paid by, but for the operators.
    fn count(&self, wasm: &[u8]) -> Figures {
        let words = |function: &Function<'_>| {
            let (params, results) =
                self.types.of_function(function.place.index).unwrap_or_default();
            u64::from(params) + u64::from(results)
        };
        let data: usize = self.data.iter().map(|item| item.range.len()).sum();
        let elements: usize = self.elements.iter().map(|item| item.range.len()).sum();
        let payload: usize = self.data.iter().map(|item| item.data.len()).sum();
        Figures {
            functions: self.functions.len() as u64,
            type_words: self.functions.iter().map(words).sum(),
            wasm_bytes: wasm.len() as u64,
            globals: self.globals.len() as u64 + u64::from(APPENDED),
            data_bytes: (data + elements) as u64,
            data_payload: payload as u64,
            element_bytes: elements as u64,
            pages: self.pages,
            operators: 0,
        }
    }
}

/// Reads the items of a section.
fn collect<T>(
    items: &mut Vec<T>,
    section: impl IntoIterator<Item = wasmparser::Result<T>>,
) -> Result<(), Refusal> {
    for item in section {
        items.push(item?);
    }
    Ok(())
}

/// Reads the operators of a function, each of which must have a price.
fn read_code<'a>(body: &FunctionBody<'a>, scope: &Scope<'_>) -> Result<Code<'a>, Refusal> {
    let mut reader = body.get_operators_reader()?;
    let mut code = Vec::new();
    while !reader.eof() {
        let (operator, offset) = reader.read_with_offset()?;
        rules::check_block(&operator)?;
        if profile(&operator, scope).is_none() {
            return Err(refused(&operator, offset));
        }
        code.push(operator);
    }
    Ok(code)
}

/// The refusal of an operator without a price.
fn refused(operator: &Operator<'_>, offset: usize) -> Refusal {
    let text = format!("{operator:?}");
    let name = text.split([' ', '(']).next().unwrap_or_default();
    match operator {
        Operator::Call { .. } | Operator::CallIndirect { .. } => {
            Refusal::Malformed(format!("call of something unknown at byte {offset}"))
        }
        _ if name.contains("F32") || name.contains("F64") => {
            Refusal::Float(format!("{name} at byte {offset}"))
        }
        _ => Refusal::Operator(name.to_owned(), offset),
    }
}
