//! What must hold, and what does not.

use serde::{Deserialize, Serialize};

/// Something that must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Property {
    /// Short name, as in `SOL-1`.
    pub id: &'static str,
    /// What must hold, in a sentence.
    pub sentence: &'static str,
    /// Checks per 10,000 calls below which the property counts as not exercised.
    pub minimum: u64,
    /// After how many calls its dear checks, those on forks of the world, are made once: 1 if after
    /// every call, or if there are none. See [`Tally::is_due`](super::Tally::is_due).
    pub every: u64,
    /// Numbers of the broken variants that must violate it.
    pub mutants: &'static [u32],
}

impl Property {
    /// A property to be checked once in 10,000 calls at least, with no dear check and no broken variant.
    ///
    /// ```
    /// use emetis::campaign::Property;
    ///
    /// const PAID: Property = Property {
    ///     minimum: 500,
    ///     mutants: &[1],
    ///     ..Property::new("PAY-1", "everybody is paid what they are owed")
    /// };
    /// assert_eq!(PAID.every, 1);
    /// ```
    pub const fn new(id: &'static str, sentence: &'static str) -> Self {
        Self { id, sentence, minimum: 1, every: 1, mutants: &[] }
    }
}

/// A property that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// Which one.
    pub property: String,
    /// Expected and found.
    pub message: String,
}
