//! Storage through the cache of a call.

use alloy_primitives::{Address, U256};

use super::evm;
use super::kit::{Tx, World, everywhere};
use super::prices::{BLOCK, CALL, CONST, LAST, shown, silent, write_result};
use super::wat::{Source, costs, costs_in, costs_needing, data, program};

/// Base and two pointers: what a load or a cached write costs before any gas.
const TOUCH: u64 = 8_400 + 2 * 5_040;
/// Base and the EVM: what a flush costs before any gas.
const FLUSH: u64 = 8_400 + 59_673;
const LOAD: &str = "(call $storage_load_bytes32 (i32.const 0) (i32.const 32))";
const CACHE: &str = "(call $storage_cache_bytes32 (i32.const 0) (i32.const 32))";
const COMMIT: &str = "(call $storage_flush_cache (i32.const 0))";
const COMMIT_AND_CLEAR: &str = "(call $storage_flush_cache (i32.const 1))";
/// Code of one load or cached write, and of one flush.
const TOUCH_CODE: u64 = BLOCK + 2 * CONST + CALL;
const FLUSH_CODE: u64 = BLOCK + CONST + CALL;
const OLD: u64 = 1_000;
const NEW: u64 = 9;

/// The program's slot 0 holds [`OLD`].
fn holding_old(world: &mut World, program: Address) -> Tx {
    world.set_storage(program, 0, OLD);
    Tx::to(program)
}

/// A program whose word at 32 is `word`, and whose key at 0 is zero.
fn with_word(word: u64, body: &str) -> Source {
    Source::new(format!("{body} (i32.const 0)")).fields(data(56, word.to_be_bytes()))
}

#[test]
fn a_cold_load_costs_2105_gas_and_needs_2115() {
    let load = TOUCH + 10_000 * (2_100 + 5);
    let source = Source::new(format!(
        "{LOAD} (call $write_result (i32.const 32) (i32.const 32)) (i32.const 0)"
    ));
    let needed = TOUCH_CODE + TOUCH + 10_000 * (2_100 + 10 + 5);

    let outcome = costs_needing(&source, holding_old, shown(2, load, 32), needed);

    assert_eq!(U256::from_be_slice(&outcome.frame.output), U256::from(OLD));
}

#[test]
fn a_load_that_was_made_before_costs_no_gas() {
    let frame = everywhere(|world| {
        let program = world.program(&with_word(0, &format!("{LOAD} {LOAD}")).text());
        world.send(Tx::to(program)).frame
    });

    let expected = [TOUCH + 10_000 * (2_100 + 5), TOUCH];
    assert_eq!(frame.ok().hooks("storage_load_bytes32"), expected);
}

#[test]
fn a_cached_write_costs_no_gas_and_needs_2310() {
    let needed = TOUCH_CODE + TOUCH + 10_000 * (2_300 + 10);

    let outcome = costs_needing(
        &with_word(NEW, CACHE),
        |_, program| Tx::to(program),
        silent(2, TOUCH),
        needed,
    );

    assert_eq!(outcome.frame.hook("storage_cache_bytes32"), TOUCH);
}

#[test]
fn a_cached_write_is_read_back_without_gas() {
    let source = Source::new(format!(
        "{CACHE} (call $storage_load_bytes32 (i32.const 0) (i32.const 64))
         (call $write_result (i32.const 64) (i32.const 32)) (i32.const 0)"
    ))
    .fields(data(56, NEW.to_be_bytes()));

    let frame = everywhere(|world| {
        let program = world.program(&source.text());
        let tx = holding_old(world, program);
        world.send(tx).frame
    });

    assert_eq!(frame.ok().hook("storage_load_bytes32"), TOUCH);
    assert_eq!(U256::from_be_slice(&frame.output), U256::from(NEW));
}

#[test]
fn a_write_that_is_not_flushed_never_happened() {
    let word = everywhere(|world| {
        let program = world.program(&with_word(NEW, CACHE).text());
        let tx = holding_old(world, program);
        world.send(tx).frame.ok();
        world.storage(program, U256::ZERO)
    });

    assert_eq!(word, U256::from(OLD));
}

#[test]
fn a_flush_of_nothing_needs_2300_gas() {
    let needed = FLUSH_CODE + FLUSH + 10_000 * 2_300;

    costs_needing(&with_word(0, COMMIT), |_, program| Tx::to(program), silent(1, FLUSH), needed);
}

/// Flushes `word` over what `setup` left, which takes `gas`; returns the gas refunded.
#[track_caller]
fn flushes(word: u64, setup: impl Fn(&mut World, Address) -> Tx, gas: u64) -> u64 {
    let ink = (TOUCH_CODE + TOUCH) + (FLUSH_CODE + FLUSH + 10_000 * gas) + LAST;
    let source = with_word(word, &format!("{CACHE} {COMMIT}"));

    let outcome = costs_in(&source, &setup, ink);

    let stored = everywhere(|world| {
        let program = world.program(&source.text());
        let tx = setup(world, program);
        world.send(tx).frame.ok();
        world.storage(program, U256::ZERO)
    });
    assert_eq!(stored, U256::from(word));
    outcome.refund
}

fn holding_nothing(_: &mut World, program: Address) -> Tx {
    Tx::to(program)
}

#[test]
fn a_flush_of_a_new_word_costs_what_sstore_does() {
    let cold_and_set = 2_100 + 20_000;

    assert_eq!(flushes(NEW, holding_nothing, cold_and_set), 0);
}

#[test]
fn a_flush_of_a_changed_word_costs_what_sstore_does() {
    let cold_and_reset = 2_100 + 2_900;

    assert_eq!(flushes(NEW, holding_old, cold_and_reset), 0);
}

#[test]
fn a_flush_that_clears_a_word_refunds_4800() {
    let cold_and_reset = 2_100 + 2_900;

    assert_eq!(flushes(0, holding_old, cold_and_reset), 4_800);
}

#[test]
fn a_flush_of_the_same_word_costs_the_access_if_it_was_not_loaded() {
    let cold_and_unchanged = 2_100 + 100;
    // 2,200 is less than the 2,310 that the cached write needs to start.
    let ink = (TOUCH_CODE + TOUCH) + (FLUSH_CODE + FLUSH + 10_000 * cold_and_unchanged) + LAST;
    let needed = TOUCH_CODE + TOUCH + 10_000 * (2_300 + 10);

    costs_needing(&with_word(OLD, &format!("{CACHE} {COMMIT}")), holding_old, ink, needed);
}

#[test]
fn a_flush_of_the_same_word_costs_nothing_if_it_was_loaded() {
    let frame = everywhere(|world| {
        let program = world.program(&with_word(0, &format!("{LOAD} {CACHE} {COMMIT}")).text());
        let tx = holding_old(world, program);
        world.send(tx).frame
    });

    assert_eq!(frame.ok().hook("storage_flush_cache"), FLUSH);
}

#[test]
fn a_flush_after_a_load_pays_for_a_warm_slot() {
    let source =
        with_word(0, &format!("{LOAD} (i32.store8 (i32.const 63) (i32.const 9)) {CACHE} {COMMIT}"));

    let frame = everywhere(|world| {
        let program = world.program(&source.text());
        world.send(Tx::to(program)).frame
    });

    let set = 20_000;
    assert_eq!(frame.ok().hook("storage_flush_cache"), FLUSH + 10_000 * set);
}

#[test]
fn a_second_flush_writes_only_what_changed_since() {
    let source = with_word(
        NEW,
        &format!(
            "{CACHE} {COMMIT} {COMMIT} {CACHE} {COMMIT}
             (i32.store8 (i32.const 63) (i32.const 8)) {CACHE} {COMMIT}"
        ),
    );

    let frame = everywhere(|world| {
        let program = world.program(&source.text());
        world.send(Tx::to(program)).frame
    });

    let (cold_and_set, dirty) = (2_100 + 20_000, 100);
    let expected = [FLUSH + 10_000 * cold_and_set, FLUSH, FLUSH, FLUSH + 10_000 * dirty];
    assert_eq!(frame.ok().hooks("storage_flush_cache"), expected);
}

#[test]
fn a_clearing_flush_forgets_and_the_slot_stays_warm() {
    let source = with_word(NEW, &format!("{LOAD} {COMMIT_AND_CLEAR} {LOAD} {COMMIT} {LOAD}"));

    let frame = everywhere(|world| {
        let program = world.program(&source.text());
        world.send(Tx::to(program)).frame
    });

    let expected = [TOUCH + 10_000 * (2_100 + 5), TOUCH + 10_000 * (100 + 5), TOUCH];
    assert_eq!(frame.ok().hooks("storage_load_bytes32"), expected);
}

#[test]
fn a_revert_undoes_a_flush() {
    let source =
        Source::new(format!("{CACHE} {COMMIT} (i32.const 1)")).fields(data(56, NEW.to_be_bytes()));

    let (word, refund) = everywhere(|world| {
        let program = world.program(&source.text());
        let tx = holding_old(world, program);
        let outcome = world.send(tx);
        outcome.frame.reverts_with(&[]);
        (world.storage(program, U256::ZERO), outcome.refund)
    });

    assert_eq!((word, refund), (U256::from(OLD), 0));
}

#[test]
fn evm_code_sees_flushed_words_and_programs_see_those_of_evm_code() {
    // SSTORE(0, 5), then DELEGATECALL the program, which adds nothing and returns the word.
    let reader = format!("{LOAD} (call $write_result (i32.const 32) (i32.const 32)) (i32.const 0)");
    let (seen, frame) = everywhere(|world| {
        let reader = world.program(&program(&reader));
        let store = vec![evm::PUSH1, 5, evm::PUSH0, evm::SSTORE];
        let code = [store, evm::delegate(reader, 0), evm::bubble()].concat();
        let caller = world.account(code);
        let frame = world.send(Tx::to(caller)).frame;
        (frame.ok().output.clone(), frame.calls[0].clone())
    });

    assert_eq!(U256::from_be_slice(&seen), U256::from(5));
    assert_eq!(frame.hook("storage_load_bytes32"), TOUCH + 10_000 * (100 + 5), "already warm");
}

#[test]
fn an_unflushed_write_is_not_seen_by_calls() {
    // Caches 9 in slot 0, calls itself with one byte, and returns what that call loaded.
    let body = format!(
        "(if (i32.eqz (local.get $len)) (then
            {CACHE} (call $contract_address (i32.const 100))
            (drop (call $call_contract (i32.const 100) (i32.const 0) (i32.const 1) (i32.const 128)
                (i64.const -1) (i32.const 200)))
            (drop (call $read_return_data (i32.const 32) (i32.const 0) (i32.const 32))))
         (else {LOAD}))
         (call $write_result (i32.const 32) (i32.const 32)) (i32.const 0)"
    );
    let source = Source::new(body).fields(data(56, NEW.to_be_bytes()));

    let output = everywhere(|world| {
        let program = world.program(&source.text());
        let tx = holding_old(world, program);
        world.send(tx).frame.ok().output.clone()
    });

    assert_eq!(U256::from_be_slice(&output), U256::from(OLD));
}

#[test]
fn the_result_of_a_load_is_priced_apart() {
    let load = TOUCH + 10_000 * (2_100 + 5);
    let body = format!("{LOAD} (call $write_result (i32.const 32) (i32.const 32)) (i32.const 0)");

    let frame = everywhere(|world| {
        let program = world.program(&program(&body));
        world.send(Tx::to(program)).frame
    });

    assert_eq!(frame.ink, (TOUCH_CODE + load) + (TOUCH_CODE + write_result(32)) + LAST);
    costs(&Source::new("(i32.const 0)"), LAST);
}
