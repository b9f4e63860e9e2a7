use proptest::prelude::*;

use super::*;
use crate::stylus::version::Version;

const LIMITS: Limits = Version::ARBOS_60.limits;

#[test]
fn code_is_prefix_dictionary_and_stream() {
    let code = compress(b"\0asm");

    assert_eq!(code[..4], [0xef, 0xf0, 0x00, 0x00]);
    assert!(is_program(&code));
    assert_eq!(decompress(&code, &LIMITS), Ok(b"\0asm".to_vec()));
}

#[test]
fn only_the_prefix_makes_a_program() {
    assert!(is_program(&[0xef, 0xf0, 0x00]));
    assert!(!is_program(&[0xef, 0xf0]));
    assert!(!is_program(&[0xef, 0x00, 0x00]));
    assert!(!is_program(&[0xef, 0x01, 0x00]));
    assert!(!is_program(&[]));
}

#[test]
fn another_prefix_or_dictionary_is_refused() {
    assert_eq!(decompress(&[], &LIMITS), Err(Refusal::BadPrefix));
    assert_eq!(decompress(&[0xef, 0xf1, 0, 0], &LIMITS), Err(Refusal::BadPrefix));
    assert_eq!(decompress(&[0xef, 0xf0, 0], &LIMITS), Err(Refusal::Brotli));
    assert_eq!(decompress(&[0xef, 0xf0, 0, 0], &LIMITS), Err(Refusal::Brotli));
    assert_eq!(decompress(&[0xef, 0xf0, 0, 1, 6], &LIMITS), Err(Refusal::BadDictionary(1)));
}

#[test]
fn bytes_after_the_stream_are_refused() {
    let mut code = compress(b"program");
    code.push(0);

    assert_eq!(decompress(&code, &LIMITS), Err(Refusal::Brotli));
}

#[test]
fn every_truncation_is_refused() {
    let code = compress(&sample());

    for length in 3..code.len() {
        assert_eq!(decompress(&code[..length], &LIMITS), Err(Refusal::Brotli), "{length} bytes");
    }
}

#[test]
fn every_flipped_bit_is_refused_or_decodes_within_the_limit() {
    let code = compress(&sample());

    for bit in 32..code.len() * 8 {
        let mut code = code.clone();
        code[bit / 8] ^= 1 << (bit % 8);
        if let Ok(wasm) = decompress(&code, &LIMITS) {
            assert!(wasm.len() <= LIMITS.wasm);
        }
    }
}

#[test]
fn a_bomb_stops_at_the_limit() {
    let limit = 128 * 1024;
    let too_large = Err(Refusal::TooLarge { size: limit + 1, limit });

    assert_eq!(decompress(&compress(&vec![0; limit]), &LIMITS), Ok(vec![0; limit]));
    assert_eq!(decompress(&compress(&vec![0; limit + 1]), &LIMITS), too_large);
    assert_eq!(decompress(&compress(&vec![0; 64 << 20]), &LIMITS), too_large);
}

#[test]
fn a_large_window_is_refused() {
    // The seven low bits 0x11 announce it; 30 bits of window would be a gigabyte.
    let code = [0xef, 0xf0, 0, 0, 0x11, 30, 0, 0, 0, 0];

    assert_eq!(decompress(&code, &LIMITS), Err(Refusal::Brotli));
}

#[test]
fn code_over_the_limit_is_refused() {
    let code = compress(&[0; 100]);
    let limits = Limits { code: code.len() - 1, ..LIMITS };

    assert_eq!(
        decompress(&code, &limits),
        Err(Refusal::TooLarge { size: code.len(), limit: code.len() - 1 })
    );
    assert!(decompress(&code, &Limits { code: code.len(), ..LIMITS }).is_ok());
}

#[test]
fn limits_may_be_lifted() {
    let limits = Limits { code: usize::MAX, wasm: usize::MAX, ..LIMITS };

    assert_eq!(decompress(&compress(&[7; 200_000]), &limits), Ok(vec![7; 200_000]));
}

#[test]
fn init_code_copies_the_code_behind_its_prelude() {
    let code = [0xaa; 0x0123];

    let init = init_code(&code);

    let prelude = &init[..43];
    assert_eq!(prelude[0], 0x7f);
    assert_eq!(prelude[1..31], [0; 30]);
    assert_eq!(prelude[31..33], [0x01, 0x23]);
    // dup1, push1 43, push1 0, codecopy, push1 0, return, version byte
    assert_eq!(prelude[33..], [0x80, 0x60, 43, 0x60, 0, 0x39, 0x60, 0, 0xf3, 0]);
    assert_eq!(init[43..], code);
}

/// Bytes that neither repeat nor look random.
fn sample() -> Vec<u8> {
    (0..600_u32).map(|n| (n.wrapping_mul(n) >> 5) as u8).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_compressed_comes_back(wasm in prop::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert_eq!(decompress(&compress(&wasm), &LIMITS), Ok(wasm));
    }

    #[test]
    fn random_streams_never_panic(stream in prop::collection::vec(any::<u8>(), 0..400)) {
        let code = [&[0xef, 0xf0, 0, 0], stream.as_slice()].concat();
        if let Ok(wasm) = decompress(&code, &LIMITS) {
            prop_assert!(wasm.len() <= LIMITS.wasm);
        }
    }
}
