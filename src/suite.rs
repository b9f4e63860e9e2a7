//! The suite, deployed into a world.

use alloy_primitives::{Address, Bytes, keccak256};
use alloy_sol_types::{SolConstructor, SolValue};

use crate::account::Account;
use crate::artifacts::{BuildError, Builder};
use crate::chain::Chain;
use crate::interfaces::{
    LiquidStaking, LiquidStakingCalls, LiquidStakingErrors, LiquidStakingEvents,
};

/// Account code of the suite's programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programs {
    /// The eMETIS hub.
    pub liquid_staking: Bytes,
}

impl Programs {
    /// The release programs, built first if their sources have changed.
    ///
    /// # Errors
    ///
    /// If they do not build; the message says what to do.
    pub fn release() -> Result<Self, BuildError> {
        Self::build(&Builder::new())
    }

    /// The extra build that contains every deliberately broken variant.
    ///
    /// # Errors
    ///
    /// As [`Programs::release`].
    pub fn mutants() -> Result<Self, BuildError> {
        Self::build(&Builder::new().mutants(true))
    }

    /// What a builder makes.
    ///
    /// # Errors
    ///
    /// As [`Programs::release`].
    pub fn build(builder: &Builder) -> Result<Self, BuildError> {
        Ok(Self { liquid_staking: builder.load("emetis-hub")?.code.into() })
    }
}

/// Who does what in a deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Params {
    /// May bring rewards.
    pub minter: Address,
    /// May sweep donations.
    pub treasury: Address,
}

impl Default for Params {
    /// The named accounts `minter` and `treasury`.
    fn default() -> Self {
        Self {
            minter: Account::named("minter").address,
            treasury: Account::named("treasury").address,
        }
    }
}

/// Addresses of a deployed suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suite {
    /// The eMETIS hub.
    pub liquid_staking: Address,
}

impl Suite {
    /// Builds the programs if they are stale, and deploys, activates, caches and constructs them.
    ///
    /// # Panics
    ///
    /// With the reason if they do not build or the chain refuses them.
    #[track_caller]
    pub fn deploy(chain: &mut Chain, params: Params) -> Self {
        let programs = Programs::release().unwrap_or_else(|error| panic!("{error}"));
        Self::deploy_programs(chain, &programs, params)
    }

    /// Like [`Suite::deploy`], with programs of your own.
    ///
    /// # Panics
    ///
    /// With the reason if the chain refuses them.
    #[track_caller]
    pub fn deploy_programs(chain: &mut Chain, programs: &Programs, params: Params) -> Self {
        let suite = Self::place(chain, programs);
        let deployer = chain.account("deployer");
        chain.send_raw(deployer, suite.liquid_staking, constructor(&params)).ok();
        chain.label(params.minter, "minter");
        chain.label(params.treasury, "treasury");
        suite
    }

    /// Deploys, activates and caches the programs, but constructs nothing.
    #[track_caller]
    pub fn place(chain: &mut Chain, programs: &Programs) -> Self {
        chain.teach::<LiquidStakingCalls, LiquidStakingErrors, LiquidStakingEvents>();
        let deployer = chain.account("deployer");
        let liquid_staking = chain.deploy_program(deployer, &programs.liquid_staking);
        chain.set_cached(liquid_staking, true);
        chain.label(liquid_staking, "hub");
        Self { liquid_staking }
    }
}

/// Calldata that constructs the hub, as `cargo stylus` and its deployer send it.
pub fn constructor(params: &Params) -> Vec<u8> {
    let arguments = (params.minter, params.treasury);
    let call = LiquidStaking::constructorCall { minter: arguments.0, treasury: arguments.1 };
    debug_assert_eq!(call.abi_encode(), arguments.abi_encode_params());
    [&keccak256("stylus_constructor()")[..4], &call.abi_encode()].concat()
}
