//! Who acts, gives or gets.

use serde::{Deserialize, Serialize};

/// Actors in the campaign.
pub const ACTORS: usize = 16;

/// Who acts, gives or gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Actor {
    Alice,
    Bob,
    Mallory,
    /// The allocator, who is the pool as well.
    Allocator,
    Treasury,
    /// Grants roles.
    Admin,
    /// Pauses and suspends.
    Guardian,
    /// Curator, attester, slasher and vetoer; sweeps with a delay of a day, a second admin with two.
    Council,
    /// A contract wallet that confirms any signature or none (ERC-1271).
    Wallet,
    /// A contract that calls back when METIS reaches it.
    Reenterer,
    /// A contract that takes no METIS.
    Refuser,
    Hub,
    Vault,
    /// The redemption queue.
    Queue,
    /// Who holds the dead stake.
    Dead,
    Zero,
}

impl Actor {
    pub const ALL: [Self; ACTORS] = [
        Self::Alice,
        Self::Bob,
        Self::Mallory,
        Self::Allocator,
        Self::Treasury,
        Self::Admin,
        Self::Guardian,
        Self::Council,
        Self::Wallet,
        Self::Reenterer,
        Self::Refuser,
        Self::Hub,
        Self::Vault,
        Self::Queue,
        Self::Dead,
        Self::Zero,
    ];

    /// Name in the world.
    pub fn label(self) -> &'static str {
        match self {
            Self::Alice => "alice",
            Self::Bob => "bob",
            Self::Mallory => "mallory",
            Self::Allocator => "allocator",
            Self::Treasury => "treasury",
            Self::Admin => "admin",
            Self::Guardian => "guardian",
            Self::Council => "council",
            Self::Wallet => "wallet",
            Self::Reenterer => "reenterer",
            Self::Refuser => "refuser",
            Self::Hub => "hub",
            Self::Vault => "vault",
            Self::Queue => "queue",
            Self::Dead => "dead",
            Self::Zero => "zero",
        }
    }
}
