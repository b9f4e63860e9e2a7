//! The suite in plain integers, written from its interfaces alone.
//!
//! It shares no code with the contracts. It takes calldata as the chain does and says what must
//! come back: the answer, the logs and the new books, or the exact error. All checks of a call come
//! before its first effect, in callees too, so that nothing is ever undone.

use alloy_primitives::{Address, Log, LogData, U256};
use alloy_sol_types::{SolError, SolEvent};
use emetis::interfaces::ILiquidStaking as Hub;
use serde::{Deserialize, Serialize};

pub mod abi;
mod accounts;
mod hub;
mod math;
mod pause;
pub mod queue;
pub mod roles;
pub mod signature;
pub mod staking;
mod token;
mod vault;

pub use accounts::{Accounts, Contract};
pub use hub::HubBooks;
pub use math::{ceil_div, mul_div};
pub use pause::{Pause, WEEK};
pub use queue::QueueBooks;
pub use roles::{
    ADMIN, ADMIN_DELAY, ATTESTER, CURATOR, GUARDIAN, NOBODY, Order, PUBLIC, Roles, SLASHER,
    TREASURY, Target, VETOER, operation_id,
};
pub use signature::{PERMIT_TYPE, Permit, Signed, domain};
pub use token::Token;
pub use vault::{Books, CYCLE, DEAD, DEAD_SHARES, INTERVAL, METIS, Rounding, VaultBooks};

/// A program of the pool.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Program {
    /// The hub: eMETIS.
    #[default]
    Hub,
    /// The vault: seMETIS.
    Vault,
    /// The redemption queue: tickets.
    Queue,
}

impl Program {
    pub const ALL: [Self; 3] = [Self::Hub, Self::Vault, Self::Queue];
    /// Those that are an ERC-20 token, with an authority and a pause.
    pub const TOKENS: [Self; 2] = [Self::Hub, Self::Vault];

    /// What it is called.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Hub => "eMETIS",
            Self::Vault => "seMETIS",
            Self::Queue => "queue",
        }
    }

    /// The other token.
    pub fn other(self) -> Self {
        match self {
            Self::Hub => Self::Vault,
            Self::Vault | Self::Queue => Self::Hub,
        }
    }
}

/// A place in a program's storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A slot of its own.
    Word(u8),
    Balance(Address),
    Nonce(Address),
    /// Of the owner to the spender.
    Allowance(Address, Address),
    /// How many tickets somebody has.
    Count(Address),
    /// Whether the second may move all tickets of the first.
    Operator(Address, Address),
    /// What the queue keeps by a kind, a batch and a place.
    Numbered(u32, u32, u32),
}

/// The books: everything the suite remembers.
#[derive(Clone, Debug)]
pub struct Model {
    pub now: u64,
    pub chain_id: u64,
    pub hub: HubBooks,
    pub vault: VaultBooks,
    pub queue: QueueBooks,
    pub accounts: Accounts,
    pub signed: Signed,
    pub roles: Roles,
    /// Programs that are out on a call of their own.
    pub out: [bool; 3],
    /// What the last call must have logged, if it succeeded.
    pub logs: Vec<Log>,
    /// What the last call must have written, unless it is as before.
    pub writes: Vec<(Program, Key)>,
}

/// A call as a program sees it.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    pub to: Program,
    pub caller: Address,
    pub value: U256,
    pub data: &'a [u8],
}

/// What a call must come to: return data, or revert data.
pub type Prediction = Result<Vec<u8>, Vec<u8>>;

/// Whether a check was passed, or the revert data.
pub type Checked = Result<(), Vec<u8>>;

const CALLDATA_LIMIT: usize = 8_192;

fn reject<T>(error: impl SolError) -> Result<T, Vec<u8>> {
    Err(error.abi_encode())
}

/// The largest number of so many bits.
pub fn largest(bits: usize) -> U256 {
    (U256::ONE << bits) - U256::ONE
}

impl Model {
    pub fn address(&self, program: Program) -> Address {
        match program {
            Program::Queue => self.queue.address,
            token => self.token(token).address,
        }
    }

    pub fn token(&self, program: Program) -> &Token {
        match program {
            Program::Hub => &self.hub.token,
            Program::Vault => &self.vault.token,
            Program::Queue => panic!("tickets are no ERC-20 token"),
        }
    }

    fn token_mut(&mut self, program: Program) -> &mut Token {
        match program {
            Program::Hub => &mut self.hub.token,
            Program::Vault => &mut self.vault.token,
            Program::Queue => panic!("tickets are no ERC-20 token"),
        }
    }

    /// Makes a call. The books change if it succeeds.
    pub fn call(&mut self, message: &Message<'_>) -> Prediction {
        self.logs.clear();
        self.writes.clear();
        let answer = self.dispatch(message);
        debug_assert!(answer.is_ok() || self.writes.is_empty(), "checks come before effects");
        answer
    }

    fn dispatch(&mut self, message: &Message<'_>) -> Prediction {
        let Message { to, caller, value, data } = *message;
        let size = U256::from(data.len());
        if data.len() > CALLDATA_LIMIT {
            return reject(Hub::CalldataTooLong { size, limit: U256::from(CALLDATA_LIMIT) });
        }
        let mut head = [0; 4];
        let known = data.len().min(4);
        head[..known].copy_from_slice(&data[..known]);
        let entry = match abi::entries(to).get(&head) {
            Some(entry) if data.len() >= 4 => entry,
            _ => return reject(Hub::SelectorUnknown { selector: head.into(), size }),
        };
        if !entry.payable && !value.is_zero() {
            return reject(Hub::ValueRefused { selector: head.into(), value });
        }
        let takes_back = entry.signature == "receiveFill()";
        if !entry.view && !takes_back {
            self.is_free(to, head)?;
        }
        let mut used = None;
        if entry.restricted {
            used = self.roles.lets_in(self.now, caller, self.address(to), data)?;
        }
        let Some(arguments) = abi::decode(&entry.arguments, &data[4..]) else {
            return reject(Hub::ArgumentsInvalid { selector: head.into(), size });
        };
        let call = Call { caller, value, selector: head, a: &arguments };
        if to == Program::Queue {
            let answer = self.queue_answer(entry, &call);
            if let (Some(id), Ok(_)) = (used, &answer) {
                self.roles.end(id);
            }
            return answer;
        }
        if entry.view {
            let shared = self.token_view(to, entry.signature, &arguments);
            return match shared.or_else(|| self.managed_view(to, entry.signature)) {
                Some(answer) => Ok(answer),
                None if to == Program::Hub => Ok(self.hub_view(entry.signature, &arguments)),
                None => self.vault_view(entry.signature, &arguments),
            };
        }
        let first = || arguments.first().map_or(U256::ZERO, abi::Value::head);
        let shared = match self.token_call(to, entry.signature, &call) {
            None => self.managed_call(to, entry.signature, caller, first()),
            answer => answer,
        };
        let answer = match shared {
            Some(answer) => answer,
            None if to == Program::Hub => self.hub_call(entry.signature, &call),
            None => self.vault_call(entry.signature, &call),
        };
        if let (Some(id), Ok(_)) = (used, &answer) {
            self.roles.end(id);
        }
        answer
    }

    /// Whether a program may be called to change something.
    fn is_free(&self, program: Program, selector: [u8; 4]) -> Checked {
        if self.out[program as usize] {
            return reject(Hub::ReentryRefused { selector: selector.into() });
        }
        Ok(())
    }

    fn log(&mut self, program: Program, event: impl SolEvent) {
        let data: LogData = event.encode_log_data();
        self.logs.push(Log { address: self.address(program), data });
    }

    fn wrote(&mut self, program: Program, key: Key) {
        self.writes.push((program, key));
    }

    /// What a place in storage holds, by the layout.
    pub fn word(&self, program: Program, key: Key) -> U256 {
        match (key, program) {
            (Key::Word(slot), Program::Hub) => self.hub.word(slot),
            (Key::Word(slot), Program::Vault) => self.vault.word(slot),
            (key, Program::Queue) => self.queue.word(key),
            _ => self.token(program).word(key),
        }
    }

    /// Takes over what a place in storage holds.
    pub fn set_word(&mut self, program: Program, key: Key, word: U256) {
        match (key, program) {
            (Key::Word(slot), Program::Hub) => self.hub.set_word(slot, word),
            (Key::Word(slot), Program::Vault) => self.vault.set_word(slot, word),
            (key, Program::Queue) => self.queue.set_word(key, word),
            _ => self.token_mut(program).set_word(key, word),
        }
    }
}

/// A call that has been decoded.
#[derive(Clone, Copy, Debug)]
struct Call<'a> {
    caller: Address,
    value: U256,
    selector: [u8; 4],
    /// Arguments.
    a: &'a [abi::Value],
}
