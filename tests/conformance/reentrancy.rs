//! Re-entry and deep call stacks.

use alloy_primitives::Address;

use super::evm;
use super::kit::{End, Frame, Tx, World, everywhere};
use super::relay::{Kind, Relay, relay};
use super::wat::program;

/// Whether the program that reports says it was re-entered.
#[track_caller]
fn reentrant(scenario: impl Fn(&mut World) -> Tx) -> bool {
    let output = everywhere(|world| {
        let tx = scenario(world);
        world.send(tx).frame.ok().output.clone()
    });
    assert_eq!(output.len(), 73, "a report");
    output[0] == 1
}

fn call(kind: Kind, to: Address, payload: Vec<u8>) -> Vec<u8> {
    Relay::new(kind, to).payload(payload).encode()
}

#[test]
fn a_first_call_is_not_re_entered() {
    assert!(!reentrant(|world| Tx::to(world.program(&relay())).data(Relay::report())));
    assert!(!reentrant(|world| {
        let relay = world.program(&relay());
        Tx::to(world.account(evm::forwarder(relay))).data(Relay::report())
    }));
}

#[test]
fn a_program_that_calls_itself_is_re_entered() {
    for kind in [Kind::Call, Kind::Static] {
        assert!(reentrant(|world| {
            let relay = world.program(&relay());
            Tx::to(relay).data(call(kind, relay, Relay::report()))
        }));
    }
}

#[test]
fn a_program_that_is_called_back_is_re_entered() {
    for kind in [Kind::Call, Kind::Static] {
        assert!(reentrant(|world| {
            let relay = world.program(&relay());
            let callee = world.account(evm::forwarder(relay));
            Tx::to(relay).data(call(kind, callee, Relay::report()))
        }));
    }
}

#[test]
fn a_delegate_call_is_no_span() {
    // The acting address has one span, whatever code runs for it.
    assert!(!reentrant(|world| {
        let relay = world.program(&relay());
        Tx::to(relay).data(call(Kind::Delegate, relay, Relay::report()))
    }));
    assert!(!reentrant(|world| {
        let outer = world.program(&relay());
        let library = world.program(&program("(i32.const 0)"));
        assert_ne!(outer, library);
        let inner = world.program(&relay());
        Tx::to(outer).data(call(Kind::Delegate, inner, Relay::report()))
    }));
}

#[test]
fn a_delegate_call_into_an_open_span_is_re_entered() {
    // The relay calls itself, and that second span delegates.
    assert!(reentrant(|world| {
        let relay = world.program(&relay());
        let delegate = call(Kind::Delegate, relay, Relay::report());
        Tx::to(relay).data(call(Kind::Call, relay, delegate))
    }));
}

#[test]
fn evm_code_that_acts_for_a_program_and_calls_it_re_enters() {
    assert!(reentrant(|world| {
        let relay = world.program(&relay());
        let library = world.account(evm::forwarder(relay));
        Tx::to(relay).data(call(Kind::Delegate, library, Relay::report()))
    }));
}

#[test]
fn another_program_of_the_same_code_is_not_re_entered() {
    assert!(!reentrant(|world| {
        let (first, second) = (world.program(&relay()), world.program(&relay()));
        Tx::to(first).data(call(Kind::Call, second, Relay::report()))
    }));
}

#[test]
fn a_span_closes_with_its_call() {
    // CALL the relay with the calldata, drop the status, then CALL it again with the same.
    for inner_fails in [false, true] {
        assert!(!reentrant(|world| {
            let relay = world.program(&relay());
            let first = if inner_fails { world.program(&program("unreachable")) } else { relay };
            let copy = vec![0x36, evm::PUSH0, evm::PUSH0, 0x37];
            let twice = [evm::call(first, 0, 53), vec![evm::POP], evm::call(relay, 0, 53)];
            let code = [copy, twice.concat(), evm::bubble()].concat();
            Tx::to(world.account(code)).data(Relay::report())
        }));
    }
}

#[test]
fn a_span_closes_when_its_call_fails() {
    // The relay calls itself and swallows the failure; then EVM code calls it afresh.
    assert!(!reentrant(|world| {
        let relay = world.program(&relay());
        let traps = world.program(&program("unreachable"));
        let fails = Relay::new(Kind::Call, relay)
            .payload(call(Kind::Call, traps, vec![]))
            .swallow()
            .encode();
        let wrapper = world.account(evm::forwarder(relay));
        world.send(Tx::to(wrapper).data(fails)).frame.ok();
        Tx::to(wrapper).data(Relay::report())
    }));
}

/// Gas for a deep stack: every level keeps a 64th.
const DEEP_GAS: u64 = 1 << 50;

fn depth(frame: &Frame) -> usize {
    let mut depth = 0;
    let mut frame = Some(frame);
    while let Some(level) = frame {
        depth += 1;
        frame = level.calls.first();
    }
    depth
}

#[test]
fn evm_code_below_a_program_reaches_a_depth_of_1024() {
    let frame = everywhere(|world| {
        let relay = world.program(&relay());
        // CALL(gas, ADDRESS, 0, 0, 0, 0, 0)
        let code = [evm::PUSH0, evm::PUSH0, evm::PUSH0, evm::PUSH0, evm::PUSH0, 0x30, 0x5a, 0xf1];
        let recursive = world.account(code);
        let tx = Tx::to(relay).data(call(Kind::Call, recursive, vec![])).gas(DEEP_GAS);
        let outcome = world.send(tx);
        outcome.frame.ok();
        (outcome.gas_used, depth(&outcome.frame))
    });

    // Depth counts from 0: 1,025 frames ran, and the one below was refused.
    assert_eq!(frame.1, 1_025 + 1);
}

#[test]
fn programs_and_evm_code_in_turn_reach_128_levels_each() {
    let levels = everywhere(|world| {
        // The program calls the address in its storage slot of the calldata: a forwarder to itself.
        let body = "(call $read_args (i32.const 0))
            (drop (call $call_contract (i32.const 0) (i32.const 0) (local.get $len)
                (i32.const 100) (i64.const -1) (i32.const 200))) (i32.const 0)";
        let program = world.program(&program(body));
        let forwarder = world.account(evm::forwarder(program));
        let frame = world.send(Tx::to(program).data(forwarder).gas(DEEP_GAS)).frame;
        frame.ok();
        depth(&frame)
    });

    // Program, forwarder, …, program, forwarder, and the program whose page cannot be paid.
    assert_eq!(levels, 2 * 128 + 1);
}

#[test]
fn many_evm_levels_between_programs_reach_a_depth_of_1024() {
    let (levels, programs) = everywhere(|world| {
        let body = "(call $read_args (i32.const 0))
            (drop (call $call_contract (i32.const 0) (i32.const 0) (local.get $len)
                (i32.const 100) (i64.const -1) (i32.const 200))) (i32.const 0)";
        let program = world.program(&program(body));
        let mut first = program;
        for _ in 0..9 {
            first = world.account(evm::forwarder(first));
        }
        let frame = world.send(Tx::to(program).data(first).gas(DEEP_GAS)).frame;
        let mut programs = 0;
        let mut level = Some(frame.ok());
        while let Some(frame) = level {
            programs += usize::from(frame.end == Some(End::Status(0)));
            level = frame.calls.first();
        }
        (depth(&frame), programs)
    });

    assert_eq!(levels, 1_025 + 1);
    assert_eq!(programs, 1_025_usize.div_ceil(10));
}
