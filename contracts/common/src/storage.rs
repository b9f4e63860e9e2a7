//! Slots that hold one address.

use alloy_primitives::Address;

use crate::{host, slots, word};

/// Reads an address.
#[must_use]
#[inline(never)]
pub fn load_address(slot: u64) -> Address {
    word::low_address(&host::load(&slots::variable(slot)))
}

/// Writes an address.
#[inline(never)]
pub fn store_address(slot: u64, address: &Address) {
    host::store(&slots::variable(slot), &word::of_address(address));
}
