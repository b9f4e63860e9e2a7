//! Sequencer staking in plain integers: staking, registry, court and quota, written from their
//! interfaces.
//!
//! As the rest of the model it shares no code with the contracts. What the authority lets a caller do
//! is asked of the world and handed in: that is another program's business.

use std::collections::{BTreeMap, BTreeSet};

use alloy_primitives::{Address, B256, Log, LogData, U256};
use alloy_sol_types::{SolError, SolEvent};

use super::{Accounts, Checked, Prediction, Signed};

pub mod abi;
mod books;
mod buckets;
mod court;
mod delegate;
mod holds;
mod identity;
mod operator;
pub mod policy;
mod pools;
mod proposals;
mod registry;
mod rewards;
mod roles;
mod views;

pub use abi::{Part, Value};
use books::{DAY, Entry, Weight};
pub use books::{METIS, Position, Rules, Sequencer, Side, Status};
pub use court::{Court, State};
pub use identity::{REGISTRATION_TYPE, REGISTRY_NAME, registration};
use policy::Policy;
pub use registry::Registry;

pub use emetis::interfaces::{
    ISequencerQuota as Rule, ISequencerRegistry as Names, ISequencerStaking as Money,
    ISlashingCourt as Bench,
};

/// Longest calldata that a program reads, in bytes.
const CALLDATA_LIMIT: usize = 8_192;
/// How many sequencers are live at most.
pub const LIVE_LIMIT: usize = 64;
/// How many pools are registered at most.
pub const POOLS_LIMIT: usize = 16;
/// How long a sequencer is idle before others may remove it, in seconds.
pub const IDLE: u64 = 30 * DAY;

/// What an authority lets a caller do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Permission {
    /// The entry, at once, or as it was scheduled.
    Granted,
    /// Nothing.
    #[default]
    Refused,
    /// Nothing now: it fails with this error of the authority.
    Failing(Vec<u8>),
}

/// What other programs will answer during a call.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The authority, about the caller and the entry that is called.
    pub permission: Permission,
    /// Whether the distributor takes what was slashed.
    pub fund_takes: bool,
}

/// A call as one of the programs sees it.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    pub to: Part,
    pub caller: Address,
    pub value: U256,
    pub data: &'a [u8],
    pub around: &'a Surroundings,
}

/// A call that has been decoded.
#[derive(Clone, Copy, Debug)]
struct Call<'a> {
    caller: Address,
    value: U256,
    /// Arguments.
    a: &'a [Value],
    around: &'a Surroundings,
}

/// Everything that the four programs remember.
#[derive(Clone, Debug)]
pub struct Staking {
    pub now: u64,
    pub chain_id: u64,
    /// In the order of [`Part::ALL`].
    pub addresses: [Address; 4],
    pub distributor: Address,
    /// Whom entries of stake are asked of: the quota, or one that stands in.
    pub quota: Address,
    /// One that agrees to everything; any other than it and the quota answers what counts as nothing.
    pub agreeable: Address,
    pub authority: [Address; 4],
    pub rules: Rules,
    /// Sequencer `id` is at `id - 1`.
    pub sequencers: Vec<Sequencer>,
    pub positions: BTreeMap<(Address, u64), Position>,
    pub entries: BTreeMap<(Address, u64, u64, Side), Entry>,
    /// Stake of operator group `n`, at `n - 1`.
    pub groups: Vec<U256>,
    pub group_of: BTreeMap<Address, u64>,
    pub live: BTreeSet<u64>,
    pub pools: Vec<Address>,
    pub pool_weights: BTreeMap<Address, Weight>,
    pub total: Weight,
    pub bonds: U256,
    pub pooled: U256,
    pub ledger: U256,
    pub slashed: U256,
    /// METIS of each program that came past its books.
    pub donations: [U256; 4],
    /// When the last pause ends or ended; zero if there never was one.
    pub pause_end: u64,
    pub registry: Registry,
    pub court: Court,
    pub policy: Policy,
    pub accounts: Accounts,
    pub signed: Signed,
    /// Who refuses to be told of losses.
    pub deaf: BTreeSet<Address>,
    /// Programs that are out on a call of their own.
    pub out: [bool; 4],
    /// What the last call must have logged, if it succeeded.
    pub logs: Vec<Log>,
}

fn reject<T>(error: impl SolError) -> Result<T, Vec<u8>> {
    Err(error.abi_encode())
}

impl Staking {
    /// Books of programs that are not constructed yet.
    pub fn new(addresses: [Address; 4], now: u64, chain_id: u64, accounts: Accounts) -> Self {
        Self {
            now,
            chain_id,
            addresses,
            distributor: Address::ZERO,
            quota: Address::ZERO,
            agreeable: Address::ZERO,
            authority: [Address::ZERO; 4],
            rules: Rules::default(),
            sequencers: Vec::new(),
            positions: BTreeMap::new(),
            entries: BTreeMap::new(),
            groups: Vec::new(),
            group_of: BTreeMap::new(),
            live: BTreeSet::new(),
            pools: Vec::new(),
            pool_weights: BTreeMap::new(),
            total: Weight::default(),
            bonds: U256::ZERO,
            pooled: U256::ZERO,
            ledger: U256::ZERO,
            slashed: U256::ZERO,
            donations: [U256::ZERO; 4],
            pause_end: 0,
            registry: Registry::default(),
            court: Court::default(),
            policy: Policy::default(),
            accounts,
            signed: Signed::default(),
            deaf: BTreeSet::new(),
            out: [false; 4],
            logs: Vec::new(),
        }
    }

    pub fn address(&self, part: Part) -> Address {
        self.addresses[part as usize]
    }

    /// Makes a call. The books change if it succeeds; a call that fails is undone, as on a chain.
    pub fn call(&mut self, message: &Message<'_>) -> Prediction {
        self.logs.clear();
        if self.is_view(message) {
            return self.dispatch(message);
        }
        let before = self.clone();
        let answer = self.dispatch(message);
        if answer.is_err() {
            *self = before;
        }
        answer
    }

    /// Whether a message is to an entry that changes nothing.
    fn is_view(&self, message: &Message<'_>) -> bool {
        let head = message.data.first_chunk();
        head.and_then(|head| abi::entries(message.to).get(head)).is_some_and(|entry| entry.view)
    }

    fn dispatch(&mut self, message: &Message<'_>) -> Prediction {
        let Message { to, caller, value, data, around } = *message;
        let size = U256::from(data.len());
        if data.len() > CALLDATA_LIMIT {
            return reject(Money::CalldataTooLong { size, limit: U256::from(CALLDATA_LIMIT) });
        }
        let mut head = [0; 4];
        let known = data.len().min(4);
        head[..known].copy_from_slice(&data[..known]);
        let entry = match abi::entries(to).get(&head) {
            Some(entry) if data.len() >= 4 => entry,
            _ => return reject(Money::SelectorUnknown { selector: head.into(), size }),
        };
        if !entry.payable && !value.is_zero() {
            return reject(Money::ValueRefused { selector: head.into(), value });
        }
        if !entry.view && self.out[to as usize] {
            return reject(Money::ReentryRefused { selector: head.into() });
        }
        if entry.restricted {
            match &around.permission {
                Permission::Granted => {}
                Permission::Refused => return reject(Money::AccessManagedUnauthorized { caller }),
                Permission::Failing(error) => return Err(error.clone()),
            }
        }
        let Some(arguments) = abi::decode(&entry.arguments, &data[4..]) else {
            return reject(Money::ArgumentsInvalid { selector: head.into(), size });
        };
        let call = Call { caller, value, a: &arguments, around };
        if entry.view {
            return self.view(to, entry.signature, &arguments);
        }
        match (to, entry.signature) {
            (_, "setAuthority(address)") => self.set_authority(to, &call),
            (Part::Staking, signature) => self.staking_call(signature, &call),
            (Part::Registry, signature) => self.registry_call(signature, &call),
            (Part::Court, signature) => self.court_call(signature, &call),
            (Part::Quota, signature) => self.quota_call(signature, &call),
        }
    }

    fn staking_call(&mut self, signature: &str, call: &Call<'_>) -> Prediction {
        let Call { caller, value, a, .. } = *call;
        let id = || a[0].word();
        match signature {
            "open(address,address,uint256,uint256)" => self.open_by(call),
            "increaseBond(uint256)" => self.increase_bond(caller, id(), value),
            "requestBondUnlock(uint256,uint256)" => self.unlock_bond(caller, id(), a[1].word()),
            "exit(uint256)" => self.exit(caller, id()),
            "eject(uint256)" => self.eject(call, id()),
            "unjail(uint256)" => self.unjail(caller, id()),
            "setOwner(uint256,address)" => self.set_owner(caller, id(), a[1].address()),
            "acceptOwner(uint256)" => self.accept_owner(caller, id()),
            "setRewardRecipient(uint256,address)" => {
                self.set_recipient(caller, id(), a[1].address())
            }
            "setCommission(uint256,uint256)" => self.set_commission_by(call),
            "recordChange(uint256)" => self.record_change_by(call),
            "accrue(uint256)" => self.accrue(id()),
            "delegate(uint256)" => self.delegate(call, id()),
            "undelegate(uint256,uint256)" => self.undelegate(caller, id(), a[1].word()),
            "claimUnlocked(uint256,uint256[],address)" => {
                self.claim_unlocked(caller, id(), a[1].words(), a[2].address())
            }
            "notifyRewards(uint256[],uint256[])" => {
                self.notify(caller, value, a[0].words(), a[1].words())
            }
            "claimRewards(uint256[],address)" => {
                self.claim_rewards(caller, a[0].words(), a[1].address())
            }
            "claimCommission(uint256,address)" => {
                self.claim_commission(caller, id(), a[1].address())
            }
            "hold(uint256,uint256,uint256,uint256,uint256)" => self.hold_by(call),
            "release(uint256,bool)" => self.release_by(call),
            "take(uint256)" => self.take_by(call),
            "forwardSlashed()" => self.forward(call),
            other => self.staking_role_call(other, call),
        }
    }

    /// The sequencer with this id, if there is one.
    pub fn sequencer(&self, id: U256) -> Option<&Sequencer> {
        let id = usize::try_from(id).ok()?;
        self.sequencers.get(id.checked_sub(1)?)
    }

    /// The id in range, or the refusal.
    fn known(&self, id: U256) -> Result<u64, Vec<u8>> {
        match self.sequencer(id) {
            Some(_) => Ok(id.to()),
            None => reject(Money::SequencerUnknown { id }),
        }
    }

    /// The id of a sequencer that the caller owns, or the refusal.
    fn owned(&self, caller: Address, id: U256) -> Result<u64, Vec<u8>> {
        let id = self.known(id)?;
        let owner = self.at(id).owner;
        if caller != owner {
            return reject(Money::CallerNotOwner { caller, owner });
        }
        Ok(id)
    }

    /// The sequencer with an id that is known.
    pub fn at(&self, id: u64) -> &Sequencer {
        &self.sequencers[id as usize - 1]
    }

    fn at_mut(&mut self, id: u64) -> &mut Sequencer {
        &mut self.sequencers[id as usize - 1]
    }

    fn only(&self, part: Part, caller: Address) -> Checked {
        let address = self.address(part);
        match part {
            _ if caller == address => Ok(()),
            Part::Registry => reject(Money::CallerNotRegistry { caller, registry: address }),
            _ => reject(Money::CallerNotCourt { caller, court: address }),
        }
    }

    fn log(&mut self, part: Part, event: impl SolEvent) {
        let data: LogData = event.encode_log_data();
        self.logs.push(Log { address: self.address(part), data });
    }

    /// Whether METIS that is paid out arrives.
    fn arrives(&self, receiver: Address, assets: U256) -> Checked {
        if self.accounts.takes_metis(receiver) {
            return Ok(());
        }
        reject(Money::PaymentFailed { receiver, assets })
    }

    /// Whether METIS may be paid to this account at all.
    fn may_pay(&self, receiver: Address) -> Checked {
        if receiver.is_zero() || receiver == self.address(Part::Staking) {
            return reject(Money::ReceiverInvalid { receiver });
        }
        Ok(())
    }

    /// Whether so much METIS fits the books.
    fn fits(&self, assets: U256) -> Checked {
        let (ledger, limit) = (self.ledger, super::largest(84));
        if ledger.checked_add(assets).is_none_or(|sum| sum > limit) {
            return reject(Money::LedgerOverflow { ledger, assets, limit });
        }
        Ok(())
    }

    /// Whether entries are paused.
    fn open_to_entries(&self) -> Checked {
        if self.now < self.pause_end {
            return reject(Money::EntriesPaused { until: U256::from(self.pause_end) });
        }
        Ok(())
    }
}

/// `a * b / c`, rounded down; zero if `c` is. Products of figures here fit 256 bits.
fn floor(a: U256, b: U256, c: U256) -> U256 {
    if c.is_zero() { U256::ZERO } else { super::mul_div(a, b, c, false).expect("it fits") }
}

/// `a * b / c`, rounded up; zero if `c` is.
fn ceil(a: U256, b: U256, c: U256) -> U256 {
    if c.is_zero() { U256::ZERO } else { super::mul_div(a, b, c, true).expect("it fits") }
}

/// A word that tells a time.
fn seconds(time: u64) -> U256 {
    U256::from(time)
}

/// A key of 64 bytes.
pub type PublicKey = [B256; 2];
