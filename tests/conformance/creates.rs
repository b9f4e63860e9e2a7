//! Contracts that programs create.

use alloy_primitives::{Address, B256, U256, keccak256};

use super::evm;
use super::kit::{End, Frame, Tx, World, everywhere};
use super::prices::{BLOCK, CALL, CONST, GET, LAST, read, write, write_result};
use super::wat::{Source, costs_in, data};

/// Where programs put what the creation returns: address, then length.
const CREATED: usize = 1_000;

/// Creates from the calldata as init code, with the word at 2,000 as value and the one at 2,032 as
/// salt; shows the address and the length of the data that came back.
fn creator(hook: &str, value: u8) -> Source {
    let salt = if hook == "create2" { "(i32.const 2032)" } else { "" };
    Source::new(format!(
        "(call $read_args (i32.const 0))
         (call ${hook} (i32.const 0) (local.get $len) (i32.const 2000) {salt}
            (i32.const {CREATED}) (i32.const {}))
         (call $write_result (i32.const {CREATED}) (i32.const 24)) (i32.const 0)",
        CREATED + 20
    ))
    .fields(data(2_031, [value]) + &data(2_063, [SALT]))
}

const SALT: u8 = 0x5a;

/// Base, pointers, the EVM, and init code of `len` bytes read twice.
fn create_ink(hook: &str, len: u64) -> u64 {
    let pointers = if hook == "create2" { 4 } else { 3 };
    8_400 + pointers * 5_040 + 59_673 + 2 * read(len)
}

/// Everything of [`creator`] but the creation.
fn around(hook: &str, len: u64) -> u64 {
    let consts = if hook == "create2" { 5 } else { 4 };
    ((BLOCK + CONST + CALL) + 8_400 + write(len))
        + (BLOCK + consts * CONST + GET + CALL)
        + (BLOCK + 2 * CONST + CALL)
        + write_result(24)
        + LAST
}

fn output(address: Address, len: u32) -> Vec<u8> {
    [&address[..], &len.to_le_bytes()].concat()
}

#[track_caller]
fn creates(hook: &str, init: &[u8], value: u8, gas: u64) -> (Frame, Address) {
    everywhere(|world| {
        let program = world.program(&creator(hook, value).text());
        world.fund(program, 5);
        let frame = world.send(Tx::to(program).data(init).gas(gas)).frame;
        (frame, program)
    })
}

/// PUSH1, DUP1, PUSH1, PUSH0, CODECOPY of a word into one word of memory, PUSH0, RETURN.
const INIT_GAS: u64 = 3 + 3 + 3 + 2 + (3 + 3 + 3) + 2;

#[test]
fn create1_pays_for_the_creation_and_what_it_uses() {
    let init = evm::init(&[evm::STOP]);
    let len = init.len() as u64;
    let deposit = 200;
    let gas = 32_000 + INIT_GAS + deposit;
    let ink = create_ink("create1", len) + 10_000 * gas;

    let (frame, program) = creates("create1", &init, 0, 1_000_000);

    assert_eq!(frame.ok().hook("create1"), ink);
    assert_eq!(frame.ink, around("create1", len) + ink);
    assert_eq!(frame.output, output(program.create(1), 0), "the nonce starts at 1");
}

#[test]
fn create2_hashes_the_init_code() {
    let init = evm::init(&[evm::STOP; 30]);
    let len = init.len() as u64;
    assert_eq!(len.div_ceil(32), 2);
    let deposit = 200 * 30;
    let gas = 32_000 + 6 * 2 + INIT_GAS + deposit;
    let ink = create_ink("create2", len) + 10_000 * gas;

    let (frame, program) = creates("create2", &init, 0, 1_000_000);

    assert_eq!(frame.ok().hook("create2"), ink);
    assert_eq!(frame.ink, around("create2", len) + ink);
    let created = program.create2(B256::with_last_byte(SALT), keccak256(&init));
    assert_eq!(frame.output, output(created, 0));
}

#[test]
fn an_empty_creation_costs_its_base_gas() {
    for (hook, gas) in [("create1", 32_000), ("create2", 32_000)] {
        let ink = create_ink(hook, 0) + 10_000 * gas;
        let setup = |world: &mut World, program| {
            world.fund(program, 5);
            Tx::to(program)
        };

        costs_in(&creator(hook, 0), setup, around(hook, 0) + ink);
    }
}

#[test]
fn the_creation_gets_all_gas_but_a_64th() {
    for hook in ["create1", "create2"] {
        for gas in 1_000_000..1_000_066 {
            let (frame, _) = creates(hook, &[evm::STOP], 0, gas);

            let keccak = if hook == "create2" { 6 } else { 0 };
            let consts = if hook == "create2" { 5 } else { 4 };
            let before = (BLOCK + CONST + CALL)
                + 8_400
                + write(1)
                + (BLOCK + consts * CONST + GET + CALL)
                + create_ink(hook, 1);
            let left = (10_000 * (gas - frame.entry) - before) / 10_000 - 32_000 - keccak;
            assert_eq!(frame.calls[0].gas_limit, left - left / 64, "{hook} with {gas}");
        }
    }
}

#[test]
fn created_code_is_there_with_its_value() {
    for hook in ["create1", "create2"] {
        let (code, balance, nonce) = everywhere(|world| {
            let program = world.program(&creator(hook, 3).text());
            world.fund(program, 5);
            let frame = world.send(Tx::to(program).data(evm::init(&[evm::STOP, 1, 2]))).frame;
            let created = Address::from_slice(&frame.ok().output[..20]);
            let info = world.info(created);
            (info.code_hash, world.balance(created), world.info(program).nonce)
        });

        assert_eq!(code, keccak256([evm::STOP, 1, 2]));
        assert_eq!((balance, nonce), (U256::from(3), 2));
    }
}

#[test]
fn a_creation_that_reverts_returns_no_address_and_its_data() {
    for hook in ["create1", "create2"] {
        let (frame, _) = creates(hook, &evm::reverts(b"why not"), 0, 1_000_000);

        assert_eq!(frame.ok().output, output(Address::ZERO, 7));
    }
}

#[test]
fn a_creation_that_succeeds_returns_no_data() {
    let source = Source::new(
        "(call $read_args (i32.const 0))
         (call $create1 (i32.const 0) (local.get $len) (i32.const 2000) (i32.const 1000)
            (i32.const 1020))
         (i32.store (i32.const 1020) (call $return_data_size))
         (call $write_result (i32.const 1020) (i32.const 4)) (i32.const 0)",
    );

    let size = everywhere(|world| {
        let program = world.program(&source.text());
        world.send(Tx::to(program).data(evm::init(&[evm::STOP; 9]))).frame.ok().output.clone()
    });

    assert_eq!(size[..], [0; 4]);
}

#[test]
fn a_creation_that_halts_takes_its_gas() {
    for hook in ["create1", "create2"] {
        let (frame, _) = creates(hook, &[evm::INVALID], 0, 1_000_000);

        assert_eq!(frame.ok().output, output(Address::ZERO, 0));
        assert_eq!(frame.calls[0].gas_used, frame.calls[0].gas_limit);
    }
}

#[test]
fn a_creation_with_more_value_than_there_is_fails_and_gives_its_gas_back() {
    for (hook, gas) in [("create1", 32_000), ("create2", 32_000 + 6)] {
        let (frame, _) = creates(hook, &[evm::STOP], 6, 1_000_000);

        assert_eq!(frame.ok().output, output(Address::ZERO, 0));
        assert_eq!(frame.hook(hook), create_ink(hook, 1) + 10_000 * gas);
    }
}

#[test]
fn a_creation_that_cannot_be_paid_reverts_and_keeps_the_gas() {
    for hook in ["create1", "create2"] {
        let (frame, _) = creates(hook, &[evm::STOP], 0, 30_000);

        assert_eq!(frame.trapped().end, Some(End::Trap));
        assert_eq!(frame.calls, []);
    }
}

#[test]
fn programs_create_programs() {
    let inner = super::kit::wasm(&super::wat::program("(i32.const 0)"));
    let code = emetis::stylus::package::compress(&inner);

    let created_code = everywhere(|world| {
        let program = world.program(&creator("create1", 0).text());
        let tx = Tx::to(program).data(evm::init(&code));
        let created = Address::from_slice(&world.send(tx).frame.ok().output[..20]);
        world.info(created).code_hash
    });

    assert_eq!(created_code, keccak256(&code));
}
