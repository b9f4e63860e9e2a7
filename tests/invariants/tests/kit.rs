//! What these tests share.

use std::sync::{Arc, LazyLock};

use emetis::campaign::Plan;
use emetis::stylus::ProgramStore;
use emetis::suite::Programs;

use crate::invariants::world::Origin;

/// Calls in a sequence.
pub(super) const DEPTH: usize = 60;

/// Programs compiled once for all tests.
pub(super) static STORE: LazyLock<Arc<ProgramStore>> =
    LazyLock::new(|| Arc::new(ProgramStore::standard().unwrap()));
/// Those with broken variants, which are larger than a chain takes.
pub(super) static ROOMY: LazyLock<Arc<ProgramStore>> =
    LazyLock::new(|| Arc::new(ProgramStore::roomy().unwrap()));
/// The programs as released.
pub(super) static RELEASE: LazyLock<Programs> =
    LazyLock::new(|| Programs::release().unwrap_or_else(|error| panic!("{error}")));
/// The extra build with every broken variant.
pub(super) static MUTANTS: LazyLock<Programs> =
    LazyLock::new(|| Programs::mutants().unwrap_or_else(|error| panic!("{error}")));

/// A world with the programs as released.
pub(super) fn release() -> Origin {
    Origin::new(Arc::clone(&STORE), &RELEASE, 0)
}

/// A world with a broken variant.
pub(super) fn broken(mutant: u32) -> Origin {
    Origin::new(Arc::clone(&ROOMY), &MUTANTS, mutant)
}

/// A plan in which every property can be violated.
pub(super) fn plan(seed: u64, cases: u64, jobs: usize) -> Plan {
    Plan { seed, cases, depth: DEPTH, jobs, ..Plan::default() }
}
