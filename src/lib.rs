//! The METIS staking suite's harness: real Stylus WASM and EVM bytecode in one in-process revm.
//!
//! Contracts are built from `contracts/`, deployed into a [`Chain`] that lives in memory, and called
//! as any account would call them. Nothing is mocked: programs run as the compiled WASM that a chain
//! would run, metered as Arbitrum's Nitro meters it, next to ordinary EVM bytecode.
//!
//! ```no_run
//! use alloy_primitives::B256;
//! use emetis::interfaces::ILiquidStaking::{AssetsZero, Deposited, depositCall};
//! use emetis::suite::{Params, Suite};
//! use emetis::{Chain, ether};
//!
//! let mut chain = Chain::new();
//! let suite = Suite::deploy(&mut chain, Params::default());
//! let (alice, hub) = (chain.account("alice"), suite.liquid_staking);
//! chain.deal(alice, ether(100));
//! let deposit = depositCall { receiver: alice.address, tag: B256::ZERO };
//!
//! let receipt = chain.send(alice, hub, deposit.clone()).value(ether(30)).ok();
//! assert_eq!(receipt.output, ether(30));
//! receipt.emitted(Deposited {
//!     caller: alice.address,
//!     receiver: alice.address,
//!     tag: B256::ZERO,
//!     assets: ether(30),
//!     supply: ether(30),
//! });
//!
//! chain.send(alice, hub, deposit).fails_with(AssetsZero {});
//! ```
//!
//! # A guided tour
//!
//! Six nouns carry a test. [`Chain`] is the whole world: owned, `clone` is a snapshot, no globals.
//! [`Account`] is who sends. A [`Call`] is a transaction in the making, ended by `ok`, `run`,
//! `fails_with`, `traps` or `dry_run`. A [`Receipt`] or a [`Failure`] is what came of it: a revert, a
//! trap and out of gas are never merged. [`suite::Suite`] is the deployed suite.
//!
//! Around them: [`interfaces`] has the typed calls, events and errors, and [`abi`] has them as JSON for
//! front-ends; [`artifacts`] builds, caches
//! and locates contract WASM and Solidity fixtures; [`campaign`] draws random sequences of calls,
//! checks properties and shrinks what it finds; [`gas`] measures what operations cost; [`stylus`] is
//! the engine, which knows nothing of this suite.
//!
//! When a call does not do what a test says, the test prints the decoded error and the call tree: a
//! line a frame, with gas, the program's ink, its host calls by name, and logs.
//!
//! # Your own contract
//!
//! Any Stylus contract can be put here, and any EVM code. In a crate of tests beside your workspace of
//! contracts: [`artifacts::Builder`] compiles them (its page says what a workspace needs), a `sol!`
//! block says how they are called, and a [`Chain`] takes them.
//!
//! ```no_run
//! use emetis::artifacts::Builder;
//! use emetis::{Chain, days, ether};
//!
//! alloy_sol_types::sol! {
//!     // Assertions and call trees print and compare these.
//!     #![sol(extra_derives(Debug, PartialEq, Eq))]
//!
//!     contract Jar {
//!         event Opened(address owner, uint256 amount);
//!         error TooEarly(uint64 until);
//!
//!         constructor(address owner, uint64 until);
//!         function tip() external payable;
//!         function open() external returns (uint256);
//!         function tips() external view returns (uint256);
//!     }
//! }
//!
//! let program = Builder::new().contracts("../contracts").load("jar")?;
//! let mut chain = Chain::new();
//! let (deployer, alice) = (chain.account("deployer"), chain.account("alice"));
//! chain.deal(alice, ether(5));
//!
//! let jar = chain.deploy_program(deployer, &program.code);
//! let until = chain.time() + days(7);
//! chain.construct(deployer, jar, Jar::constructorCall { owner: alice.address, until }).ok();
//! // From here on call trees speak of the jar, its calls, errors and events by name.
//! chain.label(jar, "jar");
//! chain.teach::<Jar::JarCalls, Jar::JarErrors, Jar::JarEvents>();
//!
//! chain.send(alice, jar, Jar::tipCall {}).value(ether(2)).ok();
//! chain.send(alice, jar, Jar::openCall {}).fails_with(Jar::TooEarly { until });
//! chain.advance(days(7));
//! let receipt = chain.send(alice, jar, Jar::openCall {}).ok();
//! receipt.emitted(Jar::Opened { owner: alice.address, amount: ether(2) });
//! # Ok::<(), emetis::artifacts::BuildError>(())
//! ```
//!
//! The contract may call EVM code and be called by it: [`Chain::create`] takes init code from any
//! compiler, [`Chain::set_code`] runtime code written by hand. What comes of a call is read off a
//! [`Receipt`] or [`Failure`], [`Chain::view`], [`Chain::balance`] and [`Chain::storage`].
//!
//! To fuzz it, implement [`campaign::Subject`]: a world (a chain beside a model of the books), an enum
//! of actions, a strategy that draws them, and a `step` that does one and checks what must hold.
//! [`campaign::run`] does the rest. A deliberately broken variant behind a feature of the contract
//! ([`artifacts::Builder::feature`]) shows that a property can fail. `tests/stranger` in this
//! repository has all of it for a vesting escrow.
//!
//! Such a crate depends on `emetis`, on `alloy-primitives` and `alloy-sol-types` of the same version,
//! and for campaigns on `proptest` and `serde` with `derive`. Run it with `--release`: the engine is
//! slow without optimisation.
//!
//! # When not to use this
//!
//! Gas is a model where a live node could not be asked; for the last unit ask a node. ArbOS
//! precompiles other than the activation part of `ArbWasm` are not here, and stop a test loudly. L1
//! data fees, retryable tickets, and the sequencer are not modelled.

pub mod abi;
mod account;
pub mod artifacts;
pub mod bench;
mod call;
pub mod campaign;
mod chain;
mod dictionary;
pub mod gas;
pub mod interfaces;
mod outcome;
mod state;
pub mod stylus;
pub mod suite;
mod table;
mod tree;
mod units;

pub use account::{Account, Signature};
pub use call::Call;
pub use chain::{CHAIN_ID, Chain, GAS_LIMIT, GENESIS, Snapshot, Views};
pub use dictionary::Dictionary;
pub use outcome::{Failure, Receipt};
pub use state::{State, StorageChange};
pub use table::{Table, thousands};
pub use units::{WEI, days, ether, hours, milliether, minutes};
