//! The programs of the suite that it knows.

use emetis_common::{account::Account, slots::quota, storage};

/// The program that owns the stake; zero before construction.
pub(crate) fn staking() -> Account {
    storage::load_account(quota::STAKING)
}

/// The program whose slashes halve operations.
pub(crate) fn court() -> Account {
    storage::load_account(quota::COURT)
}

/// Who brings batches.
pub(crate) fn distributor() -> Account {
    storage::load_account(quota::DISTRIBUTOR)
}
