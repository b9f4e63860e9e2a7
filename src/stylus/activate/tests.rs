use super::*;
use crate::stylus::version::Version;

const PRICES: ActivationPrices = Version::ARBOS_60.activation;

#[test]
fn every_product_is_rounded_down_on_its_own() {
    let figures = Figures {
        functions: 57,
        type_words: 203,
        wasm_bytes: 10_385,
        globals: 5,
        data_bytes: 781,
        data_payload: 700,
        element_bytes: 33,
        pages: 3,
        operators: 11_000,
    };

    let activation = figures.activation(&PRICES);

    // 57 · 8.252 = 470.364, 203 · 1.059 = 214.977, 10,385 · 0.1286 = 1,335.511
    assert_eq!(activation.init, 470 + 214 + 1_335);
    // 57 · 0.1342 = 7.6, 203 · 0.00089 = 0.18, 10,385 · 0.00122 = 12.7, 5 · 1.628 = 8.14,
    // 781 · 0.75244 = 587.66, 3 · 5
    assert_eq!(activation.cached, 7 + 12 + 8 + 587 + 15);
    // 57 · 996.829 = 56,819.25, 203 · 11.416 = 2,317.4, 10,385 · 6.2628 = 65,039.2
    assert_eq!(activation.asm, 512_000 + 56_819 + 2_317 + 65_039);
    assert_eq!(activation.footprint, 3);
    // 10,385 · 0.31733 = 3,295.5, 57 · 0.17263 = 9.8, 700 · 0.17376 = 121.6,
    // 33 · 0.17376 = 5.7, 3 · 2,217, 11,000 · 0.535 = 5,885
    assert_eq!(activation.gas, 28 * (3_295 + 9 + 121 + 5 + 6_651 + 5_885));
}

#[test]
fn a_known_counter_costs_what_it_is_known_to_cost() {
    // Get and increment, built by stylus-sdk 0.10.10 and rustc 1.95 with opt-level 3.
    let figures = Figures {
        functions: 59,
        type_words: 150,
        wasm_bytes: 10_385,
        globals: 3 + 4,
        data_bytes: 756 + 22,
        data_payload: 748,
        element_bytes: 22,
        pages: 1,
        operators: 11_260,
    };

    let activation = figures.activation(&PRICES);

    assert_eq!((activation.init, activation.cached, activation.gas), (1_979, 620, 326_984));
}

#[test]
fn nothing_costs_only_the_base_of_native_code() {
    let activation = Figures::default().activation(&PRICES);

    assert_eq!(activation, Activation { asm: 512_000, ..Activation::default() });
}

#[test]
fn estimates_that_do_not_fit_are_the_largest() {
    let figures = Figures {
        functions: u64::MAX,
        type_words: u64::MAX,
        wasm_bytes: u64::MAX,
        operators: u64::MAX,
        pages: 1,
        ..Figures::default()
    };

    let activation = figures.activation(&PRICES);

    assert_eq!((activation.init, activation.cached), (u16::MAX, u16::MAX));
    assert_eq!((activation.asm, activation.gas), (u32::MAX, u64::MAX));
}
