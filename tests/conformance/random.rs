//! A small seeded generator, and quick packaging.

/// xorshift64*: the same numbers on every machine.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
    }

    pub(crate) fn bytes(&mut self, len: usize) -> Vec<u8> {
        let mut bytes: Vec<u8> = std::iter::repeat_with(|| self.next().to_le_bytes())
            .take(len.div_ceil(8))
            .flatten()
            .collect();
        bytes.truncate(len);
        bytes
    }
}

/// Account code of a program, compressed in a hurry.
pub(crate) fn pack(mut wasm: &[u8]) -> Vec<u8> {
    let mut code = vec![0xef, 0xf0, 0x00, 0x00];
    let params = brotli::enc::BrotliEncoderParams { quality: 1, lgwin: 18, ..Default::default() };
    brotli::BrotliCompress(&mut wasm, &mut code, &params).expect("in memory");
    code
}
