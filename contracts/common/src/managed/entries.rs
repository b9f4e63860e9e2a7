//! What a managed program does with its authority.

use alloy_sol_types::{SolCall, SolEvent};

use super::Permission;
use crate::{
    abi::{
        IAccessManager::{canCallCall, consumeScheduledOpCall},
        ILiquidStaking as I,
    },
    account::Account,
    calldata,
    entry::{Change, Outcome, Revert, View},
    errors, guard,
    host::{self, buffer::Buffer},
    mutants::{Mutant, mutant},
    slots::{self, transient::CONSUMING},
    storage,
    word::{self, Immediate},
};

const AUTHORITY_UPDATED: Immediate = Immediate::new(I::AuthorityUpdated::SIGNATURE_HASH.0);

/// Bytes of the order to consume the longest calldata: selector, caller, offset, size, bytes.
const ORDER: usize = 4 + 3 * 32 + calldata::LIMIT;

/// Refuses whom the authority does not let in. A call that must have been scheduled is consumed.
///
/// # Errors
/// `AccessManagedUnauthorized`, also if the authority fails or answers what is no answer; what it
/// refuses to consume with.
#[inline(never)]
pub(crate) fn check(call: &Change<'_>) -> Result<(), Revert> {
    let (caller, authority) = (host::caller(), stored());
    let question = [
        word::of_selector(canCallCall::SELECTOR),
        *caller.word(),
        *host::contract().word(),
        word::of_bytes4(call.selector_bytes()),
    ];
    let answer = guard::ask_within(&authority, word::after_selector(&question));
    let permission =
        answer.map_or(Permission::Refused, |(words, size)| Permission::read(&words, size));
    let is_allowed = match permission {
        _ if mutant(Mutant::RestrictedUnchecked) => true,
        _ if mutant(Mutant::SweepOpenToAll) && call.selector_bytes() == I::sweepCall::SELECTOR => {
            true
        }
        Permission::Immediate => true,
        Permission::Scheduled if mutant(Mutant::ScheduleUnchecked) => true,
        Permission::Scheduled => consume(call, &caller, &authority)?,
        Permission::Refused => false,
    };
    if is_allowed { Ok(()) } else { Err(errors::unauthorized(&caller)) }
}

/// Tells the authority that a scheduled operation takes place. Whether it knows of it.
///
/// # Errors
/// What the authority refuses with.
#[cold]
#[inline(never)]
fn consume(call: &Change<'_>, caller: &Account, authority: &Account) -> Result<bool, Revert> {
    let data = call.bytes();
    let mut order = Buffer::<ORDER>::new();
    order.push(&consumeScheduledOpCall::SELECTOR);
    order.push_words(&[*caller.word(), word::of_u64(0x40), word::of_u64(data.len() as u64)]);
    order.push(data);
    let padding = word::ZERO;
    let rest = data.len().wrapping_neg() & 31;
    order.push(padding.get(..rest).unwrap_or_default());

    set_consuming(true);
    let consumed = guard::order_within(authority, order.bytes());
    set_consuming(false);
    consumed
}

/// Sets the first authority, in a constructor.
///
/// # Errors
/// `AccessManagedInvalidAuthority`.
///
/// # Events
/// `AuthorityUpdated`.
pub fn adopt(authority: &Account) -> Result<(), Revert> {
    if !host::has_code(authority) {
        return Err(errors::authority_invalid(authority));
    }
    storage::store_account(slots::AUTHORITY, authority);
    host::log(&[AUTHORITY_UPDATED.word(), *authority.word()], 1);
    Ok(())
}

/// Sets another authority.
///
/// # Errors
/// `AccessManagedUnauthorized`, `AccessManagedInvalidAuthority`.
///
/// # Events
/// `AuthorityUpdated`.
///
/// # Access
/// The authority itself.
pub fn set_authority(call: Change<'_>) -> Outcome {
    let [authority] = call.words()?;
    let authority = call.address(authority)?;
    let caller = host::caller();
    if caller != stored() && !mutant(Mutant::AuthorityOpenToAll) {
        return Err(errors::unauthorized(&caller));
    }

    adopt(&authority)?;
    call.commit(&[])
}

/// The authority.
///
/// # Errors
/// None of its own.
pub fn authority(call: View<'_>) -> Outcome {
    call.reply(&[*stored().word()])
}

/// The selector of this view while the program tells its authority of a scheduled operation, zero
/// otherwise.
///
/// # Errors
/// None of its own.
pub fn is_consuming(call: View<'_>) -> Outcome {
    let is_consuming = host::load_transient(&word::of_u64(CONSUMING)) != word::ZERO;
    let selector = if is_consuming { call.selector_bytes() } else { [0; 4] };
    call.reply(&[word::of_bytes4(selector)])
}

fn stored() -> Account {
    storage::load_account(slots::AUTHORITY)
}

fn set_consuming(is_consuming: bool) {
    host::store_transient(&word::of_u64(CONSUMING), &word::of_bool(is_consuming));
}
