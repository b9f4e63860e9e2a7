//! Which checks are made, which of them matter, and how many there were.

use serde::{Deserialize, Serialize};

use super::{Property, Violation};

/// How much is checked. Less than everything is for measuring what checks cost: such a campaign
/// shows nothing about the properties it leaves out.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Checks {
    /// Nothing: calls are made and nobody looks.
    None,
    /// What must hold of the state after every call.
    State,
    /// That, and what is tried on forks of the world, as often as [`Property::every`] says.
    #[default]
    All,
}

/// When the dear checks are due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cadence {
    /// At every step: a story that was cut short must not need steps that only keep time.
    EveryStep,
    /// At steps that depend on the case, so that all places in a sequence get their turn.
    Shifted(u64),
}

/// Counts checks, and says which are due and which of them matter.
#[derive(Clone, Debug)]
pub struct Tally {
    properties: &'static [Property],
    hits: Vec<u64>,
    only: Option<&'static str>,
    level: Checks,
    cadence: Cadence,
}

impl Tally {
    /// A tally for which every check of every property is due at every step, and matters.
    pub fn new(properties: &'static [Property]) -> Self {
        let hits = vec![0; properties.len()];
        Self { properties, hits, only: None, level: Checks::All, cadence: Cadence::EveryStep }
    }

    /// The same, in which only this property can be violated; what else is checked is counted.
    pub fn only(self, property: Option<&'static str>) -> Self {
        Self { only: property, ..self }
    }

    /// The same at another level of checking.
    pub(super) fn at(self, level: Checks) -> Self {
        Self { level, ..self }
    }

    /// From here on checks are due as the registry says, for this case.
    pub(super) fn enter(&mut self, case: u64) {
        // Fibonacci hashing; the upper half of the product is the mixed one.
        self.cadence = Cadence::Shifted(case.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32);
    }

    /// How much is checked.
    pub fn level(&self) -> Checks {
        self.level
    }

    /// Whether violations of a property matter.
    pub fn watches(&self, property: &str) -> bool {
        self.only.is_none_or(|only| only == property)
    }

    /// Whether the dear checks of a property are to be made at this step, counted from anywhere in
    /// the case.
    ///
    /// In a campaign that is every [`Property::every`]th step, another one for each property; in
    /// stories, replays and shrinking every step. Never below [`Checks::All`], and never for a
    /// property that does not matter.
    ///
    /// # Panics
    ///
    /// If there is no such property.
    pub fn is_due(&self, property: &str, step: u64) -> bool {
        if self.level < Checks::All || !self.watches(property) {
            return false;
        }
        let index = self.index(property);
        match self.cadence {
            Cadence::EveryStep => true,
            Cadence::Shifted(shift) => {
                (shift + index as u64 + step).is_multiple_of(self.properties[index].every.max(1))
            }
        }
    }

    /// Counts one check of a property.
    ///
    /// # Errors
    ///
    /// A [`Violation`] with `message` if the property does not hold and matters.
    ///
    /// # Panics
    ///
    /// If there is no such property.
    pub fn check(
        &mut self,
        property: &'static str,
        holds: bool,
        message: impl FnOnce() -> String,
    ) -> Result<(), Violation> {
        let index = self.index(property);
        self.hits[index] += 1;
        if holds || !self.watches(property) {
            return Ok(());
        }
        Err(Violation { property: property.into(), message: message() })
    }

    /// Checks made of each property, in the order of the registry.
    pub(super) fn into_hits(self) -> Vec<u64> {
        self.hits
    }

    fn index(&self, id: &str) -> usize {
        // Most names are the registry's own: the same place in memory, no need to compare text.
        let same = |property: &Property| std::ptr::eq(property.id, id);
        let mut properties = self.properties.iter();
        let index = properties.position(same);
        let by_text = || self.properties.iter().position(|property| property.id == id);
        index.or_else(by_text).unwrap_or_else(|| panic!("there is no property {id}"))
    }
}
