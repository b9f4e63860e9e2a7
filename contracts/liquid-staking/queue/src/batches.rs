//! Batches in storage.

use emetis_common::{
    host,
    queue::{Batch, Filled},
    slots::{self, queue},
    word::Word,
};

/// What is requested in a batch.
#[inline(never)]
pub(crate) fn load(number: u32) -> Batch {
    Batch::unpack(&host::load(&slot(queue::BATCH, number)))
}

/// Writes it.
#[inline(never)]
pub(crate) fn store(number: u32, batch: &Batch) {
    host::store(&slot(queue::BATCH, number), &batch.pack());
}

/// What a batch was filled with.
#[inline(never)]
pub(crate) fn filled(number: u32) -> Filled {
    Filled::unpack(&host::load(&slot(queue::FILLED, number)))
}

/// Writes it.
#[inline(never)]
pub(crate) fn store_filled(number: u32, filled: &Filled) {
    host::store(&slot(queue::FILLED, number), &filled.pack());
}

fn slot(kind: u32, number: u32) -> Word {
    slots::numbered(kind, number, 0)
}
