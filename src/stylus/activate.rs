//! What activating a program costs, and what its calls cost from then on.

use super::version::ActivationPrices;

/// What activation counts in a program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Defined functions.
    pub functions: u64,
    /// Parameters and results, summed over the defined functions.
    pub type_words: u64,
    /// Bytes of the WASM as deployed, before instrumentation.
    pub wasm_bytes: u64,
    /// Globals, the four that instrumentation appends included.
    pub globals: u64,
    /// Bytes of all data items and all element items as encoded.
    pub data_bytes: u64,
    /// Bytes that the data items write into memory.
    pub data_payload: u64,
    /// Bytes of all element items as encoded.
    pub element_bytes: u64,
    /// Initial memory pages.
    pub pages: u16,
    /// Operators of all functions after instrumentation.
    pub operators: u64,
}

/// What activation records of a program, and what it costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Activation {
    /// Gas of a call's start, besides the minimum, when the program is not cached.
    pub init: u16,
    /// Gas of every call's start, besides the minimum.
    pub cached: u16,
    /// Bytes of native code, estimated. The data fee is paid for them.
    pub asm: u32,
    /// Initial memory pages.
    pub footprint: u16,
    /// Gas of the activation itself; what the precompile burns up front
    /// ([`ActivationPrices::upfront`]) is not in it.
    pub gas: u64,
}

impl Figures {
    /// What activation records and charges for these figures.
    ///
    /// # Rounding
    ///
    /// Every product is divided and rounded down on its own, then summed. An estimate that does not
    /// fit its field is the largest value of the field.
    pub fn activation(&self, prices: &ActivationPrices) -> Activation {
        let [functions, types, bytes] = [self.functions, self.type_words, self.wasm_bytes];
        let pages = u64::from(self.pages);

        let init = estimate(&prices.init, &[functions, types, bytes]);
        let cached = estimate(
            &prices.cached,
            &[functions, types, bytes, self.globals, self.data_bytes, pages],
        );
        let asm = estimate(&prices.asm, &[functions, types, bytes]);
        let work = estimate(
            &prices.work,
            &[bytes, functions, self.data_payload, self.element_bytes, pages, self.operators],
        );
        Activation {
            init: u16::try_from(init).unwrap_or(u16::MAX),
            cached: u16::try_from(cached).unwrap_or(u16::MAX),
            asm: u32::try_from(prices.asm_base.saturating_add(asm)).unwrap_or(u32::MAX),
            footprint: self.pages,
            gas: prices.unit.saturating_mul(work),
        }
    }
}

/// Sum of `value · numerator / denominator`, each rounded down.
fn estimate<const N: usize>(coefficients: &[(u64, u64); N], values: &[u64; N]) -> u64 {
    let mut sum = 0_u64;
    for ((numerator, denominator), value) in coefficients.iter().zip(values) {
        let product = u128::from(*value) * u128::from(*numerator);
        let part = product.checked_div(u128::from(*denominator)).unwrap_or(0);
        sum = sum.saturating_add(u64::try_from(part).unwrap_or(u64::MAX));
    }
    sum
}

#[cfg(test)]
mod tests;
