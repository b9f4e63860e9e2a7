//! What the queue tells about tickets, batches and itself.

use emetis_common::{
    art,
    entry::{Outcome, View},
    host,
    queue::{Batch, Number, Ticket},
    word::{self, Word},
};

use crate::{batches, head, tickets};

/// What a batch is, as the interface numbers it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    None,
    Open,
    Closed,
    Filled,
}

impl State {
    /// As the picture of a ticket shows it.
    pub(crate) fn of_art(self) -> art::State {
        match self {
            Self::None | Self::Open => art::State::Open,
            Self::Closed => art::State::Closed,
            Self::Filled => art::State::Filled,
        }
    }
}

/// A batch, and what it is.
#[inline(never)]
pub(crate) fn batch_and_state(number: u32) -> (Batch, State) {
    let (head, batch) = (head::load(), batches::load(number));
    let state = if number == 0 || number > head.batch() {
        State::None
    } else if head.is_before_front(number) {
        State::Filled
    } else if head.is_open(number, host::timestamp(), &batch) {
        State::Open
    } else {
        State::Closed
    };
    (batch, state)
}

/// A ticket with all there is to know of it.
pub(crate) fn ticket_of(call: View<'_>) -> Outcome {
    let [id] = call.words()?;
    let Some((number, ticket)) = found(id) else {
        return call.reply(&[word::count(0); 6]);
    };
    let (_, state) = batch_and_state(number.batch);
    let claimed = tickets::claimed(number, &ticket);
    let claimable = claimable_of(number, &ticket);
    call.reply(&[
        *ticket.owner.word(),
        word::count(number.batch.into()),
        word::count(state as u64),
        word::amount(ticket.nominal),
        word::amount(claimed),
        word::amount(claimable),
    ])
}

/// A batch with all there is to know of it.
pub(crate) fn batch_of(call: View<'_>) -> Outcome {
    let [number] = call.words()?;
    // Numbers beyond 32 bits are nobody's, as zero is.
    let number = word::to_u32(number).unwrap_or(0);
    let ((batch, state), filled) = (batch_and_state(number), batches::filled(number));
    call.reply_amounts(&[state as u128, batch.nominal(), filled.nominal(), filled.assets()])
}

/// All figures of the queue.
pub(crate) fn totals(call: View<'_>) -> Outcome {
    let head = head::load();
    let last = batches::load(head.batch());
    call.reply_amounts(&[
        head::due(),
        head::sums().escrow,
        head.front().into(),
        head.batch().into(),
        last.closes().into(),
        last.tickets().into(),
    ])
}

/// What waits.
pub(crate) fn due(call: View<'_>) -> Outcome {
    call.reply(&[word::amount(head::due())])
}

/// What waits in closed batches.
pub(crate) fn closed_due(call: View<'_>) -> Outcome {
    call.reply(&[word::amount(waiting_closed())])
}

/// What waits in closed batches, in wei of eMETIS.
pub(crate) fn waiting_closed() -> u128 {
    let head = head::load();
    let last = batches::load(head.batch());
    let is_closed = head.is_closed(head.batch(), host::timestamp(), &last);
    let counted = if is_closed { head.uncounted(&last) } else { 0 };
    // Parts of what the queue holds, which fits 84 bits.
    head::sums().waiting.saturating_add(counted)
}

/// What a ticket can claim.
pub(crate) fn claimable(call: View<'_>) -> Outcome {
    let [id] = call.words()?;
    let claimable = found(id).map_or(0, |(number, ticket)| claimable_of(number, &ticket));
    call.reply(&[word::amount(claimable)])
}

/// How long batches last.
pub(crate) fn batch_length(call: View<'_>) -> Outcome {
    call.reply(&[word::count(head::load().length())])
}

/// The hub.
pub(crate) fn hub(call: View<'_>) -> Outcome {
    call.reply(&[*head::hub().word()])
}

/// What a ticket that is there can claim, in wei of METIS.
pub(crate) fn claimable_of(number: Number, ticket: &Ticket) -> u128 {
    let share = batches::filled(number.batch).share_down(ticket.nominal);
    share.saturating_sub(tickets::claimed(number, ticket))
}

/// A ticket that is there, without an error if it is not.
pub(crate) fn found(id: &Word) -> Option<(Number, Ticket)> {
    let number = Number::read(id)?;
    let ticket = tickets::load(number);
    if ticket.owner.is_zero() { None } else { Some((number, ticket)) }
}
