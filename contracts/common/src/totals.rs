//! The hub's books, and what a deposit does to them.
//!
//! One slot holds them, from its lowest bit: supply (84 bits), buffer (84), placed (84), flags (4).
//! 84 bits hold 19 million METIS, more than exist.
//!
//! ```
//! use emetis_common::totals::Totals;
//!
//! let before = Totals::constructed();
//! let after = before.deposit(7).unwrap();
//! assert_eq!((after.supply(), after.buffer(), after.backing()), (7, 7, 7));
//! assert_eq!(Totals::unpack(&after.pack()), after);
//! ```

use crate::{
    mutants::{Mutant, mutant},
    redemption::Rate,
    word::{self, Word},
};

/// Bits of each figure.
pub const WIDTH: u32 = 84;
/// The largest figure.
pub const LIMIT: u128 = (1 << WIDTH) - 1;
/// Deposits halt when backing is more than this below supply: 0.000001 METIS.
pub const HALT_TOLERANCE: u128 = 1_000_000_000_000;

const CONSTRUCTED: u8 = 1;
const PAUSE_SET: u8 = 2;
const WAIT_SET: u8 = 4;

/// Supply, buffer, placed and flags. No figure is above [`LIMIT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    supply: u128,
    buffer: u128,
    placed: u128,
    flags: u8,
}

/// Why the books do not take some METIS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is none.
    AssetsZero,
    /// Backing is too far below supply.
    Halted {
        /// Buffer and placed.
        backing: u128,
        /// What they stand behind.
        supply: u128,
    },
    /// Supply would pass [`LIMIT`].
    SupplyOverflow {
        /// Supply before.
        supply: u128,
    },
    /// The buffer would pass [`LIMIT`].
    BufferOverflow {
        /// Buffer before.
        buffer: u128,
    },
    /// The buffer does not hold as much.
    BufferTooSmall {
        /// What it does.
        available: u128,
    },
    /// What is placed would pass [`LIMIT`].
    PlacedOverflow {
        /// Placed before.
        placed: u128,
    },
    /// Not as much is placed.
    PlacedTooSmall {
        /// What is.
        placed: u128,
    },
    /// Not as much is missing.
    BackingTooLarge {
        /// What is.
        shortfall: u128,
    },
}

impl Totals {
    /// The books right after construction.
    #[must_use]
    pub const fn constructed() -> Self {
        Self { supply: 0, buffer: 0, placed: 0, flags: CONSTRUCTED }
    }

    /// Any books, or none if a figure is above [`LIMIT`].
    #[must_use]
    pub fn new(supply: u128, buffer: u128, placed: u128) -> Option<Self> {
        let fits = supply <= LIMIT && buffer <= LIMIT && placed <= LIMIT;
        fits.then_some(Self { supply, buffer, placed, flags: CONSTRUCTED })
    }

    /// eMETIS in existence.
    #[must_use]
    pub const fn supply(&self) -> u128 {
        self.supply
    }

    /// METIS that is not placed with sequencers.
    #[must_use]
    pub const fn buffer(&self) -> u128 {
        self.buffer
    }

    /// METIS placed with sequencers, at cost.
    #[must_use]
    pub const fn placed(&self) -> u128 {
        self.placed
    }

    /// Whether the constructor has run.
    #[must_use]
    pub const fn is_constructed(&self) -> bool {
        self.flags & CONSTRUCTED != 0
    }

    /// Whether a pause was set and not lifted, so that its slot must be looked at: it may be over.
    #[must_use]
    #[inline]
    pub const fn is_pause_set(&self) -> bool {
        self.flags & PAUSE_SET != 0
    }

    /// The same books, and whether a pause was set.
    #[must_use]
    pub const fn with_pause(self, is_set: bool) -> Self {
        let flags = if is_set { self.flags | PAUSE_SET } else { self.flags & !PAUSE_SET };
        Self { flags, ..self }
    }

    /// Whether a wait for a pending loss was set, so that its slot must be looked at: it may be over.
    #[must_use]
    #[inline]
    pub const fn is_wait_set(&self) -> bool {
        self.flags & WAIT_SET != 0
    }

    /// The same books, and whether a wait was set.
    #[must_use]
    pub const fn with_wait(self, is_set: bool) -> Self {
        let flags = if is_set { self.flags | WAIT_SET } else { self.flags & !WAIT_SET };
        Self { flags, ..self }
    }

    /// What eMETIS is redeemed at.
    #[must_use]
    pub fn rate(&self) -> Rate {
        Rate::new(self.backing(), self.supply)
    }

    /// What stands behind the supply.
    #[must_use]
    pub const fn backing(&self) -> u128 {
        // Two figures of 84 bits: saturation is out of reach.
        self.buffer.saturating_add(self.placed)
    }

    /// By how much backing falls short of supply.
    #[must_use]
    pub const fn shortfall(&self) -> u128 {
        self.supply.saturating_sub(self.backing())
    }

    /// Reads the slot.
    #[must_use]
    pub fn unpack(slot: &Word) -> Self {
        let (high, low) = word::to_halves(slot);
        Self {
            supply: low & LIMIT,
            buffer: ((low >> 84) | (high << 44)) & LIMIT,
            placed: (high >> 40) & LIMIT,
            flags: (high >> 124) as u8,
        }
    }

    /// Writes the slot.
    #[must_use]
    pub fn pack(&self) -> Word {
        let low = self.supply | (self.buffer << 84);
        let high = (self.buffer >> 44) | (self.placed << 40) | (u128::from(self.flags) << 124);
        word::of_halves(high, low)
    }

    /// The books after a user's deposit: as much supply as METIS.
    ///
    /// More than 128 bits of METIS may be told as `u128::MAX`, which is refused alike.
    ///
    /// # Errors
    /// In this order: [`Refusal::AssetsZero`], [`Refusal::Halted`], [`Refusal::SupplyOverflow`],
    /// [`Refusal::BufferOverflow`].
    pub fn deposit(self, assets: u128) -> Result<Self, Refusal> {
        if assets == 0 {
            return Err(Refusal::AssetsZero);
        }
        if self.is_halted() {
            return Err(Refusal::Halted { backing: self.backing(), supply: self.supply });
        }
        self.grow(assets)
    }

    /// The books after METIS came in as a reward: as much supply as METIS, halted or not.
    ///
    /// # Errors
    /// In this order: [`Refusal::AssetsZero`], [`Refusal::SupplyOverflow`],
    /// [`Refusal::BufferOverflow`].
    pub fn receive_rewards(self, assets: u128) -> Result<Self, Refusal> {
        if assets == 0 {
            return Err(Refusal::AssetsZero);
        }
        self.grow(assets)
    }

    /// The books after eMETIS was burned for a loss. There is never less supply than that.
    #[must_use]
    pub const fn burn(self, assets: u128) -> Self {
        Self { supply: self.supply.saturating_sub(assets), ..self }
    }

    /// The books after eMETIS was redeemed for some METIS of the buffer. There is never less supply than
    /// that.
    ///
    /// # Errors
    /// [`Refusal::BufferTooSmall`], against the buffer beyond `owed`.
    pub fn redeem(self, nominal: u128, assets: u128, owed: u128) -> Result<Self, Refusal> {
        let left = self.take(assets, owed)?;
        Ok(Self { supply: left.supply.saturating_sub(nominal), ..left })
    }

    /// The books after METIS of the buffer went to sequencers.
    ///
    /// # Errors
    /// In this order: [`Refusal::AssetsZero`], [`Refusal::BufferTooSmall`], against the buffer beyond
    /// `owed`, [`Refusal::PlacedOverflow`].
    pub fn place(self, assets: u128, owed: u128) -> Result<Self, Refusal> {
        if assets == 0 {
            return Err(Refusal::AssetsZero);
        }
        let left = self.take(assets, owed)?;
        let placed =
            add(left.placed, assets).ok_or(Refusal::PlacedOverflow { placed: self.placed })?;
        Ok(Self { placed, ..left })
    }

    /// The books after METIS that was placed came back.
    ///
    /// # Errors
    /// In this order: [`Refusal::AssetsZero`], [`Refusal::PlacedTooSmall`],
    /// [`Refusal::BufferOverflow`].
    pub fn receive_unbonded(self, assets: u128) -> Result<Self, Refusal> {
        if assets == 0 {
            return Err(Refusal::AssetsZero);
        }
        self.lose(assets)?.back(assets)
    }

    /// The books after backing that was missing came in.
    ///
    /// # Errors
    /// In this order: [`Refusal::AssetsZero`], [`Refusal::BackingTooLarge`],
    /// [`Refusal::BufferOverflow`].
    pub fn receive_backing(self, assets: u128) -> Result<Self, Refusal> {
        if assets == 0 {
            return Err(Refusal::AssetsZero);
        }
        let shortfall = self.shortfall();
        if assets > shortfall && !mutant(Mutant::BackingBeyondSupply) {
            return Err(Refusal::BackingTooLarge { shortfall });
        }
        self.back(assets)
    }

    /// The books after some of what was placed is lost.
    ///
    /// # Errors
    /// [`Refusal::PlacedTooSmall`].
    pub fn lose(self, assets: u128) -> Result<Self, Refusal> {
        match self.placed.checked_sub(assets) {
            Some(placed) => Ok(Self { placed, ..self }),
            None => Err(Refusal::PlacedTooSmall { placed: self.placed }),
        }
    }

    /// What of the buffer is beyond what is owed.
    #[must_use]
    pub const fn available(&self, owed: u128) -> u128 {
        self.buffer.saturating_sub(owed)
    }

    /// The largest deposit that goes through; zero when none does.
    #[must_use]
    pub fn max_deposit(&self) -> u128 {
        if self.is_constructed() && !self.is_halted() {
            LIMIT.saturating_sub(self.supply.max(self.buffer))
        } else {
            0
        }
    }

    /// Whether deposits wait.
    #[must_use]
    pub const fn is_halted(&self) -> bool {
        self.shortfall() > HALT_TOLERANCE
    }

    fn take(self, assets: u128, owed: u128) -> Result<Self, Refusal> {
        let available = self.available(owed);
        if assets > available {
            return Err(Refusal::BufferTooSmall { available });
        }
        Ok(Self { buffer: self.buffer.saturating_sub(assets), ..self })
    }

    fn back(self, assets: u128) -> Result<Self, Refusal> {
        let buffer =
            add(self.buffer, assets).ok_or(Refusal::BufferOverflow { buffer: self.buffer })?;
        Ok(Self { buffer, ..self })
    }

    fn grow(self, assets: u128) -> Result<Self, Refusal> {
        let supply =
            add(self.supply, assets).ok_or(Refusal::SupplyOverflow { supply: self.supply })?;
        let buffer =
            add(self.buffer, assets).ok_or(Refusal::BufferOverflow { buffer: self.buffer })?;
        Ok(Self { supply, buffer, ..self })
    }
}

/// The sum, or none beyond [`LIMIT`].
fn add(figure: u128, assets: u128) -> Option<u128> {
    figure.checked_add(assets).filter(|sum| *sum <= LIMIT)
}
