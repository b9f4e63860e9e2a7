//! Where things lie in storage: the layout that solc would choose.
//!
//! Slots 1 to 3 belong to the token and are the same in every program that has one. Slots 4 and 5
//! are the same in every program that an authority manages.

use crate::{
    account::Account,
    hash,
    word::{self, Word},
};

/// The hub's books: `totals::Totals`, packed.
pub const TOTALS: u64 = 0;
/// `mapping(address account => uint256)`, wei of the token; written by transfers and mints.
pub const BALANCES: u64 = 1;
/// `mapping(address owner => mapping(address spender => uint256))`, wei of the token.
pub const ALLOWANCES: u64 = 2;
/// `mapping(address owner => uint256)`, the nonce the owner's next permit must carry.
pub const NONCES: u64 = 3;
/// `address`, who says who may call what; written by the constructor and by the authority itself.
pub const AUTHORITY: u64 = 4;
/// `pause::Pause`, packed; written by `pause` and `unpause`.
pub const PAUSE: u64 = 5;
/// `address`, where `depositAndStake` stakes; written by the constructor.
pub const VAULT: u64 = 6;
/// `address`, who brings rewards; written by the constructor.
pub const MINTER: u64 = 7;

/// The vault's slots, where they differ from the hub's.
pub mod vault {
    /// Shares, ledger and the times of the stream: `books::Books`, packed.
    pub const HEAD: u64 = 0;
    /// The asset's address, and what was locked at the start of the stream.
    pub const REWARD: u64 = 6;
    /// The loss that is pending, and the time of the last reward.
    pub const PENDING: u64 = 7;
    /// `address`, who brings rewards and losses; written by the constructor.
    pub const POOL: u64 = 8;
}

/// The slots of sequencer staking. Slots 4 and 5 are those of every managed program.
pub mod staking {
    /// All stake, and its sum over time: `staking::weight::Weight`, packed.
    pub const STAKE: u64 = 0;
    /// METIS on the books: `staking::totals::Ledger`, packed.
    pub const LEDGER: u64 = 1;
    /// Parameters: `staking::rules::Rules`, packed.
    pub const RULES: u64 = 2;
    /// The quota and the most that one sequencer holds: `staking::rules::Ceiling`, packed.
    pub const CEILING: u64 = 3;
    /// Counters and slashed METIS: `staking::totals::Counts`, packed.
    pub const COUNTS: u64 = 6;
    /// `address`, where sequencers register; written by the constructor.
    pub const REGISTRY: u64 = 7;
    /// `address`, who holds and slashes; written by the constructor.
    pub const COURT: u64 = 8;
    /// `address`, who brings rewards and gets what was slashed; written by the constructor.
    pub const DISTRIBUTOR: u64 = 9;
    /// First of the slots with live sequencers, eight numbers of 32 bits each.
    pub const LIVE: u64 = 16;
    /// First of the slots with registered pools, one address each.
    pub const POOLS: u64 = 32;
    /// First of the slots with pending rewards, three sequencers each.
    pub const PENDING: u64 = 1 << 32;

    /// Kinds of keyed slots, see [`keyed`](super::keyed).
    ///
    /// By id: `staking::sequencer::Money`.
    pub const MONEY: u32 = 1;
    /// By id: `staking::sequencer::Shares`.
    pub const SHARES: u32 = 2;
    /// By id: `staking::rewards::Index`.
    pub const INDEX: u32 = 3;
    /// By id: `staking::rewards::Owed`.
    pub const OWED: u32 = 4;
    /// By id: `staking::sequencer::Identity`.
    pub const IDENTITY: u32 = 5;
    /// By id: who may accept the sequencer.
    pub const PENDING_OWNER: u32 = 6;
    /// By id: who besides the owner claims the operator's rewards.
    pub const RECIPIENT: u32 = 7;
    /// By id, and 0 or 1: `staking::hold::Hold`.
    pub const HOLD: u32 = 8;
    /// By id and bucket: delegations in it, `staking::buckets::Bucket`.
    pub const BUCKET: u32 = 9;
    /// By id and bucket: bond in it.
    pub const BOND_BUCKET: u32 = 10;
    /// By id and bucket: the number of the bucket before it.
    pub const PREVIOUS: u32 = 11;
    /// By id and account: `staking::position::Position`.
    pub const POSITION: u32 = 12;
    /// By id, bucket and account: delegations, `staking::buckets::Entry`.
    pub const ENTRY: u32 = 13;
    /// By id, bucket and account: bond.
    pub const BOND_ENTRY: u32 = 14;
    /// By account: a pool's stake, `staking::weight::Weight`; its mark says whether it is registered.
    pub const POOL: u32 = 15;
    /// By group: stake of an operator group.
    pub const GROUP: u32 = 16;
    /// By account: the operator group of an owner.
    pub const GROUP_OF: u32 = 17;
}

/// Slots of transient storage, which ends with the transaction.
pub mod transient {
    /// The lock against re-entry, 1 while the program is out on a call.
    pub const LOCK: u64 = 0;
    /// 1 while the authority is told that an operation it scheduled takes place.
    pub const CONSUMING: u64 = 1;
}

/// The slot of a plain variable.
#[must_use]
#[inline]
pub fn variable(slot: u64) -> Word {
    word::of_u64(slot)
}

/// The slot of an account's balance.
#[must_use]
#[inline]
pub fn balance(account: &Account) -> Word {
    mapped(account, &variable(BALANCES))
}

/// The slot of what `spender` may move of `owner`.
#[must_use]
#[inline]
pub fn allowance(owner: &Account, spender: &Account) -> Word {
    mapped(spender, &mapped(owner, &variable(ALLOWANCES)))
}

/// The slot of an owner's next nonce.
#[must_use]
#[inline]
pub fn nonce(owner: &Account) -> Word {
    mapped(owner, &variable(NONCES))
}

/// The slot of what a program keeps by numbers and an account: `kind`, `id`, `sub` in 4 bytes each,
/// then the account's 20. No two keys share a slot, so nothing needs to be hashed.
///
/// Plain variables are below 2^64 and have no kind: kinds start at 1.
#[must_use]
#[inline(never)]
pub fn keyed(kind: u32, id: u32, sub: u32, account: &Account) -> Word {
    let mut slot = *account.word();
    if let [first, second, third, ..] = slot.as_chunks_mut::<4>().0 {
        (*first, *second, *third) = (kind.to_be_bytes(), id.to_be_bytes(), sub.to_be_bytes());
    }
    slot
}

/// The slot of a key in the mapping at `slot`.
#[must_use]
#[inline(never)]
pub fn mapped(key: &Account, slot: &Word) -> Word {
    hash::keccak([*key.word(), *slot].as_flattened())
}
