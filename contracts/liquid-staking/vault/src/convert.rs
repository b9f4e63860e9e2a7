//! What an amount comes to. Each conversion serves every view that is defined by it.

use alloy_primitives::U256;
use emetis_common::{
    entry::{Outcome, View},
    shares::Rate,
};

use crate::{books, errors};

/// Shares for assets, rounded down: `convertToShares`, whoever asks.
pub(crate) fn convert_to_shares(call: View<'_>) -> Outcome {
    #[cfg(feature = "mutants")]
    if crate::broken::favours_caller() {
        return convert(call, |rate, amount| {
            rate.shares_down(amount).and_then(|shares| shares.checked_add(U256::ONE))
        });
    }
    shares_down(call)
}

/// Shares for assets, rounded down: `previewDeposit`.
pub(crate) fn shares_down(call: View<'_>) -> Outcome {
    convert(call, |rate, amount| rate.shares_down(amount))
}

/// Shares for assets, rounded up: `previewWithdraw`.
pub(crate) fn shares_up(call: View<'_>) -> Outcome {
    convert(call, |rate, amount| rate.shares_up(amount))
}

/// Assets for shares, rounded down: `convertToAssets`.
pub(crate) fn assets_down(call: View<'_>) -> Outcome {
    convert(call, |rate, amount| rate.assets_down(amount))
}

/// Assets for shares, rounded up: `previewMint`.
pub(crate) fn assets_up(call: View<'_>) -> Outcome {
    convert(call, |rate, amount| rate.assets_up(amount))
}

/// Assets for shares, rounded down: `previewRedeem`.
pub(crate) fn preview_redeem(call: View<'_>) -> Outcome {
    #[cfg(feature = "mutants")]
    if let Some(rate) = crate::broken::rate_without_stream() {
        return convert(call, |_, amount| rate.assets_down(amount));
    }
    assets_down(call)
}

/// # Errors
/// `ConversionOverflow`.
#[inline(always)]
fn convert(call: View<'_>, by: impl FnOnce(&Rate, U256) -> Option<U256>) -> Outcome {
    let [amount] = call.words()?;
    let moment = books::load();
    match by(&moment.books.rate(moment.now), U256::from_be_bytes(*amount)) {
        Some(result) => call.reply(&[result.to_be_bytes()]),
        None => Err(errors::conversion_overflow(amount)),
    }
}
