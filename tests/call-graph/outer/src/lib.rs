//! Takes METIS, keeps it with the inner program, pays it out. What it does is told by
//! `CallGraph.sol`; a slot makes it do parts of that in a way that must not work.
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

/// `address` of the inner program.
const INNER: u64 = 0;
/// Wei that came back and were not paid out.
const BUFFER: u64 = 1;
/// `mapping(address => uint256)`, wei.
const BALANCES: u64 = 2;
/// How the program goes about its work: 0, or one of those below.
const MANNER: u64 = 3;

/// The inner program is called by a way out that lets nobody come back.
const CLOSED: u64 = 1;
/// METIS that comes back makes the program call out: it pays 1 wei of it to the treasury of the test.
const LEAKY: u64 = 2;

/// Who gets the wei.
const TREASURY: u64 = 4;

const WITHDRAWN: Immediate = Immediate::new(IOuter::Withdrawn::SIGNATURE_HASH.0);

mod selector {
    use super::{IOuter, SolCall};

    pub(super) const DEPOSIT: u32 = u32::from_le_bytes(IOuter::depositCall::SELECTOR);
    pub(super) const WITHDRAW: u32 = u32::from_le_bytes(IOuter::withdrawCall::SELECTOR);
    pub(super) const RECEIVE_BACK: u32 = u32::from_le_bytes(IOuter::receiveBackCall::SELECTOR);
    pub(super) const BALANCE_OF: u32 = u32::from_le_bytes(IOuter::balanceOfCall::SELECTOR);
    pub(super) const BUFFER: u32 = u32::from_le_bytes(IOuter::bufferCall::SELECTOR);
}

fn route(call: Call<'_>) -> Outcome {
    match call.selector() {
        selector::DEPOSIT => deposit(call.pay()?),
        selector::WITHDRAW => withdraw(call.change()?),
        selector::RECEIVE_BACK => {
            let inner = storage::load_account(INNER);
            receive_back(call.pay_from(&inner, |caller| caller_not_inner(caller, &inner))?)
        }
        selector::BALANCE_OF => balance_of(call.view()?),
        selector::BUFFER => buffer(call.view()?),
        _ => call.unknown(),
    }
}

/// Called by the virtual machine with the size of the calldata. Zero is success.
// SAFETY: the program defines this name once, and the virtual machine asks for it.
#[unsafe(no_mangle)]
pub extern "C" fn user_entrypoint(size: usize) -> usize {
    entry::serve(size, route)
}

fn deposit(call: Pay<'_>) -> Outcome {
    let assets = call.assets();
    let slot = balance_slot(&host::caller());
    let balance = host::load(&slot);
    let Some(after) = sum(&balance, &assets) else {
        return Err(Revert::with::<IOuter::BufferOverflow>(&[&balance, &assets]));
    };

    host::store(&slot, &after);
    let name = word::of_selector(IInner::placeCall::SELECTOR);
    let inner = storage::load_account(INNER);
    guard::order_with_metis(&inner, word::after_selector(&[name]), &assets)?;
    call.commit(&[])
}

fn withdraw(call: Change<'_>) -> Outcome {
    let [assets, receiver] = call.words()?;
    let receiver = call.address(receiver)?;
    let (caller, inner) = (host::caller(), storage::load_account(INNER));
    let slot = balance_slot(&caller);
    let balance = host::load(&slot);
    let Some(rest) = word::checked_sub(&balance, assets) else {
        return Err(Revert::with::<IOuter::BalanceTooLow>(&[&balance, assets]));
    };
    // Out of date as soon as METIS comes back: what is read of it below must not be this.
    let _ = host::load(&slots::variable(BUFFER));

    host::store(&slot, &rest);
    let name = word::of_selector(IInner::sendBackCall::SELECTOR);
    let order = [name, *host::contract().word(), *assets];
    let order = word::after_selector(&order);
    if manner() == CLOSED {
        guard::order(&inner, order)?;
    } else {
        guard::recall(&inner, order)?;
    }
    let buffer = host::load(&slots::variable(BUFFER));
    let Some(kept) = word::checked_sub(&buffer, assets) else {
        return Err(Revert::with::<IOuter::BufferTooLow>(&[&buffer, assets]));
    };
    host::store(&slots::variable(BUFFER), &kept);
    host::log(&[WITHDRAWN.word(), *caller.word(), *receiver.word(), *assets], 3);
    // Last: whoever is paid finds everything done.
    if !guard::pay(&receiver, assets) {
        return Err(Revert::with::<IOuter::PaymentFailed>(&[receiver.word(), assets]));
    }
    call.commit(&[])
}

fn receive_back(call: Pay<'_>) -> Outcome {
    let (buffer, added) = (host::load(&slots::variable(BUFFER)), call.assets());
    let Some(after) = sum(&buffer, &added) else {
        return Err(Revert::with::<IOuter::BufferOverflow>(&[&buffer, &added]));
    };

    host::store(&slots::variable(BUFFER), &after);
    if manner() == LEAKY {
        let treasury = storage::load_account(TREASURY);
        let _ = guard::pay(&treasury, &word::of_u64(1));
    }
    call.commit(&[])
}

fn balance_of(call: View<'_>) -> Outcome {
    let [account] = call.words()?;
    let account = call.address(account)?;
    call.reply(&[host::load(&balance_slot(&account))])
}

fn buffer(call: View<'_>) -> Outcome {
    call.reply(&[host::load(&slots::variable(BUFFER))])
}

fn caller_not_inner(caller: &Account, inner: &Account) -> Revert {
    Revert::with::<IOuter::CallerNotInner>(&[caller.word(), inner.word()])
}

fn manner() -> u64 {
    let [.., a, b, c, d, e, f, g, h] = host::load(&slots::variable(MANNER));
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

fn sum(one: &Word, other: &Word) -> Option<Word> {
    let sum = U256::from_be_bytes(*one).checked_add(U256::from_be_bytes(*other))?;
    Some(sum.to_be_bytes())
}

fn balance_slot(account: &Account) -> Word {
    slots::mapped(account, &slots::variable(BALANCES))
}
