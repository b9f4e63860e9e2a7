//! Why a program is refused: one variant per rule, so that a test can name the rule.

use thiserror::Error;

/// Why code is not a Stylus program, or a program cannot be activated.
///
/// Offsets are in bytes from the start of the WASM; functions are counted over imports and
/// definitions together, as in the WASM index space.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The account code does not start with `EFF000`.
    #[error("the code does not start with EFF000")]
    BadPrefix,
    /// The dictionary byte names a dictionary other than the empty one.
    #[error("unknown brotli dictionary {0}")]
    BadDictionary(u8),
    /// What follows the prefix is not exactly one complete brotli stream.
    #[error("the code is not one complete brotli stream")]
    Brotli,
    /// Too many bytes of code or of WASM. Decompression stops at the limit, so that `size` is then
    /// the first size over it, not the whole.
    #[error("{size} bytes, {limit} allowed")]
    TooLarge {
        /// Bytes found.
        size: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// Not valid WASM under the features that programs may use: the message says where.
    #[error("invalid WASM: {0}")]
    Malformed(String),
    /// The module has a start function.
    #[error("start functions are refused")]
    StartFunction,
    /// The module has a DataCount section.
    #[error("a DataCount section is refused")]
    DataCount,
    /// The module has no memory, or does not export it as `memory`.
    #[error("no memory is exported as `memory`")]
    MissingMemory,
    /// The module has more than one memory.
    #[error("{0} memories, 1 allowed")]
    Memories(usize),
    /// The memory is shared, of 64 bits, or of another page size.
    #[error("only a plain 32-bit memory is allowed")]
    MemoryType,
    /// The initial memory is too large.
    #[error("{pages} initial pages, {limit} allowed")]
    Pages {
        /// Initial pages.
        pages: u64,
        /// Pages allowed.
        limit: u16,
    },
    /// The memory can grow, but `vm_hooks.pay_for_memory_grow` is not imported.
    #[error("the memory can grow, but pay_for_memory_grow is not imported")]
    MissingPayForMemoryGrow,
    /// There is no function exported as `user_entrypoint`.
    #[error("no function is exported as `user_entrypoint`")]
    MissingEntrypoint,
    /// `user_entrypoint` is not a defined function of type `(i32) -> (i32)`.
    #[error("`user_entrypoint` is not a function of type (i32) -> (i32)")]
    EntrypointSignature,
    /// An export uses a name that is kept for the engine.
    #[error("the export name `{0}` is reserved")]
    ReservedExport(String),
    /// An import that is not a host function.
    #[error("unknown import `{module}.{name}`")]
    UnknownImport {
        /// Its module.
        module: String,
        /// Its name.
        name: String,
    },
    /// A host function is imported with another type than it has.
    #[error("the host function `{0}` has another type")]
    ImportSignature(String),
    /// A function or block type with more than one result, or a block type with parameters.
    #[error("multi-value types are refused")]
    MultiValue,
    /// A floating-point operator or type.
    #[error("floating point is refused: {0}")]
    Float(String),
    /// A value or table type that is neither an integer nor a function reference of a table.
    #[error("the type {0} is refused")]
    Type(String),
    /// An operator that has no price.
    #[error("the operator {0} at byte {1} is refused")]
    Operator(String, usize),
    /// A data or element segment that is not active, or holds expressions.
    #[error("only plain active segments are allowed")]
    Segment,
    /// More than one table.
    #[error("{0} tables, 1 allowed")]
    Tables(usize),
    /// The table is too large.
    #[error("{entries} table entries, {limit} allowed")]
    TableEntries {
        /// Initial entries.
        entries: u64,
        /// Entries allowed.
        limit: u64,
    },
    /// The data items are too large together.
    #[error("{size} bytes of data, {limit} allowed")]
    Data {
        /// Bytes of all data items.
        size: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// A data or element item lies outside the initial memory or table.
    #[error("a segment ends at {end}, {limit} is the end of what it fills")]
    SegmentBounds {
        /// Where it ends: in bytes of memory, or entries of the table.
        end: u64,
        /// The initial size of memory, in bytes, or of the table, in entries.
        limit: u64,
    },
    /// Too many defined functions.
    #[error("{count} functions, {limit} allowed")]
    Functions {
        /// Functions found.
        count: usize,
        /// Functions allowed.
        limit: usize,
    },
    /// A function has too many locals.
    #[error("function {function} has {count} locals, {limit} allowed")]
    Locals {
        /// Index of the function.
        function: u32,
        /// Its locals, parameters included.
        count: u64,
        /// Locals allowed.
        limit: u32,
    },
    /// A function has too many operators once it is instrumented.
    #[error("function {function} has {count} instrumented operators, {limit} allowed")]
    Operators {
        /// Index of the function.
        function: u32,
        /// Its operators.
        count: usize,
        /// Operators allowed.
        limit: usize,
    },
    /// A function's frame takes too many stack words.
    #[error("the frame of function {function} takes {words} words, {limit} allowed")]
    FrameTooLarge {
        /// Index of the function.
        function: u32,
        /// Words of its frame.
        words: u32,
        /// Words allowed.
        limit: u32,
    },
    /// A function's operand stack may grow too high.
    #[error("the operand stack of function {function} takes {words} words, {limit} allowed")]
    OperandsTooDeep {
        /// Index of the function.
        function: u32,
        /// Its highest operand stack.
        words: u32,
        /// Words allowed.
        limit: u32,
    },
}

impl From<wasmparser::Error> for Refusal {
    fn from(error: wasmparser::Error) -> Self {
        Self::Malformed(error.to_string())
    }
}

impl<E: std::fmt::Display> From<wasm_encoder::reencode::Error<E>> for Refusal {
    fn from(error: wasm_encoder::reencode::Error<E>) -> Self {
        Self::Malformed(error.to_string())
    }
}
