//! Broken builds of the programs, and the property each must trip.

use std::sync::Arc;

use emetis::campaign::{self, Plan, Property, Report};
use emetis::stylus::ProgramStore;
use emetis::suite::Programs;

use super::spec::PROPERTIES;
use super::world::Origin;

/// Sequences within which a property must have noticed its mutants: 480,000 calls. Most need
/// a thousand; rare stories of staking need the most.
pub const LIMIT: u64 = 8_000;

/// One trial: a broken variant against the property that must notice.
#[derive(Clone, Debug)]
pub struct Trial {
    pub mutant: u32,
    pub name: &'static str,
    pub sentence: &'static str,
    pub property: &'static str,
    pub report: Report,
}

impl Trial {
    /// Whether the property noticed.
    pub fn killed(&self) -> bool {
        self.report.found.as_ref().is_some_and(|found| found.violation.property == self.property)
    }
}

/// Every pair of a mutant and a property that must notice it.
pub fn pairs() -> Vec<(u32, &'static Property)> {
    let pairs = PROPERTIES
        .iter()
        .flat_map(|property| property.mutants.iter().map(move |mutant| (*mutant, property)));
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_by_key(|(mutant, property)| (*mutant, property.id));
    pairs
}

/// Tries one mutant with only one property armed, for at most `cases` sequences.
pub fn try_mutant(
    store: &Arc<ProgramStore>,
    programs: &Programs,
    mutant: u32,
    property: &'static Property,
    plan: &Plan,
) -> Trial {
    let (_, name, sentence) = emetis_common::mutants::MUTANTS
        .iter()
        .find(|(number, ..)| *number == mutant)
        .unwrap_or_else(|| panic!("there is no mutant {mutant}"));
    let origin = Origin::new(Arc::clone(store), programs, mutant);
    let plan = Plan { only: Some(property.id.into()), ..plan.clone() };
    let report = campaign::run(&origin, &plan, &|_| {});
    Trial { mutant, name, sentence, property: property.id, report }
}
