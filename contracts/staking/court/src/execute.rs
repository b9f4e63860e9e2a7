//! Executing a proposal.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISlashingCourt::SlashExecuted,
    account::Account,
    court::State,
    entry::{Change, Outcome},
    host,
    word::{self, Immediate},
};

use crate::{
    errors, head,
    pools::{self, Told},
    proposals, staking,
};

const SLASH_EXECUTED: Immediate = Immediate::new(SlashExecuted::SIGNATURE_HASH.0);

/// Takes what a proposal fixed.
///
/// # Errors
/// `ProposalNotPending`, `ExecutionTooEarly`, `ExecutionTooLate`.
///
/// # Events
/// `SlashExecuted`; of staking `Slashed`; the pushes.
///
/// # Access
/// Anyone.
pub(crate) fn execute(call: Change<'_>) -> Outcome {
    let [number] = call.words()?;
    let case = proposals::load(number);
    let proposal = case.proposal;
    proposal
        .state
        .check_execution(&case.times, host::timestamp())
        .map_err(|refusal| errors::refused(refusal, number, proposal.state))?;

    let mut told = Told::new();
    case.end(State::Executed, &mut told);
    let window = proposals::load_window(proposal.id).keep();
    proposals::store_window(proposal.id, &window);
    host::log(&[SLASH_EXECUTED.word(), *number, case.id(), *host::caller().word()], 4);
    let staking = head::load().staking;
    let losses = staking::take(&staking, &case.id())?;
    let registered = staking::pools(&staking);
    for (pool, loss) in registered.items().iter().zip(losses.items()) {
        let (pool, loss) = (Account::low(pool), word::low_u128(loss));
        if loss > 0 {
            pools::realise(&pool, loss);
            told.add(&pool);
        }
    }
    told.push()?;
    call.commit(&[])
}
