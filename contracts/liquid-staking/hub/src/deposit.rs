//! METIS in, eMETIS out.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ILiquidStaking::Deposited,
    account::Account,
    entry::{Outcome, Pay, Revert},
    erc20, host,
    mutants::{Mutant, mutant},
    word::{self, Immediate, Word},
};

use crate::{books, errors};

const DEPOSITED: Immediate = Immediate::new(Deposited::SIGNATURE_HASH.0);

/// Turns the METIS sent into as much eMETIS.
///
/// # Errors
/// `ConstructionMissing`, `EntriesPaused`, `LossPending`, `ERC20InvalidReceiver`, `AssetsZero`,
/// `DepositsHalted`, `SupplyOverflow`, `BufferOverflow`, `BalanceOverflow`.
///
/// # Events
/// `Deposited`, `Transfer`.
pub(crate) fn deposit(call: Pay<'_>) -> Outcome {
    let [receiver, tag] = call.words()?;
    let receiver = call.address(receiver)?;

    let minted = take(&call, &receiver, tag)?;
    call.commit(&[minted])
}

/// Books the METIS sent, mints as much eMETIS and tells it.
///
/// # Errors
/// As [`deposit`].
pub(crate) fn take(call: &Pay<'_>, receiver: &Account, tag: &Word) -> Result<Word, Revert> {
    let before = books::load_open(call)?;
    erc20::check_receiver(receiver)?;
    let value = call.assets();
    let assets = word::to_u128_saturating(&value);
    let after = if mutant(Mutant::DepositIgnoresHalt) {
        before.receive_rewards(assets)
    } else {
        before.deposit(assets)
    };
    let after = after.map_err(|refusal| errors::refused(refusal, &value))?;
    #[cfg(feature = "mutants")]
    let (after, credited) = crate::broken::deposit(&before, after, *receiver);
    #[cfg(feature = "mutants")]
    let receiver = &credited;
    let minted = word::of_u128(after.supply().saturating_sub(before.supply()));

    books::store(&after);
    erc20::mint(receiver, &minted)?;
    let event = [
        DEPOSITED.word(),
        *host::caller().word(),
        *receiver.word(),
        *tag,
        minted,
        word::of_u128(after.supply()),
    ];
    host::log(&event, 3);
    erc20::log_mint(receiver, &minted);
    Ok(minted)
}
