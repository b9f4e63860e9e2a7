//! The way out of a sequencer, by its owner or without.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerStaking::ExitRequested,
    entry::{Change, Outcome, Revert},
    host,
    mutants::{Mutant, mutant},
    staking::{rules::IDLE, status::Status},
    word::Immediate,
};

use crate::{
    access, bond, errors, live, rewards, rules,
    sequencer::{self, Sequencer},
};

const EXIT_REQUESTED: Immediate = Immediate::new(ExitRequested::SIGNATURE_HASH.0);

/// Starts to unbond the whole bond; delegations only leave from now on. Nothing closes it.
///
/// # Errors
/// `SequencerUnknown`, `CallerNotOwner`, `SequencerExiting`.
///
/// # Events
/// `RewardsAccrued`, `BondUnlockRequested`, `ExitRequested`.
pub(crate) fn exit(call: Change<'_>) -> Outcome {
    let [id] = call.words()?;
    let mut sequencer = sequencer::load(id)?;
    access::check_owner(&sequencer.identity().owner)?;
    if sequencer.money.exiting {
        return Err(errors::sequencer_exiting(id));
    }

    retire(&mut sequencer)?;
    call.commit(&[])
}

/// The same for a sequencer that has not been Active for 30 days, or at any time for whom the
/// authority lets in.
///
/// # Errors
/// `SequencerUnknown`, `SequencerExiting`, `EjectionTooEarly`; `AccessManagedUnauthorized` never: who
/// is not let in is told when anybody may.
///
/// # Events
/// As [`exit`].
pub(crate) fn eject(call: Change<'_>) -> Outcome {
    let [id] = call.words()?;
    let mut sequencer = sequencer::load(id)?;
    if sequencer.money.exiting {
        return Err(errors::sequencer_exiting(id));
    }
    // Asked last: from its time on, ejection needs no authority that works.
    let is_idle = is_idle(&sequencer, host::timestamp()) || mutant(Mutant::EjectAnytime);
    if !is_idle && call.restricted().is_err() {
        return Err(errors::ejection_too_early(id, inactive_since(&sequencer)));
    }

    retire(&mut sequencer)?;
    call.commit(&[])
}

/// Whether a sequencer is not Active, and was seen so 30 days ago and ever since.
pub(crate) fn is_idle(sequencer: &Sequencer, now: u64) -> bool {
    let since = inactive_since(sequencer);
    since != 0 && now >= since.saturating_add(IDLE)
}

/// Unbonds the bond of a sequencer for its owner and takes it off the list of live ones.
///
/// # Errors
/// `LedgerOverflow`, out of reach while the books fit.
///
/// # Events
/// `RewardsAccrued`, `BondUnlockRequested`, `ExitRequested`.
#[inline(never)]
pub(crate) fn retire(sequencer: &mut Sequencer) -> Result<(), Revert> {
    let now = host::timestamp();
    rewards::touch(sequencer);

    sequencer.money.exiting = true;
    sequencer.money.count_change();
    if !mutant(Mutant::LiveKeepsExiting) {
        live::remove(sequencer.id);
    }
    let assets = sequencer.money.bond;
    if assets != 0 {
        let owner = sequencer.identity().owner;
        let owner = if mutant(Mutant::EjectPaysCaller) { host::caller() } else { owner };
        bond::unlock(sequencer, &owner, assets, now)?;
    }
    sequencer.save(now);
    let event =
        [EXIT_REQUESTED.word(), sequencer.word(), *host::caller().word(), sequencer.nonce()];
    host::log(&event, 3);
    Ok(())
}

fn inactive_since(sequencer: &Sequencer) -> u64 {
    match sequencer.status(&rules::load()) {
        Status::Active => 0,
        _ => sequencer.shares.inactive_since,
    }
}
