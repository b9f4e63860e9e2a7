//! Vetoing a proposal.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISlashingCourt::SlashVetoed,
    account::Account,
    court::{State, WAIT},
    entry::{Outcome, Restricted},
    host,
    mutants::{Mutant, mutant},
    slots::{self, court},
    word::{self, Immediate, Word},
};

use crate::{errors, head, pools::Told, proposals, staking};

const SLASH_VETOED: Immediate = Immediate::new(SlashVetoed::SIGNATURE_HASH.0);

/// Ends a proposal without a loss, and lets its slasher wait.
///
/// # Errors
/// `ProposalNotPending`, `VetoTooLate`.
///
/// # Events
/// `SlashVetoed`; of staking `Released`, `Unjailed`; the pushes.
pub(crate) fn veto(call: Restricted<'_>) -> Outcome {
    let [number] = call.words()?;
    let (case, now) = (proposals::load(number), host::timestamp());
    let proposal = case.proposal;
    proposal
        .state
        .check_veto(&case.times, now)
        .map_err(|refusal| errors::refused(refusal, number, proposal.state))?;

    let mut told = Told::new();
    case.end(State::Vetoed, &mut told);
    let given_back = if mutant(Mutant::VetoKeepsRoom) { 0 } else { proposal.bps };
    let window = proposals::load_window(proposal.id).give_back(given_back);
    proposals::store_window(proposal.id, &window);
    let until = word::of_u64(now.saturating_add(WAIT));
    host::store(&slot(&proposal.slasher, proposal.id), &until);
    host::log(&[SLASH_VETOED.word(), *number, case.id(), *host::caller().word()], 4);
    staking::free(&head::load().staking, &case.id())?;
    told.push()?;
    call.commit(&[])
}

/// Until when a slasher who was vetoed waits, whether that is over or not.
pub(crate) fn barred_until(slasher: &Account, id: u32) -> u64 {
    word::low_u128(&host::load(&slot(slasher, id))) as u64
}

fn slot(slasher: &Account, id: u32) -> Word {
    slots::keyed(court::BARRED, id, 0, slasher)
}
