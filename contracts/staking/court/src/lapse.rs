//! Clearing away a proposal that nobody executed in time.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISlashingCourt::SlashLapsed,
    court::Window,
    entry::{Change, Outcome},
    host,
    word::Immediate,
};

use crate::{
    errors,
    head::{self, Head},
    pools::Told,
    proposals::{self, Case},
    staking,
};

const SLASH_LAPSED: Immediate = Immediate::new(SlashLapsed::SIGNATURE_HASH.0);

/// Clears away a proposal. Its evidence can be used again, and the term in jail goes on.
///
/// # Errors
/// `ProposalNotPending`, `LapseTooEarly`.
///
/// # Events
/// `SlashLapsed`; of staking `Released`; the pushes.
///
/// # Access
/// Anyone.
pub(crate) fn lapse(call: Change<'_>) -> Outcome {
    let [number] = call.words()?;
    let case = proposals::load(number);
    let state = case.proposal.state;
    state
        .check_lapse(&case.times, host::timestamp())
        .map_err(|refusal| errors::refused(refusal, number, state))?;

    let mut told = Told::new();
    end(&head::load(), &case, &proposals::load_window(case.proposal.id), &mut told);
    told.push()?;
    call.commit(&[])
}

/// Clears away the pending proposal of a sequencer if its time is over. The window after it.
#[inline(never)]
pub(crate) fn clear_away(head: &Head, id: u32, now: u64, told: &mut Told) -> Window {
    let window = proposals::load_window(id);
    let case = proposals::load_numbered(window.pending);
    if case.proposal.state.is_over(&case.times, now) {
        end(head, &case, &window, told)
    } else {
        window
    }
}

fn end(head: &Head, case: &Case, window: &Window, told: &mut Told) -> Window {
    let after = case.end_lapsed(window, told);
    host::log(&[SLASH_LAPSED.word(), case.word(), case.id(), *host::caller().word()], 4);
    staking::clear(&head.staking, &case.id());
    after
}
