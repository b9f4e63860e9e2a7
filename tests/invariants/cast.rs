//! The actors, and where the programs keep their figures.

use alloy_primitives::map::{AddressMap, HashMap};
use alloy_primitives::{Address, Bytes, U256, keccak256};
use alloy_sol_types::SolValue;
use emetis::{Account, Chain};

use super::actor::{ACTORS, Actor};
use super::model::{Key, Program};

/// Slots of their own that either program has.
const WORDS: u8 = 11;
/// Slot of the mapping of balances, by the layout of both programs; allowances and nonces follow.
const BALANCES: u64 = 1;
const ALLOWANCES: u64 = 2;
const NONCES: u64 = 3;
/// Slots of the queue's mappings.
const COUNTS: u64 = 2;
const OPERATORS: u64 = 3;

/// The actors and where the programs keep their figures.
#[derive(Debug)]
pub struct Cast {
    programs: [Address; 3],
    /// The access manager.
    pub manager: Address,
    accounts: [Account; ACTORS],
    actors: AddressMap<Actor>,
    slots: HashMap<Key, U256>,
    keys: HashMap<U256, Key>,
    /// Code that gives its METIS to the account whose address follows.
    pub donor: Bytes,
}

impl Cast {
    pub fn new(
        programs: [Address; 3],
        manager: Address,
        accounts: [Account; ACTORS],
        donor: Bytes,
    ) -> Self {
        let actors = Actor::ALL.into_iter().zip(accounts.map(|account| account.address));
        let owners = accounts.map(|account| account.address);
        let words = (0..WORDS).map(Key::Word);
        let figures = owners.into_iter().flat_map(|owner| {
            let allowances = owners.into_iter().map(move |spender| Key::Allowance(owner, spender));
            [Key::Balance(owner), Key::Nonce(owner)].into_iter().chain(allowances)
        });
        // A count lies where no figure of a token does: their slots are others.
        let tickets = owners.into_iter().flat_map(|owner| {
            let operators = owners.into_iter().map(move |other| Key::Operator(owner, other));
            [Key::Count(owner)].into_iter().chain(operators)
        });
        let slots: HashMap<Key, U256> =
            words.chain(figures).chain(tickets).map(|key| (key, slot_of(key))).collect();
        Self {
            programs,
            manager,
            accounts,
            actors: actors.map(|(actor, address)| (address, actor)).collect(),
            keys: slots.iter().map(|(key, slot)| (*slot, *key)).collect(),
            slots,
            donor,
        }
    }

    pub fn account(&self, actor: Actor) -> Account {
        self.accounts[actor as usize]
    }

    pub fn address(&self, actor: Actor) -> Address {
        self.account(actor).address
    }

    pub fn actor(&self, address: Address) -> Option<Actor> {
        self.actors.get(&address).copied()
    }

    /// An address in words.
    pub fn name(&self, address: Address) -> String {
        self.actor(address).map_or_else(|| address.to_string(), |actor| actor.label().into())
    }

    pub fn program(&self, program: Program) -> Address {
        self.programs[program as usize]
    }

    /// Which program an address is.
    pub fn as_program(&self, address: Address) -> Option<Program> {
        Program::ALL.into_iter().find(|program| self.program(*program) == address)
    }

    /// Where a figure is kept.
    pub fn slot(&self, key: Key) -> U256 {
        self.slots.get(&key).copied().unwrap_or_else(|| slot_of(key))
    }

    /// Which figure of the actors a program keeps there.
    pub fn key(&self, program: Program, slot: U256) -> Option<Key> {
        let known = || self.keys.get(&slot).copied();
        if program == Program::Queue { numbered(slot).or_else(known) } else { known() }
    }

    /// Every figure that a program keeps of actors only.
    pub fn keys(&self, program: Program) -> impl Iterator<Item = (Key, U256)> {
        let kept = move |key: &Key| match key {
            Key::Word(_) => true,
            Key::Count(_) | Key::Operator(..) => program == Program::Queue,
            _ => program != Program::Queue,
        };
        self.slots.iter().filter(move |(key, _)| kept(key)).map(|(key, slot)| (*key, *slot))
    }

    /// A figure, read past the program.
    pub fn read(&self, chain: &Chain, program: Program, key: Key) -> U256 {
        chain.storage(self.program(program), self.slot(key))
    }

    /// Which figure of any of these accounts is kept there.
    pub fn search(&self, slot: U256, accounts: &[Address]) -> Option<Key> {
        let known = Actor::ALL.map(|actor| self.address(actor));
        let all = || accounts.iter().chain(&known).copied();
        all()
            .flat_map(|owner| [Key::Balance(owner), Key::Nonce(owner)])
            .chain(all().flat_map(|owner| all().map(move |other| Key::Allowance(owner, other))))
            .chain(all().map(Key::Count))
            .chain(all().flat_map(|owner| all().map(move |other| Key::Operator(owner, other))))
            .find(|key| slot_of(*key) == slot)
    }
}

/// Where a figure is kept, by the layout.
fn slot_of(key: Key) -> U256 {
    let mapped = |account: Address, slot: U256| {
        U256::from_be_bytes(keccak256((account, slot).abi_encode()).0)
    };
    match key {
        Key::Word(slot) => U256::from(slot),
        Key::Balance(account) => mapped(account, U256::from(BALANCES)),
        Key::Nonce(owner) => mapped(owner, U256::from(NONCES)),
        Key::Allowance(owner, spender) => mapped(spender, mapped(owner, U256::from(ALLOWANCES))),
        Key::Count(owner) => mapped(owner, U256::from(COUNTS)),
        Key::Operator(owner, operator) => mapped(operator, mapped(owner, U256::from(OPERATORS))),
        Key::Numbered(kind, batch, place) => {
            let high = U256::from(kind) << 224 | U256::from(batch) << 192;
            high | U256::from(place) << 160
        }
    }
}

/// What the queue keeps by numbers there, if it does.
fn numbered(slot: U256) -> Option<Key> {
    const KINDS: u32 = 5;
    let part = |from: usize| ((slot >> from) & U256::from(u32::MAX)).to::<u32>();
    let below = (U256::ONE << 160_usize) - U256::ONE;
    let is_whole = (slot & below).is_zero();
    let kind = part(224);
    let fits = is_whole && kind != 0 && kind <= KINDS;
    fits.then(|| Key::Numbered(kind, part(192), part(160)))
}
