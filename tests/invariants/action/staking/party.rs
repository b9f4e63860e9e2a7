//! Who acts on staking.

use serde::{Deserialize, Serialize};

/// Who acts, gives or gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Party {
    Alice,
    Bob,
    Mallory,
    /// Operators.
    Olga,
    Otto,
    Omar,
    /// Pools, registered or not.
    PoolOne,
    PoolTwo,
    PoolThree,
    PoolFour,
    /// Curator, slasher and vetoer.
    Council,
    Guardian,
    Treasury,
    Admin,
    /// The distributor.
    Fund,
    /// A contract that calls back when METIS reaches it.
    Reenterer,
    /// A contract that takes no METIS.
    Refuser,
    Staking,
    Registry,
    Court,
    Quota,
    Zero,
    /// Whoever owns the sequencer in question.
    Owner,
    /// Whoever may accept it.
    Heir,
}

impl Party {
    /// Those that have an address of their own.
    pub const NAMED: [Self; 22] = [
        Self::Alice,
        Self::Bob,
        Self::Mallory,
        Self::Olga,
        Self::Otto,
        Self::Omar,
        Self::PoolOne,
        Self::PoolTwo,
        Self::PoolThree,
        Self::PoolFour,
        Self::Council,
        Self::Guardian,
        Self::Treasury,
        Self::Admin,
        Self::Fund,
        Self::Reenterer,
        Self::Refuser,
        Self::Staking,
        Self::Registry,
        Self::Court,
        Self::Quota,
        Self::Zero,
    ];

    /// Those that may have positions.
    pub const HOLDERS: [Self; 10] = [
        Self::Alice,
        Self::Bob,
        Self::Mallory,
        Self::Olga,
        Self::Otto,
        Self::Omar,
        Self::PoolOne,
        Self::PoolTwo,
        Self::PoolThree,
        Self::PoolFour,
    ];

    pub const POOLS: [Self; 4] = [Self::PoolOne, Self::PoolTwo, Self::PoolThree, Self::PoolFour];

    /// Name in the world.
    pub fn label(self) -> &'static str {
        match self {
            Self::Alice => "alice",
            Self::Bob => "bob",
            Self::Mallory => "mallory",
            Self::Olga => "olga",
            Self::Otto => "otto",
            Self::Omar => "omar",
            Self::PoolOne => "pool one",
            Self::PoolTwo => "pool two",
            Self::PoolThree => "pool three",
            Self::PoolFour => "pool four",
            Self::Council => "council",
            Self::Guardian => "guardian",
            Self::Treasury => "treasury",
            Self::Admin => "admin",
            Self::Fund => "fund",
            Self::Reenterer => "reenterer",
            Self::Refuser => "refuser",
            Self::Staking => "staking",
            Self::Registry => "registry",
            Self::Court => "court",
            Self::Quota => "quota",
            Self::Zero => "zero",
            Self::Owner => "owner",
            Self::Heir => "heir",
        }
    }
}
