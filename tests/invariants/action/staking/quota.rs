//! What may happen to the quota.

use serde::{Deserialize, Serialize};

use super::{Id, Party, Sum};

/// Which of the seven limits are amounts of METIS, in the interface's order; the others are bps.
pub const AMOUNTS: [usize; 3] = [1, 3, 4];

/// Who answers when staking asks whether stake may enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stand {
    /// The quota.
    Ours,
    /// A program that agrees to everything.
    Agrees,
    /// A program that burns all gas.
    Burns,
}

/// One call to the quota, or several round it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QuotaAction {
    SetScores {
        caller: Party,
        id: Id,
        operations: u16,
        market: u16,
    },
    /// In METIS, and so many wei beside it.
    SetGrant {
        caller: Party,
        pool: Party,
        id: Id,
        metis: u32,
        beside: i8,
    },
    SetPoolCap {
        caller: Party,
        pool: Party,
        metis: u32,
    },
    /// In the interface's order, bps and METIS. `announced`: it was scheduled, and its delay is over.
    SetLimits {
        caller: Party,
        limits: [u32; 7],
        announced: bool,
    },
    /// One of the seven limits as it is given, the others as they are.
    LowerLimits {
        caller: Party,
        nth: u8,
        limit: u32,
    },
    Group {
        caller: Party,
        into: u8,
        member: u8,
    },
    /// One of the groups that are under another's cap, or the group with that number.
    Split {
        caller: Party,
        member: u8,
    },
    /// `short` leaves the last number of blocks out.
    RecordBatch {
        caller: Party,
        ids: [Id; 3],
        produced: [u32; 3],
        assigned: [u32; 3],
        short: bool,
    },
    /// Of the latest proposal, or one before it.
    RecordSlash {
        caller: Party,
        nth: u8,
    },
    Draw {
        caller: Party,
        id: Id,
        assets: Sum,
    },
    /// A pool is granted so many METIS, and the raise takes effect.
    Endow {
        pool: Party,
        id: Id,
        metis: u32,
    },
    /// An account delegates as the quota plans for it.
    Allocate {
        account: Party,
        assets: Sum,
    },
    /// A pool leaves as the quota plans for it, and draws on its churn for that.
    Release {
        pool: Party,
        assets: Sum,
    },
    /// Four pools, with a cap of so many METIS each, are registered and granted something, and delegate
    /// to a sequencer and those after it.
    Blitz {
        id: Id,
        cap: u32,
        assets: [Sum; 4],
    },
    /// A slash is executed, and the quota told of it, twice; a raise of scores may wait meanwhile.
    Punish {
        id: Id,
        evidence: u8,
        raised: bool,
    },
    /// A pool draws, and again when the day has ended, or just before or after.
    Twice {
        pool: Party,
        id: Id,
        assets: [Sum; 2],
        beside: i8,
    },
    /// Limits on direct positions become tight, and accounts delegate what there is room for.
    Squat {
        floor: u32,
        beside: i8,
    },
}

impl QuotaAction {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::SetScores { .. } => "setScores",
            Self::SetGrant { .. } => "setGrant",
            Self::SetPoolCap { .. } => "setPoolCap",
            Self::SetLimits { announced: true, .. } => "setLimits",
            Self::SetLimits { .. } => "setLimits, at once",
            Self::LowerLimits { .. } => "lowerLimits",
            Self::Group { .. } => "group",
            Self::Split { .. } => "split",
            Self::RecordBatch { .. } => "recordBatch",
            Self::RecordSlash { .. } => "recordSlash",
            Self::Draw { .. } => "draw",
            Self::Endow { .. } => "(grant, in force)",
            Self::Allocate { .. } => "(delegate by plan)",
            Self::Release { .. } => "(undelegate by plan)",
            Self::Blitz { .. } => "(four pools)",
            Self::Punish { .. } => "(slash, recorded)",
            Self::Twice { .. } => "(draw, twice)",
            Self::Squat { .. } => "(direct bucket filled)",
        }
    }

    /// Whether it is one call.
    pub fn is_one_call(&self) -> bool {
        !matches!(
            self,
            Self::Endow { .. }
                | Self::Allocate { .. }
                | Self::Release { .. }
                | Self::Blitz { .. }
                | Self::Punish { .. }
                | Self::Twice { .. }
                | Self::Squat { .. }
        )
    }

    pub(super) fn sum_mut(&mut self) -> Option<&mut Sum> {
        match self {
            Self::Draw { assets, .. }
            | Self::Allocate { assets, .. }
            | Self::Release { assets, .. }
            | Self::Blitz { assets: [assets, ..], .. }
            | Self::Twice { assets: [assets, _], .. } => Some(assets),
            _ => None,
        }
    }
}
