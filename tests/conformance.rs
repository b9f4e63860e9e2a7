//! The engine against the published prices and rules of Stylus.
//!
//! Every program here is written for its test, and every expected number is worked out by hand
//! from the published prices (`prices`), never read from the engine's own table. Scenarios run on
//! every back end and must come to the same.

mod conformance {
    mod account;
    mod activation;
    mod arbwasm;
    mod arguments;
    mod blocks;
    mod call_cost;
    mod calls;
    mod creates;
    mod depth;
    mod differential;
    mod entry;
    mod evm;
    mod info;
    mod kit;
    mod logs;
    mod math;
    mod memory;
    mod nested;
    mod operators;
    mod outcome;
    mod precompile;
    mod prices;
    mod random;
    mod reentrancy;
    mod refusals;
    mod relay;
    mod robustness;
    mod storage;
    mod tiers;
    mod transient;
    mod wat;
}
