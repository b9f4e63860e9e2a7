//! Keeps METIS for accounts and brings it back to them. What it does is told by `CallGraph.sol`.
#![cfg(target_arch = "wasm32")]

use alloy_primitives::U256;
use alloy_sol_types::{SolCall, SolEvent, sol};
use emetis_common::{
    account::Account,
    entry::{self, Call, Change, Outcome, Pay, Revert, View},
    guard, host, slots, storage,
    word::{self, Immediate, Word},
};

sol! { "../CallGraph.sol" }

/// `address`, who is told before METIS is brought back; zero is nobody.
const LISTENER: u64 = 0;
/// `mapping(address => uint256)`, wei.
const PLACED: u64 = 1;

const SENT_BACK: Immediate = Immediate::new(IInner::SentBack::SIGNATURE_HASH.0);

mod selector {
    use super::{IInner, SolCall};

    pub(super) const PLACE: u32 = u32::from_le_bytes(IInner::placeCall::SELECTOR);
    pub(super) const SEND_BACK: u32 = u32::from_le_bytes(IInner::sendBackCall::SELECTOR);
    pub(super) const PLACED_OF: u32 = u32::from_le_bytes(IInner::placedOfCall::SELECTOR);
}

fn route(call: Call<'_>) -> Outcome {
    match call.selector() {
        selector::PLACE => place(call.pay()?),
        selector::SEND_BACK => send_back(call.change()?),
        selector::PLACED_OF => placed_of(call.view()?),
        _ => call.unknown(),
    }
}

/// Called by the virtual machine with the size of the calldata. Zero is success.
// SAFETY: the program defines this name once, and the virtual machine asks for it.
#[unsafe(no_mangle)]
pub extern "C" fn user_entrypoint(size: usize) -> usize {
    entry::serve(size, route)
}

fn place(call: Pay<'_>) -> Outcome {
    let slot = slot_of(&host::caller());
    let (balance, added) = (host::load(&slot), call.assets());
    let after = U256::from_be_bytes(balance).checked_add(U256::from_be_bytes(added));
    let Some(after) = after else {
        return Err(Revert::with::<IInner::BalanceOverflow>(&[&balance, &added]));
    };

    host::store(&slot, &after.to_be_bytes());
    call.commit(&[])
}

fn send_back(call: Change<'_>) -> Outcome {
    let [owner, assets] = call.words()?;
    let owner = call.address(owner)?;
    let slot = slot_of(&owner);
    let balance = host::load(&slot);
    let Some(rest) = word::checked_sub(&balance, assets) else {
        return Err(Revert::with::<IInner::BalanceTooLow>(&[&balance, assets]));
    };

    host::store(&slot, &rest);
    host::log(&[SENT_BACK.word(), *owner.word(), *assets], 2);
    let listener = storage::load_account(LISTENER);
    if !listener.is_zero() {
        let nothing = [0; 32];
        // Whatever it answers: nobody who listens can keep METIS from coming back.
        let _ = guard::pay(&listener, &nothing);
    }
    let name = word::of_selector(IOuter::receiveBackCall::SELECTOR);
    guard::order_with_metis(&owner, word::after_selector(&[name]), assets)?;
    call.commit(&[])
}

fn placed_of(call: View<'_>) -> Outcome {
    let [account] = call.words()?;
    let account = call.address(account)?;
    call.reply(&[host::load(&slot_of(&account))])
}

fn slot_of(account: &Account) -> Word {
    slots::mapped(account, &slots::variable(PLACED))
}
