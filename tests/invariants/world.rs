//! The hub in a chain, its model beside it, and the actors.

use std::sync::Arc;

use alloy_primitives::{Address, B256, Bytes, U256, keccak256};
use alloy_sol_types::{SolCall, SolValue, sol};
use emetis::artifacts::fixtures::fixture;
use emetis::campaign::amounts::near;
use emetis::stylus::{ProgramStore, Version, WasmiBackend};
use emetis::suite::{Params, Programs, Suite};
use emetis::{Account, Chain, Snapshot, ether};
use emetis_common::mutants;
use num_bigint::BigUint;

use super::action::{Actor, Amount};
use super::model::{self, Model};

sol! {
    #[derive(Debug)]
    interface Fixtures {
        function arm(address target, uint256 value, bytes payload, uint256 times, bool insists) external;
        function outcome(uint256 index) external view returns (bool ok, bytes ret);
        function answer(uint8 mode, uint256 size) external;
    }
}
pub use Fixtures::{answerCall, armCall, outcomeCall};

/// What worlds start from.
#[derive(Debug)]
pub struct Origin {
    start: Snapshot,
    model: Model,
    pub cast: Arc<Cast>,
    /// Another engine, to ask for a second opinion.
    pub second: Arc<ProgramStore>,
}

/// The actors and where the hub keeps their figures.
#[derive(Debug)]
pub struct Cast {
    pub hub: Address,
    accounts: [Account; 10],
    balances: [U256; 10],
    nonces: [U256; 10],
    allowances: [[U256; 10]; 10],
    pub donor: Bytes,
}

/// The system and its model.
#[derive(Debug)]
pub struct World {
    pub chain: Chain,
    pub model: Model,
    pub cast: Arc<Cast>,
    pub seen: Figures,
    pub steps: u64,
}

/// The hub's figures, read from its storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// The packed slot.
    pub totals: U256,
    /// METIS the hub holds.
    pub metis: U256,
    pub balances: [U256; 10],
    pub nonces: [U256; 10],
    pub allowances: [[U256; 10]; 10],
}

impl Figures {
    pub fn supply(&self) -> U256 {
        self.field(0)
    }

    pub fn buffer(&self) -> U256 {
        self.field(1)
    }

    pub fn placed(&self) -> U256 {
        self.field(2)
    }

    fn field(&self, index: usize) -> U256 {
        (self.totals >> (84 * index)) & ((U256::ONE << 84) - U256::ONE)
    }
}

impl Cast {
    pub fn account(&self, actor: Actor) -> Account {
        self.accounts[actor as usize]
    }

    pub fn address(&self, actor: Actor) -> Address {
        self.account(actor).address
    }

    pub fn actor(&self, address: Address) -> Option<Actor> {
        Actor::ALL.into_iter().find(|actor| self.address(*actor) == address)
    }

    fn new(hub: Address, accounts: [Account; 10]) -> Self {
        let key = |account: Account, slot: U256| {
            U256::from_be_bytes(keccak256((account.address, slot).abi_encode()).0)
        };
        let mapping = |slot: u64| accounts.map(|account| key(account, U256::from(slot)));
        let allowances = mapping(2).map(|owner| accounts.map(|spender| key(spender, owner)));
        let donor = fixture("Donor").unwrap_or_else(|error| panic!("{error}")).init_code;
        Self { hub, accounts, balances: mapping(1), nonces: mapping(3), allowances, donor }
    }

    /// Reads the hub's figures past its program.
    pub fn read(&self, chain: &Chain) -> Figures {
        let metis = chain.balance(self.hub);
        chain.with_state(|state| {
            let load = |slot: U256| state.storage(self.hub, slot);
            Figures {
                totals: load(U256::ZERO),
                metis,
                balances: self.balances.map(load),
                nonces: self.nonces.map(load),
                allowances: self.allowances.map(|row| row.map(load)),
            }
        })
    }
}

impl Origin {
    /// A deployed hub and its cast; `mutant` is the number of the variant in force.
    ///
    /// # Panics
    ///
    /// If the programs cannot be deployed.
    pub fn new(store: Arc<ProgramStore>, programs: &Programs, mutant: u32) -> Self {
        let mut chain = Chain::with_programs(store);
        let params = Params::default();
        let suite = Suite::place(&mut chain, programs);
        let hub = suite.liquid_staking;
        let number = U256::from(mutant);
        if mutant != 0 {
            chain.set_storage(hub, U256::from_be_bytes(mutants::slot()), number);
        }
        let deployer = chain.account("deployer");
        chain.send_raw(deployer, hub, suite.hub_constructor(&params)).ok();

        let place = |chain: &mut Chain, name: &str| {
            let code = fixture(name).unwrap_or_else(|error| panic!("{error}")).init_code;
            Account::at(chain.create(deployer, code).ok().output)
        };
        let accounts = Actor::ALL.map(|actor| match actor {
            Actor::Wallet => place(&mut chain, "Wallet1271"),
            Actor::Reenterer => place(&mut chain, "Reenterer"),
            Actor::Refuser => place(&mut chain, "Refuser"),
            Actor::Hub => Account::at(hub),
            Actor::Zero => Account::at(Address::ZERO),
            named => chain.account(named.label()),
        });
        for (actor, account) in Actor::ALL.into_iter().zip(accounts) {
            chain.label(account, actor.label());
        }
        // Enough METIS for anything that an action may send.
        for account in accounts {
            if account.address != hub {
                chain.deal(account, ether(1) << 80);
            }
        }
        chain.seal();

        let cast = Cast::new(hub, accounts);
        let at = |actor: Actor| cast.address(actor);
        let model = Model {
            hub,
            chain_id: chain.chain_id(),
            now: chain.time(),
            constructed: true,
            minter: params.minter,
            treasury: params.treasury,
            supply: BigUint::default(),
            buffer: BigUint::default(),
            placed: BigUint::default(),
            balances: Default::default(),
            allowances: Default::default(),
            nonces: Default::default(),
            donations: BigUint::default(),
            contracts: [
                (at(Actor::Wallet), false),
                (at(Actor::Reenterer), false),
                (at(Actor::Refuser), false),
                (hub, false),
            ]
            .into(),
            refusers: vec![at(Actor::Refuser)],
            events: Vec::new(),
        };
        let second = WasmiBackend::new().unwrap_or_else(|error| panic!("{error}"));
        let second = Arc::new(ProgramStore::new(Version::ARBOS_60, Box::new(second)));
        let mut origin = Self { start: chain.snapshot(), model, cast: Arc::new(cast), second };
        // The wallet starts out refusing, as the model has it.
        let mut world = origin.world();
        world.set_wallet(false);
        world.chain.seal();
        origin.start = world.chain.snapshot();
        origin
    }

    pub fn world(&self) -> World {
        let chain = Chain::from(self.start.clone());
        let seen = self.cast.read(&chain);
        World { chain, model: self.model.clone(), cast: Arc::clone(&self.cast), seen, steps: 0 }
    }
}

impl World {
    /// Sets whether the wallet confirms signatures.
    pub fn set_wallet(&mut self, confirms: bool) {
        const ACCEPT_ALL: u8 = 1;
        const WRONG_MAGIC: u8 = 2;
        let mode = if confirms { ACCEPT_ALL } else { WRONG_MAGIC };
        let wallet = self.cast.address(Actor::Wallet);
        let call = answerCall { mode, size: U256::ZERO };
        self.chain.send(self.cast.account(Actor::Mallory), wallet, call).ok();
        self.model.contracts.insert(wallet, confirms);
    }

    /// An amount as a number; `giver` and `caller` as addresses of the call.
    pub fn amount(&self, amount: Amount, giver: Address, caller: Address) -> U256 {
        match amount {
            Amount::Exact(value) => value,
            Amount::Balance(offset) => near(model::word(&self.model.balance(giver)), offset),
            Amount::Allowance(offset) => {
                near(model::word(&self.model.allowance(giver, caller)), offset)
            }
            Amount::Room(offset) => {
                let limit: U256 = (U256::ONE << 84) - U256::ONE;
                near(limit.saturating_sub(model::word(&self.model.supply)), offset)
            }
        }
    }

    /// Moves the clock and prolongs the program if it would expire.
    pub fn wait(&mut self, seconds: u64) {
        self.chain.advance(seconds);
        self.model.now = self.chain.time();
        if self.has_expired() {
            self.chain.activate(self.cast.account(Actor::Mallory), self.cast.hub);
        }
    }

    /// Whether the hub's program must be activated again.
    pub fn has_expired(&self) -> bool {
        use emetis::stylus::arbwasm::{ARB_WASM, ArbWasm};
        let call = ArbWasm::programTimeLeftCall { program: self.cast.hub };
        self.chain.try_view(ARB_WASM, call).is_err()
    }

    /// Takes over what the hub really holds: for campaigns in which the model may be wrong.
    pub fn resync(&mut self) {
        let big = |value: U256| BigUint::from_bytes_be(&value.to_be_bytes::<32>());
        let (seen, model) = (&self.seen, &mut self.model);
        model.supply = big(seen.supply());
        model.buffer = big(seen.buffer());
        model.placed = big(seen.placed());
        for owner in Actor::ALL {
            let (index, address) = (owner as usize, self.cast.address(owner));
            model.balances.insert(address, big(seen.balances[index]));
            model.nonces.insert(address, seen.nonces[index].saturating_to());
            for spender in Actor::ALL {
                let allowance = seen.allowances[index][spender as usize];
                model.allowances.insert((address, self.cast.address(spender)), big(allowance));
            }
        }
        let stored = |slot: u64| {
            let word = self.chain.storage(self.cast.hub, U256::from(slot));
            Address::from_word(B256::from(word))
        };
        (model.minter, model.treasury) = (stored(4), stored(5));
    }

    /// A fresh read of a view, or an explanation.
    pub fn view<C: SolCall>(&self, call: C) -> Result<C::Return, String> {
        self.chain.try_view(self.cast.hub, call).map_err(|(_, tree)| tree)
    }
}
