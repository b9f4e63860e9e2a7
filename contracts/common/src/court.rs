//! Proposals to slash: where one is, what it waits for, how much a window has left.
//!
//! ```
//! use emetis_common::court::{Rules, State, Times, Refusal};
//!
//! let now = 1_800_000_000;
//! let times = Times::new(now, now, &Rules::default(), 21 * 86_400);
//! assert_eq!(State::Pending.check_veto(&times, now), Ok(()));
//! assert_eq!(
//!     State::Pending.check_execution(&times, now),
//!     Err(Refusal::ExecutionTooEarly { from: times.veto_until })
//! );
//! assert_eq!(State::Pending.check_execution(&times, times.veto_until), Ok(()));
//! assert_eq!(State::Pending.check_lapse(&times, times.execute_until), Ok(()));
//! ```

mod state;
mod window;

pub use state::{Refusal, State};
pub use window::Window;

use crate::{
    account::Account,
    mutants::{Mutant, mutant},
    word::{self, Word},
};

/// Seconds of a day.
pub const DAY: u64 = 86_400;
/// Proposals that are not further apart than this add up, in seconds: 7 days.
pub const WINDOW: u64 = 604_800;
/// How long a slasher waits who was vetoed, in seconds: 7 days.
pub const WAIT: u64 = 604_800;
/// Gas that a pool gets for a push.
pub const PUSH_GAS: u64 = 300_000;
/// The largest part that a window may be allowed, in bps.
pub const MAX_SLASH: u64 = 5_000;
/// Bounds of the times to veto and to execute, in seconds.
pub const TERM_BOUNDS: (u64, u64) = (DAY, 604_800);
/// Bounds of the term in jail, in seconds.
pub const JAIL_BOUNDS: (u64, u64) = (DAY, 2_592_000);

const TIME: u128 = (1 << 40) - 1;
const TERM: u128 = (1 << 24) - 1;
const BPS: u128 = (1 << 16) - 1;

/// The parameters. 96 bits above an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How long a proposal can be vetoed, in seconds.
    pub veto_window: u64,
    /// How long it can be executed then, in seconds.
    pub execute_grace: u64,
    /// Term in jail, in seconds.
    pub max_jail: u64,
    /// What proposals of a window add up to at most, in bps.
    pub max_slash: u64,
}

impl Default for Rules {
    /// The parameters to begin with.
    fn default() -> Self {
        let week = 604_800;
        Self { veto_window: 172_800, execute_grace: week, max_jail: week, max_slash: 1_000 }
    }
}

impl Rules {
    /// Reads a slot: above the account the window in 24 bits, the grace in 24, the jail in 24, bps.
    #[must_use]
    pub fn unpack(slot: &Word) -> Self {
        let upper = Account::upper(slot);
        let term = |from: u32| (upper >> from & TERM) as u64;
        Self {
            veto_window: term(0),
            execute_grace: term(24),
            max_jail: term(48),
            max_slash: (upper >> 72 & BPS) as u64,
        }
    }

    /// The slot, with an account.
    #[must_use]
    pub fn pack(&self, account: &Account) -> Word {
        let upper = u128::from(self.veto_window)
            | u128::from(self.execute_grace) << 24
            | u128::from(self.max_jail) << 48
            | u128::from(self.max_slash) << 72;
        account.with_upper(upper)
    }
}

/// What a proposal is about. One slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Who made it.
    pub slasher: Account,
    /// The sequencer, in 32 bits.
    pub id: u32,
    /// What it takes, in bps.
    pub bps: u64,
    /// Where it is.
    pub state: State,
    /// How many pools have a provision by it, at most 255.
    pub pools: u32,
}

impl Proposal {
    /// Reads a slot: the slasher in bits 0 to 159, id 160 to 191, bps 192 to 207, state 208 to 215,
    /// pools 216 to 223.
    #[must_use]
    pub fn unpack(slot: &Word) -> Self {
        let upper = Account::upper(slot);
        Self {
            slasher: Account::low(slot),
            id: upper as u32,
            bps: (upper >> 32 & BPS) as u64,
            state: State::of((upper >> 48) as u8),
            pools: u32::from((upper >> 56) as u8),
        }
    }

    /// The slot.
    #[must_use]
    pub fn pack(&self) -> Word {
        let upper = u128::from(self.id)
            | u128::from(self.bps) << 32
            | u128::from(self.state.number()) << 48
            | u128::from(self.pools) << 56;
        self.slasher.with_upper(upper)
    }
}

/// The times of a proposal, in seconds. One slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// When the fault took place.
    pub fault: u64,
    /// Until when it can be vetoed, that second excluded; from then on it can be executed.
    pub veto_until: u64,
    /// Until when it can be executed, that second excluded; from then on it lapses.
    pub execute_until: u64,
}

impl Times {
    /// Those of a proposal made now. It ends a day before what leaves now matures, and can be executed
    /// for a day: a later fault can be proposed before those who did it are gone.
    #[must_use]
    pub fn new(now: u64, fault: u64, rules: &Rules, unbonding_period: u64) -> Self {
        let ignored =
            if mutant(Mutant::ProposalOutlivesBuckets) { WINDOW.saturating_mul(2) } else { 0 };
        let last = now.saturating_add(unbonding_period).saturating_add(ignored).saturating_sub(DAY);
        let veto_until = now.saturating_add(rules.veto_window).min(last.saturating_sub(DAY));
        let execute_until = veto_until.saturating_add(rules.execute_grace).min(last);
        Self { fault, veto_until, execute_until }
    }

    /// Reads a slot: fault in bits 0 to 39, end of the window 40 to 79, of the grace 80 to 119.
    #[must_use]
    pub fn unpack(slot: &Word) -> Self {
        let low = word::low_u128(slot);
        let time = |from: u32| (low >> from & TIME) as u64;
        Self { fault: time(0), veto_until: time(40), execute_until: time(80) }
    }

    /// The slot.
    #[must_use]
    pub fn pack(&self) -> Word {
        let low = u128::from(self.fault)
            | u128::from(self.veto_until) << 40
            | u128::from(self.execute_until) << 80;
        word::of_u128(low)
    }
}

/// What a pool may lose and what it has lost, in wei of METIS. One slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    /// By proposals that are pending.
    pub provisioned: u128,
    /// By proposals that were executed, ever.
    pub realised: u128,
}

impl Loss {
    /// Reads a slot: provisioned in the lower half, realised in the upper.
    #[must_use]
    pub fn unpack(slot: &Word) -> Self {
        let (realised, provisioned) = word::to_halves(slot);
        Self { provisioned, realised }
    }

    /// The slot.
    #[must_use]
    pub fn pack(&self) -> Word {
        word::of_halves(self.realised, self.provisioned)
    }
}

/// The earliest fault that can be slashed now.
#[must_use]
pub const fn earliest_fault(now: u64, registered: u64, unbonding_period: u64) -> u64 {
    let past = now.saturating_sub(unbonding_period);
    if registered > past { registered } else { past }
}

/// The day of a time, counted from 1970.
#[must_use]
pub const fn day_of(time: u64) -> u32 {
    // Times are 40 bits.
    (time / DAY) as u32
}
