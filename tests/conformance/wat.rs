//! Programs as text, and the check that one costs exactly what was worked out.

use alloy_primitives::Address;

use super::kit::{End, INK, Outcome, Tx, World, everywhere};
use super::prices::ENTRY_GAS;

/// The host functions as programs import them.
pub(crate) const HOOKS: [(&str, &str); 42] = [
    ("account_balance", "(param i32 i32)"),
    ("account_code", "(param i32 i32 i32 i32) (result i32)"),
    ("account_code_size", "(param i32) (result i32)"),
    ("account_codehash", "(param i32 i32)"),
    ("block_basefee", "(param i32)"),
    ("block_coinbase", "(param i32)"),
    ("block_gas_limit", "(result i64)"),
    ("block_number", "(result i64)"),
    ("block_timestamp", "(result i64)"),
    ("call_contract", "(param i32 i32 i32 i32 i64 i32) (result i32)"),
    ("chainid", "(result i64)"),
    ("contract_address", "(param i32)"),
    ("create1", "(param i32 i32 i32 i32 i32)"),
    ("create2", "(param i32 i32 i32 i32 i32 i32)"),
    ("delegate_call_contract", "(param i32 i32 i32 i64 i32) (result i32)"),
    ("emit_log", "(param i32 i32 i32)"),
    ("evm_gas_left", "(result i64)"),
    ("evm_ink_left", "(result i64)"),
    ("exit_early", "(param i32)"),
    ("math_add_mod", "(param i32 i32 i32)"),
    ("math_div", "(param i32 i32)"),
    ("math_mod", "(param i32 i32)"),
    ("math_mul_mod", "(param i32 i32 i32)"),
    ("math_pow", "(param i32 i32)"),
    ("msg_reentrant", "(result i32)"),
    ("msg_sender", "(param i32)"),
    ("msg_value", "(param i32)"),
    ("native_keccak256", "(param i32 i32 i32)"),
    ("pay_for_memory_grow", "(param i32)"),
    ("read_args", "(param i32)"),
    ("read_return_data", "(param i32 i32 i32) (result i32)"),
    ("return_data_size", "(result i32)"),
    ("static_call_contract", "(param i32 i32 i32 i64 i32) (result i32)"),
    ("storage_cache_bytes32", "(param i32 i32)"),
    ("storage_flush_cache", "(param i32)"),
    ("storage_load_bytes32", "(param i32 i32)"),
    ("transient_load_bytes32", "(param i32 i32)"),
    ("transient_store_bytes32", "(param i32 i32)"),
    ("tx_gas_price", "(param i32)"),
    ("tx_ink_price", "(result i32)"),
    ("tx_origin", "(param i32)"),
    ("write_result", "(param i32 i32)"),
];

/// Imports of the host functions that `text` calls.
pub(crate) fn imports(text: &str) -> String {
    let called = |name: &str| {
        text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '$')
            .any(|word| word.strip_prefix('$') == Some(name))
    };
    let import = |(name, ty): &(&str, &str)| {
        format!("(import \"vm_hooks\" \"{name}\" (func ${name} {ty}))\n")
    };
    HOOKS.iter().filter(|(name, _)| called(name)).map(import).collect()
}

/// A program in parts.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Fields of the module besides imports, memory and entry point.
    pub(crate) fields: String,
    /// Limits of the memory, in pages.
    pub(crate) memory: String,
    /// Locals of the entry point, whose only parameter is `$len`.
    pub(crate) locals: String,
    /// Body of the entry point.
    pub(crate) body: String,
}

impl Source {
    /// A program of one page that cannot grow.
    pub(crate) fn new(body: impl Into<String>) -> Self {
        let (fields, locals) = (String::new(), String::new());
        Self { fields, memory: "1 1".into(), locals, body: body.into() }
    }

    pub(crate) fn fields(self, fields: impl Into<String>) -> Self {
        Self { fields: fields.into(), ..self }
    }

    pub(crate) fn memory(self, memory: &str) -> Self {
        Self { memory: memory.into(), ..self }
    }

    pub(crate) fn locals(self, locals: &str) -> Self {
        Self { locals: locals.into(), ..self }
    }

    /// The module, with `nops` at the start of the entry point: they cost one ink each.
    pub(crate) fn padded(&self, nops: u64) -> String {
        let Self { fields, memory, locals, body } = self;
        let text = format!("{fields} {body}");
        let (imports, nops) = (imports(&text), "nop ".repeat(nops as usize));
        format!(
            "(module {imports} (memory (export \"memory\") {memory}) {fields}
             (func (export \"user_entrypoint\") (param $len i32) (result i32) {locals}
             {nops} {body}))"
        )
    }

    pub(crate) fn text(&self) -> String {
        self.padded(0)
    }
}

/// A program of one page that runs `body`.
pub(crate) fn program(body: &str) -> String {
    Source::new(body).text()
}

/// Checks that a call of the program takes exactly `ink`, that exactly so much is enough, and that
/// one unit less ends it with nothing left. Returns what a call with plenty of gas did.
#[track_caller]
pub(crate) fn costs(source: &Source, ink: u64) -> Outcome {
    costs_in(source, |_, program| Tx::to(program), ink)
}

/// [`costs`] for a call that `setup` prepares.
#[track_caller]
pub(crate) fn costs_in(
    source: &Source,
    setup: impl Fn(&mut World, Address) -> Tx,
    ink: u64,
) -> Outcome {
    costs_needing(source, setup, ink, ink)
}

/// [`costs_in`] for a program that uses `ink`, but must be given as much as `needed`.
#[track_caller]
pub(crate) fn costs_needing(
    source: &Source,
    setup: impl Fn(&mut World, Address) -> Tx,
    ink: u64,
    needed: u64,
) -> Outcome {
    let with_plenty = everywhere(|world| {
        let program = world.program(&source.text());
        let tx = setup(world, program);
        world.send(tx)
    });
    assert_eq!(with_plenty.frame.ok().ink, ink, "ink: {:#?}", with_plenty.frame);

    let padding = (INK - needed % INK) % INK;
    let with_just = |nops: u64| {
        everywhere(|world| {
            let program = world.program(&source.padded(nops));
            let entry = ENTRY_GAS + u64::from(world.record(program).cached_init);
            let tx = setup(world, program);
            world.send(tx.gas(entry + (needed + padding) / INK)).frame
        })
    };
    let enough = with_just(padding);
    assert_eq!(enough.end, Some(End::Status(0)), "with exactly enough: {enough:#?}");
    assert_eq!(enough.ink_left, needed - ink, "with exactly enough: {enough:#?}");
    let short = with_just(padding + 1);
    assert_eq!(short.end, Some(End::OutOfInk), "with one ink less: {short:#?}");
    short.consumed_all();

    with_plenty
}

/// A data segment with `bytes` at `offset`.
pub(crate) fn data(offset: u32, bytes: impl AsRef<[u8]>) -> String {
    let bytes: String = bytes.as_ref().iter().map(|byte| format!("\\{byte:02x}")).collect();
    format!("(data (i32.const {offset}) \"{bytes}\")\n")
}
