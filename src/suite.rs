//! The suite, deployed into a world.

pub mod access;
mod readme;
mod staking;

use alloy_primitives::{Address, Bytes, U256, keccak256};
use alloy_sol_types::{SolConstructor, SolValue};

use self::access::Role;
use crate::WEI;
use crate::account::Account;
use crate::artifacts::fixtures::fixture;
use crate::artifacts::{BuildError, Builder};
use crate::chain::Chain;
use crate::interfaces::{
    AccessManager, AccessManagerCalls, AccessManagerErrors, AccessManagerEvents, IAccessManager,
    LiquidStaking, LiquidStakingCalls, LiquidStakingErrors, LiquidStakingEvents, RedemptionQueue,
    RedemptionQueueCalls, RedemptionQueueErrors, RedemptionQueueEvents, StakedMetis,
    StakedMetisCalls, StakedMetisErrors, StakedMetisEvents,
};

/// METIS that the vault's construction takes and stakes for nobody, in wei: 1 METIS.
pub const DEAD_STAKE: U256 = WEI;

/// Account code of the suite's programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programs {
    /// The access manager.
    pub access_manager: Bytes,
    /// The eMETIS hub.
    pub liquid_staking: Bytes,
    /// The seMETIS vault.
    pub staked_metis: Bytes,
    /// The redemption queue.
    pub redemption_queue: Bytes,
    /// The registry of sequencers.
    pub sequencer_registry: Bytes,
    /// The money of the sequencers.
    pub sequencer_staking: Bytes,
    /// The slashing court.
    pub slashing_court: Bytes,
    /// The quota that entries of stake are asked for.
    pub sequencer_quota: Bytes,
    /// The lens on how concentrated the stake is.
    pub lens: Bytes,
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
        let load = |name| Ok(builder.load(name)?.code.into());
        Ok(Self {
            access_manager: load("emetis-access-manager")?,
            liquid_staking: load("emetis-hub")?,
            staked_metis: load("emetis-vault")?,
            redemption_queue: load("emetis-queue")?,
            sequencer_registry: load("emetis-registry")?,
            sequencer_staking: load("emetis-staking")?,
            slashing_court: load("emetis-court")?,
            sequencer_quota: load("emetis-quota")?,
            lens: load("emetis-lens")?,
        })
    }
}

/// Who does what in a deployment: the member of each role, and who is what to a program for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Params {
    /// ADMIN: grants roles and gives functions to them.
    pub admin: Address,
    /// CURATOR.
    pub curator: Address,
    /// ATTESTER.
    pub attester: Address,
    /// SLASHER.
    pub slasher: Address,
    /// VETOER.
    pub vetoer: Address,
    /// GUARDIAN: pauses entries.
    pub guardian: Address,
    /// TREASURY: sweeps donations.
    pub treasury: Address,
    /// Places METIS of the hub with sequencers and brings it back, rewards and losses too.
    pub allocator: Address,
    /// May bring rewards and losses to the vault.
    pub pool: Address,
}

impl Default for Params {
    /// The accounts named so.
    fn default() -> Self {
        let named = |name| Account::named(name).address;
        Self {
            admin: named("admin"),
            curator: named("curator"),
            attester: named("attester"),
            slasher: named("slasher"),
            vetoer: named("vetoer"),
            guardian: named("guardian"),
            treasury: named("treasury"),
            allocator: named("allocator"),
            pool: named("pool"),
        }
    }
}

/// Addresses of a deployed suite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Suite {
    /// The access manager; the zero address where there is none.
    pub access_manager: Address,
    /// The eMETIS hub.
    pub liquid_staking: Address,
    /// The seMETIS vault.
    pub staked_metis: Address,
    /// The redemption queue; the zero address where there is none.
    pub redemption_queue: Address,
    /// The registry of sequencers; it and what follows are the zero address where there is none.
    pub sequencer_registry: Address,
    /// The money of the sequencers.
    pub sequencer_staking: Address,
    /// The slashing court.
    pub slashing_court: Address,
    /// The quota that entries of stake are asked for.
    pub quota: Address,
    /// Who brings rewards: the fixture `Fund` until there is a distributor.
    pub distributor: Address,
    /// The lens on how concentrated the stake is.
    pub lens: Address,
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
        suite.construct(chain, &params);
        suite
    }

    /// Deploys, activates and caches the programs, but constructs nothing.
    #[track_caller]
    pub fn place(chain: &mut Chain, programs: &Programs) -> Self {
        chain.teach::<AccessManagerCalls, AccessManagerErrors, AccessManagerEvents>();
        chain.teach::<LiquidStakingCalls, LiquidStakingErrors, LiquidStakingEvents>();
        chain.teach::<StakedMetisCalls, StakedMetisErrors, StakedMetisEvents>();
        chain.teach::<RedemptionQueueCalls, RedemptionQueueErrors, RedemptionQueueEvents>();
        staking::teach(chain);
        let deployer = chain.account("deployer");
        let place = |chain: &mut Chain, code: &Bytes, name: &str| {
            let program = chain.deploy_program(deployer, code);
            chain.set_cached(program, true);
            chain.label(program, name);
            program
        };
        Self {
            access_manager: place(chain, &programs.access_manager, "manager"),
            liquid_staking: place(chain, &programs.liquid_staking, "hub"),
            staked_metis: place(chain, &programs.staked_metis, "vault"),
            redemption_queue: place(chain, &programs.redemption_queue, "queue"),
            sequencer_registry: place(chain, &programs.sequencer_registry, "registry"),
            sequencer_staking: place(chain, &programs.sequencer_staking, "staking"),
            slashing_court: place(chain, &programs.slashing_court, "court"),
            quota: place(chain, &programs.sequencer_quota, "quota"),
            distributor: twin(chain, "Fund", U256::ZERO, &[]),
            lens: place(chain, &programs.lens, "lens"),
        }
    }

    /// The compiled programs, in the order of their deployment.
    pub const fn programs(&self) -> [Address; 9] {
        [
            self.access_manager,
            self.liquid_staking,
            self.staked_metis,
            self.redemption_queue,
            self.sequencer_registry,
            self.sequencer_staking,
            self.slashing_court,
            self.quota,
            self.lens,
        ]
    }

    /// Deploys lean Solidity twins of the programs, the fixtures `LeanStakingHub` and `LeanVault`:
    /// what the programs are compared with. They know no permit, no rewards of the hub, no sweep of
    /// the hub, and no access manager.
    ///
    /// # Panics
    ///
    /// If the fixtures are missing.
    #[track_caller]
    pub fn deploy_twins(chain: &mut Chain, params: &Params) -> Self {
        let deployer = chain.account("deployer");
        // The hub comes first, and must know where the vault will be.
        let staked_metis = deployer.address.create(chain.nonce(deployer) + 1);
        let liquid_staking = twin(chain, "LeanStakingHub", U256::ZERO, &staked_metis.abi_encode());
        let arguments = (liquid_staking, params.pool, params.treasury).abi_encode();
        let vault = twin(chain, "LeanVault", DEAD_STAKE, &arguments);
        assert_eq!(vault, staked_metis, "the deployer creates one contract after the other");
        Self { liquid_staking, staked_metis, ..Self::default() }
    }

    /// Constructs programs that were placed: the access manager, which is told of all roles, the
    /// hub, the vault with its dead stake, the queue, then registry, staking, court, quota and lens.
    ///
    /// # Panics
    ///
    /// With a call tree if one of them refuses.
    #[track_caller]
    pub fn construct(&self, chain: &mut Chain, params: &Params) {
        self.construct_manager(chain, params);
        let deployer = chain.account("deployer");
        chain.send_raw(deployer, self.liquid_staking, self.hub_constructor(params)).ok();
        chain.deal(deployer, DEAD_STAKE);
        let call = self.vault_constructor(params);
        chain.send_raw(deployer, self.staked_metis, call).value(DEAD_STAKE).ok();
        chain.send_raw(deployer, self.redemption_queue, self.queue_constructor()).ok();
        self.construct_staking(chain);
        chain.label(params.allocator, "allocator");
        chain.label(params.pool, "pool");
    }

    /// Constructs the access manager, grants every role, and gives the functions of all programs to
    /// their roles, constructed or not, as [`access::PROGRAMS`] lists them. ADMIN does it without
    /// delay, which it can for a day.
    ///
    /// # Panics
    ///
    /// With a call tree if it refuses.
    #[track_caller]
    pub fn construct_manager(&self, chain: &mut Chain, params: &Params) {
        let (deployer, manager) = (chain.account("deployer"), self.access_manager);
        chain.send_raw(deployer, manager, manager_constructor(params)).ok();
        for role in Role::ALL {
            let account = role.member(params);
            chain.label(account, &role.name().to_lowercase());
            if role != Role::Admin {
                let call =
                    IAccessManager::grantRoleCall { roleId: role.id(), account, executionDelay: 0 };
                chain.send(params.admin, manager, call).ok();
            }
        }
        for program in access::PROGRAMS {
            for (role, selectors) in program.by_role() {
                let target = (program.address)(self);
                let call = IAccessManager::setTargetFunctionRoleCall {
                    target,
                    selectors,
                    roleId: role.id(),
                };
                chain.send(params.admin, manager, call).ok();
            }
        }
    }

    /// Calldata that constructs the hub, as `cargo stylus` and its deployer send it.
    pub fn hub_constructor(&self, params: &Params) -> Vec<u8> {
        constructor(&LiquidStaking::constructorCall {
            vault: self.staked_metis,
            queue: self.redemption_queue,
            allocator: params.allocator,
            authority: self.access_manager,
        })
    }

    /// Calldata that constructs the redemption queue.
    pub fn queue_constructor(&self) -> Vec<u8> {
        constructor(&RedemptionQueue::constructorCall {
            hub: self.liquid_staking,
            authority: self.access_manager,
        })
    }

    /// Calldata that constructs the vault. It goes with [`DEAD_STAKE`] of METIS.
    pub fn vault_constructor(&self, params: &Params) -> Vec<u8> {
        constructor(&StakedMetis::constructorCall {
            asset: self.liquid_staking,
            pool: params.pool,
            authority: self.access_manager,
        })
    }
}

/// Calldata that constructs the access manager.
pub fn manager_constructor(params: &Params) -> Vec<u8> {
    constructor(&AccessManager::constructorCall { initialAdmin: params.admin })
}

/// Creates a fixture with METIS and encoded arguments.
#[track_caller]
fn twin(chain: &mut Chain, name: &str, metis: U256, arguments: &[u8]) -> Address {
    let deployer = chain.account("deployer");
    let fixture = fixture(name).unwrap_or_else(|error| panic!("{error}"));
    chain.deal(deployer, metis);
    let code = [&fixture.init_code, arguments].concat();
    let address = chain.create(deployer, code).value(metis).ok().output;
    chain.label(address, name);
    address
}

/// The selector of every Stylus constructor, and the arguments of this one.
fn constructor(call: &impl SolConstructor) -> Vec<u8> {
    [&keccak256("stylus_constructor()")[..4], &call.abi_encode()].concat()
}
