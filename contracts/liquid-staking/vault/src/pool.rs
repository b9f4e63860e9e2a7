//! Who brings rewards and losses.

use emetis_common::{account::Account, entry::Revert, slots::vault, storage};

use crate::errors;

/// Refuses everyone but the pool.
///
/// # Errors
/// `CallerNotPool`.
pub(crate) fn check(caller: &Account) -> Result<(), Revert> {
    let pool = storage::load_account(vault::POOL);
    if *caller == pool && !pool.is_zero() {
        Ok(())
    } else {
        Err(errors::caller_not_pool(caller, &pool))
    }
}
