//! The staking program, and the parameters.

use emetis_common::{
    account::Account,
    court::Rules,
    host,
    slots::{self, court},
    word::Word,
};

/// What every flow reads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    /// The program that holds the money; zero before construction.
    pub(crate) staking: Account,
    /// The parameters.
    pub(crate) rules: Rules,
}

/// Reads it.
#[inline(never)]
pub(crate) fn load() -> Head {
    let slot = host::load(&slot());
    Head { staking: Account::low(&slot), rules: Rules::unpack(&slot) }
}

/// Writes it.
pub(crate) fn store(head: &Head) {
    host::store(&slot(), &head.rules.pack(&head.staking));
}

fn slot() -> Word {
    slots::variable(court::HEAD)
}
