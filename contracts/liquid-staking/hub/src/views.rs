//! What the hub tells about its books.

use emetis_common::{
    entry::{Outcome, View},
    erc20, host,
    mutants::{Mutant, mutant},
    pause, slots, storage,
    totals::Totals,
    word,
};

use crate::{allocator, books, queue, redeem, wait};

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
    let is_open = erc20::can_hold(&receiver) && !is_paused && !is_waiting(&totals);
    let mut assets = if is_open { totals.max_deposit() } else { 0 };
    if mutant(Mutant::MaxDepositTooHigh) {
        assets = assets.saturating_add(1);
    }
    tell(call, assets)
}

/// What may be lost, and until when redemptions wait for it.
pub(crate) fn pending_loss(call: View<'_>) -> Outcome {
    let wait = wait::load();
    call.reply(&[word::amount(wait.pending()), word::count(wait.until(host::timestamp()))])
}

/// What `redeemNow` pays, and its fee.
pub(crate) fn preview_redeem_now(call: View<'_>) -> Outcome {
    let [nominal] = call.words()?;
    let quote =
        redeem::load().quote_down(&redeem::rate(&books::load()), word::to_u128_saturating(nominal));
    call.reply(&[word::amount(quote.assets), word::amount(quote.fee)])
}

/// The largest `redeemNow` that goes through.
pub(crate) fn max_redeem_now(call: View<'_>) -> Outcome {
    let [owner] = call.words()?;
    let owner = call.address(owner)?;
    let (totals, instant) = (books::load(), redeem::load());
    if is_waiting(&totals) || !totals.is_constructed() {
        return tell(call, 0);
    }
    let rate = totals.rate();
    let left = instant.left_down(host::timestamp(), totals.supply());
    let affordable = rate.most_nominal(totals.available(queue::due()));
    let balance = word::low_u128(&erc20::balance(&owner));
    let nominal = balance.min(left).min(affordable);
    let pays = instant.quote_down(&rate, nominal).assets > 0;
    tell(call, if pays { nominal } else { 0 })
}

/// Parameters of instant redemptions, what is left of the limit, and fees in hand.
pub(crate) fn instant_redemption(call: View<'_>) -> Outcome {
    let (totals, instant) = (books::load(), redeem::load());
    call.reply_amounts(&[
        instant.fee_bps().into(),
        instant.daily_bps().into(),
        instant.left_down(host::timestamp(), totals.supply()),
        instant.fees(),
    ])
}

/// Where `depositAndStake` stakes.
pub(crate) fn vault(call: View<'_>) -> Outcome {
    call.reply(&[*storage::load_account(slots::VAULT).word()])
}

/// Who places METIS and brings it back.
pub(crate) fn allocator(call: View<'_>) -> Outcome {
    call.reply(&[*allocator::account().word()])
}

/// The redemption queue.
pub(crate) fn queue(call: View<'_>) -> Outcome {
    call.reply(&[*queue::account().word()])
}

fn is_waiting(totals: &Totals) -> bool {
    totals.is_wait_set() && wait::load().until(host::timestamp()) != 0
}

/// One function for all, as turning a number into a word takes space.
#[inline(never)]
fn tell(call: View<'_>, amount: u128) -> Outcome {
    call.reply(&[word::of_u128(amount)])
}
