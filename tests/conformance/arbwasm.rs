//! The activation precompile: its answers, events and errors.

use alloy_primitives::{Address, B256, U256, address, keccak256};

use super::kit::{Frame, NOW, SENDER, Tx, World, everywhere, wasm};
use super::wat::program;

pub(crate) const ARB_WASM: Address = address!("0000000000000000000000000000000000000071");
const FEE_COLLECTOR: Address = address!("a4b05fee00000000000000000000000000000000");
pub(crate) const ACTIVATE: &str = "activateProgram(address)";
const KEEPALIVE: &str = "codehashKeepalive(bytes32)";
const DAY: u64 = 86_400;
/// Enough for any data fee here.
const FEE: u64 = 1_000_000_000_000_000;
/// 502 KiB of native code (`activation`) at 82,928,201 wei a byte.
const SMALLEST_FEE: u64 = 502 * 1_024 * 82_928_201;

/// Selector and words.
pub(crate) fn calldata(signature: &str, words: &[B256]) -> Vec<u8> {
    let mut data = keccak256(signature)[..4].to_vec();
    data.extend(words.iter().flatten());
    data
}

fn number(value: u64) -> B256 {
    U256::from(value).into()
}

fn tx(signature: &str, word: B256) -> Tx {
    Tx::to(ARB_WASM).data(calldata(signature, &[word]))
}

fn code_hash(world: &mut World, address: Address) -> B256 {
    world.info(address).code_hash
}

/// The smallest program, deployed by a transaction and not activated.
fn deploy(world: &mut World) -> Address {
    let code = emetis::stylus::package::compress(&wasm(&program("(i32.const 0)")));
    let outcome = world.send(Tx::create(&emetis::stylus::package::init_code(&code)));
    let address = outcome.frame.ok().target;
    assert_eq!(code_hash(world, address), keccak256(code));
    address
}

/// Deployed and activated.
fn activated(world: &mut World) -> Address {
    let address = deploy(world);
    world.send(tx(ACTIVATE, address.into_word()).value(FEE)).frame.ok();
    address
}

#[track_caller]
fn refused(scenario: impl Fn(&mut World) -> Tx, signature: &str, words: &[B256]) -> Frame {
    let frame = everywhere(|world| {
        let tx = scenario(world);
        world.send(tx).frame
    });
    frame.reverts_with(&calldata(signature, words)).clone()
}

#[test]
fn activation_makes_a_deployed_program_callable() {
    let (output, log, collected) = everywhere(|world| {
        let address = deploy(world);
        let outcome = world.send(tx(ACTIVATE, address.into_word()).value(FEE));
        world.send(Tx::to(address)).frame.ok();
        let hash = code_hash(world, address);
        let [log] = &outcome.logs[..] else { panic!("{:?}", outcome.logs) };
        assert_eq!(log.address, ARB_WASM);
        let signature = "ProgramActivated(bytes32,bytes32,address,uint256,uint16)";
        assert_eq!(log.topics(), [keccak256(signature), hash]);
        let data = log.data.data.clone();
        assert_eq!(data[32..64], address.into_word()[..]);
        (outcome.frame.output.clone(), data, world.balance(FEE_COLLECTOR))
    });

    let expected = [number(2), number(SMALLEST_FEE)];
    assert_eq!(output, expected.as_flattened_bytes());
    assert_eq!(log[64..], [number(SMALLEST_FEE), number(2)].as_flattened_bytes()[..]);
    assert_eq!(collected, U256::from(SMALLEST_FEE));
}

/// Words as bytes.
trait AsFlattenedBytes {
    fn as_flattened_bytes(&self) -> Vec<u8>;
}

impl<const N: usize> AsFlattenedBytes for [B256; N] {
    fn as_flattened_bytes(&self) -> Vec<u8> {
        self.iter().flatten().copied().collect()
    }
}

#[test]
fn ordinary_code_is_no_program() {
    refused(
        |world| tx(ACTIVATE, world.account([0x00]).into_word()).value(FEE),
        "ProgramNotWasm()",
        &[],
    );
    refused(
        |_| tx(ACTIVATE, Address::repeat_byte(9).into_word()).value(FEE),
        "ProgramNotWasm()",
        &[],
    );
}

#[test]
fn an_active_program_is_up_to_date() {
    refused(
        |world| tx(ACTIVATE, activated(world).into_word()).value(FEE),
        "ProgramUpToDate()",
        &[],
    );
}

#[test]
fn an_expired_program_can_be_activated_again() {
    let answers = everywhere(|world| {
        let address = activated(world);
        world.advance(365 * DAY + 1);
        world.send(tx(ACTIVATE, address.into_word()).value(FEE)).frame.ok();
        world.send(Tx::to(address)).frame.ok().end
    });

    assert_eq!(answers, Some(super::kit::End::Status(0)));
}

#[test]
fn a_fee_that_is_not_covered_is_named() {
    let frame = refused(
        |world| tx(ACTIVATE, deploy(world).into_word()).value(SMALLEST_FEE - 1),
        "ProgramInsufficientValue(uint256,uint256)",
        &[number(SMALLEST_FEE - 1), number(SMALLEST_FEE)],
    );

    assert!(frame.gas_used > 1_659_168, "the work was done: {}", frame.gas_used);
}

#[test]
fn the_exact_fee_is_enough_and_nothing_comes_back() {
    let paid = everywhere(|world| {
        let address = deploy(world);
        let before = world.balance(SENDER);
        world.send(tx(ACTIVATE, address.into_word()).value(SMALLEST_FEE)).frame.ok();
        before - world.balance(SENDER)
    });

    assert_eq!(paid, U256::from(SMALLEST_FEE));
}

#[test]
fn a_program_that_was_never_activated_is_named() {
    const ERROR: &str = "ProgramNotActivated()";
    for signature in ["programTimeLeft(address)", "programInitGas(address)"] {
        refused(|world| tx(signature, deploy(world).into_word()), ERROR, &[]);
    }
    for signature in ["codehashVersion(bytes32)", KEEPALIVE] {
        refused(|_| tx(signature, B256::repeat_byte(5)), ERROR, &[]);
    }
}

const VIEWS: [&str; 3] =
    ["codehashVersion(bytes32)", "programTimeLeft(address)", "programInitGas(address)"];

/// A method that takes an address or a code hash, for `program`.
fn about(world: &mut World, signature: &str, program: Address) -> Tx {
    let word = if signature.ends_with("(bytes32)") {
        code_hash(world, program)
    } else {
        program.into_word()
    };
    tx(signature, word)
}

#[test]
fn a_program_of_an_older_version_needs_an_upgrade() {
    for signature in VIEWS.into_iter().chain([KEEPALIVE]) {
        refused(
            |world| {
                let program = activated(world);
                world.edit_record(program, |record| record.version = 1);
                about(world, signature, program)
            },
            "ProgramNeedsUpgrade(uint16,uint16)",
            &[number(1), number(2)],
        );
    }
}

#[test]
fn an_expired_program_tells_its_age() {
    for signature in VIEWS.into_iter().chain([KEEPALIVE]) {
        refused(
            |world| {
                let program = activated(world);
                world.advance(365 * DAY + 7);
                about(world, signature, program)
            },
            "ProgramExpired(uint64)",
            &[number(365 * DAY + 7)],
        );
    }
}

#[test]
fn a_keepalive_before_31_days_is_too_soon() {
    for age in [0, 31 * DAY - 1] {
        refused(
            |world| {
                let program = activated(world);
                world.advance(age);
                about(world, KEEPALIVE, program).value(FEE)
            },
            "ProgramKeepaliveTooSoon(uint64)",
            &[number(age)],
        );
    }
}

#[test]
fn a_keepalive_after_31_days_starts_the_year_again() {
    let (log, left) = everywhere(|world| {
        let program = activated(world);
        world.advance(31 * DAY);
        let keepalive = about(world, KEEPALIVE, program).value(FEE);
        let before = world.balance(SENDER);
        let outcome = world.send(keepalive);
        assert!(outcome.frame.ok().output.is_empty());
        assert_eq!(before - world.balance(SENDER), U256::from(SMALLEST_FEE));
        let left = about(world, "programTimeLeft(address)", program);
        (outcome.logs, world.send(left).frame.output)
    });

    assert_eq!(left, number(365 * DAY));
    let [log] = &log[..] else { panic!("{log:?}") };
    assert_eq!(log.topics()[0], keccak256("ProgramLifetimeExtended(bytes32,uint256)"));
    assert_eq!(log.data.data[..], number(SMALLEST_FEE)[..]);
}

#[test]
fn a_keepalive_whose_fee_is_not_covered_is_refused() {
    refused(
        |world| {
            let program = activated(world);
            world.advance(31 * DAY);
            about(world, KEEPALIVE, program)
        },
        "ProgramInsufficientValue(uint256,uint256)",
        &[number(0), number(SMALLEST_FEE)],
    );
}

#[test]
fn views_answer() {
    let answers = everywhere(|world| {
        let program = activated(world);
        world.advance(10 * DAY);
        VIEWS.map(|signature| {
            let tx = about(world, signature, program);
            world.send(tx).frame.ok().output.clone()
        })
    });

    assert_eq!(answers[0], number(2));
    assert_eq!(answers[1], number(355 * DAY));
    // With init and without: 69·128 + 18, 11·32 + 11.
    let cached = 11 * 32 + 11;
    let init = 69 * 128 + 18;
    assert_eq!(answers[2], [number(cached + init), number(cached)].as_flattened_bytes());
}

#[test]
fn time_is_counted_from_the_start_of_the_hour() {
    let left = everywhere(|world| {
        assert_eq!((NOW - 1_421_388_000) % 3_600, 0);
        world.advance(1_234);
        let program = activated(world);
        let tx = about(world, "programTimeLeft(address)", program);
        world.send(tx).frame.ok().output.clone()
    });

    assert_eq!(left, number(365 * DAY - 1_234));
}

#[test]
fn parameters_answer() {
    let answers = everywhere(|world| {
        ["stylusVersion()", "inkPrice()"].map(|signature| {
            let tx = Tx::to(ARB_WASM).data(calldata(signature, &[]));
            world.send(tx).frame.ok().output.clone()
        })
    });

    assert_eq!(
        answers.map(|answer| U256::from_be_slice(&answer)),
        [U256::from(2), U256::from(10_000)]
    );
}

#[test]
fn demand_makes_data_dearer() {
    // Each step of 21,360,419 bytes of demand raises the price by a factor of e, to basis points.
    let fees = everywhere(|world| {
        let mut fees = Vec::new();
        for number in 0..44 {
            let body = format!("(drop (i32.const {number})) (i32.const 0)");
            let code = emetis::stylus::package::compress(&wasm(&program(&body)));
            let address = world.account(code);
            let outcome = world.send(tx(ACTIVATE, address.into_word()).value(FEE));
            fees.push(U256::from_be_slice(&outcome.frame.ok().output[32..]));
        }
        fees
    });

    // 41 programs of 502 KiB are 21,075,968 bytes: still below the first step.
    assert_eq!(fees[..41], [U256::from(SMALLEST_FEE); 41]);
    let e_in_bips = 27_182;
    let dearer = 82_928_201_u64 * e_in_bips / 10_000 * 502 * 1_024;
    assert_eq!(fees[41..], [U256::from(dearer); 3]);
}
