//! What every world starts from: the suite, constructed by call, and accounts that can act.

use std::sync::Arc;

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolCall;
use emetis::artifacts::fixtures::fixture;
use emetis::interfaces::{IAccessManager as Manager, ILiquidStaking as Hub, IStakedMetis as Vault};
use emetis::stylus::{ProgramStore, Version, WasmiBackend};
use emetis::suite::{Params, Programs, Suite};
use emetis::{Account, Chain, ether};
use emetis_common::mutants;

use super::super::actor::Actor;
use super::super::cast::Cast;
use super::super::model::staking::{Bench, Money, Rule};
use super::super::model::{
    ADMIN, ADMIN_DELAY, Accounts, CURATOR, Contract, GUARDIAN, HubBooks, METIS, Message, Model,
    Program, QueueBooks, Roles, SLASHER, Signed, TREASURY, VETOER, VaultBooks,
};
use super::staking::{open_stage, wire};
use super::{Origin, Seen, World, answerCall};

/// METIS that each of those who stake turns into eMETIS first.
const ENDOWMENT: u64 = 1_000;

impl Origin {
    /// A deployed suite and its cast; `mutant` is the number of the variant in force.
    ///
    /// # Panics
    ///
    /// If the programs cannot be deployed.
    pub fn new(store: Arc<ProgramStore>, programs: &Programs, mutant: u32) -> Self {
        let version = Version::clone(store.version());
        let mut chain = Chain::with_programs(store);
        let suite = Suite::place(&mut chain, programs);
        let addresses = [suite.liquid_staking, suite.staked_metis, suite.redemption_queue];
        if mutant != 0 {
            let staking = [
                suite.sequencer_staking,
                suite.sequencer_registry,
                suite.slashing_court,
                suite.quota,
                suite.lens,
            ];
            for program in addresses.into_iter().chain([suite.access_manager]).chain(staking) {
                let slot = U256::from_be_bytes(mutants::slot());
                chain.set_storage(program, slot, U256::from(mutant));
            }
        }
        let cast = gather(&mut chain, addresses, suite.access_manager);
        let params = params(&cast);
        suite.construct_manager(&mut chain, &params);
        let mut model = Model {
            now: chain.time(),
            chain_id: chain.chain_id(),
            hub: HubBooks::new(suite.liquid_staking),
            vault: VaultBooks::new(suite.staked_metis),
            queue: QueueBooks::new(suite.redemption_queue),
            accounts: accounts(&cast),
            signed: Signed::default(),
            roles: roles(&cast, &suite, chain.time()),
            out: [false; 3],
            logs: Vec::new(),
            writes: Vec::new(),
        };
        grant_delayed_roles(&mut chain, &cast);
        for opening in opening(&suite, &cast, &params) {
            let accepted = opening.send(&mut chain, &mut model);
            assert!(accepted || mutant != 0, "the release refuses an opening");
        }
        for actor in Actor::ALL {
            chain.label(cast.account(actor), actor.label());
        }
        let crew = wire(&mut chain, &suite, &cast);
        let stage = open_stage(&mut chain, &suite, crew, mutant == 0);
        // The wallet starts out refusing, as the model has it.
        let refuse = answerCall { mode: 2, size: U256::ZERO };
        let wallet = cast.address(Actor::Wallet);
        chain.send(cast.account(Actor::Mallory), wallet, refuse).ok();
        chain.seal();

        let second = WasmiBackend::new().unwrap_or_else(|error| panic!("{error}"));
        let second = Arc::new(ProgramStore::new(version, Box::new(second)));
        Self { start: chain.snapshot(), model, stage, cast: Arc::new(cast), second }
    }

    pub fn world(&self) -> World {
        let chain = Chain::from(self.start.clone());
        let seen = Seen::read(&self.cast, &chain);
        let (model, cast) = (self.model.clone(), Arc::clone(&self.cast));
        let stage = self.stage.clone();
        let (announced, strangers) = (Vec::new(), Vec::new());
        World { chain, model, stage, cast, seen, steps: 0, announced, strangers }
    }
}

/// One of the calls that every world begins with. The model makes them too; a broken program is
/// found out by the first check.
struct Opening {
    to: Program,
    caller: Account,
    value: U256,
    data: Vec<u8>,
}

impl Opening {
    /// Returns whether the program took it, as the model does.
    fn send(self, chain: &mut Chain, model: &mut Model) -> bool {
        let Self { to, caller, value, data } = self;
        let message = Message { to, caller: caller.address, value, data: &data };
        let predicted = model.call(&message);
        assert!(predicted.is_ok(), "the model refuses an opening: {predicted:?}");
        chain.send_raw(caller, model.address(to), data).value(value).run().is_ok()
    }
}

/// Who does what. The allocator is the pool as well, the council has four roles.
fn params(cast: &Cast) -> Params {
    let at = |actor| cast.address(actor);
    Params {
        admin: at(Actor::Admin),
        curator: at(Actor::Council),
        attester: at(Actor::Council),
        slasher: at(Actor::Council),
        vetoer: at(Actor::Council),
        guardian: at(Actor::Guardian),
        treasury: at(Actor::Treasury),
        allocator: at(Actor::Allocator),
        pool: at(Actor::Allocator),
    }
}

/// How long the council's sweeps wait, in seconds.
const SWEEP_DELAY: u32 = 86_400;

/// The roles that `params` gives, and the delayed ones of the council.
fn roles(cast: &Cast, suite: &Suite, now: u64) -> Roles {
    let at = |actor| cast.address(actor);
    let programs = Program::ALL.map(|program| cast.program(program));
    let mut roles = Roles::new(cast.manager, programs, at(Actor::Admin), now);
    for role in 1..GUARDIAN {
        roles.enrol(role, at(Actor::Council), 0);
    }
    roles.enrol(GUARDIAN, at(Actor::Guardian), 0);
    roles.enrol(TREASURY, at(Actor::Treasury), 0);
    roles.enrol(TREASURY, at(Actor::Council), SWEEP_DELAY.into());
    roles.enrol(ADMIN, at(Actor::Council), ADMIN_DELAY);
    for program in programs {
        roles.give(program, Hub::sweepCall::SELECTOR, TREASURY);
        if program != suite.redemption_queue {
            roles.give(program, Hub::pauseCall::SELECTOR, GUARDIAN);
            roles.give(program, Hub::unpauseCall::SELECTOR, GUARDIAN);
        }
    }
    // All else is ADMIN's.
    let (staking, court) = (suite.sequencer_staking, suite.slashing_court);
    let quota = suite.quota;
    for (target, selector, role) in [
        (staking, Money::sweepCall::SELECTOR, TREASURY),
        (staking, Money::pauseCall::SELECTOR, GUARDIAN),
        (staking, Money::unpauseCall::SELECTOR, GUARDIAN),
        (staking, Money::registerPoolCall::SELECTOR, CURATOR),
        (staking, Money::removePoolCall::SELECTOR, CURATOR),
        (staking, Money::ejectCall::SELECTOR, CURATOR),
        (court, Bench::proposeSlashCall::SELECTOR, SLASHER),
        (court, Bench::vetoCall::SELECTOR, VETOER),
        (quota, Rule::setScoresCall::SELECTOR, CURATOR),
        (quota, Rule::setGrantCall::SELECTOR, CURATOR),
        (quota, Rule::setPoolCapCall::SELECTOR, CURATOR),
        (quota, Rule::lowerLimitsCall::SELECTOR, CURATOR),
        (quota, Rule::groupCall::SELECTOR, CURATOR),
        (quota, Rule::splitCall::SELECTOR, CURATOR),
    ] {
        roles.give(target, selector, role);
    }
    roles
}

/// ADMIN lets the council sweep, and makes it a second ADMIN, each with a delay.
fn grant_delayed_roles(chain: &mut Chain, cast: &Cast) {
    let account = cast.address(Actor::Council);
    for (role, delay) in [(TREASURY, SWEEP_DELAY), (ADMIN, ADMIN_DELAY as u32)] {
        let call = Manager::grantRoleCall { roleId: role, account, executionDelay: delay };
        chain.send(cast.account(Actor::Admin), cast.manager, call).ok();
    }
}

/// The constructors, then eMETIS for those who stake, which vault and queue may take, and two small
/// stakes beside the dead one.
fn opening(suite: &Suite, cast: &Cast, params: &Params) -> Vec<Opening> {
    let deployer = Account::named("deployer");
    let mut all = vec![
        Opening {
            to: Program::Hub,
            caller: deployer,
            value: U256::ZERO,
            data: suite.hub_constructor(params),
        },
        Opening {
            to: Program::Vault,
            caller: deployer,
            value: METIS,
            data: suite.vault_constructor(params),
        },
        Opening {
            to: Program::Queue,
            caller: deployer,
            value: U256::ZERO,
            data: suite.queue_constructor(),
        },
    ];
    for actor in [Actor::Alice, Actor::Bob, Actor::Mallory, Actor::Wallet, Actor::Allocator] {
        let caller = cast.account(actor);
        let deposit = Hub::depositCall { receiver: caller.address, tag: B256::ZERO };
        let value = ether(ENDOWMENT);
        all.push(Opening { to: Program::Hub, caller, value, data: deposit.abi_encode() });
        for spender in [Actor::Vault, Actor::Queue].map(|actor| cast.address(actor)) {
            let approve = Hub::approveCall { spender, value: U256::MAX };
            let (value, data) = (U256::ZERO, approve.abi_encode());
            all.push(Opening { to: Program::Hub, caller, value, data });
        }
    }
    for actor in [Actor::Alice, Actor::Bob] {
        let caller = cast.account(actor);
        let stake = Vault::depositCall { assets: METIS, receiver: caller.address };
        let (value, data) = (U256::ZERO, stake.abi_encode());
        all.push(Opening { to: Program::Vault, caller, value, data });
    }
    all
}

/// Places the contracts that act, and gives everybody METIS.
fn gather(chain: &mut Chain, programs: [Address; 3], manager: Address) -> Cast {
    let deployer = chain.account("deployer");
    let place = |chain: &mut Chain, name: &str| {
        let code = fixture(name).unwrap_or_else(|error| panic!("{error}")).init_code;
        Account::at(chain.create(deployer, code).ok().output)
    };
    let accounts = Actor::ALL.map(|actor| match actor {
        Actor::Wallet => place(chain, "Wallet1271"),
        Actor::Reenterer => place(chain, "Reenterer"),
        Actor::Refuser => place(chain, "Refuser"),
        Actor::Hub => Account::at(programs[0]),
        Actor::Vault => Account::at(programs[1]),
        Actor::Queue => Account::at(programs[2]),
        Actor::Dead => Account::at(super::super::model::DEAD),
        Actor::Zero => Account::at(Address::ZERO),
        named => chain.account(named.label()),
    });
    for (actor, account) in Actor::ALL.into_iter().zip(accounts) {
        chain.label(account, actor.label());
    }
    // Enough METIS for anything that an action may send.
    for account in accounts.into_iter().chain([deployer]) {
        if !programs.contains(&account.address) {
            chain.deal(account, ether(1) << 80);
        }
    }
    let donor = fixture("Donor").unwrap_or_else(|error| panic!("{error}")).init_code;
    Cast::new(programs, manager, accounts, donor)
}

fn accounts(cast: &Cast) -> Accounts {
    let mut accounts = Accounts::default();
    let contracts = [
        (Actor::Wallet, true),
        (Actor::Reenterer, true),
        (Actor::Refuser, false),
        (Actor::Hub, false),
        (Actor::Vault, false),
        (Actor::Queue, false),
    ];
    for (actor, takes_metis) in contracts {
        accounts.insert(cast.address(actor), Contract { confirms: false, takes_metis });
    }
    accounts
}
