//! Where a proposal is, and what can be done with it.

use super::Times;
use crate::mutants::{Mutant, mutant};

/// Where a proposal is, numbered as in the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// There is no such proposal.
    #[default]
    None,
    /// It can be vetoed, and executed later.
    Pending,
    /// It ended without a loss.
    Vetoed,
    /// It was taken.
    Executed,
    /// Nobody executed it in time.
    Lapsed,
}

/// Why something cannot be done with a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not pending.
    NotPending,
    /// The time to veto is over.
    VetoTooLate {
        /// Since when.
        until: u64,
    },
    /// The time to veto is not over.
    ExecutionTooEarly {
        /// From when on it can be executed.
        from: u64,
    },
    /// The time to execute is over.
    ExecutionTooLate {
        /// Since when.
        until: u64,
    },
    /// The time to execute is not over.
    LapseTooEarly {
        /// From when on it lapses.
        from: u64,
    },
}

impl State {
    /// The state of a number.
    #[must_use]
    pub const fn of(number: u8) -> Self {
        match number {
            1 => Self::Pending,
            2 => Self::Vetoed,
            3 => Self::Executed,
            4 => Self::Lapsed,
            _ => Self::None,
        }
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The state as it is told now: what is pending lapses by itself.
    #[must_use]
    pub const fn told(self, times: &Times, now: u64) -> Self {
        match self {
            Self::Pending if now >= times.execute_until => Self::Lapsed,
            state => state,
        }
    }

    /// Whether it is pending and its time is over.
    #[must_use]
    pub fn is_over(self, times: &Times, now: u64) -> bool {
        self == Self::Pending && now >= times.execute_until
    }

    /// Whether it can be vetoed now.
    ///
    /// # Errors
    /// [`Refusal::NotPending`], [`Refusal::VetoTooLate`].
    pub fn check_veto(self, times: &Times, now: u64) -> Result<(), Refusal> {
        self.check_pending()?;
        let until = times.veto_until;
        if now >= until && !mutant(Mutant::VetoLate) {
            return Err(Refusal::VetoTooLate { until });
        }
        Ok(())
    }

    /// Whether it can be executed now.
    ///
    /// # Errors
    /// [`Refusal::NotPending`], [`Refusal::ExecutionTooEarly`], [`Refusal::ExecutionTooLate`].
    pub fn check_execution(self, times: &Times, now: u64) -> Result<(), Refusal> {
        self.check_pending()?;
        if now < times.veto_until && !mutant(Mutant::ExecuteEarly) {
            return Err(Refusal::ExecutionTooEarly { from: times.veto_until });
        }
        if now >= times.execute_until && !mutant(Mutant::ExecuteLate) {
            return Err(Refusal::ExecutionTooLate { until: times.execute_until });
        }
        Ok(())
    }

    /// Whether it lapses now.
    ///
    /// # Errors
    /// [`Refusal::NotPending`], [`Refusal::LapseTooEarly`].
    pub fn check_lapse(self, times: &Times, now: u64) -> Result<(), Refusal> {
        self.check_pending()?;
        let from = times.execute_until;
        if now < from && !mutant(Mutant::LapseEarly) {
            return Err(Refusal::LapseTooEarly { from });
        }
        Ok(())
    }

    fn check_pending(self) -> Result<(), Refusal> {
        if self == Self::Pending { Ok(()) } else { Err(Refusal::NotPending) }
    }
}
