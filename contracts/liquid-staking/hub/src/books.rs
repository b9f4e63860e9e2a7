//! The hub's books in storage.

use emetis_common::{
    entry::{Call, Revert},
    host, pause, slots,
    totals::Totals,
};

use crate::{errors, wait};

/// Reads the books.
#[inline(never)]
pub(crate) fn load() -> Totals {
    Totals::unpack(&host::load(&slots::variable(slots::TOTALS)))
}

/// Reads the books of a hub that has been constructed.
///
/// # Errors
/// `ConstructionMissing`.
pub(crate) fn load_constructed(call: &Call<'_>) -> Result<Totals, Revert> {
    let totals = load();
    if totals.is_constructed() {
        Ok(totals)
    } else {
        Err(errors::construction_missing(call.selector_bytes()))
    }
}

/// Reads the books of a hub whose entries are open. What is over of a pause and a wait is forgotten.
///
/// # Errors
/// `ConstructionMissing`, `EntriesPaused`, `LossPending`.
pub(crate) fn load_open(call: &Call<'_>) -> Result<Totals, Revert> {
    let totals = load_constructed(call)?;
    if totals.is_pause_set() {
        pause::check()?;
    }
    Ok(checked_wait(totals)?.with_pause(false))
}

/// Reads the books of a hub whose redemptions do not wait. A wait that is over is forgotten.
///
/// # Errors
/// `LossPending`.
pub(crate) fn load_redeemable() -> Result<Totals, Revert> {
    checked_wait(load())
}

#[inline]
fn checked_wait(totals: Totals) -> Result<Totals, Revert> {
    if !totals.is_wait_set() {
        return Ok(totals);
    }
    wait::check()?;
    Ok(totals.with_wait(false))
}

/// Writes the books.
#[inline(never)]
pub(crate) fn store(totals: &Totals) {
    #[cfg(feature = "mutants")]
    let totals = &crate::broken::stored(totals);
    host::store(&slots::variable(slots::TOTALS), &totals.pack());
}

/// Notes whether a pause was set.
pub(crate) fn set_pause(is_set: bool) {
    store(&load().with_pause(is_set));
}
