//! The escrow, built and deployed.

use std::sync::LazyLock;

use alloy_primitives::{Address, U256};
use emetis::artifacts::{Artifact, Builder};
use emetis::{Account, Chain, days, ether};

use super::interface::Vesting::{
    VestingCalls, VestingErrors, VestingEvents, constructorCall, openCall,
};

/// Root of the workspace that is built.
const CONTRACT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stranger/contract");

/// How long a grant takes to grow, in seconds, where a test does not say otherwise.
pub(super) const DURATION: u64 = days(100);

/// The program as it would be deployed.
pub(super) static HONEST: LazyLock<Artifact> = LazyLock::new(|| build(Builder::new()));

/// The program that forgets earlier payments.
pub(super) static CARELESS: LazyLock<Artifact> =
    LazyLock::new(|| build(Builder::new().feature("careless")));

fn build(builder: Builder) -> Artifact {
    builder.contracts(CONTRACT).load("vesting").unwrap_or_else(|error| panic!("{error}"))
}

/// A world with the escrow in it, and people with money.
pub(super) struct Stage {
    pub(super) chain: Chain,
    pub(super) vesting: Address,
    pub(super) guardian: Account,
    pub(super) alice: Account,
    pub(super) bob: Account,
}

impl Stage {
    pub(super) fn new() -> Self {
        Self::with(&HONEST)
    }

    pub(super) fn with(program: &Artifact) -> Self {
        let mut chain = Chain::new();
        chain.teach::<VestingCalls, VestingErrors, VestingEvents>();
        let [deployer, guardian, alice, bob] =
            ["deployer", "guardian", "alice", "bob"].map(|name| chain.account(name));
        chain.deal(alice, ether(1_000));
        let vesting = chain.deploy_program(deployer, &program.code);
        chain.label(vesting, "vesting");
        chain.construct(deployer, vesting, constructorCall { guardian: guardian.address }).ok();
        Self { chain, vesting, guardian, alice, bob }
    }

    /// Alice opens a grant over [`DURATION`] and returns its id.
    pub(super) fn open(&mut self, beneficiary: impl Into<Address>, amount: U256) -> U256 {
        let call = openCall { beneficiary: beneficiary.into(), duration: DURATION };
        self.chain.send(self.alice, self.vesting, call).value(amount).ok().output
    }
}
