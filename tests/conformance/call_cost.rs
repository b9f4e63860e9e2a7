//! What a call from one program into another costs at 10 and at 70 KB of WASM, in the chain's cache and
//! not, at a cold address and a warm one.

use alloy_primitives::Address;

use super::kit::{Frame, INK, Tx, World, activation, everywhere, wasm};
use super::prices::{BASE, GAS, read};
use super::wat::{Source, program};

/// Sizes of the programs that are called, in bytes of WASM: exactly.
const SMALL: usize = 10_000;
const LARGE: usize = 70_000;

/// Bytes of text in each, which are paid for at every call.
const TEXT: usize = 128;

/// Gas of reaching an account, by whether the transaction has reached it before.
const COLD: u64 = 2_600;
const WARM: u64 = 100;

/// The called program's own work: two operators and the head of their block, less than one gas.
const WORK: u64 = 1;

/// A call without calldata: base, three pointers, the EVM, calldata read twice.
const CALL_INK: u64 = BASE + 3 * 5_040 + 59_673 + 2 * read(0);

/// What a program of so many bytes counts, by its construction.
#[derive(Clone, Copy, Debug)]
struct Counts {
    functions: u64,
    type_words: u64,
    bytes: u64,
    globals: u64,
    items: u64,
}

/// Functions of some 500 bytes, as in the suite's programs, that do what programs do: load, add, check,
/// store, call the next. Its entry point does nothing, so that a call of it costs what calling costs.
fn busy(functions: u64, nops: usize) -> String {
    const ROUNDS: usize = 13;
    let round = "(local.set 2 (i64.add (i64.load (local.get 0)) (local.get 1)))
         (if (i64.lt_u (local.get 2) (local.get 1)) (then (return (i64.const -1))))
         (i64.store (local.get 0) (local.get 2))
         (local.set 0 (i32.add (local.get 0) (i32.const 8)))"
        .repeat(ROUNDS);
    let function = |index: u64| {
        let next = (index + 1) % functions;
        format!(
            "(func $f{index} (param i32 i64) (result i64) (local i64) {round}
               (i64.xor (i64.const 7) (call $f{next} (local.get 0) (local.get 2))))"
        )
    };
    let functions: String = (0..functions).map(function).collect();
    let fields = format!(
        "(global (mut i32) (i32.const 32768)) (table 2 2 funcref) (elem (i32.const 0) $f0 $f1)
         (data (i32.const 8) \"{}\") {functions} (func {})",
        "m".repeat(TEXT),
        "nop ".repeat(nops)
    );
    Source::new("(i32.const 0)").fields(fields).text()
}

/// A program of exactly `bytes` bytes of WASM, and what it counts.
fn program_of(bytes: usize) -> (String, Counts) {
    // The length of the last function takes two bytes of its own from 128 on.
    const LEAST: usize = 128;
    let size = |functions, nops| wasm(&busy(functions, nops)).len();
    let mut functions = bytes as u64 / 500;
    while size(functions + 1, LEAST) <= bytes {
        functions += 1;
    }
    while size(functions, LEAST) > bytes {
        functions -= 1;
    }

    let source = busy(functions, LEAST + bytes - size(functions, LEAST));
    assert_eq!(wasm(&source).len(), bytes);
    let counts = Counts {
        // The one of nops and the entry point besides.
        functions: functions + 2,
        type_words: 3 * functions + 2,
        bytes: bytes as u64,
        globals: 1 + 4,
        // Flags, `i32.const`, its value, `end`; then a length and what is listed.
        items: (1 + 3 + 2 + TEXT as u64) + (1 + 3 + 1 + 2),
    };
    (source, counts)
}

impl Counts {
    /// Gas that every call pays to enter.
    fn cached(&self) -> u64 {
        let Self { functions, type_words, bytes, globals, items } = self;
        11 * 32
            + functions * 13_420 / 100_000
            + type_words * 89 / 100_000
            + bytes * 122 / 100_000
            + globals * 1_628 / 1_000
            + items * 75_244 / 100_000
            + 5
    }

    /// Gas that a call pays besides, if the program is neither cached nor recently run.
    fn init(&self) -> u64 {
        let Self { functions, type_words, bytes, .. } = self;
        69 * 128 + functions * 8_252 / 1_000 + type_words * 1_059 / 1_000 + bytes * 1_286 / 10_000
    }
}

/// Calls the address in the calldata; reaches it before, if a byte after it is not zero.
const CALLER: &str = "(call $read_args (i32.const 0))
    (if (i32.load8_u (i32.const 20)) (then (call $account_balance (i32.const 0) (i32.const 200))))
    (drop (call $call_contract (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 64)
        (i64.const -1) (i32.const 100)))
    (i32.const 0)";

#[track_caller]
fn called(program: impl Fn(&mut World) -> Address, warm: bool) -> Frame {
    everywhere(|world| {
        let caller = world.program(&super::wat::program(CALLER));
        let callee = program(world);
        let calldata = [callee.as_slice(), &[u8::from(warm)]].concat();
        world.send(Tx::to(caller).data(calldata)).frame
    })
}

#[test]
fn a_call_pays_for_its_host_function_the_account_and_the_entry_by_size() {
    for bytes in [SMALL, LARGE] {
        let (source, counts) = program_of(bytes);
        for (access, warm) in [(COLD, false), (WARM, true)] {
            for (init, cached) in [(0, true), (counts.init(), false)] {
                let place = |world: &mut World| match cached {
                    true => world.program(&source),
                    false => world.uncached(&source),
                };

                let frame = called(place, warm);

                let entry = counts.cached() + init;
                let told = format!("{bytes} bytes, warm {warm}, cached {cached}");
                assert_eq!(frame.ok().calls[0].ok().entry, entry, "{told}");
                let ink = CALL_INK + GAS * (access + entry + WORK);
                assert_eq!(frame.hook("call_contract"), ink, "{told}");
            }
        }
    }
}

#[test]
fn a_program_that_ran_in_the_block_is_entered_as_if_it_were_cached() {
    for bytes in [SMALL, LARGE] {
        let (source, counts) = program_of(bytes);
        let place = |world: &mut World| {
            let program = world.uncached(&source);
            world.send(Tx::to(program)).frame.ok();
            program
        };

        let frame = called(place, false);

        assert_eq!(frame.hook("call_contract"), CALL_INK + GAS * (COLD + counts.cached() + WORK));
    }
}

#[test]
fn size_hardly_matters_to_a_cached_program_and_much_to_another() {
    // The figures that contracts/README.md cuts the suite by, in gas of a call to a cold account.
    let [small, large] = [SMALL, LARGE].map(|bytes| {
        let (source, counts) = program_of(bytes);
        // What activation counts is what was counted by hand.
        let activation = activation(&wasm(&source));
        assert_eq!(u64::from(activation.cached), counts.cached() - 11 * 32);
        assert_eq!(u64::from(activation.init), counts.init() - 69 * 128);
        let [cached, uncached] = [World::program, World::uncached].map(|place| {
            let frame = called(|world| place(world, &source), false);
            frame.hook("call_contract").div_ceil(INK)
        });
        (cached, uncached)
    });

    assert_eq!((small, large), ((3_098, 13_462), (3_188, 22_720)));
}

#[test]
fn calldata_of_a_call_is_read_twice() {
    // A selector, and a selector with three words.
    for len in [4, 100] {
        let body = CALLER.replacen(
            "(i32.const 0) (i32.const 0) (i32.const 64)",
            &format!("(i32.const 128) (i32.const {len}) (i32.const 64)"),
            1,
        );
        assert_ne!(body, CALLER);
        let frame = everywhere(|world| {
            let caller = world.program(&program(&body));
            let callee = world.program(&program_of(SMALL).0);
            world.send(Tx::to(caller).data([callee.as_slice(), &[0]].concat())).frame
        });

        let entry = program_of(SMALL).1.cached();
        let ink = BASE + 3 * 5_040 + 59_673 + 2 * read(len) + GAS * (COLD + entry + WORK);
        assert_eq!(frame.hook("call_contract"), ink, "{len} bytes");
    }
}
