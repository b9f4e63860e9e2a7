//! RWD-6: rewards unlock linearly, and a loss takes what is locked first.

use alloy_primitives::{Address, U256};
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::IStakedMetis as Vault;

use super::super::action::Actor;
use super::super::model::{CYCLE, INTERVAL, Key, Program, ceil_div, largest};
use super::super::spec::RWD_6;
use super::super::world::{Seen, World};
use super::{Observed, ask};

/// What the stream did over a call.
pub fn call(tally: &mut Tally, seen: &Observed<'_>) -> Result<(), Violation> {
    let (before, after) = (seen.before, seen.after);
    let locked = before.books.still_locked(before.now);
    if seen.did::<Vault::notifyCall>(Program::Vault) {
        return notified(tally, seen, locked);
    }
    let rest = match seen.loss_and_pending() {
        Some((loss, _)) => locked.saturating_sub(loss),
        None => locked,
    };
    let found = after.books.still_locked(after.now);
    tally.check(RWD_6, found == rest, || {
        format!("{locked} were locked, now {found} are, expected {rest}")
    })?;
    let notified = before.books.notified == after.books.notified;
    tally.check(RWD_6, notified, || "the time of the last reward moved".into())
}

/// A reward: by the pool, in time, continuous, and ending where the reference says.
fn notified(tally: &mut Tally, seen: &Observed<'_>, locked: U256) -> Result<(), Violation> {
    let (before, after, caller) = (&seen.before.books, &seen.after.books, seen.transaction.caller);
    let now = seen.before.now;
    let reward = after.ledger.saturating_sub(before.ledger);
    tally.check(RWD_6, caller == seen.cast.address(Actor::Allocator), || {
        format!("{} brought a reward and is not the pool", seen.cast.name(caller))
    })?;
    tally.check(RWD_6, now >= before.notified + INTERVAL, || {
        format!("rewards came at {} and at {now}", before.notified)
    })?;
    let (old, new) = (before.total_assets(now), after.total_assets(now));
    tally.check(RWD_6, old == new, || {
        format!("a reward of {reward} moved totalAssets from {old} to {new} at once")
    })?;
    let left = U256::from(before.end().saturating_sub(now));
    let weighed = locked * left + reward * U256::from(CYCLE);
    let expected = U256::from(now) + ceil_div(weighed, (locked + reward).max(U256::ONE));
    tally.check(RWD_6, U256::from(after.end()) == expected, || {
        format!("the stream ends at {}, expected {expected}", after.end())
    })
}

/// Over time: no faster and no slower than the seconds go.
pub fn time(tally: &mut Tally, before: &Seen, after: &Seen) -> Result<(), Violation> {
    let books = &before.books;
    let (start, end) = (before.now.min(books.end()), after.now.min(books.end()));
    let unlocked =
        books.still_locked(before.now).saturating_sub(after.books.still_locked(after.now));
    let (span, length) = (U256::from(end - start), U256::from(books.length.max(1)));
    let due = books.locked * span / length;
    tally.check(RWD_6, unlocked.abs_diff(due) <= U256::ONE, || {
        format!("{unlocked} unlocked in {} seconds, expected {due}", after.now - before.now)
    })
}

/// The program tells of the stream what the books say.
pub fn told(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let (books, now) = (&world.seen.books, world.seen.now);
    let locked = books.still_locked(now);
    let stream = world.view(Program::Vault, Vault::streamCall {});
    let same = stream
        .as_ref()
        .is_ok_and(|stream| stream.locked == locked && stream.end == U256::from(books.end()));
    tally.check(RWD_6, same, || {
        format!("the stream is {stream:?}, expected {locked} locked to {}", books.end())
    })?;
    let totals = world.view(Program::Vault, Vault::totalsCall {});
    let same = totals.as_ref().is_ok_and(|totals| {
        (totals.ledger, totals.shares, totals.locked) == (books.ledger, books.shares, locked)
            && (totals.pending, totals.provision) == (books.pending, books.provision(now))
    });
    tally.check(RWD_6, same, || format!("the books are {totals:?}, expected {books:?}"))
}

/// Who enters before a reward and leaves after it in the same second gains nothing.
pub fn sandwich(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let (cast, now) = (&world.cast, world.seen.now);
    let (mallory, pool) = (cast.address(Actor::Mallory), cast.address(Actor::Allocator));
    let (stake, reward) = (U256::from(10).pow(U256::from(21)), U256::from(10).pow(U256::from(18)));
    if !world.seen.is_open() || world.seen.books.max_deposit(now) < stake + reward {
        return Ok(());
    }
    let mut fork = world.chain.clone();
    let vault = cast.program(Program::Vault);
    for (account, assets) in [(mallory, stake), (pool, reward)] {
        endow(&mut fork, world, account, assets, vault);
    }
    if now < world.seen.books.notified + INTERVAL {
        fork.advance(INTERVAL);
    }
    let deposit = Vault::depositCall { assets: stake, receiver: mallory };
    let Ok(shares) = ask(&mut fork, cast, mallory, Program::Vault, deposit) else {
        return Ok(());
    };
    let brought = ask(&mut fork, cast, pool, Program::Vault, Vault::notifyCall { assets: reward });
    let redeem = Vault::redeem_0Call { shares, receiver: mallory, owner: mallory };
    let left = ask(&mut fork, cast, mallory, Program::Vault, redeem);
    let gained = left.as_ref().is_ok_and(|assets| *assets > stake);
    tally.check(RWD_6, brought.is_ok() && left.is_ok() && !gained, || {
        format!("{stake} in, a reward of {reward} ({brought:?}), out again: {left:?}")
    })
}

/// Surgery on a fork: so much eMETIS for an account, which the spender may take.
pub(super) fn endow(
    fork: &mut emetis::Chain,
    world: &World,
    account: Address,
    assets: U256,
    spender: Address,
) {
    let (cast, hub) = (&world.cast, world.cast.program(Program::Hub));
    fork.set_storage(hub, cast.slot(Key::Balance(account)), assets & largest(128));
    fork.set_storage(hub, cast.slot(Key::Allowance(account, spender)), U256::MAX);
}
