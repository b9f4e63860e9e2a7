//! What is not modelled stops loudly, and what is fails like any call.

use alloy_primitives::{Address, B256};

use super::arbwasm::{ACTIVATE, ARB_WASM, calldata};
use super::evm;
use super::kit::{Tx, World, everywhere, wasm};
use super::wat::program;

const FEE: u64 = 1_000_000_000_000_000;

fn deployed(world: &mut World) -> Address {
    let wasm = wasm(&program("(i32.const 0)"));
    world.account(emetis::stylus::package::compress(&wasm))
}

#[track_caller]
fn stops(scenario: impl Fn(&mut World) -> Tx) -> String {
    everywhere(|world| {
        let tx = scenario(world);
        world.try_send(tx).expect_err("the transaction must not run")
    })
}

#[test]
fn other_methods_of_arb_wasm_stop_the_transaction() {
    for signature in [
        "minInitGas()",
        "pageGas()",
        "wasmStackDepth()",
        "programVersion(address)",
        "codehashAsmSize(bytes32)",
        "nothing()",
    ] {
        let data = calldata(signature, &[B256::ZERO]);

        let error = stops(|_| Tx::to(ARB_WASM).data(data.clone()));

        let selector = format!("{}", alloy_primitives::Bytes::copy_from_slice(&data[..4]));
        assert!(error.contains("ArbWasm") && error.contains(&selector), "{error}");
    }
}

#[test]
fn calldata_without_a_method_stops_the_transaction() {
    for data in [&[][..], &[0xab], &[0xab, 0xcd, 0xef]] {
        assert!(stops(|_| Tx::to(ARB_WASM).data(data)).contains("ArbWasm"));
    }
}

#[test]
fn other_precompiles_of_arbos_stop_the_transaction() {
    for last in (0x64..=0x70).chain(0x72..=0x74).chain([0xff]) {
        let address = Address::with_last_byte(last);

        let error = stops(|_| Tx::to(address));

        assert!(error.contains(&address.to_string()), "{error}");
    }
}

#[test]
fn a_call_from_a_program_stops_it_as_well() {
    let body = "(i32.store8 (i32.const 19) (i32.const 0x64))
        (drop (call $static_call_contract (i32.const 0) (i32.const 0) (i32.const 0)
            (i64.const -1) (i32.const 100))) (i32.const 0)";

    let error = stops(|world| Tx::to(world.program(&program(body))));

    assert!(error.contains("not modelled"), "{error}");
}

#[test]
fn a_world_goes_on_after_a_transaction_that_stopped() {
    everywhere(|world| {
        let program = world.program(&program("(i32.const 0)"));
        let stopped = world.try_send(Tx::to(Address::with_last_byte(0x64)));
        assert!(stopped.is_err());

        world.send(Tx::to(program)).frame.ok().end
    });
}

#[test]
fn ordinary_precompiles_answer_programs() {
    // The identity precompile at 4: 15 gas and 3 a word.
    let body = "(i32.store8 (i32.const 19) (i32.const 4))
        (drop (call $static_call_contract (i32.const 0) (i32.const 100) (i32.const 5)
            (i64.const -1) (i32.const 200)))
        (drop (call $read_return_data (i32.const 300) (i32.const 0) (i32.const 5)))
        (call $write_result (i32.const 300) (i32.const 5)) (i32.const 0)";
    let source = super::wat::Source::new(body).fields("(data (i32.const 100) \"hello\")");

    let frame = everywhere(|world| {
        let program = world.program(&source.text());
        world.send(Tx::to(program)).frame
    });

    assert_eq!(frame.ok().output, "hello".as_bytes());
    let call = 8_400 + 3 * 5_040 + 59_673 + 2 * 16_381;
    let (warm, identity) = (100, 15 + 3);
    assert_eq!(frame.hook("static_call_contract"), call + 10_000 * (warm + identity));
}

#[test]
fn an_outer_revert_undoes_an_activation() {
    // CALL(gas, ArbWasm, value, calldata), then REVERT whatever came of it.
    let version = everywhere(|world| {
        let program = deployed(world);
        let copy = vec![0x36, evm::PUSH0, evm::PUSH0, 0x37];
        let call = [
            &[evm::PUSH0, evm::PUSH0, 0x36, evm::PUSH0, 0x34, evm::PUSH1, 0x71, 0x5a, 0xf1][..],
            &[evm::PUSH0, evm::PUSH0, 0xfd],
        ]
        .concat();
        let outer = world.account([copy, call].concat());
        let tx = Tx::to(outer).data(calldata(ACTIVATE, &[program.into_word()])).value(FEE);
        let outcome = world.send(tx);
        outcome.frame.reverts_with(&[]);
        outcome.frame.calls[0].ok();
        assert_eq!(outcome.logs, []);
        world.record(program).version
    });

    assert_eq!(version, 0);
}

#[test]
fn evm_code_may_activate() {
    let version = everywhere(|world| {
        let program = deployed(world);
        let outer = world.account(evm::forwarder(ARB_WASM));
        let tx = Tx::to(outer).data(calldata(ACTIVATE, &[program.into_word()])).value(FEE);
        world.send(tx).frame.ok();
        world.record(program).version
    });

    assert_eq!(version, 2);
}

#[test]
fn a_static_call_cannot_activate() {
    let version = everywhere(|world| {
        let program = deployed(world);
        let copy = vec![0x36, evm::PUSH0, evm::PUSH0, 0x37];
        let code = [copy, evm::static_call(ARB_WASM, 36), evm::bubble()].concat();
        let outer = world.account(code);
        let tx = Tx::to(outer).data(calldata(ACTIVATE, &[program.into_word()]));
        world.send(tx).frame.reverts_with(&[]);
        world.record(program).version
    });

    assert_eq!(version, 0);
}

#[test]
fn a_view_does_not_take_value() {
    everywhere(|world| {
        let tx = Tx::to(ARB_WASM).data(calldata("stylusVersion()", &[])).value(1);
        world.send(tx).frame.reverts_with(&[]).clone()
    });
}

#[test]
fn code_that_would_not_instrument_reverts_with_nothing() {
    let frame = everywhere(|world| {
        let program = world.account([0xef, 0xf0, 0x00, 0x00, 0x12, 0x34]);
        let tx = Tx::to(ARB_WASM).data(calldata(ACTIVATE, &[program.into_word()])).value(FEE);
        world.send(tx).frame
    });

    frame.reverts_with(&[]);
}
