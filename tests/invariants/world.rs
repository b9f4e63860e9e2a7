//! The suite in a chain, its model beside it, and what is seen of both.

use std::sync::Arc;

use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::{SolCall, sol};
use emetis::campaign::amounts::near;
use emetis::interfaces::IAccessManager::getScheduleCall;
use emetis::interfaces::{ILiquidStaking as Hub, IRedemptionQueue as Queue};
use emetis::stylus::ProgramStore;
use emetis::{Account, Chain, Snapshot};

use super::action::Amount;
use super::actor::Actor;
use super::cast::Cast;
use super::model::{Books, Key, Model, Program, Rounding, Target, largest, operation_id};
use staking::Stage;

mod origin;
pub mod staking;

sol! {
    #[derive(Debug)]
    interface Fixtures {
        function arm(address target, uint256 value, bytes payload, uint256 times, bool insists) external;
        function outcome(uint256 index) external view returns (bool ok, bytes ret);
        function answer(uint8 mode, uint256 size) external;
    }
}
pub use Fixtures::{answerCall, armCall, outcomeCall};

/// No strikes of the contract that calls back.
pub const DISARM: armCall = armCall {
    target: Address::ZERO,
    value: U256::ZERO,
    payload: Bytes::new(),
    times: U256::ZERO,
    insists: false,
};

/// What worlds start from.
#[derive(Debug)]
pub struct Origin {
    start: Snapshot,
    model: Model,
    stage: Stage,
    pub cast: Arc<Cast>,
    /// Another engine, to ask for a second opinion.
    pub second: Arc<ProgramStore>,
}

/// The system and its model.
#[derive(Debug)]
pub struct World {
    pub chain: Chain,
    pub model: Model,
    /// Sequencer staking.
    pub stage: Stage,
    pub cast: Arc<Cast>,
    /// The state as it was seen last.
    pub seen: Seen,
    pub steps: u64,
    /// Calls that the access manager has taken announcements of.
    pub announced: Vec<Announced>,
    /// Accounts that are no actors and have been named in calldata.
    strangers: Vec<Address>,
}

/// A call that was announced.
#[derive(Clone, Debug)]
pub struct Announced {
    pub proposer: Address,
    pub call: Target,
    /// From when on it can be made, in seconds.
    pub time: u64,
}

/// The figures that are looked at after every call, read from storage past the programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Time, in seconds.
    pub now: u64,
    /// METIS of each program.
    pub metis: [U256; 3],
    /// Supply, buffer and placed of the hub.
    pub supply: U256,
    pub buffer: U256,
    pub placed: U256,
    /// Fees of instant redemptions in the hub's hand.
    pub fees: U256,
    /// Their parameter, in bps.
    pub fee_bps: u64,
    /// When redemptions go on or went on after the last wait, in seconds; zero for none.
    pub wait_end: u64,
    /// METIS in escrow of the queue.
    pub escrow: U256,
    /// eMETIS of the queue.
    pub queued: U256,
    /// The vault's figures.
    pub books: Books,
    /// eMETIS of the vault.
    pub held: U256,
    /// Shares of the dead stake.
    pub dead: U256,
    /// When the last pause of each program ends or ended, in seconds; zero if there was none.
    pub pauses: [u64; 2],
}

impl Seen {
    pub fn read(cast: &Cast, chain: &Chain) -> Self {
        let word = |program, slot| cast.read(chain, program, Key::Word(slot));
        let totals = word(Program::Hub, 0);
        let figure = |index: usize| (totals >> (84 * index)) & largest(84);
        let mut books = Books::default();
        for slot in [0, 6, 7] {
            books.set_word(slot, word(Program::Vault, slot));
        }
        let vault = cast.program(Program::Vault);
        let dead = cast.address(Actor::Dead);
        Self {
            now: chain.time(),
            metis: Program::ALL.map(|program| chain.balance(cast.program(program))),
            supply: figure(0),
            buffer: figure(1),
            placed: figure(2),
            fees: (word(Program::Hub, 9) >> 145_usize) & largest(84),
            fee_bps: ((word(Program::Hub, 9) >> 229_usize) & largest(10)).to(),
            wait_end: ((word(Program::Hub, 10) >> 84_usize) & largest(40)).to(),
            escrow: (word(Program::Queue, 1) >> 84_usize) & largest(84),
            queued: cast.read(chain, Program::Hub, Key::Balance(cast.program(Program::Queue))),
            books,
            held: cast.read(chain, Program::Hub, Key::Balance(vault)),
            dead: cast.read(chain, Program::Vault, Key::Balance(dead)),
            pauses: Program::TOKENS.map(|program| word(program, 5).saturating_to()),
        }
    }

    /// Whether a program's entries are paused.
    pub fn is_paused(&self, program: Program) -> bool {
        program != Program::Queue && self.now < self.pauses[program as usize]
    }

    /// Whether shares can be had.
    pub fn is_open(&self) -> bool {
        self.books.is_open(self.now) && !self.is_paused(Program::Vault)
    }

    /// What shares are worth, in full wei.
    pub fn worth(&self, shares: U256) -> U256 {
        self.books.assets_for(self.now, shares, Rounding::Down).unwrap_or(U256::MAX)
    }
}

/// A figure that a call changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    pub program: Program,
    pub key: Key,
    pub before: U256,
    pub after: U256,
}

/// What a call changed in the programs' storage.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    pub known: Vec<Change>,
    /// A slot that keeps no figure of anybody that is known.
    pub unknown: Option<(Program, U256)>,
}

/// What amounts are about.
#[derive(Clone, Copy, Debug)]
pub struct Basis {
    pub token: Program,
    pub giver: Address,
    pub caller: Address,
    pub side: Side,
}

/// Which entry of the vault an amount is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    None,
    Deposit,
    Mint,
    Withdraw,
    Redeem,
}

/// Somebody activates a program again if it has expired.
pub fn keep_alive(chain: &mut Chain, payer: Account, program: Address) {
    use emetis::stylus::arbwasm::{ARB_WASM, ArbWasm};
    if chain.try_view(ARB_WASM, ArbWasm::programTimeLeftCall { program }).is_err() {
        chain.activate(payer, program);
    }
}

impl World {
    /// A figure as the program keeps it.
    pub fn figure(&self, program: Program, key: Key) -> U256 {
        self.cast.read(&self.chain, program, key)
    }

    pub fn balance(&self, token: Program, account: Address) -> U256 {
        let key = match token {
            Program::Queue => Key::Count(account),
            _ => Key::Balance(account),
        };
        self.figure(token, key)
    }

    /// Sets whether the wallet confirms signatures.
    pub fn set_wallet(&mut self, confirms: bool) {
        const ACCEPT_ALL: u8 = 1;
        const WRONG_MAGIC: u8 = 2;
        let wallet = self.cast.address(Actor::Wallet);
        if self.model.accounts.confirms(wallet) == Some(confirms) {
            return;
        }
        let mode = if confirms { ACCEPT_ALL } else { WRONG_MAGIC };
        let call = answerCall { mode, size: U256::ZERO };
        self.chain.send(self.cast.account(Actor::Mallory), wallet, call).ok();
        self.model.accounts.set_confirms(wallet, confirms);
    }

    /// An amount as a number.
    pub fn amount(&self, amount: Amount, basis: &Basis) -> U256 {
        let Basis { token, giver, caller, side } = *basis;
        let (books, now) = (&self.seen.books, self.seen.now);
        let shares = || self.balance(Program::Vault, giver);
        let (value, offset) = match amount {
            Amount::Exact(value) => return value,
            Amount::Balance(offset) if side == Side::Withdraw => {
                (self.seen.worth(shares()), offset)
            }
            Amount::Balance(offset) => (self.balance(token, giver), offset),
            Amount::Allowance(offset) => {
                (self.figure(token, Key::Allowance(giver, caller)), offset)
            }
            Amount::Room(offset) => (largest(84).saturating_sub(self.seen.supply), offset),
            Amount::Max(offset) => {
                let max = match side {
                    Side::None => self.balance(token, giver),
                    Side::Deposit => books.max_deposit(now),
                    Side::Mint => books.max_mint(now),
                    Side::Withdraw => self.seen.worth(shares()),
                    Side::Redeem => shares(),
                };
                (max, offset)
            }
            Amount::Worth(count, offset) => {
                let count = U256::from(count);
                let least = match side {
                    Side::Mint | Side::Redeem => books.shares_for(now, count, Rounding::Up),
                    _ => books.assets_for(now, count, Rounding::Up),
                };
                (least.unwrap_or_default(), offset)
            }
            Amount::Pending(offset) => (books.pending, offset),
            Amount::Locked(offset) => (books.still_locked(now), offset),
            Amount::Ledger(offset) => (books.ledger, offset),
            Amount::Buffer(offset) => (self.seen.buffer, offset),
            Amount::Free(offset) => (self.seen.buffer.saturating_sub(self.due()), offset),
            Amount::Placed(offset) => (self.seen.placed, offset),
            Amount::Shortfall(offset) => {
                let backing = self.seen.buffer + self.seen.placed;
                (self.seen.supply.saturating_sub(backing), offset)
            }
            Amount::Limit(offset) => {
                let told = self.view(Program::Hub, Hub::instantRedemptionCall {});
                (told.map(|told| told.left).unwrap_or_default(), offset)
            }
            Amount::Least(offset) => (U256::from(10_000_000_000_000_000_u64), offset),
        };
        near(value, offset)
    }

    /// What waits in the queue, as it tells.
    pub fn due(&self) -> U256 {
        self.view(Program::Queue, Queue::dueCall {}).unwrap_or_default()
    }

    /// METIS to send along: no more than anybody holds.
    pub fn pay(&self, amount: Amount, caller: Address) -> U256 {
        let basis = Basis { token: Program::Hub, giver: caller, caller, side: Side::None };
        self.amount(amount, &basis) & largest(96)
    }

    /// Looks at the world again, and returns what was seen before.
    pub fn look(&mut self) -> Seen {
        let seen = Seen::read(&self.cast, &self.chain);
        std::mem::replace(&mut self.seen, seen)
    }

    /// What the last transaction changed in the programs' storage.
    pub fn changes(&mut self, data: &[u8]) -> Changes {
        let found: Vec<_> = self.chain.with_state(|state| state.changes().to_vec());
        let mut changes = Changes::default();
        for change in found {
            let Some(program) = self.cast.as_program(change.account) else { continue };
            let known = self.cast.key(program, change.slot);
            match known.or_else(|| self.search(change.slot, data)) {
                None => changes.unknown = Some((program, change.slot)),
                Some(key) => {
                    let (before, after) = (change.before, change.after);
                    changes.known.push(Change { program, key, before, after });
                }
            }
        }
        changes
    }

    /// Looks among strangers, those in the words of the calldata included.
    fn search(&mut self, slot: U256, data: &[u8]) -> Option<Key> {
        let words = data.get(4..).unwrap_or_default().chunks_exact(32);
        for account in words.map(|word| Address::from_slice(&word[12..])) {
            let known = self.cast.actor(account).is_some() || self.strangers.contains(&account);
            if !known {
                self.strangers.push(account);
            }
        }
        self.cast.search(slot, &self.strangers)
    }

    /// Moves the clock and prolongs the programs if they would expire.
    pub fn wait(&mut self, seconds: u64) {
        self.chain.advance(seconds);
        self.model.now = self.chain.time();
        for program in Program::ALL {
            self.revive(program);
        }
        self.revive_manager();
        for program in self.stage.crew.programs {
            self.activate(program);
        }
        self.activate(self.stage.crew.lens);
    }

    /// Activates a program again if it has expired.
    pub fn revive(&mut self, program: Program) {
        self.activate(self.cast.program(program));
    }

    /// Activates the access manager again if it has expired.
    pub fn revive_manager(&mut self) {
        self.activate(self.cast.manager);
    }

    fn activate(&mut self, program: Address) {
        keep_alive(&mut self.chain, self.cast.account(Actor::Mallory), program);
    }

    /// Takes over what the programs really hold where it may differ: for campaigns in which the
    /// model may be wrong.
    pub fn resync(&mut self, changes: &[Change]) {
        for change in changes {
            self.model.set_word(change.program, change.key, change.after);
        }
        for (program, key) in std::mem::take(&mut self.model.writes) {
            let word = self.cast.read(&self.chain, program, key);
            self.model.set_word(program, key, word);
        }
        // What a broken vault gave away of its donations cannot be swept.
        let vault = self.cast.program(Program::Vault);
        let held = self.figure(Program::Hub, Key::Balance(vault));
        self.model.vault.donations = self.model.vault.donations.min(held);
    }

    /// Takes over all that the programs hold of actors.
    pub fn resync_all(&mut self) {
        for program in Program::ALL {
            for (key, slot) in self.cast.keys(program) {
                let word = self.chain.storage(self.cast.program(program), slot);
                self.model.set_word(program, key, word);
            }
        }
    }

    /// Whether an announced call waits to be made: it is not used, not taken back, not expired.
    pub fn waits(&self, announced: &Announced) -> bool {
        let Announced { proposer, call, .. } = announced;
        let (target, data) = (self.model.target(call), self.model.data(call));
        let call = getScheduleCall { id: operation_id(*proposer, target, &data) };
        let told = self.chain.try_view(self.cast.manager, call);
        told.is_ok_and(|time| !time.is_zero())
    }

    /// A fresh read of a view, or an explanation.
    pub fn view<C: SolCall>(&self, program: Program, call: C) -> Result<C::Return, String> {
        self.chain.try_view(self.cast.program(program), call).map_err(|(_, tree)| tree)
    }
}
