//! The vault's books, and what each flow does to them.
//!
//! Three slots hold them, from the lowest bit:
//!
//! | slot | |
//! |---|---|
//! | head | shares (104 bits), ledger (84), start of the stream (40), its length (20), whether a loss is pending (1), whether a pause was set (1) |
//! | reward | the asset's address (160), what was locked at the start (84) |
//! | pending | the loss that is pending (84), time of the last reward (40) |
//!
//! A flow that enters or leaves writes the head alone, and reads the third slot only while a loss
//! is pending.
//!
//! ```
//! use alloy_primitives::U256;
//! use emetis_common::books::{Books, DEAD_STAKE};
//!
//! let now = 1_800_000_000;
//! let before = Books::constructed(now);
//! let (after, shares) = before.deposit(now, U256::from(DEAD_STAKE)).unwrap();
//! assert_eq!(after.shares(), 2 * before.shares());
//! assert_eq!(after.redeem(now, shares, shares).unwrap().1, DEAD_STAKE);
//! ```

mod packing;

pub use packing::unpack_pending;

use alloy_primitives::U256;

use crate::{
    shares::{Rate, VIRTUAL_SHARES, narrow, wide},
    stream::{INTERVAL, Stream},
    totals::LIMIT,
};

/// Bits of the supply of shares: those of the ledger, and 20 for the offset.
pub const SHARES_WIDTH: u32 = 104;
/// The largest supply of shares.
pub const SHARES_LIMIT: u128 = (1 << SHARES_WIDTH) - 1;
/// What is staked for nobody at construction, and the least that shares must stand for while
/// entries are open: 1 METIS.
pub const DEAD_STAKE: u128 = 1_000_000_000_000_000_000;
/// The shares of the dead stake.
pub const DEAD_SHARES: u128 = DEAD_STAKE * VIRTUAL_SHARES;

const TIME: u64 = (1 << 40) - 1;
const LENGTH: u64 = (1 << 20) - 1;

/// Shares, ledger, stream, pending loss, and whether a pause was set. No figure is wider than its
/// field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Books {
    shares: u128,
    ledger: u128,
    stream: Stream,
    pending: u128,
    pause_set: bool,
}

/// Why the books refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No assets were named, or the shares are worth less than one.
    AssetsZero,
    /// No shares were named, or the assets are worth less than one.
    SharesZero,
    /// More than the largest amount there may be.
    ExceededMax(u128),
    /// It is too early for another reward.
    TooEarly {
        /// When the next may come.
        next: u64,
    },
    /// Rewards wait for a provision to go.
    Halted {
        /// The provision.
        provision: u128,
    },
    /// The ledger would pass its width.
    LedgerOverflow {
        /// The ledger before.
        ledger: u128,
    },
    /// There is not as much to lose.
    LossTooLarge {
        /// The ledger before.
        ledger: u128,
    },
    /// There is not as much left to lose.
    PendingTooLarge {
        /// The ledger after the loss.
        ledger: u128,
    },
}

impl Books {
    /// The books right after construction: the dead stake alone.
    #[must_use]
    pub const fn constructed(now: u64) -> Self {
        let stream = Stream::new(0, now, 0);
        Self { shares: DEAD_SHARES, ledger: DEAD_STAKE, stream, pending: 0, pause_set: false }
    }

    /// Any books without a pause, or none if a figure is wider than its field.
    #[must_use]
    pub fn new(shares: u128, ledger: u128, stream: Stream, pending: u128) -> Option<Self> {
        let fits = shares <= SHARES_LIMIT
            && ledger <= LIMIT
            && pending <= LIMIT
            && stream.amount() <= LIMIT
            && stream.start() <= TIME
            && stream.length() <= LENGTH;
        fits.then_some(Self { shares, ledger, stream, pending, pause_set: false })
    }

    // --------------------------------------------------------------------------------- figures

    /// Shares in existence.
    #[must_use]
    pub const fn shares(&self) -> u128 {
        self.shares
    }

    /// eMETIS on the ledger.
    #[must_use]
    pub const fn ledger(&self) -> u128 {
        self.ledger
    }

    /// The reward stream.
    #[must_use]
    pub const fn stream(&self) -> Stream {
        self.stream
    }

    /// The loss that is pending, locked rewards included.
    #[must_use]
    pub const fn pending(&self) -> u128 {
        self.pending
    }

    /// Whether a pause was set and not lifted, so that its slot must be looked at: it may be over.
    #[must_use]
    #[inline]
    pub const fn is_pause_set(&self) -> bool {
        self.pause_set
    }

    /// The same books, and whether a pause was set.
    #[must_use]
    pub const fn with_pause(self, is_set: bool) -> Self {
        Self { pause_set: is_set, ..self }
    }

    /// What of a pending loss locked rewards do not bear.
    #[must_use]
    pub fn provision(&self, now: u64) -> u128 {
        self.pending.saturating_sub(self.stream.locked_up(now))
    }

    /// What shares stand for: the ledger without locked rewards and without the provision.
    #[must_use]
    pub fn assets(&self, now: u64) -> u128 {
        self.ledger.saturating_sub(self.stream.locked_up(now).max(self.pending))
    }

    /// How many assets stand for how many shares.
    #[must_use]
    pub fn rate(&self, now: u64) -> Rate {
        Rate::new(self.assets(now), self.shares)
    }

    /// Whether nobody may enter.
    #[must_use]
    pub fn is_closed(&self, now: u64) -> bool {
        self.provision(now) > 0 || self.assets(now) < DEAD_STAKE
    }

    /// The largest deposit; zero while entries are closed.
    #[must_use]
    pub fn max_deposit(&self, now: u64) -> u128 {
        if self.is_closed(now) {
            return 0;
        }
        let rate = self.rate(now);
        // The most whose shares, rounded down, still fit: one less than what costs one too many.
        let one_too_many = wide(self.room_for_shares().saturating_add(1));
        let most = rate.assets_up(one_too_many).and_then(narrow).unwrap_or(u128::MAX);
        let most = most.saturating_sub(1).min(self.room_for_assets());
        let gives_none = rate.shares_down(wide(most)).is_some_and(|shares| shares.is_zero());
        if gives_none { 0 } else { most }
    }

    /// The largest mint; zero while entries are closed.
    #[must_use]
    pub fn max_mint(&self, now: u64) -> u128 {
        if self.is_closed(now) {
            return 0;
        }
        let affordable = self.rate(now).shares_down(wide(self.room_for_assets()));
        affordable.and_then(narrow).unwrap_or(u128::MAX).min(self.room_for_shares())
    }

    /// The largest withdrawal for an account's shares.
    #[must_use]
    pub fn max_withdraw(&self, now: u64, balance: u128) -> u128 {
        self.rate(now).assets_down(wide(balance)).and_then(narrow).unwrap_or(u128::MAX)
    }

    /// The largest redemption for an account's shares: all, or none if they are worth nothing.
    #[must_use]
    pub fn max_redeem(&self, now: u64, balance: u128) -> u128 {
        if self.max_withdraw(now, balance) == 0 { 0 } else { balance }
    }

    // ----------------------------------------------------------------------------- transitions

    /// Assets come in. The books after it, and the shares for them, rounded down.
    ///
    /// # Errors
    /// In this order: [`Refusal::AssetsZero`], [`Refusal::ExceededMax`], [`Refusal::SharesZero`].
    pub fn deposit(self, now: u64, assets: U256) -> Result<(Self, u128), Refusal> {
        if assets.is_zero() {
            return Err(Refusal::AssetsZero);
        }
        let minted = self.rate(now).shares_down(assets).and_then(narrow).unwrap_or(u128::MAX);
        match self.enter(now, narrow(assets).unwrap_or(u128::MAX), minted) {
            Some(after) if minted > 0 => Ok((after, minted)),
            _ => Err(exceeded(assets, self.max_deposit(now), Refusal::SharesZero)),
        }
    }

    /// Shares come into being. The books after it, and the assets they cost, rounded up.
    ///
    /// # Errors
    /// In this order: [`Refusal::SharesZero`], [`Refusal::ExceededMax`].
    pub fn mint(self, now: u64, shares: U256) -> Result<(Self, u128), Refusal> {
        if shares.is_zero() {
            return Err(Refusal::SharesZero);
        }
        let assets = self.rate(now).assets_up(shares).and_then(narrow).unwrap_or(u128::MAX);
        match self.enter(now, assets, narrow(shares).unwrap_or(u128::MAX)) {
            Some(after) => Ok((after, assets)),
            None => Err(Refusal::ExceededMax(self.max_mint(now))),
        }
    }

    /// Assets leave for an owner with so many shares. The books after it, and the shares they
    /// cost, rounded up.
    ///
    /// # Errors
    /// In this order: [`Refusal::AssetsZero`], [`Refusal::ExceededMax`].
    pub fn withdraw(self, now: u64, assets: U256, balance: u128) -> Result<(Self, u128), Refusal> {
        if assets.is_zero() {
            return Err(Refusal::AssetsZero);
        }
        let burned = self.rate(now).shares_up(assets).and_then(narrow).unwrap_or(u128::MAX);
        let assets = narrow(assets).unwrap_or(u128::MAX);
        match self.leave(assets, burned) {
            Some(after) if burned <= balance => Ok((after, burned)),
            _ => Err(Refusal::ExceededMax(self.max_withdraw(now, balance))),
        }
    }

    /// Shares of an owner, who has so many, end. The books after it, and the assets they are
    /// worth, rounded down.
    ///
    /// # Errors
    /// In this order: [`Refusal::SharesZero`], [`Refusal::ExceededMax`], [`Refusal::AssetsZero`].
    pub fn redeem(self, now: u64, shares: u128, balance: u128) -> Result<(Self, u128), Refusal> {
        if shares == 0 {
            return Err(Refusal::SharesZero);
        }
        let assets = self.rate(now).assets_down(wide(shares)).and_then(narrow).unwrap_or(u128::MAX);
        match self.leave(assets, shares) {
            Some(after) if shares <= balance && assets > 0 => Ok((after, assets)),
            _ => {
                let max = self.max_redeem(now, balance);
                Err(exceeded(wide(shares), max, Refusal::AssetsZero))
            }
        }
    }

    /// A reward comes in and is locked. `notified` is when the last one came, zero for never.
    ///
    /// # Errors
    /// In this order: [`Refusal::AssetsZero`], [`Refusal::TooEarly`], [`Refusal::Halted`],
    /// [`Refusal::LedgerOverflow`].
    pub fn notify(self, now: u64, assets: U256, notified: u64) -> Result<Self, Refusal> {
        if assets.is_zero() {
            return Err(Refusal::AssetsZero);
        }
        let next = next_reward(notified);
        if now < next {
            return Err(Refusal::TooEarly { next });
        }
        let provision = self.provision(now);
        if provision > 0 {
            return Err(Refusal::Halted { provision });
        }
        let reward = narrow(assets).unwrap_or(u128::MAX);
        if reward > self.room_for_assets() {
            return Err(Refusal::LedgerOverflow { ledger: self.ledger });
        }
        let ledger = self.ledger.saturating_add(reward);
        Ok(Self { ledger, stream: self.stream.notify(now, reward), ..self })
    }

    /// A loss is recognised, locked rewards first, and so much is pending from now on.
    ///
    /// # Errors
    /// In this order: [`Refusal::LossTooLarge`], [`Refusal::PendingTooLarge`].
    pub fn settle(self, now: u64, loss: U256, pending: U256) -> Result<Self, Refusal> {
        let Some((loss, ledger)) =
            narrow(loss).and_then(|loss| Some((loss, self.ledger.checked_sub(loss)?)))
        else {
            return Err(Refusal::LossTooLarge { ledger: self.ledger });
        };
        let Some(pending) = narrow(pending).filter(|pending| *pending <= ledger) else {
            return Err(Refusal::PendingTooLarge { ledger });
        };
        let stream = if loss == 0 { self.stream } else { self.stream.absorb(now, loss).0 };
        Ok(Self { ledger, stream, pending, ..self })
    }

    fn enter(&self, now: u64, assets: u128, minted: u128) -> Option<Self> {
        let fits = assets <= self.room_for_assets() && minted <= self.room_for_shares();
        let shares = self.shares.checked_add(minted)?;
        let ledger = self.ledger.checked_add(assets)?;
        (fits && !self.is_closed(now)).then_some(Self { shares, ledger, ..*self })
    }

    fn leave(&self, assets: u128, burned: u128) -> Option<Self> {
        let shares = self.shares.checked_sub(burned)?;
        let ledger = self.ledger.checked_sub(assets)?;
        Some(Self { shares, ledger, ..*self })
    }

    const fn room_for_assets(&self) -> u128 {
        LIMIT.saturating_sub(self.ledger)
    }

    const fn room_for_shares(&self) -> u128 {
        SHARES_LIMIT.saturating_sub(self.shares)
    }
}

/// From when on a reward may come, if the last one came at `notified` (zero for never).
#[must_use]
pub const fn next_reward(notified: u64) -> u64 {
    if notified == 0 { 0 } else { notified.saturating_add(INTERVAL) }
}

/// The refusal of an amount that is too large, or the other one.
#[cold]
fn exceeded(amount: U256, max: u128, other: Refusal) -> Refusal {
    if amount > wide(max) { Refusal::ExceededMax(max) } else { other }
}
