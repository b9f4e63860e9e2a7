//! Where a pool's assets go to, and where they come from, METIS by METIS.
//!
//! Both plans are what a simple loop would do that moves one granule of 1 METIS at a time, always at
//! the sequencer that is emptiest or fullest relative to its cap, of equal ones that with the lower
//! id. They cost the same for a million granules as for ten.
//!
//! ```
//! use emetis_common::quota::plan::{Target, plan_allocation};
//! use emetis_common::staking::METIS;
//!
//! let target = |id, stake| Target {
//!     id,
//!     stake: stake * METIS,
//!     cap: 100 * METIS,
//!     room: 50 * METIS,
//!     group: 0,
//!     eligible: true,
//! };
//! let plan = plan_allocation(&[target(1, 40), target(2, 20)], &[90 * METIS], 30 * METIS);
//! assert_eq!(plan.amounts().get(..2), Some(&[5 * METIS, 25 * METIS][..]));
//! assert_eq!(plan.total(), 30 * METIS);
//! ```

mod allocation;
mod level;
mod release;

pub use allocation::{Target, plan_allocation};
pub use release::{Source, plan_release};

use crate::{muldiv::divide_down, staking::METIS};

/// How many sequencers a plan looks at; those after them get and give nothing.
pub const SEQUENCERS: usize = 64;
/// What is moved at a time, in wei of METIS.
pub const GRANULE: u128 = METIS;

/// How much of each sequencer, in wei of METIS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    amounts: [u128; SEQUENCERS],
    total: u128,
}

impl Plan {
    /// Nothing of anyone.
    pub const NONE: Self = Self { amounts: [0; SEQUENCERS], total: 0 };

    /// The amounts, in the order in which the sequencers were told.
    #[must_use]
    pub const fn amounts(&self) -> &[u128; SEQUENCERS] {
        &self.amounts
    }

    /// All of them.
    #[must_use]
    pub const fn total(&self) -> u128 {
        self.total
    }

    /// Sets the amount of the sequencer at a place.
    fn set(&mut self, place: usize, amount: u128) {
        if let Some(to) = self.amounts.get_mut(place) {
            *to = amount;
            self.total = self.total.saturating_add(amount);
        }
    }
}

/// As many whole granules as there are in an amount.
fn granules_down(assets: u128) -> u128 {
    divide_down(assets, GRANULE)
}

/// As many granules as it takes for an amount.
fn granules_up(assets: u128) -> u128 {
    let down = granules_down(assets);
    down.saturating_add(u128::from(wei(down) < assets))
}

/// So many granules, in wei.
fn wei(granules: u128) -> u128 {
    granules.saturating_mul(GRANULE)
}
