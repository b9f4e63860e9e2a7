//! The queue's own figures in storage.

use emetis_common::{
    account::Account,
    entry::{Call, Revert},
    host,
    queue::{Head, Sums},
    slots::{self, queue},
};

use crate::{batches, errors};

/// Reads them.
#[inline(never)]
pub(crate) fn load() -> Head {
    Head::unpack(&host::load(&slots::variable(queue::HEAD)))
}

/// Reads them of a queue that has been constructed.
///
/// # Errors
/// `ConstructionMissing`.
pub(crate) fn load_constructed(call: &Call<'_>) -> Result<Head, Revert> {
    let head = load();
    if head.hub().is_zero() {
        Err(errors::construction_missing(call.selector_bytes()))
    } else {
        Ok(head)
    }
}

/// Writes them.
#[inline(never)]
pub(crate) fn store(head: &Head) {
    host::store(&slots::variable(queue::HEAD), &head.pack());
}

/// Reads what waits, and what is in escrow.
#[inline(never)]
pub(crate) fn sums() -> Sums {
    Sums::unpack(&host::load(&slots::variable(queue::SUMS)))
}

/// Writes it.
#[inline(never)]
pub(crate) fn store_sums(sums: &Sums) {
    host::store(&slots::variable(queue::SUMS), &sums.pack());
}

/// What waits in all tickets, in wei of eMETIS.
pub(crate) fn due() -> u128 {
    let head = load();
    // Parts of what the queue holds, which fits 84 bits.
    sums().waiting.saturating_add(head.uncounted(&batches::load(head.batch())))
}

/// The hub.
pub(crate) fn hub() -> Account {
    load().hub()
}
