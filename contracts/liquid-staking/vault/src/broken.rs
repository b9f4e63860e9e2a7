//! Wrong books, for the mutants that keep them. Absent from a release build.

use emetis_common::{
    books::Books,
    entry::Revert,
    host,
    mutants::{Mutant, mutant},
    pause,
    shares::Rate,
    stream::{CYCLE, INTERVAL, Stream},
    word,
};

use crate::{asset, books::Moment, errors};

/// The books as some mutants read them.
pub(crate) fn loaded(moment: Moment) -> Moment {
    if !mutant(Mutant::VaultDonationIsAsset) || moment.asset.is_zero() {
        return moment;
    }
    let ledger = word::low_u128(&asset::balance(&moment.asset));
    moment.with(with(&moment.books, moment.books.shares(), ledger))
}

/// The books as whoever enters finds them.
pub(crate) fn entered(moment: Moment) -> Moment {
    if mutant(Mutant::EntriesStayOpen) { without_pending(moment) } else { moment }
}

/// The books as whoever leaves finds them.
pub(crate) fn left(moment: Moment) -> Result<Moment, Revert> {
    if mutant(Mutant::ExitsClose) && moment.books.is_closed(moment.now) {
        return Err(errors::conversion_overflow(&word::ZERO));
    }
    if mutant(Mutant::PauseStopsExits) && moment.books.is_pause_set() {
        pause::check()?;
    }
    Ok(if mutant(Mutant::ExitDropsProvision) { without_pending(moment) } else { moment })
}

/// What a deposit makes of the books, and its shares.
pub(crate) fn deposit(after: Books, shares: u128) -> (Books, u128) {
    let after = kept_pending(after);
    if mutant(Mutant::DepositRoundsUp) {
        let more = after.shares().saturating_add(1);
        return (with(&after, more, after.ledger()), shares.saturating_add(1));
    }
    (after, shares)
}

/// What a mint makes of the books, and its assets.
pub(crate) fn mint(after: Books, assets: u128) -> (Books, u128) {
    if mutant(Mutant::MintRoundsDown) {
        let less = after.ledger().saturating_sub(1);
        return (with(&after, after.shares(), less), assets.saturating_sub(1));
    }
    (after, assets)
}

/// What `depositAndStake` makes of the books.
pub(crate) fn receive_deposit(before: &Books, after: Books) -> Books {
    if mutant(Mutant::StakeSkipsLedger) {
        with(&after, after.shares(), before.ledger())
    } else {
        after
    }
}

/// What a withdrawal makes of the books, and its shares.
pub(crate) fn withdraw(after: Books, shares: u128) -> (Books, u128) {
    let after = kept_pending(after);
    if mutant(Mutant::WithdrawRoundsDown) {
        let more = after.shares().saturating_add(1);
        return (with(&after, more, after.ledger()), shares.saturating_sub(1));
    }
    (after, shares)
}

/// What a redemption makes of the books, and its assets.
pub(crate) fn redeem(before: &Books, after: Books, assets: u128) -> (Books, u128) {
    let after = kept_pending(after);
    if mutant(Mutant::RedeemRoundsUp) {
        let less = after.ledger().saturating_sub(1);
        return (with(&after, after.shares(), less), assets.saturating_add(1));
    }
    if mutant(Mutant::RedeemKeepsSupply) {
        return (with(&after, before.shares(), after.ledger()), assets);
    }
    (after, assets)
}

/// What a reward makes of the books.
pub(crate) fn notify(now: u64, after: Books) -> Books {
    let stream = after.stream();
    let stream = if mutant(Mutant::StreamRestarts) {
        Stream::new(stream.amount(), now, CYCLE)
    } else if mutant(Mutant::RewardUnlocksAtOnce) {
        Stream::new(0, now, 0)
    } else if mutant(Mutant::StreamEndsLate) {
        Stream::new(stream.amount(), now, stream.length().saturating_add(INTERVAL))
    } else {
        stream
    };
    rebuilt(&after, after.shares(), after.ledger(), stream, after.pending())
}

/// What a loss makes of the books.
pub(crate) fn settle(before: &Books, after: Books) -> Books {
    if !mutant(Mutant::LossSparesStream) {
        return after;
    }
    let (shares, ledger) = (after.shares(), after.ledger());
    rebuilt(&after, shares, ledger, before.stream(), after.pending())
}

/// Whether a conversion favours whoever asks.
pub(crate) fn favours_caller() -> bool {
    mutant(Mutant::ConvertByCaller) && matches!(host::caller().bytes(), [.., last] if last % 2 == 0)
}

/// A rate that counts locked rewards as unlocked.
pub(crate) fn rate_without_stream() -> Option<Rate> {
    let moment = crate::books::load();
    let assets = moment.books.ledger().saturating_sub(moment.books.pending());
    mutant(Mutant::PreviewForgetsStream).then(|| Rate::new(assets, moment.books.shares()))
}

/// The pending loss, which the books of some mutants forgot, as it is stored.
fn kept_pending(after: Books) -> Books {
    let pending = crate::books::load().books.pending();
    rebuilt(&after, after.shares(), after.ledger(), after.stream(), pending)
}

fn without_pending(moment: Moment) -> Moment {
    let books = moment.books;
    moment.with(rebuilt(&books, books.shares(), books.ledger(), books.stream(), 0))
}

fn with(books: &Books, shares: u128, ledger: u128) -> Books {
    rebuilt(books, shares, ledger, books.stream(), books.pending())
}

/// Books of other figures, with the same pause; the same books if a figure is too wide.
fn rebuilt(books: &Books, shares: u128, ledger: u128, stream: Stream, pending: u128) -> Books {
    let rebuilt = Books::new(shares, ledger, stream, pending).unwrap_or(*books);
    rebuilt.with_pause(books.is_pause_set())
}
