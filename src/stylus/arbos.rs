//! What ArbOS remembers of programs, in the storage of its own account.
//!
//! Records live in EVM storage, so that a revert, a snapshot or a clone treats them like any other
//! state. Reading them costs a program nothing.

use alloy_primitives::{Address, B256, U256, address, keccak256};
use revm::Database;
use revm::context::Journal;
use revm::context_interface::journaled_state::account::JournaledAccountTr;
use revm::context_interface::{Block, JournalTr};

use super::activate::Activation;
use super::evm::StylusContext;
use super::version::Version;

/// The account of ArbOS.
pub const ARBOS: Address = address!("a4b05fffffffffffffffffffffffffffffffffff");
/// Where data fees go.
pub const FEE_COLLECTOR: Address = address!("a4b05fee00000000000000000000000000000000");
/// Seconds of the hour that activation times are counted from.
const EPOCH: u64 = 1_421_388_000;

/// What is known of a program, by code hash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Stylus version it was activated for; 0 if it never was.
    pub version: u16,
    /// Init cost, in gas.
    pub init: u16,
    /// Init cost when cached, in gas.
    pub cached_init: u16,
    /// Initial memory pages.
    pub footprint: u16,
    /// Size of native code, in KiB.
    pub asm_kib: u32,
    /// Hours from ArbOS's epoch to the activation or the last keepalive.
    pub activated_hours: u32,
    /// Whether it is in the cache that a CacheManager rents out.
    pub cached: bool,
}

/// Why a program cannot be called or prolonged. The ABI errors of `ArbWasm`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotActive {
    /// Never activated.
    #[error("the program was never activated")]
    NotActivated,
    /// Activated for another Stylus version.
    #[error("the program was activated for Stylus version {version}, in force is {stylus}")]
    NeedsUpgrade {
        /// Version it was activated for.
        version: u16,
        /// Version in force.
        stylus: u16,
    },
    /// Activated too long ago.
    #[error("the program expired: it was activated {age} seconds ago")]
    Expired {
        /// Seconds since then.
        age: u64,
    },
}

impl Record {
    /// The record of a program activated at `now`.
    pub fn new(activation: &Activation, version: &Version, now: u64) -> Self {
        Self {
            version: version.stylus,
            init: activation.init,
            cached_init: activation.cached,
            footprint: activation.footprint,
            asm_kib: activation.asm.div_ceil(1024),
            activated_hours: hours(now),
            cached: false,
        }
    }

    /// The record itself, if the program may run.
    pub fn active(self, version: &Version, now: u64) -> Result<Self, NotActive> {
        if self.version == 0 {
            return Err(NotActive::NotActivated);
        }
        if self.version != version.stylus {
            return Err(NotActive::NeedsUpgrade { version: self.version, stylus: version.stylus });
        }
        let age = self.age(now);
        if age > version.expiry_days * 86_400 {
            return Err(NotActive::Expired { age });
        }
        Ok(self)
    }

    /// Seconds since activation, counted from the start of its hour.
    pub fn age(&self, now: u64) -> u64 {
        now.saturating_sub(u64::from(self.activated_hours) * 3600 + EPOCH)
    }

    /// Moves the activation time to `now`.
    pub fn prolong(&mut self, now: u64) {
        self.activated_hours = hours(now);
    }

    /// Gas every call pays to enter.
    pub fn cached_gas(&self, version: &Version) -> u64 {
        version.call.min_cached + u64::from(self.cached_init)
    }

    /// Gas a call pays besides, if the program is neither cached nor recently used.
    pub fn init_gas(&self, version: &Version) -> u64 {
        version.call.min_init + u64::from(self.init)
    }

    /// Estimated native size, in bytes.
    pub fn asm_bytes(&self) -> u32 {
        self.asm_kib.saturating_mul(1024)
    }

    fn to_word(self) -> U256 {
        let mut word = [0; 32];
        word[0..2].copy_from_slice(&self.version.to_be_bytes());
        word[2..4].copy_from_slice(&self.init.to_be_bytes());
        word[4..6].copy_from_slice(&self.cached_init.to_be_bytes());
        word[6..8].copy_from_slice(&self.footprint.to_be_bytes());
        word[8..12].copy_from_slice(&self.asm_kib.to_be_bytes());
        word[12..16].copy_from_slice(&self.activated_hours.to_be_bytes());
        word[16] = u8::from(self.cached);
        U256::from_be_bytes(word)
    }

    fn from_word(word: U256) -> Self {
        let word = word.to_be_bytes::<32>();
        let short = |at: usize| u16::from_be_bytes([word[at], word[at + 1]]);
        let long = |at: usize| u32::from(short(at)) << 16 | u32::from(short(at + 2));
        Self {
            version: short(0),
            init: short(2),
            cached_init: short(4),
            footprint: short(6),
            asm_kib: long(8),
            activated_hours: long(12),
            cached: word[16] != 0,
        }
    }
}

fn hours(now: u64) -> u32 {
    (now.saturating_sub(EPOCH) / 3600).min(u64::from(u32::MAX)) as u32
}

/// Time of the block, in seconds.
pub(super) fn now<DB: Database>(ctx: &StylusContext<DB>) -> u64 {
    ctx.block.timestamp().saturating_to()
}

/// Slot of a program's record.
pub fn record_slot(code_hash: B256) -> U256 {
    // A code hash is as good a key as any hash of it.
    code_hash.into()
}

fn slot(name: &str) -> U256 {
    keccak256(name).into()
}

/// Reads a program's record.
pub(super) fn record<DB: Database>(
    journal: &mut Journal<DB>,
    code_hash: B256,
) -> Result<Record, DB::Error> {
    Ok(Record::from_word(load(journal, record_slot(code_hash))?))
}

/// Writes a program's record.
pub(super) fn set_record<DB: Database>(
    journal: &mut Journal<DB>,
    code_hash: B256,
    record: Record,
) -> Result<(), DB::Error> {
    store(journal, record_slot(code_hash), record.to_word())
}

/// The word that [`record_slot`] must hold for `record`: for worlds that write it directly.
pub fn record_word(record: Record) -> U256 {
    record.to_word()
}

/// The record in a word of [`record_slot`].
pub fn record_from_word(word: U256) -> Record {
    Record::from_word(word)
}

fn load<DB: Database>(journal: &mut Journal<DB>, key: U256) -> Result<U256, DB::Error> {
    journal.load_account(ARBOS)?;
    Ok(journal.sload(ARBOS, key)?.data)
}

fn store<DB: Database>(journal: &mut Journal<DB>, key: U256, value: U256) -> Result<(), DB::Error> {
    {
        let mut account = journal.load_account_mut(ARBOS)?;
        // An account without nonce, code and balance is empty, and is removed with its storage.
        if account.nonce() == 0 {
            account.set_nonce(1);
        }
        account.touch();
    }
    journal.sstore(ARBOS, key, value)?;
    Ok(())
}

/// Charges the demand for program data and returns the fee in wei for `bytes` of native code.
///
/// Demand falls by a constant rate and the price rises exponentially with it.
pub(super) fn data_fee<DB: Database>(
    journal: &mut Journal<DB>,
    bytes: u32,
    now: u64,
) -> Result<U256, DB::Error> {
    const BYTES_PER_SECOND: u64 = (1 << 40) / (365 * 24) / 3600;
    const MIN_PRICE: u64 = 82_928_201;
    const INERTIA: u64 = 21_360_419;
    let (demand_slot, update_slot) = (slot("arbos.data.demand"), slot("arbos.data.update"));
    let demand: u64 = load(journal, demand_slot)?.saturating_to();
    let last: u64 = load(journal, update_slot)?.saturating_to();
    let credit = BYTES_PER_SECOND.saturating_mul(now.saturating_sub(last));
    let demand = demand.saturating_sub(credit).saturating_add(u64::from(bytes));
    store(journal, demand_slot, U256::from(demand))?;
    store(journal, update_slot, U256::from(now))?;
    let price = MIN_PRICE.saturating_mul(exp_bips(10_000 * (demand / INERTIA))) / 10_000;
    Ok(U256::from(price) * U256::from(bytes))
}

/// `exp(x)` in basis points by its first twelve terms.
fn exp_bips(x: u64) -> u64 {
    let mut sum: u64 = 10_000;
    for term in (1..=12u64).rev() {
        sum = 10_000 + sum.saturating_mul(x) / 10_000 / term;
    }
    sum
}
