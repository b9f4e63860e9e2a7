//! From a program's WASM to the module that runs: validated, metered, bounded.
//!
//! Five steps in this order: the module is read and judged (no start function, nothing without a
//! price), then every function gets its `meter` (ink per basic block), its `dynamic` charges (ink
//! per byte of bulk memory operators), its `depth` check (stack words per frame) and its `heap`
//! charges (gas per memory page). Each pass works on what the one before it made: the operand
//! stack that `depth` bounds is that of the metered code.
//!
//! Four globals are appended for it. The host reads and writes three of them by name: [`INK`],
//! [`STATUS`] and [`STACK`].

use wasmparser::Operator;

use super::activate::Figures;
use super::refusal::Refusal;
use super::version::Version;
use module::Module;

mod depth;
mod dynamic;
mod emit;
mod heap;
mod meter;
mod module;
mod operator;
mod rules;

/// Exported global, mutable `i64`: ink left, unsigned. To be set before a run. Without meaning once
/// [`STATUS`] is 1: then none is left.
pub const INK: &str = "stylus_ink_left";
/// Exported global, mutable `i32`: 1 once the ink did not cover a block, else 0.
pub const STATUS: &str = "stylus_ink_status";
/// Exported global, mutable `i32`: stack words left, [`Version::max_stack_depth`] in a new
/// instance. 0 after a trap means that the stack ran out.
pub const STACK: &str = "stylus_stack_left";

/// Start of the export names that a program may not use itself.
const RESERVED: &str = "stylus_";

/// A program ready to be compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instrumented {
    /// The module to run.
    pub wasm: Vec<u8>,
    /// Memory pages it starts with.
    pub pages: u16,
    /// What activation counts.
    pub figures: Figures,
}

/// Validates a program and instruments it.
///
/// `wasm` is the program as deployed, that is [normalized](super::normalize::normalize). The
/// largest memory of the result is clamped to the version's limit.
///
/// # Errors
///
/// The [`Refusal`] that names the first rule the program breaks. Malformed input of any kind is
/// refused, in time that grows with its size only.
pub fn instrument(wasm: &[u8], version: &Version) -> Result<Instrumented, Refusal> {
    let mut module = Module::parse(wasm, version)?;
    module.validate(wasm)?;

    let mut functions = std::mem::take(&mut module.functions);
    let scope = module.scope(version);
    let mut operators = 0;
    for function in &mut functions {
        let code = std::mem::take(&mut function.code);
        let code = meter::charge_blocks(code, &scope, &function.place)?;
        let code = dynamic::charge_lengths(code, &scope);
        let code = depth::bound_frame(code, &scope, &function.place)?;
        let code = heap::charge_pages(code, &scope);
        scope.check_length(&code, &function.place)?;
        operators += code.len() as u64;
        function.code = code;
    }
    module.functions = functions;

    Ok(Instrumented {
        wasm: emit::emit(&module, version)?,
        pages: module.pages,
        figures: Figures { operators, ..module.figures },
    })
}

/// What every pass may ask.
struct Scope<'m> {
    version: &'m Version,
    types: &'m module::Types,
    /// Indices of the appended globals.
    ink: u32,
    status: u32,
    scratch: u32,
    stack: u32,
    /// Index of `pay_for_memory_grow`, if the memory can grow.
    pay: Option<u32>,
}

impl Scope<'_> {
    /// Refuses a function of too many operators.
    fn check_length(&self, code: &[Operator<'_>], place: &Place) -> Result<(), Refusal> {
        let (count, limit) = (code.len(), self.version.limits.operators);
        if count > limit {
            return Err(Refusal::Operators { function: place.index, count, limit });
        }
        Ok(())
    }
}

/// The function that a pass works on.
struct Place {
    /// Its index, imports counted.
    index: u32,
    /// Words of its locals, parameters not included: the caller's operand stack holds those.
    locals: u32,
    /// Does it return a value?
    returns: bool,
}

/// Operators of a function.
type Code<'a> = Vec<Operator<'a>>;

#[cfg(test)]
mod tests;
