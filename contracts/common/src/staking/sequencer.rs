//! A sequencer's figures: its money and its shares.

use super::{LIMIT, SHARES_LIMIT, TIME, bits, small};
use crate::{
    account::Account,
    word::{self, Word},
};

/// Bond, delegations, counters and flags of a sequencer. One slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Money {
    /// METIS of the operator.
    pub bond: u128,
    /// METIS of the delegators.
    pub delegated: u128,
    /// Changes so far, in 32 bits; zero if there is no such sequencer.
    pub nonce: u64,
    /// The operator group, in 24 bits.
    pub group: u64,
    /// Commission on rewards, in bps.
    pub commission: u64,
    /// Whether it is in jail.
    pub jailed: bool,
    /// Whether it is on its way out.
    pub exiting: bool,
    /// Whether a hold was laid on it, whose time may be over.
    pub held: bool,
    /// Whether rewards are parked.
    pub parked: bool,
}

const NONCE: u128 = (1 << 32) - 1;
const GROUP: u128 = (1 << 24) - 1;
const COMMISSION: u128 = (1 << 14) - 1;

impl Money {
    /// Reads a slot: bond in bits 0 to 83, flags 84 to 87, nonce 96 to 127; delegated 128 to 211,
    /// group 212 to 235, commission 236 to 249.
    #[must_use]
    #[inline(never)]
    pub fn unpack(slot: &Word) -> Self {
        let (high, low) = word::halves(slot);
        Self {
            bond: bits(low, 0, LIMIT),
            delegated: bits(high, 0, LIMIT),
            nonce: small(low, 96, NONCE),
            group: small(high, 84, GROUP),
            commission: small(high, 108, COMMISSION),
            jailed: bits(low, 84, 1) == 1,
            exiting: bits(low, 85, 1) == 1,
            held: bits(low, 86, 1) == 1,
            parked: bits(low, 87, 1) == 1,
        }
    }

    /// The slot.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self) -> Word {
        let low = self.bond
            | u128::from(self.jailed) << 84
            | u128::from(self.exiting) << 85
            | u128::from(self.held) << 86
            | u128::from(self.parked) << 87
            | u128::from(self.nonce) << 96;
        let high =
            self.delegated | u128::from(self.group) << 84 | u128::from(self.commission) << 108;
        word::joined(high, low)
    }

    /// Whether there is such a sequencer.
    #[must_use]
    pub const fn exists(&self) -> bool {
        self.nonce != 0
    }

    /// Bond and delegations.
    #[must_use]
    pub const fn stake(&self) -> u128 {
        self.bond.saturating_add(self.delegated)
    }

    /// One change more. Zero stands for no sequencer, so that it is left out.
    pub const fn count_change(&mut self) {
        let next = self.nonce.wrapping_add(1) & NONCE as u64;
        self.nonce = if next == 0 { 1 } else { next };
    }
}

/// Shares of a sequencer, its latest bucket, and since when it is not Active. One slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// Shares in existence.
    pub total: u128,
    /// Those of direct positions among them.
    pub direct: u128,
    /// Number of the latest bucket, zero for none.
    pub bucket: u64,
    /// When it was first seen not Active, zero if it was Active when last seen.
    pub inactive_since: u64,
}

const BUCKET: u128 = (1 << 32) - 1;

impl Shares {
    /// Reads a slot: total in bits 0 to 87, inactive since 88 to 127; direct 128 to 215, bucket 216
    /// to 247.
    #[must_use]
    #[inline(never)]
    pub fn unpack(slot: &Word) -> Self {
        let (high, low) = word::halves(slot);
        Self {
            total: bits(low, 0, SHARES_LIMIT),
            direct: bits(high, 0, SHARES_LIMIT),
            bucket: small(high, 88, BUCKET),
            inactive_since: small(low, 88, TIME),
        }
    }

    /// The slot.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self) -> Word {
        let low = self.total | u128::from(self.inactive_since) << 88;
        word::joined(self.direct | u128::from(self.bucket) << 88, low)
    }

    /// Shares for assets that come to `delegated`, rounded down; none if they do not fit, or if
    /// slashes left nothing that shares could be priced by.
    #[must_use]
    #[inline(never)]
    pub fn shares_down(&self, assets: u128, delegated: u128) -> Option<u128> {
        if self.total == 0 {
            return Some(assets);
        }
        crate::muldiv::scale_down(assets, self.total, delegated)
    }

    /// What shares stand for, rounded down.
    #[must_use]
    #[inline(never)]
    pub fn assets_down(&self, shares: u128, delegated: u128) -> u128 {
        crate::muldiv::scale_down(shares, delegated, self.total).unwrap_or(0)
    }
}

/// Who owns a sequencer, since when there is one, and its term in jail. One slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The controlling account.
    pub owner: Account,
    /// When it was registered, in seconds.
    pub registered: u64,
    /// When the term in jail ends; zero if it is free.
    pub jailed_until: u64,
}

impl Identity {
    /// Reads a slot: the owner in bits 0 to 159, registered 160 to 199, the term 200 to 239.
    #[must_use]
    #[inline(never)]
    pub fn unpack(slot: &Word) -> Self {
        let (high, _) = word::halves(slot);
        Self {
            owner: Account::low(slot),
            registered: small(high, 32, TIME),
            jailed_until: small(high, 72, TIME),
        }
    }

    /// The slot.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self) -> Word {
        let (high, low) = word::halves(self.owner.word());
        let times = u128::from(self.registered) << 32 | u128::from(self.jailed_until) << 72;
        word::joined(high | times, low)
    }
}
