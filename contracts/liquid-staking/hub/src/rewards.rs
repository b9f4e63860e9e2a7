//! METIS that comes back as a reward.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ILiquidStaking::RewardsReceived,
    entry::{Outcome, Pay},
    erc20, host,
    mutants::{Mutant, mutant},
    word::{self, Immediate},
};

use crate::{allocator, books, errors};

const REWARDS_RECEIVED: Immediate = Immediate::new(RewardsReceived::SIGNATURE_HASH.0);

/// Books the METIS sent as backing and mints as much eMETIS.
///
/// # Errors
/// `ConstructionMissing`, `CallerNotAllocator`, `ERC20InvalidReceiver`, `AssetsZero`,
/// `SupplyOverflow`, `BufferOverflow`, `BalanceOverflow`.
///
/// # Events
/// `RewardsReceived`, `Transfer`.
///
/// # Access
/// The allocator set at construction.
pub(crate) fn receive_rewards(call: Pay<'_>) -> Outcome {
    let [receiver] = call.words()?;
    let receiver = call.address(receiver)?;
    let before = books::load_constructed(&call)?;
    if !mutant(Mutant::RewardsOpenToAll) {
        allocator::check()?;
    }
    erc20::check_receiver(&receiver)?;
    let value = call.assets();
    let assets = word::to_u128_saturating(&value);
    let after =
        before.receive_rewards(assets).map_err(|refusal| errors::refused(refusal, &value))?;
    #[cfg(feature = "mutants")]
    let after = crate::broken::receive_rewards(&before, after);
    let minted = word::of_u128(after.supply().saturating_sub(before.supply()));

    books::store(&after);
    erc20::mint(&receiver, &minted)?;
    let event = [
        REWARDS_RECEIVED.word(),
        *host::caller().word(),
        *receiver.word(),
        minted,
        word::of_u128(after.supply()),
    ];
    host::log(&event, 3);
    erc20::log_mint(&receiver, &minted);
    call.commit(&[minted])
}
