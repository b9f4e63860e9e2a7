//! The functions a program may import, with their types.

use wasmparser::ValType::{self, I32, I64};

/// Module that every import comes from.
pub const MODULE: &str = "vm_hooks";

/// The 42 host functions by name: parameters, result.
pub const IMPORTS: &[(&str, &[ValType], Option<ValType>)] = &[
    ("account_balance", &[I32, I32], None),
    ("account_code", &[I32, I32, I32, I32], Some(I32)),
    ("account_code_size", &[I32], Some(I32)),
    ("account_codehash", &[I32, I32], None),
    ("block_basefee", &[I32], None),
    ("block_coinbase", &[I32], None),
    ("block_gas_limit", &[], Some(I64)),
    ("block_number", &[], Some(I64)),
    ("block_timestamp", &[], Some(I64)),
    ("call_contract", &[I32, I32, I32, I32, I64, I32], Some(I32)),
    ("chainid", &[], Some(I64)),
    ("contract_address", &[I32], None),
    ("create1", &[I32, I32, I32, I32, I32], None),
    ("create2", &[I32, I32, I32, I32, I32, I32], None),
    ("delegate_call_contract", &[I32, I32, I32, I64, I32], Some(I32)),
    ("emit_log", &[I32, I32, I32], None),
    ("evm_gas_left", &[], Some(I64)),
    ("evm_ink_left", &[], Some(I64)),
    ("exit_early", &[I32], None),
    ("math_add_mod", &[I32, I32, I32], None),
    ("math_div", &[I32, I32], None),
    ("math_mod", &[I32, I32], None),
    ("math_mul_mod", &[I32, I32, I32], None),
    ("math_pow", &[I32, I32], None),
    ("msg_reentrant", &[], Some(I32)),
    ("msg_sender", &[I32], None),
    ("msg_value", &[I32], None),
    ("native_keccak256", &[I32, I32, I32], None),
    (PAY_FOR_MEMORY_GROW, &[I32], None),
    ("read_args", &[I32], None),
    ("read_return_data", &[I32, I32, I32], Some(I32)),
    ("return_data_size", &[], Some(I32)),
    ("static_call_contract", &[I32, I32, I32, I64, I32], Some(I32)),
    ("storage_cache_bytes32", &[I32, I32], None),
    ("storage_flush_cache", &[I32], None),
    ("storage_load_bytes32", &[I32, I32], None),
    ("transient_load_bytes32", &[I32, I32], None),
    ("transient_store_bytes32", &[I32, I32], None),
    ("tx_gas_price", &[I32], None),
    ("tx_ink_price", &[], Some(I32)),
    ("tx_origin", &[I32], None),
    ("write_result", &[I32, I32], None),
];

/// The host function that charges for memory pages before they are opened.
pub const PAY_FOR_MEMORY_GROW: &str = "pay_for_memory_grow";
