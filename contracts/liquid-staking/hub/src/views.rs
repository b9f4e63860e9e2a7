//! What the hub tells about its books.

use emetis_common::{
    entry::{Outcome, View},
    erc20,
    mutants::{Mutant, mutant},
    pause, slots, storage, word,
};

use crate::books;

/// eMETIS in existence.
pub(crate) fn total_supply(call: View<'_>) -> Outcome {
    tell(call, books::load().supply())
}

/// METIS not placed with sequencers.
pub(crate) fn buffer(call: View<'_>) -> Outcome {
    tell(call, books::load().buffer())
}

/// METIS placed with sequencers, at cost.
pub(crate) fn placed(call: View<'_>) -> Outcome {
    tell(call, books::load().placed())
}

/// What stands behind the supply.
pub(crate) fn backing(call: View<'_>) -> Outcome {
    tell(call, books::load().backing())
}

/// By how much backing falls short of supply.
pub(crate) fn shortfall(call: View<'_>) -> Outcome {
    tell(call, books::load().shortfall())
}

/// Supply, buffer and placed.
pub(crate) fn totals(call: View<'_>) -> Outcome {
    let totals = books::load();
    call.reply(&[
        word::of_u128(totals.supply()),
        word::of_u128(totals.buffer()),
        word::of_u128(totals.placed()),
    ])
}

/// The largest deposit that goes through.
pub(crate) fn max_deposit(call: View<'_>) -> Outcome {
    let [receiver] = call.words()?;
    let receiver = call.address(receiver)?;
    let totals = books::load();
    let is_paused =
        totals.is_pause_set() && pause::is_active() && !mutant(Mutant::MaximaIgnorePause);
    let is_open = erc20::can_hold(&receiver) && !is_paused;
    let mut assets = if is_open { totals.max_deposit() } else { 0 };
    if mutant(Mutant::MaxDepositTooHigh) {
        assets = assets.saturating_add(1);
    }
    tell(call, assets)
}

/// Where `depositAndStake` stakes.
pub(crate) fn vault(call: View<'_>) -> Outcome {
    call.reply(&[*storage::load_account(slots::VAULT).word()])
}

/// Who brings rewards.
pub(crate) fn minter(call: View<'_>) -> Outcome {
    call.reply(&[*storage::load_account(slots::MINTER).word()])
}

/// One function for all, as turning a number into a word takes space.
#[inline(never)]
fn tell(call: View<'_>, amount: u128) -> Outcome {
    call.reply(&[word::of_u128(amount)])
}
