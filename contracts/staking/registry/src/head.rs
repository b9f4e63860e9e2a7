//! The staking program, and the highest commission.

use emetis_common::{
    account::Account,
    host,
    slots::{self, registry},
    word::Word,
};

/// What nearly every flow reads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    /// The program that holds the money; zero before construction.
    pub(crate) staking: Account,
    /// No commission may exceed this, in bps.
    pub(crate) max_commission: u64,
}

/// Reads it.
#[inline(never)]
pub(crate) fn load() -> Head {
    let slot = host::load(&slot());
    Head { staking: Account::low(&slot), max_commission: Account::upper(&slot) as u64 }
}

/// Writes it.
pub(crate) fn store(head: &Head) {
    host::store(&slot(), &head.staking.with_upper(u128::from(head.max_commission)));
}

fn slot() -> Word {
    slots::variable(registry::HEAD)
}
