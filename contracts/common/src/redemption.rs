//! Redeeming eMETIS at once: what it pays, what it costs, how much of it there is in a day.
//!
//! ```
//! use emetis_common::redemption::{Instant, Rate};
//!
//! let (now, supply) = (1_800_000_000, 1_000_000);
//! let rate = Rate::new(supply, supply);
//! let instant = Instant::constructed();
//! let quote = instant.quote_down(&rate, 10_000);
//! assert_eq!((quote.assets, quote.fee), (9_950, 50));
//! assert_eq!(instant.left_down(now, supply), 10_000);
//! ```

use crate::{
    limiter::{Exceeded, Limiter, REST},
    muldiv::{scale_down, scale_up},
    mutants::{Mutant, mutant},
    staking::{BPS, LIMIT, TIME, bits, small},
    word::{self, Word},
};

/// The highest fee, in bps.
pub const MAX_FEE_BPS: u64 = 500;
/// The highest part of the supply a day, in bps.
pub const MAX_DAILY_BPS: u64 = 10_000;

/// What eMETIS is redeemed at: `min(1, backing / supply)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// At most the supply.
    backing: u128,
    supply: u128,
}

impl Rate {
    /// The rate of some books; one to one for none.
    #[must_use]
    pub fn new(backing: u128, supply: u128) -> Self {
        Self { backing: backing.min(supply), supply }
    }

    /// What so much eMETIS stands for, rounded down.
    #[must_use]
    pub fn assets_down(&self, nominal: u128) -> u128 {
        if self.is_full() {
            return nominal;
        }
        // At most `nominal`.
        scale_down(nominal, self.backing, self.supply).unwrap_or(nominal)
    }

    /// A part of what so much eMETIS stands for, in bps, rounded down once.
    #[must_use]
    pub fn part_down(&self, nominal: u128, bps: u128) -> u128 {
        let (backing, supply) = if self.is_full() { (1, 1) } else { (self.backing, self.supply) };
        // 84 bits times 14.
        let numerator = backing.saturating_mul(bps);
        scale_down(nominal, numerator, supply.saturating_mul(BPS)).unwrap_or(nominal)
    }

    /// eMETIS that so much METIS pays for, rounded down: what stands for no more. All there can be if
    /// eMETIS stands for nothing.
    #[must_use]
    pub fn nominal_down(&self, assets: u128) -> u128 {
        if self.is_full() {
            return assets;
        }
        scale_down(assets, self.supply, self.backing).unwrap_or(u128::MAX)
    }

    /// The most eMETIS that stands for no more than so much METIS.
    #[must_use]
    pub fn most_nominal(&self, assets: u128) -> u128 {
        if self.is_full() {
            return assets;
        }
        // One less than the least that stands for a wei more.
        let too_much = scale_up(assets.saturating_add(1), self.supply, self.backing);
        too_much.map_or(u128::MAX, |nominal| nominal.saturating_sub(1))
    }

    const fn is_full(&self) -> bool {
        self.backing == self.supply
    }
}

/// What a redemption takes of the buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    /// METIS that is paid, in wei.
    pub assets: u128,
    /// METIS that is kept as a fee, in wei.
    pub fee: u128,
}

impl Quote {
    /// Both together.
    #[must_use]
    pub const fn total(&self) -> u128 {
        self.assets.saturating_add(self.fee)
    }
}

/// Limit, fees and parameters of instant redemptions. One slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instant {
    limiter: Limiter,
    fees: u128,
    fee_bps: u64,
    daily_bps: u64,
}

impl Instant {
    /// To begin with: 50 bps, and 100 bps of the supply a day.
    #[must_use]
    pub fn constructed() -> Self {
        Self { limiter: Limiter::default(), fees: 0, fee_bps: 50, daily_bps: 100 }
    }

    /// Reads the slot: the limiter's level in bits 0 to 83 and time 84 to 123, its rest 128 to 144, fees
    /// 145 to 228, bps of the fee 229 to 238, bps a day 239 to 252.
    #[must_use]
    #[inline(never)]
    pub fn unpack(slot: &Word) -> Self {
        let (high, low) = word::halves(slot);
        let limiter = Limiter::new(bits(low, 0, LIMIT), small(low, 84, TIME), small(high, 0, REST));
        Self {
            limiter,
            fees: bits(high, 17, LIMIT),
            fee_bps: small(high, 101, 0x3ff),
            daily_bps: small(high, 111, 0x3fff),
        }
    }

    /// The slot.
    #[must_use]
    #[inline(never)]
    pub fn pack(&self) -> Word {
        let Self { limiter, fees, fee_bps, daily_bps } = self;
        let high = u128::from(limiter.rest())
            | fees << 17
            | u128::from(*fee_bps) << 101
            | u128::from(*daily_bps) << 111;
        word::joined(high, limiter.level() | u128::from(limiter.time()) << 84)
    }

    /// METIS of fees in hand, in wei.
    #[must_use]
    pub const fn fees(&self) -> u128 {
        self.fees
    }

    /// The fee, in bps.
    #[must_use]
    pub const fn fee_bps(&self) -> u64 {
        self.fee_bps
    }

    /// What may be redeemed in a day, in bps of the supply.
    #[must_use]
    pub const fn daily_bps(&self) -> u64 {
        self.daily_bps
    }

    /// With other parameters, within their bounds. The limit has refilled at the new pace since it was
    /// last drawn on.
    #[must_use]
    pub const fn with_parameters(self, fee_bps: u64, daily_bps: u64) -> Self {
        Self { fee_bps, daily_bps, ..self }
    }

    /// What so much eMETIS gets, the payment rounded down and the fee up.
    #[must_use]
    pub fn quote_down(&self, rate: &Rate, nominal: u128) -> Quote {
        let kept = BPS.saturating_sub(self.fee_bps.into());
        let kept = if mutant(Mutant::RedeemNowFree) { BPS } else { kept };
        let total = rate.assets_down(nominal);
        let assets = rate.part_down(nominal, kept).min(total);
        Quote { assets, fee: total.saturating_sub(assets) }
    }

    /// eMETIS that may be redeemed now, rounded down.
    #[must_use]
    pub fn left_down(&self, now: u64, supply: u128) -> u128 {
        self.limiter.left_down(now, self.daily_down(supply))
    }

    /// After so much was redeemed, for such a fee.
    ///
    /// # Errors
    /// [`Exceeded`]: more than the limit has left.
    pub fn redeem(
        self,
        now: u64,
        supply: u128,
        nominal: u128,
        fee: u128,
    ) -> Result<Self, Exceeded> {
        let drawn = if mutant(Mutant::RedeemNowUnlimited) { 0 } else { nominal };
        let limiter = self.limiter.take(now, self.daily_down(supply), drawn)?;
        let fee = if mutant(Mutant::RedeemNowForgetsFee) { 0 } else { fee };
        // Fees are of a buffer of 84 bits, and all METIS there is fits.
        Ok(Self { limiter, fees: self.fees.saturating_add(fee).min(LIMIT), ..self })
    }

    /// With no fees in hand.
    #[must_use]
    pub fn collected(self) -> Self {
        if mutant(Mutant::FeesCollectedTwice) { self } else { Self { fees: 0, ..self } }
    }

    fn daily_down(&self, supply: u128) -> u128 {
        scale_down(supply, self.daily_bps.into(), BPS).unwrap_or(0)
    }
}
