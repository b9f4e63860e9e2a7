//! Slots that hold one account.

use crate::{account::Account, host, slots};

/// Reads an account.
#[must_use]
#[inline(never)]
pub fn load_account(slot: u64) -> Account {
    Account::low(&host::load(&slots::variable(slot)))
}

/// Writes an account.
#[inline(never)]
pub fn store_account(slot: u64, account: &Account) {
    host::store(&slots::variable(slot), account.word());
}
