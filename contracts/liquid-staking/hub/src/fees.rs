//! Fees of instant redemptions.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ILiquidStaking::{FeesCollected, RedemptionChanged},
    entry::{Change, Outcome, Restricted},
    erc20, host,
    redemption::{MAX_DAILY_BPS, MAX_FEE_BPS},
    word::{self, Immediate},
};

use crate::{allocator, books, errors, redeem};

const FEES_COLLECTED: Immediate = Immediate::new(FeesCollected::SIGNATURE_HASH.0);
const REDEMPTION_CHANGED: Immediate = Immediate::new(RedemptionChanged::SIGNATURE_HASH.0);

/// Turns fees in hand into backing and as much eMETIS.
///
/// # Errors
/// `CallerNotAllocator`, `ERC20InvalidReceiver`, `FeesZero`, `SupplyOverflow`, `BufferOverflow`,
/// `BalanceOverflow`.
///
/// # Events
/// `FeesCollected`, `Transfer`.
///
/// # Access
/// The allocator set at construction.
pub(crate) fn collect_fees(call: Change<'_>) -> Outcome {
    let [receiver] = call.words()?;
    let receiver = call.address(receiver)?;
    allocator::check()?;
    erc20::check_receiver(&receiver)?;
    let instant = redeem::load();
    let fees = word::of_u128(instant.fees());
    if instant.fees() == 0 {
        return Err(errors::fees_zero());
    }
    let after = books::load()
        .receive_rewards(instant.fees())
        .map_err(|refusal| errors::refused(refusal, &fees))?;

    books::store(&after);
    redeem::store(&instant.collected());
    erc20::mint(&receiver, &fees)?;
    let supply = word::amount(after.supply());
    host::log(&[FEES_COLLECTED.word(), *receiver.word(), fees, supply], 2);
    erc20::log_mint(&receiver, &fees);
    call.commit(&[fees])
}

/// Sets fee and daily limit of instant redemptions.
///
/// # Errors
/// `ParameterInvalid`.
///
/// # Events
/// `RedemptionChanged`.
///
/// # Access
/// ADMIN.
pub(crate) fn set_redemption(call: Restricted<'_>) -> Outcome {
    let [fee_word, daily_word] = call.words()?;
    let fee_bps = errors::bounded(fee_word, MAX_FEE_BPS)?;
    let daily_bps = errors::bounded(daily_word, MAX_DAILY_BPS)?;
    let before = redeem::load();

    redeem::store(&before.with_parameters(fee_bps, daily_bps));
    let event = [
        REDEMPTION_CHANGED.word(),
        word::count(before.fee_bps()),
        *fee_word,
        word::count(before.daily_bps()),
        *daily_word,
    ];
    host::log(&event, 1);
    call.commit(&[])
}
