//! Wrong books, for the mutants that keep them. Absent from a release build.

use alloy_sol_types::SolCall;
use emetis_common::{
    abi::{IAccessManager::canCallCall, IRedemptionQueue::claimCall},
    entry::Revert,
    guard, host,
    mutants::{Mutant, mutant},
    queue::{Fill, Filled, Ticket},
    redemption::Rate,
    slots, storage,
    word::{self, Word},
};

use crate::{batches, errors, head, hub};

/// Whether a ticket may be cancelled though its batch is closed.
pub(crate) fn may_cancel(number: u32) -> bool {
    let is_waiting = !head::load().is_before_front(number);
    let is_begun = batches::filled(number).nominal() > 0;
    let broken = if is_begun { Mutant::PartFillCancels } else { Mutant::CancelClosed };
    is_waiting && mutant(broken)
}

/// A fill at the rate of the one before it.
pub(crate) fn fill(before: &Filled, batch: u128, available: u128) -> Option<(Filled, Fill)> {
    let is_second = mutant(Mutant::SecondFillAtFirstRate) && before.nominal() > 0;
    is_second.then(|| before.fill(batch, &Rate::new(before.assets(), before.nominal()), available))
}

/// What goes into escrow.
pub(crate) fn escrowed(sum: Fill) -> Fill {
    if mutant(Mutant::DonationIsEscrow) {
        let balance = word::low_u128(&host::balance(&host::contract()));
        Fill { assets: balance.saturating_sub(head::sums().escrow), ..sum }
    } else {
        sum
    }
}

/// What a ticket was filled with.
pub(crate) fn share(share: u128, ticket: &Ticket) -> u128 {
    if mutant(Mutant::ClaimRoundsUp) {
        share.saturating_add(1)
    } else if mutant(Mutant::ClaimBeforeFill) {
        ticket.nominal
    } else if mutant(Mutant::LossOnFilled) {
        share.min(hub::books(&head::hub()).rate.assets_down(ticket.nominal))
    } else {
        share
    }
}

/// Refuses a claim without an authority that answers.
pub(crate) fn ask_authority(id: &Word) -> Result<(), Revert> {
    let authority = storage::load_account(slots::AUTHORITY);
    let question = [
        word::of_selector(canCallCall::SELECTOR),
        *host::caller().word(),
        *host::contract().word(),
        word::of_bytes4(claimCall::SELECTOR),
    ];
    if mutant(Mutant::QueueAsksAuthority)
        && guard::ask(&authority, word::after_selector(&question)).is_none()
    {
        return Err(errors::nonexistent_token(id));
    }
    Ok(())
}
