//! What it costs to enter a program, and who may be entered.

use super::kit::{End, Frame, PLENTY, Tx, World, everywhere};
use super::wat::{Source, program};

/// The smallest program: its 64 bytes are counted in `activation`. Cached init cost: 4 globals that
/// are appended, `4·1628/1000`, and a page, `5`.
const SMALLEST: &str = "(i32.const 0)";
const CACHED_GAS: u64 = 11 * 32 + (6 + 5);
/// Besides: a function, two type words, 64 bytes: `8252/1000`, `2·1059/1000`, `64·1286/10000`.
const INIT_GAS: u64 = 69 * 128 + (8 + 2 + 8);
const DAY: u64 = 86_400;

#[track_caller]
fn entry(world: &mut World, tx: Tx) -> u64 {
    world.send(tx).frame.ok().entry
}

#[test]
fn a_cached_program_pays_its_cached_init() {
    let gas = everywhere(|world| {
        let program = world.program(&program(SMALLEST));
        [(); 2].map(|()| entry(world, Tx::to(program)))
    });

    assert_eq!(gas, [CACHED_GAS; 2]);
}

#[test]
fn a_program_that_is_not_cached_pays_its_init_once_a_block() {
    let gas = everywhere(|world| {
        let program = world.uncached(&program(SMALLEST));
        let first = entry(world, Tx::to(program));
        let second = entry(world, Tx::to(program));
        world.evm.new_block();
        [first, second, entry(world, Tx::to(program))]
    });

    assert_eq!(gas, [CACHED_GAS + INIT_GAS, CACHED_GAS, CACHED_GAS + INIT_GAS]);
}

#[test]
fn two_accounts_with_the_same_code_are_one_program() {
    let gas = everywhere(|world| {
        let first = world.uncached(&program(SMALLEST));
        let second = world.uncached(&program(SMALLEST));
        [entry(world, Tx::to(first)), entry(world, Tx::to(second))]
    });

    assert_eq!(gas, [CACHED_GAS + INIT_GAS, CACHED_GAS]);
}

/// Enters a program, then `others` different ones, then it again: was it remembered?
fn remembered_after(others: usize) -> bool {
    let again = everywhere(|world| {
        let first = world.uncached(&program(SMALLEST));
        entry(world, Tx::to(first));
        for other in 0..others {
            let body = format!("(drop (i32.const {other})) (i32.const 0)");
            let other = world.uncached(&program(&body));
            entry(world, Tx::to(other));
        }
        entry(world, Tx::to(first))
    });
    match again {
        CACHED_GAS => true,
        again => {
            assert_eq!(again, CACHED_GAS + INIT_GAS);
            false
        }
    }
}

#[test]
fn a_block_remembers_the_last_32_programs() {
    assert!(remembered_after(31));
    assert!(!remembered_after(32));
}

#[test]
fn use_keeps_a_program_among_the_last_32() {
    let gas = everywhere(|world| {
        let first = world.uncached(&program(SMALLEST));
        let mut last = entry(world, Tx::to(first));
        for other in 0..40 {
            let body = format!("(drop (i32.const {other})) (i32.const 0)");
            let other = world.uncached(&program(&body));
            entry(world, Tx::to(other));
            last = entry(world, Tx::to(first));
        }
        last
    });

    assert_eq!(gas, CACHED_GAS);
}

#[test]
fn pages_above_the_free_ones_are_paid_on_entry() {
    // (pages, linear part, table at that page less the 1 of page 0)
    for (pages, linear, table) in
        [(0, 0, 0), (2, 0, 0), (3, 1, 0), (11, 9, 4 - 1), (128, 126, 31_873_999 - 1)]
    {
        let gas = everywhere(|world| {
            let source = Source::new(SMALLEST).memory(&format!("{pages} {pages}"));
            let program = world.program(&source.text());
            entry(world, Tx::to(program))
        });

        let cached = 11 * 32 + (6 + 5 * pages);
        assert_eq!(gas, cached + 1_000 * linear + table, "{pages} pages");
    }
}

/// Calls twice the address in the calldata.
const CALLS_TWICE: &str = "(call $read_args (i32.const 0))
    (drop (call $call_contract (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 64)
        (i64.const -1) (i32.const 100)))
    (drop (call $call_contract (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 64)
        (i64.const -1) (i32.const 100)))
    (i32.const 0)";

#[test]
fn pages_are_closed_after_a_call_and_the_most_ever_open_is_paid_once() {
    // One page of the caller and ten of the callee: eleven.
    let entries = everywhere(|world| {
        let caller = world.program(&program(CALLS_TWICE));
        let callee = world.program(&Source::new(SMALLEST).memory("10 10").text());
        let frame = world.send(Tx::to(caller).data(callee)).frame;
        frame.ok().calls.iter().map(|call| call.entry).collect::<Vec<_>>()
    });

    let cached = 11 * 32 + (6 + 5 * 10);
    let linear = 1_000 * (11 - 2);
    assert_eq!(entries, [cached + linear + (4 - 1), cached + linear]);
}

#[test]
fn pages_that_a_call_grew_are_closed_too() {
    let grower = Source::new("(drop (memory.grow (i32.const 9))) (i32.const 0)")
        .memory("1")
        .fields("(; $pay_for_memory_grow ;)");

    let calls = everywhere(|world| {
        let caller = world.program(&program(CALLS_TWICE));
        let callee = world.program(&grower.text());
        let frame = world.send(Tx::to(caller).data(callee)).frame;
        frame.ok().calls.iter().map(|call| call.hook("pay_for_memory_grow")).collect::<Vec<_>>()
    });

    let linear = 1_000 * (11 - 2);
    assert_eq!(calls, [10_000 * (linear + 4 - 1), 10_000 * linear]);
}

#[test]
fn a_new_transaction_opens_its_pages_again() {
    let gas = everywhere(|world| {
        let program = world.program(&Source::new(SMALLEST).memory("11 11").text());
        [(); 2].map(|()| entry(world, Tx::to(program)))
    });

    assert_eq!(gas[0], gas[1]);
}

#[test]
fn entry_that_is_not_paid_takes_all_gas() {
    let run = |gas| {
        everywhere(|world| {
            let program = world.program(&program(SMALLEST));
            world.send(Tx::to(program).gas(gas)).frame
        })
    };

    let (short, nothing_left, one_left) =
        (run(CACHED_GAS - 1), run(CACHED_GAS), run(CACHED_GAS + 1));

    assert_eq!(short.consumed_all().end, Some(End::EntryUnpaid));
    assert_eq!(nothing_left.consumed_all().end, Some(End::OutOfInk));
    assert_eq!(one_left.ok().end, Some(End::Status(0)), "2,452 ink are less than a gas");
}

#[track_caller]
fn cannot_be_called(prepare: impl Fn(&mut World) -> Tx) {
    let frame = everywhere(|world| {
        let tx = prepare(world);
        world.send(tx).frame
    });
    assert_eq!(frame.consumed_all().end, Some(End::NotCallable));
    assert_eq!(frame.gas_used, PLENTY);
}

#[test]
fn a_program_that_was_never_activated_takes_all_gas() {
    cannot_be_called(|world| {
        let wasm = super::kit::wasm(&program(SMALLEST));
        let program = world.account(emetis::stylus::package::compress(&wasm));
        Tx::to(program)
    });
}

#[test]
fn code_that_only_looks_like_a_program_takes_all_gas() {
    cannot_be_called(|world| Tx::to(world.account([0xef, 0xf0, 0x00])));
}

#[test]
fn an_expired_program_takes_all_gas() {
    let last_day = everywhere(|world| {
        let program = world.program(&program(SMALLEST));
        world.advance(365 * DAY);
        world.send(Tx::to(program)).frame.ok().end
    });

    assert_eq!(last_day, Some(End::Status(0)));
    cannot_be_called(|world| {
        let program = world.program(&program(SMALLEST));
        world.advance(365 * DAY + 1);
        Tx::to(program)
    });
}

#[test]
fn a_program_of_another_stylus_version_takes_all_gas() {
    for version in [1, 3] {
        cannot_be_called(|world| {
            let program = world.program(&program(SMALLEST));
            world.edit_record(program, |record| record.version = version);
            Tx::to(program)
        });
    }
}

/// Depth of the calls below a frame, each of which makes one.
fn levels(frame: &Frame) -> Vec<&Frame> {
    let mut all = vec![frame];
    while let Some(call) = all[all.len() - 1].calls.first() {
        all.push(call);
    }
    all
}

#[test]
fn a_recursion_of_programs_ends_at_128_levels() {
    let body = "(call $contract_address (i32.const 0))
        (drop (call $call_contract (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 64)
            (i64.const -1) (i32.const 100))) (i32.const 0)";

    let frame = everywhere(|world| {
        let program = world.program(&program(body));
        world.send(Tx::to(program).gas(1 << 50)).frame
    });

    let levels = levels(&frame);
    assert_eq!(levels.len(), 129);
    assert!(levels[..128].iter().all(|level| level.end == Some(End::Status(0))));
    assert_eq!(levels[128].consumed_all().end, Some(End::EntryUnpaid));
    let pages: u64 = levels[..128].iter().map(|level| level.entry - levels[0].entry).sum();
    assert_eq!(pages, 126 * 1_000 + (31_873_999 - 1));
}
