//! SAF-4: what the programs wrote is what their pure cores compute natively.

use alloy_primitives::U256;
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::{ILiquidStaking as Hub, IStakedMetis as Vault};
use emetis_common::books::{Books as Core, Refusal};
use emetis_common::stream::Stream;
use emetis_common::totals::Totals;

use super::super::action::Program;
use super::super::model::{Books, Key};
use super::super::spec::SAF_4;
use super::Observed;

/// The hub's packed slot after METIS came in.
pub fn hub(tally: &mut Tally, seen: &Observed<'_>) -> Result<(), Violation> {
    let deposits = seen.did::<Hub::depositCall>(Program::Hub)
        || seen.did::<Hub::depositAndStakeCall>(Program::Hub);
    if !(deposits || seen.did::<Hub::receiveRewardsCall>(Program::Hub)) {
        return Ok(());
    }
    let totals = seen
        .changes
        .iter()
        .find(|change| (change.program, change.key) == (Program::Hub, Key::Word(0)));
    let Some(totals) = totals else { return Ok(()) };
    let before = Totals::unpack(&totals.before.to_be_bytes());
    let assets = seen.transaction.value.saturating_to::<u128>();
    // A deposit forgets a pause and a wait that are over.
    let after = if deposits {
        before.with_pause(false).with_wait(false).deposit(assets)
    } else {
        before.receive_rewards(assets)
    };
    let expected = after.map(|after| U256::from_be_bytes(after.pack()));
    tally.check(SAF_4, expected == Ok(totals.after), || {
        format!("the core computes {expected:?}, the program wrote {:#x}", totals.after)
    })
}

/// The vault's figures after an entry, an exit, a reward or a loss.
pub fn vault(tally: &mut Tally, seen: &Observed<'_>) -> Result<(), Violation> {
    let Some(expected) = computed(seen) else { return Ok(()) };
    let found = core(&seen.after.books);
    tally.check(SAF_4, found.is_some() && expected.as_ref().ok() == found.as_ref(), || {
        format!("the core computes {expected:?}, the program wrote {found:?}")
    })
}

/// What the core makes of the call, if it has a part in it.
fn computed(seen: &Observed<'_>) -> Option<Result<Core, Refusal>> {
    let (before, now) = (core(&seen.before.books)?, seen.before.now);
    let first = || seen.transaction.word(0);
    if seen.did::<Hub::depositAndStakeCall>(Program::Hub) {
        return Some(before.deposit(now, seen.transaction.value).map(|(after, _)| after));
    }
    if seen.did::<Vault::depositCall>(Program::Vault) {
        return Some(before.deposit(now, first()?).map(|(after, _)| after));
    }
    if seen.did::<Vault::mintCall>(Program::Vault) {
        return Some(before.mint(now, first()?).map(|(after, _)| after));
    }
    if seen.did::<Vault::notifyCall>(Program::Vault) {
        return Some(before.notify(now, first()?, seen.before.books.notified));
    }
    if let Some((loss, pending)) = seen.loss_and_pending() {
        return Some(before.settle(now, loss, pending));
    }
    let redeems = seen.did::<Vault::redeem_0Call>(Program::Vault)
        || seen.did::<Vault::redeem_1Call>(Program::Vault);
    if !(redeems || seen.did::<Vault::withdrawCall>(Program::Vault)) {
        return None;
    }
    let owner = Key::Balance(seen.transaction.address(2)?);
    let held = seen
        .changes
        .iter()
        .find(|change| (change.program, change.key) == (Program::Vault, owner))?;
    let balance = held.before.saturating_to();
    let left = if redeems {
        before.redeem(now, first()?.saturating_to(), balance)
    } else {
        before.withdraw(now, first()?, balance)
    };
    Some(left.map(|(after, _)| after))
}

/// Figures as the core has them, if they fit.
fn core(books: &Books) -> Option<Core> {
    let [shares, ledger, locked, pending] =
        [books.shares, books.ledger, books.locked, books.pending]
            .map(|figure| figure.saturating_to());
    Core::new(shares, ledger, Stream::new(locked, books.start, books.length), pending)
}
