//! Broken input is refused: nothing panics, nothing hangs.

use std::time::{Duration, Instant};

use emetis::stylus::instrument::instrument;
use emetis::stylus::package::{compress, decompress};
use emetis::stylus::{Refusal, Version, normalize};

use super::arbwasm::{ACTIVATE, ARB_WASM, calldata};
use super::kit::{Tx, everywhere, wasm};
use super::random::{Random, pack};
use super::relay::relay;

const VERSION: Version = Version::ARBOS_60;
/// Longest that one input may take.
const SOON: Duration = Duration::from_secs(5);

/// Every step that reads untrusted bytes as WASM. Returns whether they are a program.
fn judge(bytes: &[u8]) -> bool {
    let start = Instant::now();
    let normalized = normalize(bytes);
    let direct = instrument(bytes, &VERSION).is_ok();
    if let Ok(normalized) = normalized {
        let _ = instrument(&normalized, &VERSION);
        assert_eq!(normalize(&normalized), Ok(normalized), "normalizing twice changes nothing");
    }
    assert!(start.elapsed() < SOON, "{} bytes took {:?}", bytes.len(), start.elapsed());
    direct
}

#[test]
fn random_bytes() {
    let mut random = Random::new(1);

    for _ in 0..20_000 {
        let len = random.below(200) as usize;
        let mut bytes = random.bytes(len);
        assert!(!judge(&bytes));
        bytes.splice(0..0, *b"\0asm\x01\0\0\0");
        assert!(!judge(&bytes));
        let _ = decompress(&bytes, &VERSION.limits);
        bytes.splice(0..8, [0xef, 0xf0, 0x00, 0x00]);
        let _ = decompress(&bytes, &VERSION.limits);
    }
}

#[test]
fn truncated_modules() {
    let wasm = wasm(&relay());

    for len in 0..wasm.len() {
        assert!(!judge(&wasm[..len]), "the first {len} of {} bytes", wasm.len());
    }
    assert!(judge(&wasm));
}

#[test]
fn modules_with_flipped_bits() {
    let wasm = wasm(&relay());
    let mut random = Random::new(2);
    let mut accepted = 0;

    for at in 0..wasm.len() * 8 {
        let mut flipped = wasm.clone();
        flipped[at / 8] ^= 1 << (at % 8);
        accepted += u32::from(judge(&flipped));
        let second = random.below(wasm.len() as u64 * 8) as usize;
        flipped[second / 8] ^= 1 << (second % 8);
        accepted += u32::from(judge(&flipped));
    }

    println!("{accepted} of {} are still programs", wasm.len() * 16);
    assert!(accepted > 100, "some flips only change a constant: {accepted}");
}

#[test]
fn truncated_and_flipped_streams() {
    let wasm = wasm(&relay());
    let code = compress(&wasm);

    for len in 0..code.len() {
        assert!(decompress(&code[..len], &VERSION.limits).is_err());
    }
    for at in 4 * 8..code.len() * 8 {
        let mut flipped = code.clone();
        flipped[at / 8] ^= 1 << (at % 8);
        let start = Instant::now();
        if let Ok(other) = decompress(&flipped, &VERSION.limits) {
            judge(&other);
        }
        assert!(start.elapsed() < SOON, "bit {at}");
    }
}

#[test]
fn streams_that_expand_without_end() {
    let code = compress(&vec![0; 8 << 20]);
    assert!(code.len() < 24_576, "{} bytes", code.len());

    let start = Instant::now();
    let refusal = decompress(&code, &VERSION.limits);

    assert_eq!(refusal, Err(Refusal::TooLarge { size: 131_073, limit: 131_072 }));
    assert!(start.elapsed() < SOON);
}

#[test]
fn counts_that_promise_more_than_there_is() {
    // Each section in turn claims 2^32 - 1 items, or a size that large.
    for section in 0..=13 {
        for claim in [
            &[section, 5, 0xff, 0xff, 0xff, 0xff, 0x0f][..],
            &[section, 0xff, 0xff, 0xff, 0xff, 0x0f],
        ] {
            let bytes = [b"\0asm\x01\0\0\0", claim].concat();

            assert!(!judge(&bytes), "section {section}");
        }
    }
}

#[test]
fn flipped_programs_activate_and_run_alike_or_not_at_all() {
    let wasm = wasm(&relay());
    let mut random = Random::new(3);
    let mut activated = 0;

    for _ in 0..300 {
        let mut flipped = wasm.clone();
        let at = random.below(wasm.len() as u64 * 8) as usize;
        flipped[at / 8] ^= 1 << (at % 8);
        let code = pack(&flipped);
        let data = random.bytes(60);

        let ran = everywhere(|world| {
            let program = world.account(code.clone());
            let activate = Tx::to(ARB_WASM)
                .data(calldata(ACTIVATE, &[program.into_word()]))
                .value(1_000_000_000_000_000);
            let activation = world.send(activate).frame;
            let called = world.try_send(Tx::to(program).data(data.clone()).gas(200_000));
            (activation, called.expect("a refused program fails its call, not the world"))
        });

        activated += u32::from(ran.0.result.is_ok());
    }

    println!("{activated} of 300 were activated");
    assert!(activated > 20, "{activated}");
}
