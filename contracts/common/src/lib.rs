//! What the programs of the suite share.
//!
//! The upper half is pure: it knows neither storage nor host, compiles everywhere and is tested
//! natively. The lower half runs inside a program and exists only on `wasm32`.
//!
//! | pure | |
//! |---|---|
//! | [`abi`] | the interfaces, as types |
//! | [`word`] | 32-byte words, and constants that cost no data section |
//! | [`account`] | addresses, as words |
//! | [`calldata`] | reading arguments |
//! | [`totals`] | the books of the hub in one slot |
//! | [`muldiv`], [`shares`] | 512-bit multiplication and division, what shares are worth |
//! | [`stream`], [`books`] | a reward that unlocks, the books of the vault |
//! | [`staking`] | the books of sequencer staking |
//! | [`quota`] | who may hold how much, and where stake goes to and comes from |
//! | [`limiter`], [`redemption`], [`wait`] | a daily limit, instant redemptions, how long they wait |
//! | [`queue`], [`art`] | batches and tickets, the picture of one |
//! | [`commission`], [`signer`], [`court`] | what the registry and the court keep |
//! | [`managed`], [`pause`] | what an authority answers; a pause that ends by itself |
//! | [`delay`], [`access`] | delays that change later, what the access manager keeps |
//! | [`slots`] | where things lie in storage |
//! | [`eip712`], [`signature`] | what a permit signs, and how |
//! | [`mutants`] | deliberately broken variants, for tests |
//!
//! | in a program | |
//! |---|---|
//! | `host` | the only unsafe code: calls to the virtual machine |
//! | `entry` | entrance of a call, its checks and its answer |
//! | `guard` | the lock against re-entry |
//! | `errors`, `storage` | typed errors, slots by account |
//! | `managed`, `pause` | who may enter, and the entries that go with both |
//! | `erc20`, `permit` | a token with signed allowances |
#![no_std]

pub mod abi;
pub mod access;
pub mod account;
pub mod art;
pub mod books;
pub mod calldata;
pub mod commission;
pub mod court;
pub mod delay;
pub mod eip712;
pub mod export;
pub mod hash;
pub mod limiter;
pub mod managed;
pub mod muldiv;
pub mod mutants;
pub mod pause;
pub mod queue;
pub mod quota;
pub mod redemption;
pub mod shares;
pub mod signature;
pub mod signer;
pub mod slots;
pub mod staking;
pub mod stream;
pub mod totals;
pub mod wait;
pub mod word;

#[cfg(target_arch = "wasm32")]
pub mod entry;
#[cfg(target_arch = "wasm32")]
pub mod erc20;
#[cfg(target_arch = "wasm32")]
pub mod errors;
#[cfg(target_arch = "wasm32")]
pub mod guard;
#[cfg(target_arch = "wasm32")]
pub mod host;
#[cfg(target_arch = "wasm32")]
pub mod permit;
#[cfg(target_arch = "wasm32")]
pub mod recover;
#[cfg(target_arch = "wasm32")]
pub mod storage;
