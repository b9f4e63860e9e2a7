//! What the vault tells about its books.

use emetis_common::{
    books::next_reward,
    entry::{Outcome, Revert, View},
    erc20,
    mutants::{Mutant, mutant},
    slots::vault,
    storage,
    stream::{CYCLE, INTERVAL},
    word,
};

use crate::books;

/// Shares in existence.
pub(crate) fn total_supply(call: View<'_>) -> Outcome {
    tell(call, books::load().books.shares())
}

/// eMETIS.
pub(crate) fn asset(call: View<'_>) -> Outcome {
    call.reply(&[*books::load().asset.word()])
}

/// What shares stand for.
pub(crate) fn total_assets(call: View<'_>) -> Outcome {
    let moment = books::load();
    tell(call, moment.books.assets(moment.now))
}

/// The largest deposit for a receiver.
pub(crate) fn max_deposit(call: View<'_>) -> Outcome {
    let can_hold = receiver_can_hold(&call)?;
    let moment = books::load();
    let is_open = can_hold && !moment.is_paused();
    tell_most(call, if is_open { moment.books.max_deposit(moment.now) } else { 0 })
}

/// The largest mint for a receiver.
pub(crate) fn max_mint(call: View<'_>) -> Outcome {
    let can_hold = receiver_can_hold(&call)?;
    let moment = books::load();
    let is_open = can_hold && !moment.is_paused();
    tell_most(call, if is_open { moment.books.max_mint(moment.now) } else { 0 })
}

/// The largest withdrawal of an owner.
pub(crate) fn max_withdraw(call: View<'_>) -> Outcome {
    let balance = balance(&call)?;
    let moment = books::load();
    let most = moment.books.max_withdraw(moment.now, balance);
    tell(call, most.saturating_add(u128::from(mutant(Mutant::MaxWithdrawTooHigh))))
}

/// The largest redemption of an owner.
pub(crate) fn max_redeem(call: View<'_>) -> Outcome {
    let balance = balance(&call)?;
    let moment = books::load();
    tell(call, moment.books.max_redeem(moment.now, balance))
}

/// Ledger, shares, locked rewards, pending loss, provision.
pub(crate) fn totals(call: View<'_>) -> Outcome {
    let moment = books::load();
    call.reply(&[
        word::of_u128(moment.books.ledger()),
        word::of_u128(moment.books.shares()),
        word::of_u128(moment.books.stream().locked_up(moment.now)),
        word::of_u128(moment.books.pending()),
        word::of_u128(moment.books.provision(moment.now)),
    ])
}

/// What is locked, until when, and when more may come.
pub(crate) fn stream(call: View<'_>) -> Outcome {
    let moment = books::load();
    let stream = moment.books.stream();
    call.reply(&[
        word::of_u128(stream.locked_up(moment.now)),
        word::of_u64(stream.end()),
        word::of_u64(next_reward(books::last_reward())),
    ])
}

/// How long a reward takes to unlock.
pub(crate) fn reward_cycle(call: View<'_>) -> Outcome {
    tell(call, u128::from(CYCLE))
}

/// The least time between rewards.
pub(crate) fn harvest_interval(call: View<'_>) -> Outcome {
    tell(call, u128::from(INTERVAL))
}

/// Who brings rewards and losses.
pub(crate) fn pool(call: View<'_>) -> Outcome {
    call.reply(&[*storage::load_account(vault::POOL).word()])
}

fn receiver_can_hold(call: &View<'_>) -> Result<bool, Revert> {
    let [receiver] = call.words()?;
    Ok(erc20::can_hold(&call.address(receiver)?))
}

fn balance(call: &View<'_>) -> Result<u128, Revert> {
    let [owner] = call.words()?;
    Ok(word::low_u128(&erc20::balance(&call.address(owner)?)))
}

fn tell_most(call: View<'_>, amount: u128) -> Outcome {
    let more = u128::from(mutant(Mutant::MaxDepositTooHighInVault));
    tell(call, amount.saturating_add(more))
}

/// One function for all, as turning a number into a word takes space.
#[inline(never)]
fn tell(call: View<'_>, amount: u128) -> Outcome {
    call.reply(&[word::of_u128(amount)])
}
