//! Between WASM and account code.
//!
//! Account code is the prefix `EFF000`, one byte that names a dictionary, and the brotli stream of
//! the WASM.

use brotli::enc::BrotliEncoderParams;
use brotli::{BrotliDecompressStream, BrotliResult, BrotliState, HeapAlloc, HuffmanCode};

use super::refusal::Refusal;
use super::version::Limits;

/// First bytes of the code of every Stylus program.
pub const PREFIX: [u8; 3] = [0xef, 0xf0, 0x00];

/// The dictionary byte that stands for none.
const NO_DICTIONARY: u8 = 0;

/// Quality and window (as a power of two) of the brotli stream.
const QUALITY: i32 = 11;
const WINDOW: i32 = 22;

/// Bytes decoded at a time.
const CHUNK: usize = 16 * 1024;

/// Does this account code belong to a Stylus program?
pub fn is_program(code: &[u8]) -> bool {
    code.starts_with(&PREFIX)
}

/// Account code of a program: prefix, no dictionary, brotli of `wasm`.
///
/// The same bytes on every machine. Takes about 100 ms for 70 KB.
pub fn compress(wasm: &[u8]) -> Vec<u8> {
    let params = BrotliEncoderParams {
        quality: QUALITY,
        lgwin: WINDOW,
        size_hint: wasm.len(),
        ..Default::default()
    };
    let mut code = PREFIX.to_vec();
    code.push(NO_DICTIONARY);
    let mut input = wasm;
    brotli::BrotliCompress(&mut input, &mut code, &params)
        .expect("reading a slice and writing a vector cannot fail");
    code
}

/// WASM of a program's account code.
///
/// Takes memory and time bounded by `limits`, whatever the stream claims to hold.
///
/// # Errors
///
/// [`Refusal::BadPrefix`], [`Refusal::BadDictionary`], [`Refusal::Brotli`] for a broken or
/// unfinished stream or bytes after it, [`Refusal::TooLarge`] for the code or the WASM.
pub fn decompress(code: &[u8], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let rest = code.strip_prefix(&PREFIX).ok_or(Refusal::BadPrefix)?;
    if code.len() > limits.code {
        return Err(Refusal::TooLarge { size: code.len(), limit: limits.code });
    }
    let (&dictionary, stream) = rest.split_first().ok_or(Refusal::Brotli)?;
    if dictionary != NO_DICTIONARY {
        return Err(Refusal::BadDictionary(dictionary));
    }
    decode(stream, limits.wasm)
}

/// Decodes exactly one brotli stream into at most `limit` bytes.
fn decode(stream: &[u8], limit: usize) -> Result<Vec<u8>, Refusal> {
    // Strict: no large-window streams, which may ask for a ring buffer of a gigabyte.
    let mut state = BrotliState::new_strict(
        HeapAlloc::<u8>::new(0),
        HeapAlloc::<u32>::new(0),
        HeapAlloc::<HuffmanCode>::new(HuffmanCode::default()),
    );
    let (mut input_left, mut read, mut total) = (stream.len(), 0, 0);
    let mut wasm = Vec::new();
    let mut chunk = [0; CHUNK];
    loop {
        let (mut room, mut written) = (CHUNK, 0);
        let result = BrotliDecompressStream(
            &mut input_left,
            &mut read,
            stream,
            &mut room,
            &mut written,
            &mut chunk,
            &mut total,
            &mut state,
        );
        wasm.extend(chunk.iter().take(written));
        if wasm.len() > limit {
            return Err(Refusal::TooLarge { size: limit.saturating_add(1), limit });
        }
        match result {
            BrotliResult::ResultSuccess if input_left == 0 => return Ok(wasm),
            BrotliResult::NeedsMoreOutput if written > 0 => {}
            _ => return Err(Refusal::Brotli),
        }
    }
}

/// EVM init code that returns `code`: the usual prelude of 43 bytes, then the code.
pub fn init_code(code: &[u8]) -> Vec<u8> {
    const PUSH1: u8 = 0x60;
    const PUSH32: u8 = 0x7f;
    const DUP1: u8 = 0x80;
    const CODECOPY: u8 = 0x39;
    const RETURN: u8 = 0xf3;
    const PRELUDE: u8 = 43;

    let mut init = vec![PUSH32];
    init.extend([0; 24]);
    init.extend((code.len() as u64).to_be_bytes());
    init.extend([DUP1, PUSH1, PRELUDE, PUSH1, 0, CODECOPY, PUSH1, 0, RETURN, 0]);
    init.extend(code);
    init
}

#[cfg(test)]
mod tests;
