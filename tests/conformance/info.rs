//! Host functions that tell about the block, the transaction, the call and the meter.

use alloy_primitives::{Address, U256, address};

use super::kit::{NOW, Outcome, PLENTY, SENDER, Tx, World};
use super::prices::{BASE, BLOCK, CALL, CONST, GAS, LAST, STORE32, STORE64, shown, write_result};
use super::wat::{Source, costs_in};

const COINBASE: Address = address!("c01bba5e00000000000000000000000000000001");
const BASE_FEE_WEI: u64 = 7;
const GAS_PRICE_WEI: u128 = 11;
const BLOCK_NUMBER: u64 = 22_000_123;
const BLOCK_GAS_LIMIT: u64 = 1 << 50;
const CHAIN_ID: u64 = 42_161;
const VALUE_WEI: u64 = 12_345;

fn circumstances(world: &mut World, program: Address) -> Tx {
    let ctx = world.evm.context_mut();
    ctx.block.basefee = BASE_FEE_WEI;
    ctx.block.beneficiary = COINBASE;
    ctx.block.number = U256::from(BLOCK_NUMBER);
    ctx.block.gas_limit = BLOCK_GAS_LIMIT;
    ctx.cfg.chain_id = CHAIN_ID;
    Tx { gas_price: GAS_PRICE_WEI, ..Tx::to(program).value(VALUE_WEI) }
}

/// Calls `hook` with a pointer and shows `len` bytes that it wrote.
#[track_caller]
fn at_pointer(hook: &str, len: u64, ink: u64) -> Outcome {
    let body = format!(
        "(call ${hook} (i32.const 64)) (call $write_result (i32.const 64) (i32.const {len}))
         (i32.const 0)"
    );
    let outcome = costs_in(&Source::new(body), circumstances, shown(1, ink, len));
    assert_eq!(outcome.frame.hook(hook), ink);
    outcome
}

/// Calls `hook` and shows the eight bytes, little-endian, that it returned.
#[track_caller]
fn returned(hook: &str, ink: u64) -> u64 {
    let body = format!(
        "(i64.store (i32.const 64) (call ${hook}))
         (call $write_result (i32.const 64) (i32.const 8)) (i32.const 0)"
    );
    let total = (BLOCK + CONST + CALL)
        + ink
        + (BLOCK + STORE64 + 2 * CONST + CALL)
        + write_result(8)
        + LAST;
    let outcome = costs_in(&Source::new(body), circumstances, total);
    assert_eq!(outcome.frame.hook(hook), ink);
    u64::from_le_bytes(outcome.frame.output[..].try_into().expect("eight bytes"))
}

#[track_caller]
fn is_word(outcome: &Outcome, value: impl TryInto<U256>) {
    let value = value.try_into().ok().expect("a word");
    assert_eq!(outcome.frame.output, value.to_be_bytes_vec());
}

#[test]
fn block_basefee_writes_a_word() {
    is_word(&at_pointer("block_basefee", 32, 8_400 + 5_040), U256::from(BASE_FEE_WEI));
}

#[test]
fn block_coinbase_writes_an_address() {
    let outcome = at_pointer("block_coinbase", 20, 8_400 + 5_040);

    assert_eq!(outcome.frame.output, COINBASE);
}

#[test]
fn contract_address_writes_the_acting_address() {
    let outcome = at_pointer("contract_address", 20, 8_400 + 5_040);

    assert_eq!(outcome.frame.output, outcome.frame.target);
}

#[test]
fn msg_sender_writes_the_caller() {
    let outcome = at_pointer("msg_sender", 20, 8_400 + 5_040);

    assert_eq!(outcome.frame.output, SENDER);
}

#[test]
fn msg_value_writes_a_word() {
    is_word(&at_pointer("msg_value", 32, 8_400 + 5_040), U256::from(VALUE_WEI));
}

#[test]
fn tx_gas_price_writes_a_word() {
    is_word(&at_pointer("tx_gas_price", 32, 8_400 + 5_040), U256::from(GAS_PRICE_WEI));
}

#[test]
fn tx_origin_writes_the_sender_of_the_transaction() {
    let outcome = at_pointer("tx_origin", 20, 8_400 + 5_040);

    assert_eq!(outcome.frame.output, SENDER);
}

#[test]
fn addresses_take_twenty_bytes_and_words_thirty_two() {
    const GUARD: u8 = 0xaa;
    for (hook, len) in [
        ("block_basefee", 32),
        ("block_coinbase", 20),
        ("contract_address", 20),
        ("msg_sender", 20),
        ("msg_value", 32),
        ("tx_gas_price", 32),
        ("tx_origin", 20),
    ] {
        let body = format!(
            "(memory.fill (i32.const 0) (i32.const {GUARD}) (i32.const 64))
             (call ${hook} (i32.const 16))
             (call $write_result (i32.const 0) (i32.const 64)) (i32.const 0)"
        );

        let output = super::kit::everywhere(|world| {
            let program = world.program(&Source::new(body.as_str()).text());
            let tx = circumstances(world, program);
            world.send(tx).frame.ok().output.clone()
        });

        assert_eq!(output[..16], [GUARD; 16], "{hook} writes before its pointer");
        assert_eq!(output[16 + len..], vec![GUARD; 48 - len], "{hook} writes too much");
        assert_ne!(output[16..16 + len], vec![GUARD; len], "{hook} writes nothing");
    }
}

#[test]
fn block_gas_limit_returns_a_number() {
    assert_eq!(returned("block_gas_limit", 8_400), BLOCK_GAS_LIMIT);
}

#[test]
fn block_number_returns_a_number() {
    assert_eq!(returned("block_number", 8_400), BLOCK_NUMBER);
}

#[test]
fn block_timestamp_returns_seconds() {
    assert_eq!(returned("block_timestamp", 8_400), NOW);
}

#[test]
fn chainid_returns_a_number() {
    assert_eq!(returned("chainid", 8_400), CHAIN_ID);
}

/// Shows the four bytes that a hook returned.
#[track_caller]
fn returned_short(hook: &str, ink: u64) -> u32 {
    let body = format!(
        "(i32.store (i32.const 64) (call ${hook}))
         (call $write_result (i32.const 64) (i32.const 4)) (i32.const 0)"
    );
    let total = (BLOCK + CONST + CALL)
        + ink
        + (BLOCK + STORE32 + 2 * CONST + CALL)
        + write_result(4)
        + LAST;
    let outcome = costs_in(&Source::new(body), circumstances, total);
    u32::from_le_bytes(outcome.frame.output[..].try_into().expect("four bytes"))
}

#[test]
fn tx_ink_price_returns_ink_per_gas() {
    assert_eq!(returned_short("tx_ink_price", 8_400), 10_000);
}

#[test]
fn msg_reentrant_returns_zero_in_the_first_span() {
    assert_eq!(returned_short("msg_reentrant", 8_400), 0);
}

#[test]
fn evm_ink_left_counts_its_own_price() {
    // Four globals that are appended, and a page: 4·1628/1000 + 5.
    let cached_init = 6 + 5;
    let entry = 11 * 32 + cached_init;

    let left = returned("evm_ink_left", BASE);

    // Its own block and price are paid, and nothing after them.
    assert_eq!(left, (PLENTY - entry) * GAS - (BLOCK + CONST + CALL) - BASE);
}

#[test]
fn evm_gas_left_is_ink_left_rounded_down() {
    let ink_left = returned("evm_ink_left", BASE);

    let gas_left = returned("evm_gas_left", BASE);

    assert_eq!(gas_left, ink_left / GAS);
}
