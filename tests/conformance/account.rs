//! Balances and code of other accounts.

use alloy_primitives::{Address, B256, Bytes, U256, keccak256};

use super::kit::{Tx, World};
use super::prices::{BLOCK, CALL, CONST, LAST, STORE32, shown, write, write_result};
use super::wat::{Source, costs_in, data};

/// Code of the account that is asked about: it is never run.
const CODE: [u8; 50] = [0x5b; 50];
const BALANCE_WEI: u64 = 777;
const COLD_GAS: u64 = 2_600;
const WARM_GAS: u64 = 100;
const CODE_GAS: u64 = 700;

/// A neighbour with code and a balance; its address is the calldata.
fn neighbour(world: &mut World, program: Address) -> Tx {
    let address = world.account(Bytes::from_static(&CODE));
    world.fund(address, BALANCE_WEI);
    Tx::to(program).data(address)
}

/// Nobody's address is the calldata.
fn nobody(_: &mut World, program: Address) -> Tx {
    Tx::to(program).data(Address::repeat_byte(0x99))
}

/// `read_args` of an address at 0.
const ARGS: u64 = (BLOCK + CONST + CALL) + 8_400 + write(20);
const READ_ARGS: &str = "(call $read_args (i32.const 0))";

#[test]
fn account_balance_pays_for_a_cold_account() {
    let ink = 8_400 + 2 * 5_040 + 59_673 + 10_000 * COLD_GAS;
    let source = Source::new(format!(
        "{READ_ARGS} (call $account_balance (i32.const 0) (i32.const 32))
         (call $write_result (i32.const 32) (i32.const 32)) (i32.const 0)"
    ));

    let rich = costs_in(&source, neighbour, ARGS + shown(2, ink, 32));
    let poor = costs_in(&source, nobody, ARGS + shown(2, ink, 32));

    assert_eq!(U256::from_be_slice(&rich.frame.output), U256::from(BALANCE_WEI));
    assert_eq!(U256::from_be_slice(&poor.frame.output), U256::ZERO);
}

#[test]
fn an_account_is_warm_the_second_time() {
    let cold = 8_400 + 2 * 5_040 + 59_673 + 10_000 * COLD_GAS;
    let warm = 8_400 + 2 * 5_040 + 59_673 + 10_000 * WARM_GAS;
    let balance = "(call $account_balance (i32.const 0) (i32.const 32))";
    let hash = "(call $account_codehash (i32.const 0) (i32.const 32))";
    let source = Source::new(format!("{READ_ARGS} {balance} {balance} {hash} (i32.const 0)"));

    let frame = super::kit::everywhere(|world| {
        let program = world.program(&source.text());
        let tx = neighbour(world, program);
        world.send(tx).frame
    });

    assert_eq!(frame.ok().hooks("account_balance"), [cold, warm]);
    assert_eq!(frame.hook("account_codehash"), warm);
}

#[test]
fn the_program_itself_and_the_sender_are_warm() {
    let warm = 8_400 + 2 * 5_040 + 59_673 + 10_000 * WARM_GAS;
    let source = Source::new(
        "(call $contract_address (i32.const 0)) (call $account_balance (i32.const 0) (i32.const 32))
         (call $tx_origin (i32.const 0)) (call $account_balance (i32.const 0) (i32.const 32))
         (i32.const 0)",
    );

    let frame = super::kit::everywhere(|world| {
        let program = world.program(&source.text());
        world.send(Tx::to(program)).frame
    });

    assert_eq!(frame.ok().hooks("account_balance"), [warm, warm]);
}

#[test]
fn account_codehash_is_that_of_the_code() {
    let ink = 8_400 + 2 * 5_040 + 59_673 + 10_000 * COLD_GAS;
    let source = Source::new(format!(
        "{READ_ARGS} (call $account_codehash (i32.const 0) (i32.const 32))
         (call $write_result (i32.const 32) (i32.const 32)) (i32.const 0)"
    ));
    let codeless = |world: &mut World, program| {
        let address = world.account(Bytes::new());
        Tx::to(program).data(address)
    };

    let with_code = costs_in(&source, neighbour, ARGS + shown(2, ink, 32));
    let without = costs_in(&source, codeless, ARGS + shown(2, ink, 32));
    let empty = costs_in(&source, nobody, ARGS + shown(2, ink, 32));

    assert_eq!(with_code.frame.output, keccak256(CODE));
    assert_eq!(without.frame.output, keccak256([]), "an account without code");
    assert_eq!(empty.frame.output, B256::ZERO, "no account at all");
}

#[test]
fn account_code_size_has_no_pointer_price() {
    let ink = 8_400 + 59_673 + 10_000 * (CODE_GAS + COLD_GAS);
    let source = Source::new(format!(
        "{READ_ARGS} (i32.store (i32.const 32) (call $account_code_size (i32.const 0)))
         (call $write_result (i32.const 32) (i32.const 4)) (i32.const 0)"
    ));
    let total = ARGS
        + (BLOCK + 2 * CONST + CALL)
        + ink
        + (BLOCK + STORE32 + 2 * CONST + CALL)
        + write_result(4)
        + LAST;

    let outcome = costs_in(&source, neighbour, total);

    assert_eq!(outcome.frame.output, (CODE.len() as u32).to_le_bytes());
}

/// Asks for `size` bytes from `offset`, and shows the length returned and the bytes after it.
fn code_of(offset: u32, size: u32) -> Source {
    Source::new(format!(
        "{READ_ARGS}
         (i32.store (i32.const 96)
            (call $account_code (i32.const 0) (i32.const {offset}) (i32.const {size}) (i32.const 100)))
         (call $write_result (i32.const 96) (i32.const 64)) (i32.const 0)"
    ))
}

#[test]
fn account_code_pays_for_writing_the_whole_code() {
    let ink = 8_400 + 59_673 + 10_000 * (CODE_GAS + COLD_GAS) + 5_040 + 30 * (50 - 32);
    let total = ARGS
        + (BLOCK + 5 * CONST + CALL)
        + ink
        + (BLOCK + STORE32 + 2 * CONST + CALL)
        + write_result(64)
        + LAST;
    for (offset, size, len) in
        [(0, 50, 50_u32), (0, 0, 0), (10, 5, 5), (48, 10, 2), (50, 1, 0), (u32::MAX, u32::MAX, 0)]
    {
        let outcome = costs_in(&code_of(offset, size), neighbour, total);

        let mut shown = len.to_le_bytes().to_vec();
        shown.extend(vec![0x5b; len as usize]);
        shown.resize(64, 0);
        assert_eq!(outcome.frame.output, shown, "{size} bytes from {offset}");
    }
}

#[test]
fn code_asked_twice_costs_no_gas_again() {
    let size = "(drop (call $account_code_size (i32.const 0)))";
    let code =
        "(drop (call $account_code (i32.const 0) (i32.const 0) (i32.const 9) (i32.const 64)))";
    let first = 8_400 + 59_673 + 10_000 * (CODE_GAS + COLD_GAS);
    let again = 8_400 + 59_673;
    let written = 5_040 + 30 * (50 - 32);
    let source = Source::new(format!("{READ_ARGS} {size} {size} {code} {code} (i32.const 0)"));

    let frame = super::kit::everywhere(|world| {
        let program = world.program(&source.text());
        let tx = neighbour(world, program);
        world.send(tx).frame
    });

    assert_eq!(frame.ok().hooks("account_code_size"), [first, again]);
    assert_eq!(frame.hooks("account_code"), [again + written, again + written]);
}

#[test]
fn only_the_last_code_is_remembered() {
    let size = |at: u32| format!("(drop (call $account_code_size (i32.const {at})))");
    let (first, second) = (size(0), size(32));
    let source = Source::new(format!("{READ_ARGS} {first} {second} {first} {first} (i32.const 0)"));
    let price = |gas| 8_400 + 59_673 + 10_000 * gas;

    let frame = super::kit::everywhere(|world| {
        let program = world.program(&source.text());
        let (one, two) = (world.account([1]), world.account([2]));
        let mut args = one.into_word().to_vec();
        args.rotate_left(12);
        args.extend(two);
        world.send(Tx::to(program).data(args)).frame
    });

    let expected = [
        price(CODE_GAS + COLD_GAS),
        price(CODE_GAS + COLD_GAS),
        price(CODE_GAS + WARM_GAS),
        price(0),
    ];
    assert_eq!(frame.ok().hooks("account_code_size"), expected);
}

#[test]
fn empty_code_is_not_remembered() {
    let size = "(drop (call $account_code_size (i32.const 0)))";
    let source = Source::new(format!("{READ_ARGS} {size} {size} (i32.const 0)"));
    let price = |gas| 8_400 + 59_673 + 10_000 * gas;

    let frame = super::kit::everywhere(|world| {
        let program = world.program(&source.text());
        let tx = nobody(world, program);
        world.send(tx).frame
    });

    let expected = [price(CODE_GAS + COLD_GAS), price(CODE_GAS + WARM_GAS)];
    assert_eq!(frame.ok().hooks("account_code_size"), expected);
}

#[test]
fn code_out_of_bounds_traps() {
    let body = format!(
        "{READ_ARGS} (drop (call $account_code (i32.const 0) (i32.const 0) (i32.const 4)
            (i32.const 65533))) (i32.const 0)"
    );

    let frame = super::kit::everywhere(|world| {
        let program = world.program(&Source::new(body.as_str()).text());
        let tx = neighbour(world, program);
        world.send(tx).frame
    });

    frame.trapped();
}

#[test]
fn the_code_of_a_program_is_its_account_code() {
    let source = Source::new(
        "(call $contract_address (i32.const 0))
         (drop (call $account_code (i32.const 0) (i32.const 0) (i32.const 4) (i32.const 32)))
         (call $write_result (i32.const 32) (i32.const 4)) (i32.const 0)",
    )
    .fields(data(1_000, [7]));

    let output = super::kit::everywhere(|world| {
        let program = world.program(&source.text());
        world.send(Tx::to(program)).frame.ok().output.clone()
    });

    assert_eq!(output[..], [0xef, 0xf0, 0x00, 0x00]);
}
