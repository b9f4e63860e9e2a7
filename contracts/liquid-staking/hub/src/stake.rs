//! METIS in, seMETIS out.

use alloy_sol_types::SolCall;
use emetis_common::{
    abi::IStakedMetis::receiveDepositCall,
    entry::{Outcome, Pay},
    guard, host,
    mutants::{Mutant, mutant},
    slots, storage, word,
};

use crate::{deposit, errors};

/// Turns the METIS sent into as much eMETIS and stakes it.
///
/// The eMETIS goes to the vault at once, which then takes it on its ledger.
///
/// # Errors
/// `ConstructionMissing`, `EntriesPaused`, `LossPending`, `AssetsZero`, `DepositsHalted`,
/// `SupplyOverflow`, `BufferOverflow`, `BalanceOverflow`; then those of the vault, and `VaultMissing` if there is none.
///
/// # Events
/// `Deposited`, `Transfer`; of the vault `Deposit`, `Transfer`.
pub(crate) fn deposit_and_stake(call: Pay<'_>) -> Outcome {
    let [receiver, min_shares, tag] = call.words()?;
    let receiver = call.address(receiver)?;
    let vault = storage::load_account(slots::VAULT);
    let minted = deposit::take(&call, &vault, tag)?;

    let receiver = if mutant(Mutant::StakeForCaller) { host::caller() } else { receiver };
    let name = word::of_selector(receiveDepositCall::SELECTOR);
    let order = [name, minted, *receiver.word(), *min_shares];
    let (shares, size) = guard::order(&vault, word::after_selector(&order))?;
    if size < shares.len() {
        return Err(errors::vault_missing(&vault));
    }
    call.commit(&[shares])
}
