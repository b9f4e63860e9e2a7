//! EVM code and programs that call each other.

use alloy_primitives::{Address, Bytes, U256, keccak256};
use emetis::stylus::package::{compress, init_code};

use super::evm;
use super::kit::{End, Frame, SENDER, Tx, World, everywhere, wasm};
use super::relay::{Kind, Relay, WRITTEN, relay};
use super::wat::program;

const CALLS: [Kind; 3] = [Kind::Call, Kind::Delegate, Kind::Static];

#[track_caller]
fn send(world: &mut World, to: Address, relay: &Relay) -> Frame {
    world.send(Tx::to(to).data(relay.encode())).frame
}

#[test]
fn programs_call_evm_code_and_get_its_data() {
    for kind in CALLS {
        let frame = everywhere(|world| {
            let relay = world.program(&relay());
            let callee = world.account(evm::returns(b"hello"));
            send(world, relay, &Relay::new(kind, callee))
        });

        assert_eq!(frame.ok().output, "hello".as_bytes(), "{kind:?}");
    }
}

#[test]
fn evm_code_calls_programs_and_gets_their_data() {
    for forward in [
        (|to| [evm::call(to, 0, 0), evm::bubble()].concat()) as fn(Address) -> Vec<u8>,
        |to| [evm::delegate(to, 0), evm::bubble()].concat(),
        |to| [evm::static_call(to, 0), evm::bubble()].concat(),
    ] {
        let frame = everywhere(|world| {
            let hello = "(call $write_result (i32.const 0) (i32.const 3)) (i32.const 0)";
            let source = super::wat::Source::new(hello).fields("(data (i32.const 0) \"hey\")");
            let callee = world.program(&source.text());
            let caller = world.account(forward(callee));
            world.send(Tx::to(caller)).frame
        });

        assert_eq!(frame.ok().output, "hey".as_bytes());
    }
}

#[test]
fn revert_data_bubbles_through_both() {
    // Sender → EVM → program → EVM → program → EVM, which reverts.
    let frame = everywhere(|world| {
        let reverts = world.account(evm::reverts(b"no such thing"));
        let relay = world.program(&relay());
        let middle = world.account(evm::forwarder(relay));
        let outer = world.account(evm::forwarder(relay));
        let innermost = Relay::new(Kind::Call, reverts).encode();
        let tx = Relay::new(Kind::Call, middle).payload(innermost);
        send(world, outer, &tx)
    });

    frame.reverts_with(b"no such thing");
    let mut depth = 1;
    let mut inner = &frame;
    while let Some(call) = inner.calls.first() {
        inner = call;
        depth += 1;
    }
    assert_eq!(depth, 5);
}

#[test]
fn a_failed_call_is_status_2_and_undoes_only_itself() {
    // The relay flushes by delegate call to itself, then a nested call flushes and reverts.
    let (frame, stored) = everywhere(|world| {
        let relay = world.program(&relay());
        let reverts = world.account(
            [vec![evm::PUSH1, 9, evm::PUSH1, 1, evm::SSTORE], evm::reverts(b"x")].concat(),
        );
        let frame = send(world, relay, &Relay::new(Kind::Delegate, reverts).swallow());
        (frame, world.storage(relay, U256::ONE))
    });

    assert_eq!(frame.ok().output[..], [2, b'x']);
    assert_eq!(stored, U256::ZERO);
}

#[test]
fn an_outer_revert_undoes_what_a_program_did() {
    for kind in [Kind::Flush, Kind::Log] {
        let (outcome, stored) = everywhere(|world| {
            let relay = world.program(&relay());
            let copy = vec![0x36, evm::PUSH0, evm::PUSH0, 0x37];
            let revert = vec![evm::PUSH0, evm::PUSH0, 0xfd];
            let outer = world.account([copy, evm::call(relay, 0, 53), revert].concat());
            let data = Relay::new(kind, Address::ZERO).encode();
            let outcome = world.send(Tx::to(outer).data(data));
            (outcome, world.storage(relay, U256::ZERO))
        });

        outcome.frame.reverts_with(&[]);
        assert_eq!(outcome.frame.calls[0].ok().end, Some(End::Status(0)));
        assert_eq!((outcome.logs, stored), (vec![], U256::ZERO), "{kind:?}");
    }
}

/// Calls the relay statically, by EVM code and by itself, to do `relay`.
#[track_caller]
fn in_a_static_frame(inner: &Relay) -> Frame {
    let by_evm = everywhere(|world| {
        let relay = world.program(&relay());
        let copy = vec![0x36, evm::PUSH0, evm::PUSH0, 0x37];
        let len = inner.encode().len() as u8;
        let code = [copy, evm::static_call(relay, len), evm::bubble()].concat();
        let caller = world.account(code);
        send(world, caller, inner).calls[0].clone()
    });
    let by_program = everywhere(|world| {
        let relay = world.program(&relay());
        let outer = Relay::new(Kind::Static, relay).payload(inner.encode()).swallow();
        send(world, relay, &outer).ok().calls[0].clone()
    });
    assert_eq!((by_evm.end, &by_evm.output), (by_program.end, &by_program.output));
    by_program
}

#[test]
fn state_changes_in_a_static_frame_revert_with_nothing() {
    for kind in [Kind::Flush, Kind::Log, Kind::Transient, Kind::Create, Kind::Create2] {
        let frame = in_a_static_frame(&Relay::new(kind, Address::ZERO));

        assert_eq!(frame.end, Some(End::Trap), "{kind:?}");
        frame.reverts_with(&[]);
    }
}

#[test]
fn a_cached_write_in_a_static_frame_is_fine() {
    let frame = in_a_static_frame(&Relay::new(Kind::Cache, Address::ZERO));

    assert_eq!(frame.end, Some(End::Status(0)));
}

#[test]
fn a_call_with_value_in_a_static_frame_fails() {
    let relay = Relay::new(Kind::Call, Address::repeat_byte(8)).value(1).swallow();

    let frame = in_a_static_frame(&relay);

    assert_eq!(frame.ok().output[..], [2]);
    assert_eq!(frame.calls, []);
}

#[test]
fn calls_below_a_static_frame_are_static() {
    for kind in [Kind::Call, Kind::Delegate] {
        let frame = everywhere(|world| {
            let relay = world.program(&relay());
            let flush = Relay::new(Kind::Flush, Address::ZERO).encode();
            let inner = Relay::new(kind, relay).payload(flush).swallow().encode();
            send(world, relay, &Relay::new(Kind::Static, relay).payload(inner))
        });

        assert_eq!(frame.ok().output[..], [2]);
        assert_eq!(frame.calls[0].calls[0].end, Some(End::Trap), "{kind:?}");
    }
}

#[test]
fn a_delegate_call_keeps_sender_value_and_storage() {
    let (frame, stored) = everywhere(|world| {
        let outer = world.program(&relay());
        let inner = world.program(&(relay() + " "));
        let report = Relay::new(Kind::Delegate, inner).payload(Relay::report());
        let frame = world.send(Tx::to(outer).data(report.encode()).value(77)).frame;
        let flush = Relay::new(Kind::Flush, Address::ZERO).encode();
        send(world, outer, &Relay::new(Kind::Delegate, inner).payload(flush)).ok();
        let stored = [outer, inner].map(|address| world.storage(address, U256::ZERO));
        (frame, stored)
    });

    let output = &frame.ok().output;
    assert_eq!(output[1..21], SENDER[..]);
    assert_eq!(output[21..41], frame.target[..]);
    assert_eq!(U256::from_be_slice(&output[41..]), U256::from(77));
    assert_eq!(stored, [U256::from(WRITTEN), U256::ZERO]);
}

#[test]
fn a_call_changes_sender_value_and_storage() {
    let (frame, addresses) = everywhere(|world| {
        let outer = world.program(&relay());
        let inner = world.program(&relay());
        let report = Relay::new(Kind::Call, inner).value(5).payload(Relay::report());
        let frame = world.send(Tx::to(outer).data(report.encode()).value(77)).frame;
        assert_eq!(world.balance(inner), U256::from(5));
        assert_eq!(world.balance(outer), U256::from(72));
        (frame, [outer, inner])
    });

    let output = &frame.ok().output;
    assert_eq!(output[1..21], addresses[0][..]);
    assert_eq!(output[21..41], addresses[1][..]);
    assert_eq!(U256::from_be_slice(&output[41..]), U256::from(5));
}

#[test]
fn refunds_of_either_side_reach_the_transaction() {
    // SSTORE(0, 0) clears a word: by EVM code that a program calls, and by a program.
    let clear = vec![evm::PUSH0, evm::PUSH0, evm::SSTORE];
    let flush = "(call $storage_cache_bytes32 (i32.const 0) (i32.const 0))
        (call $storage_flush_cache (i32.const 0)) (i32.const 0)";

    let refunds = everywhere(|world| {
        let relay = world.program(&relay());
        let evm_code = world.account(clear.clone());
        let cleaner = world.program(&program(flush));
        let forwarder = world.account(evm::forwarder(cleaner));
        for account in [evm_code, cleaner] {
            world.set_storage(account, 0, 1);
        }
        let by_evm = world.send(Tx::to(relay).data(Relay::new(Kind::Call, evm_code).encode()));
        let by_program = world.send(Tx::to(forwarder));
        [by_evm.refund, by_program.refund]
    });

    assert_eq!(refunds, [4_800; 2]);
}

#[test]
fn a_reverted_refund_is_lost() {
    let code = [vec![evm::PUSH0, evm::PUSH0, evm::SSTORE], evm::reverts(b"")].concat();

    let refund = everywhere(|world| {
        let relay = world.program(&relay());
        let evm_code = world.account(code.clone());
        world.set_storage(evm_code, 0, 1);
        let swallow = Relay::new(Kind::Call, evm_code).swallow().encode();
        let outcome = world.send(Tx::to(relay).data(swallow));
        outcome.frame.ok();
        outcome.refund
    });

    assert_eq!(refund, 0);
}

/// Code that a creation may leave, by a transaction, by EVM code and by a program.
fn deployable(code: &[u8]) -> bool {
    let init = evm::init(code);
    let deployed = everywhere(|world| {
        let by_tx = world.send(Tx::create(&init)).frame.result.is_ok();
        // CREATE(0, 0, CALLDATASIZE) of the calldata, returns the address.
        let create =
            [0x36, 0x5f, 0x5f, 0x37, 0x36, 0x5f, 0x5f, 0xf0, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3];
        let creator = world.account(create);
        let by_evm = world.send(Tx::to(creator).data(init.clone())).frame;
        let relay = world.program(&relay());
        let by_program = Relay::new(Kind::Create, Address::ZERO).payload(init.clone()).swallow();
        let by_program = send(world, relay, &by_program).ok().output[0] == 0;
        [by_tx, by_evm.output.iter().any(|byte| *byte != 0), by_program]
    });
    assert!(deployed.iter().all(|one| *one == deployed[0]), "{deployed:?}");
    deployed[0]
}

#[test]
fn only_programs_may_start_with_ef() {
    assert!(deployable(&[0xef, 0xf0, 0x00]));
    assert!(deployable(&[0xef, 0xf0, 0x00, 0x00, 1, 2, 3]));
    assert!(deployable(&[0xee]));
    assert!(deployable(&[]));
    for code in [
        &[0xef][..],
        &[0xef, 0x00],
        &[0xef, 0x01, 0x00],
        &[0xef, 0xf0],
        &[0xef, 0xf0, 0x01],
        &[0xef, 0xf1, 0x00],
        &[0xef, 0xff, 0xff, 0xff],
    ] {
        assert!(!deployable(code), "{code:02x?}");
    }
}

#[test]
fn init_code_never_runs_as_a_program() {
    let code = compress(&wasm(&program("(i32.const 0)")));

    let frame = everywhere(|world| {
        world.program(&program("(i32.const 0)"));
        world.send(Tx::create(&code)).frame
    });

    frame.consumed_all();
    assert_eq!(frame.end, None);
}

#[test]
fn a_deployed_program_is_its_code() {
    let code = compress(&wasm(&relay()));

    let hash = everywhere(|world| {
        let created = world.send(Tx::create(&init_code(&code))).frame.ok().target;
        world.info(created).code_hash
    });

    assert_eq!(hash, keccak256(&code));
}

#[test]
fn value_reaches_a_program_and_a_trap_sends_it_back() {
    let balances = everywhere(|world| {
        let takes = world.program(&program("(i32.const 0)"));
        let traps = world.program(&program("unreachable"));
        world.send(Tx::to(takes).value(9)).frame.ok();
        world.send(Tx::to(traps).value(9)).frame.trapped();
        [world.balance(takes), world.balance(traps)]
    });

    assert_eq!(balances, [U256::from(9), U256::ZERO]);
}

#[test]
fn calldata_reaches_a_program_through_evm_memory() {
    let data: Bytes = (0..200).collect::<Vec<u8>>().into();
    let echo = "(call $read_args (i32.const 0))
        (call $write_result (i32.const 0) (local.get $len)) (i32.const 0)";

    let output = everywhere(|world| {
        let echo = world.program(&program(echo));
        let forwarder = world.account(evm::forwarder(echo));
        world.send(Tx::to(forwarder).data(data.clone())).frame.ok().output.clone()
    });

    assert_eq!(output, data);
}
