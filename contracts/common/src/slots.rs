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
/// `address`, who places METIS and brings it back; written by the constructor.
pub const ALLOCATOR: u64 = 7;
/// `address`, the redemption queue; written by the constructor.
pub const QUEUE: u64 = 8;
/// `redemption::Instant`, packed: limit and fees of instant redemptions; written by `redeemNow`,
/// `collectFees`, `setRedemption`.
pub const INSTANT: u64 = 9;
/// `wait::Wait`, packed: the loss that is pending; written by `settle`.
pub const WAIT: u64 = 10;

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

/// The redemption queue's slots; kinds are of [`keyed`] and [`numbered`]. Slots 4 and 5 are those of every
/// managed program.
pub mod queue {
    /// The hub, the last batch, the first that is not filled: `queue::Head`, packed.
    pub const HEAD: u64 = 0;
    /// What waits, and METIS in escrow: `queue::Sums`, packed; written by the first request of a batch, by
    /// `finalize` and claims.
    pub const SUMS: u64 = 1;
    /// `mapping(address owner => uint256)`, how many tickets an account has.
    pub const COUNTS: u64 = 2;
    /// `mapping(address owner => mapping(address operator => bool))`.
    pub const OPERATORS: u64 = 3;
    /// Kind, by batch: what is requested, `queue::Batch`, packed.
    pub const BATCH: u32 = 1;
    /// Kind, by batch and place: `queue::Ticket`, packed.
    pub const TICKET: u32 = 2;
    /// Kind, by batch and place: METIS that was claimed of a ticket that is still there, in wei.
    pub const CLAIMED: u32 = 3;
    /// Kind, by batch and place: who may move the ticket.
    pub const APPROVED: u32 = 4;
    /// Kind, by batch: what it was filled with, `queue::Filled`, packed.
    pub const FILLED: u32 = 5;
}

/// The registry's slots; kinds are of [`keyed`] and [`numbered`].
pub mod registry {
    /// `address` staking, and above it the highest commission in bps.
    pub const HEAD: u64 = 0;
    /// Kind, by id: the signer's key, x as sub 0 and y as sub 1.
    pub const KEY: u32 = 1;
    /// Kind, by signer: `signer::Belonging`, packed; never cleared.
    pub const SEQUENCER: u32 = 2;
    /// Kind, by owner: the nonce the owner's next proof must carry.
    pub const NONCE: u32 = 3;
    /// Kind, by id: `commission::Announcement`, packed.
    pub const ANNOUNCED: u32 = 4;
}

/// The court's slots; kinds are of [`keyed`] and [`numbered`].
pub mod court {
    /// `address` staking, and above it the parameters: `court::Rules`, packed.
    pub const HEAD: u64 = 0;
    /// How many proposals there ever were.
    pub const COUNT: u64 = 1;
    /// `mapping(bytes32 evidence => uint256)`, the proposal that used it.
    pub const EVIDENCE: u64 = 2;
    /// Kind, by proposal: `court::Proposal` and `court::Times`, packed, as sub 0 and 1; the evidence
    /// as sub 2; from sub 16 on a pool each, and above it what is provisioned by it.
    pub const PROPOSAL: u32 = 1;
    /// Kind, by id: `court::Window`, packed.
    pub const WINDOW: u32 = 2;
    /// Kind, by id and day as sub: the proposal that used the fault of that day.
    pub const FAULT: u32 = 3;
    /// Kind, by id and slasher: until when the slasher waits.
    pub const BARRED: u32 = 4;
    /// Kind, by pool: `court::Loss`, packed.
    pub const LOSS: u32 = 5;
}

/// The quota's slots; kinds are of [`keyed`] and [`numbered`]. `check` reads the limits, the scores and,
/// of a pool, the grant; more only if the limits say that there is more.
pub mod quota {
    /// `quota::limits::Limits` and `Marks`, packed.
    pub const LIMITS: u64 = 0;
    /// `address`, who owns the stake; written by the constructor.
    pub const STAKING: u64 = 1;
    /// `address`, whose slashes halve operations; written by the constructor.
    pub const COURT: u64 = 2;
    /// `address`, who brings batches; written by the constructor.
    pub const DISTRIBUTOR: u64 = 3;
    /// Kind, by id: `quota::score::Record`, packed.
    pub const SCORES: u32 = 1;
    /// Kind, by id and pool: what was granted, `quota::raise::Raise`, packed.
    pub const GRANT: u32 = 2;
    /// Kind, by pool: its own absolute cap, `quota::raise::Raise`, packed.
    pub const POOL_CAP: u32 = 3;
    /// Kind, by group: its tie to the group under whose cap it is, as `quota::groups` packs four.
    pub const LEADER: u32 = 4;
    /// Kind, by group and 0 to 3: ties to the groups under its cap, as `quota::groups` packs four.
    pub const MEMBERS: u32 = 5;
    /// Kind, by pool: `limiter::Limiter`, packed.
    pub const CHURN: u32 = 6;
    /// Kind, by proposal: 1 once its slash was recorded.
    pub const RECORDED: u32 = 7;
}

/// The lens's slots.
pub mod lens {
    /// `address`, who owns the stake; written by the constructor.
    pub const STAKING: u64 = 0;
    /// `address`, by whose groups it goes; written by the constructor.
    pub const QUOTA: u64 = 1;
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

/// The access manager's slots: those of OpenZeppelin's, and where it keeps more.
pub mod access {
    use super::{mapped, mapped_word, variable};
    use crate::{
        account::Account,
        word::{self, Word},
    };

    /// `mapping(address target => TargetConfig)`: in each first
    /// `mapping(bytes4 selector => uint64 role)`, then the slot of `access::Target`; written by what
    /// sets up targets.
    pub const TARGETS: u64 = 0;
    /// `mapping(uint64 role => Role)`: in each first `mapping(address account => Access)` with slots
    /// of `access::Access`, then the slot of `access::Role`; written by what sets up roles, members
    /// by `suspend` as well.
    pub const ROLES: u64 = 1;
    /// `mapping(bytes32 operation => Schedule)`, slots of `access::Schedule`; written by `schedule`,
    /// by whatever uses an operation up, and by `cancel`.
    pub const SCHEDULES: u64 = 2;
    /// Whether the manager is constructed; written by the constructor.
    pub const CONSTRUCTED: u64 = 3;
    /// Transient: the target and the selector that `execute` is calling.
    pub const EXECUTING: u64 = 1;

    /// The slot of the role that a function of a target is open to.
    #[must_use]
    #[inline]
    pub fn function_role(target: &Account, selector: [u8; 4]) -> Word {
        mapped_word(&word::of_bytes4(selector), &mapped(target, &variable(TARGETS)))
    }

    /// The slot of a target's settings.
    #[must_use]
    #[inline]
    pub fn target(target: &Account) -> Word {
        word::next(&mapped(target, &variable(TARGETS)))
    }

    /// The slot of an account's membership.
    #[must_use]
    #[inline]
    pub fn member(role: u64, account: &Account) -> Word {
        mapped(account, &mapped_word(&word::of_u64(role), &variable(ROLES)))
    }

    /// The slot of a role's settings.
    #[must_use]
    #[inline]
    pub fn role(role: u64) -> Word {
        word::next(&mapped_word(&word::of_u64(role), &variable(ROLES)))
    }

    /// The slot of an operation.
    #[must_use]
    #[inline]
    pub fn schedule(operation: &Word) -> Word {
        mapped_word(operation, &variable(SCHEDULES))
    }
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
    of_numbers(*account.word(), kind, id, sub)
}

/// As [`keyed`], without an account.
#[must_use]
#[inline(never)]
pub fn numbered(kind: u32, id: u32, sub: u32) -> Word {
    of_numbers([0; 32], kind, id, sub)
}

#[inline(always)]
fn of_numbers(mut slot: Word, kind: u32, id: u32, sub: u32) -> Word {
    if let [first, second, third, ..] = slot.as_chunks_mut::<4>().0 {
        (*first, *second, *third) = (kind.to_be_bytes(), id.to_be_bytes(), sub.to_be_bytes());
    }
    slot
}

/// The slot of an account in the mapping at `slot`.
#[must_use]
#[inline(always)]
pub fn mapped(key: &Account, slot: &Word) -> Word {
    mapped_word(key.word(), slot)
}

/// The slot of a word in the mapping at `slot`.
#[must_use]
#[inline(never)]
pub fn mapped_word(key: &Word, slot: &Word) -> Word {
    hash::keccak([*key, *slot].as_flattened())
}
