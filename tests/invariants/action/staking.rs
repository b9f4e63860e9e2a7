//! What may happen to sequencers, delegations, rewards and slashes.

use alloy_primitives::U256;
use serde::{Deserialize, Serialize};

pub use super::super::model::staking::Part;
use super::Damage;
pub use party::Party;
pub use quota::{AMOUNTS, QuotaAction, Stand};

mod naming;
mod party;
mod quota;

/// Which sequencer: one of those there are, or 254 for none and 255 for the next.
pub type Id = u8;

/// An amount, as a number or by what it stands beside. The last part of each is added to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sum {
    Exact(U256),
    /// The sequencer's bond.
    Bond(i8),
    /// What it may still take.
    Room(i8),
    /// What its bond still carries.
    Carried(i8),
    /// The least bond.
    MinBond(i8),
    /// What it lacks to be Active.
    Missing(i8),
    /// The caller's shares.
    Shares(i8),
    /// Such that 1 METIS of the position is left.
    ButOne(i8),
    /// What still fits the books.
    Fits(i8),
    /// What the quota says that the caller may delegate.
    Quota(i8),
    /// What the caller may move.
    Churn(i8),
}

/// What is wrong with a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProofFlaw {
    None,
    /// Another key than the signer's.
    Key,
    /// The nonce before.
    Replayed,
    /// Signed for another owner.
    OtherOwner,
    OtherSigner,
    OtherChain,
    OtherPurpose,
    /// The twin in the upper half of the order.
    Malleable,
    OddV,
    Length,
}

impl ProofFlaw {
    pub const ALL: [Self; 10] = [
        Self::None,
        Self::Key,
        Self::Replayed,
        Self::OtherOwner,
        Self::OtherSigner,
        Self::OtherChain,
        Self::OtherPurpose,
        Self::Malleable,
        Self::OddV,
        Self::Length,
    ];
}

/// When a fault was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// So many seconds ago.
    Ago(u32),
    /// Beside the earliest that can be slashed.
    Earliest(i8),
    /// Beside this moment.
    Now(i8),
    /// In the year 3000.
    Far,
}

/// How a proposal ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    Veto,
    Execute,
    Lapse,
}

/// What a role sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Setting {
    /// In METIS.
    Thresholds(u32, u32),
    /// In METIS and bps.
    Bond(u32, u16),
    /// In seconds.
    Period(u32),
    MaxCommission(u16),
    /// In seconds.
    Times(u32, u32, u32),
    MaxSlash(u16),
}

/// A moment that something ends or begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Moment {
    /// The latest bucket matures, or one before it.
    Maturity(u8),
    VetoEnd,
    GraceEnd,
    JailEnd,
    /// 30 days idle.
    Idle,
    DayEnd,
    PauseEnd,
    CommissionDue,
    CommissionOver,
    SignerFree,
    /// A grant, a score or a pool's cap is raised, or a group is on its own.
    Raised,
}

/// One call, or one thing that happens around the programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StakingAction {
    Register {
        caller: Party,
        signer: u8,
        bond: Sum,
        recipient: Party,
        commission: u16,
        flaw: ProofFlaw,
        displaced: Option<Id>,
    },
    IncreaseBond {
        caller: Party,
        id: Id,
        assets: Sum,
    },
    UnlockBond {
        caller: Party,
        id: Id,
        assets: Sum,
    },
    Exit {
        caller: Party,
        id: Id,
    },
    Eject {
        caller: Party,
        id: Id,
    },
    Unjail {
        caller: Party,
        id: Id,
    },
    SetOwner {
        caller: Party,
        id: Id,
        owner: Party,
    },
    AcceptOwner {
        caller: Party,
        id: Id,
    },
    SetRecipient {
        caller: Party,
        id: Id,
        recipient: Party,
    },
    SetSigner {
        caller: Party,
        id: Id,
        signer: u8,
        flaw: ProofFlaw,
    },
    Announce {
        caller: Party,
        id: Id,
        commission: u16,
    },
    Apply {
        caller: Party,
        id: Id,
    },
    Accrue {
        caller: Party,
        id: Id,
    },
    Delegate {
        caller: Party,
        id: Id,
        assets: Sum,
    },
    Undelegate {
        caller: Party,
        id: Id,
        shares: Sum,
    },
    /// Buckets counted back from the latest; from 250 on such as do not exist.
    ClaimUnlocked {
        caller: Party,
        id: Id,
        buckets: [u8; 3],
        receiver: Party,
    },
    /// `beside` is added to the METIS sent, `short` leaves the last amount out.
    Notify {
        caller: Party,
        ids: [Id; 2],
        amounts: [Sum; 2],
        beside: i8,
        short: bool,
    },
    ClaimRewards {
        caller: Party,
        ids: [Id; 3],
        receiver: Party,
    },
    ClaimCommission {
        caller: Party,
        id: Id,
        receiver: Party,
    },
    Forward {
        caller: Party,
    },
    Propose {
        caller: Party,
        id: Id,
        bps: u16,
        fault: Fault,
        evidence: u8,
    },
    /// Of the latest proposal, or one before it.
    Judge {
        caller: Party,
        nth: u8,
        verdict: Verdict,
    },
    Settle {
        caller: Party,
        pool: Party,
    },
    /// `announced`: it was scheduled, and its delay is over.
    Set {
        caller: Party,
        setting: Setting,
        announced: bool,
    },
    Pool {
        caller: Party,
        pool: Party,
        joins: bool,
    },
    Pause {
        caller: Party,
        seconds: u32,
    },
    Unpause {
        caller: Party,
    },
    Sweep {
        caller: Party,
        receiver: Party,
    },
    /// METIS forced into a program.
    Donate {
        target: Part,
        assets: Sum,
    },
    /// A pool refuses to be told of losses from now on, or takes it.
    Deafen {
        pool: Party,
        deaf: bool,
    },
    /// Another program is asked from now on; announced, two days before.
    Persuade {
        stand: Stand,
    },
    /// Something of the quota.
    Quota(QuotaAction),
    /// Sequencers are registered until there are as many live ones as there can be.
    Crowd {
        caller: Party,
    },
    /// A proposal from its beginning to its end.
    Through {
        id: Id,
        bps: u16,
        fault: Fault,
        evidence: u8,
        verdict: Verdict,
    },
    /// Shares are undelegated, and claimed once they have matured, or so many seconds before.
    Out {
        caller: Party,
        id: Id,
        shares: Sum,
        receiver: Party,
        early: u32,
    },
    /// Shares are undelegated, a slash is proposed a day before they mature, and they are claimed.
    Under {
        caller: Party,
        id: Id,
        shares: Sum,
        bps: u16,
        evidence: u8,
    },
    /// A raise of the commission, from its announcement to its end.
    Raise {
        id: Id,
        commission: u16,
    },
    /// A sequencer leaves, and another is registered.
    Succeed {
        id: Id,
        signer: u8,
    },
    /// The whole bond begins to unbond, a reward comes, and is accrued.
    Barren {
        id: Id,
        assets: Sum,
    },
    /// A pool is registered, delegates, leaves or is slashed, is removed, and takes what it has left.
    Guest {
        id: Id,
        assets: Sum,
        slashed: bool,
        evidence: u8,
    },
    /// Time passes until just before, at, or just after a moment, if it is to come.
    Until {
        id: Id,
        moment: Moment,
        beside: i8,
    },
    /// Any entry with calldata that may be damaged and value that may be out of place.
    Raw {
        to: Part,
        caller: Party,
        entry: u8,
        words: [U256; 8],
        value: Sum,
        damage: Damage,
    },
    /// Another action with less gas than it needs, in thousandths of it.
    Starve {
        action: Box<StakingAction>,
        thousandths: u16,
    },
    /// Unbonded METIS or rewards are claimed to a contract that calls one of the programs with this
    /// entry.
    Reenter {
        caller: Party,
        id: Id,
        rewards: bool,
        target: Part,
        entry: u8,
        words: [U256; 8],
    },
}
