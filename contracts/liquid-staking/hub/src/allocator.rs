//! Who places METIS with sequencers and brings it back.

use emetis_common::{account::Account, entry::Revert, host, slots, storage};

use crate::errors;

/// Where it is.
pub(crate) fn account() -> Account {
    storage::load_account(slots::ALLOCATOR)
}

/// The allocator, who calls.
///
/// # Errors
/// `CallerNotAllocator`.
#[inline(never)]
pub(crate) fn check() -> Result<Account, Revert> {
    let (caller, allocator) = (host::caller(), account());
    if caller == allocator && !allocator.is_zero() {
        Ok(allocator)
    } else {
        Err(errors::caller_not_allocator(&caller, &allocator))
    }
}
