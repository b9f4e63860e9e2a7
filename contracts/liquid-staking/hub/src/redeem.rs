//! eMETIS in, METIS out at once, for a fee.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ILiquidStaking::RedeemedNow,
    account::Account,
    entry::{Change, Outcome},
    erc20, guard, host,
    mutants::{Mutant, mutant},
    redemption::{Instant, Quote, Rate},
    slots,
    totals::Totals,
    word::{self, Immediate, Word},
};

use crate::{books, errors, queue};

const REDEEMED_NOW: Immediate = Immediate::new(RedeemedNow::SIGNATURE_HASH.0);

/// Redeems eMETIS of the caller at once.
///
/// # Rounding
/// The payment down, the fee up.
///
/// # Errors
/// `ConstructionMissing`, `LossPending`, `ReceiverInvalid`, `AssetsZero`, `AssetsBelowMin`,
/// `RedemptionLimited`, `BufferTooSmall`, `ERC20InsufficientBalance`, `PaymentFailed`.
///
/// # Events
/// `RedeemedNow`, `Transfer`.
pub(crate) fn redeem_now(call: Change<'_>) -> Outcome {
    let [nominal, min_assets, receiver] = call.words()?;
    let receiver = call.address(receiver)?;
    books::load_constructed(&call)?;
    let before = books::load_redeemable()?;
    if !erc20::can_hold(&receiver) {
        return Err(errors::receiver_invalid(&receiver));
    }
    let (instant, amount) = (load(), word::to_u128_saturating(nominal));
    let quote = instant.quote_down(&rate(&before), amount);
    let assets = word::of_u128(quote.assets);
    if quote.assets == 0 {
        return Err(errors::assets_zero());
    }
    // Words compare as the numbers they hold.
    if assets < *min_assets {
        return Err(errors::assets_below_min(&assets, min_assets));
    }
    let (now, supply) = (host::timestamp(), before.supply());
    let instant = instant
        .redeem(now, supply, amount, quote.fee)
        .map_err(|exceeded| errors::redemption_limited(nominal, exceeded.left))?;
    let owed = if mutant(Mutant::RedeemNowIgnoresDue) { 0 } else { queue::due() };
    let burned = kept(amount);
    let after = before
        .redeem(burned, quote.total(), owed)
        .map_err(|refusal| errors::refused(refusal, &word::of_u128(quote.total())))?;
    let caller = host::caller();

    erc20::burn(&caller, &word::of_u128(burned))?;
    books::store(&after);
    store(&instant);
    log(&receiver, &quote, nominal, &after);
    erc20::log_burn(&caller, nominal);
    if !guard::pay(&receiver, &assets) {
        return Err(errors::payment_failed(&receiver, &assets));
    }
    call.commit(&[assets])
}

/// What redemptions are made at.
pub(crate) fn rate(totals: &Totals) -> Rate {
    if mutant(Mutant::RedeemNowAboveBacking) { Rate::new(1, 1) } else { totals.rate() }
}

/// Limit, fees and parameters of instant redemptions.
pub(crate) fn load() -> Instant {
    Instant::unpack(&host::load(&slots::variable(slots::INSTANT)))
}

/// Writes them.
pub(crate) fn store(instant: &Instant) {
    host::store(&slots::variable(slots::INSTANT), &instant.pack());
}

#[inline]
fn log(receiver: &Account, quote: &Quote, nominal: &Word, after: &Totals) {
    let event = [
        REDEEMED_NOW.word(),
        *host::caller().word(),
        *receiver.word(),
        *nominal,
        word::amount(quote.assets),
        word::amount(quote.fee),
        word::amount(after.supply()),
    ];
    host::log(&event, 3);
}

fn kept(nominal: u128) -> u128 {
    if mutant(Mutant::RedeemNowKeepsSupply) { nominal.saturating_sub(1) } else { nominal }
}
