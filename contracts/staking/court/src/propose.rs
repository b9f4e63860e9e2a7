//! Proposing a slash.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISlashingCourt::SlashProposed,
    account::Account,
    court::{Proposal, State, Times, Window, earliest_fault},
    entry::{Outcome, Restricted, Revert},
    host,
    mutants::{Mutant, mutant},
    slots::{self, court},
    word::{self, Immediate, Word},
};

use crate::{
    errors,
    head::{self, Head},
    lapse,
    pools::{self, Told},
    proposals::{self, Case},
    staking, veto,
};

const SLASH_PROPOSED: Immediate = Immediate::new(SlashProposed::SIGNATURE_HASH.0);

/// Proposes to slash, jails, holds, and tells the pools what they may lose.
///
/// # Errors
/// `SequencerUnknown`, `EvidenceZero`, `FaultTimeInvalid`, `EvidenceUsed`, `SlasherBarred`,
/// `SlashPending`, `SlashTooLarge`.
///
/// # Events
/// `SlashLapsed` for a pending proposal whose time is over; `SlashProposed`; of staking `Held`;
/// `LossPushed` or `LossPushFailed` for each pool concerned.
pub(crate) fn propose_slash(call: Restricted<'_>) -> Outcome {
    let [id, bps, fault, evidence] = call.words()?;
    let (head, now, slasher) = (head::load(), host::timestamp(), host::caller());
    let (sequencer, registered) = staking::registered(&head.staking, id)?;
    if *evidence == word::ZERO {
        return Err(errors::evidence_zero());
    }
    let period = staking::unbonding_period(&head.staking);
    let fault_time = check_fault(fault, earliest_fault(now, registered, period), now)?;
    let mut told = Told::new();
    let window = lapse::clear_away(&head, sequencer, now, &mut told);
    check_unused(evidence, sequencer, fault_time)?;
    let barred = veto::barred_until(&slasher, sequencer);
    if now < barred && !mutant(Mutant::SlasherNotBarred) {
        return Err(errors::slasher_barred(&slasher, id, barred));
    }
    let bps = check_room(&head, &window, id, bps, now)?;

    let slot = slots::variable(court::COUNT);
    let number = (word::low_u128(&host::load(&slot)) as u32).saturating_add(1);
    let times = Times::new(now, fault_time, &head.rules, period);
    let proposal = Proposal { slasher, id: sequencer, bps, state: State::Pending, pools: 0 };
    let case = Case { number, proposal, times };
    host::store(&slot, &case.word());
    case.store_new(evidence);
    proposals::store_window(sequencer, &window.reserve(now, number, bps));
    let until = word::of_u64(times.execute_until);
    let (number, bps) = (case.word(), word::of_u64(bps));
    let event = [
        SLASH_PROPOSED.word(),
        number,
        *id,
        *slasher.word(),
        bps,
        *fault,
        *evidence,
        word::of_u64(times.veto_until),
        until,
    ];
    host::log(&event, 4);
    let jailed_until = word::of_u64(now.saturating_add(head.rules.max_jail));
    let parts = staking::hold(&head.staking, [id, &bps, fault, &until, &jailed_until])?;
    provide(&head.staking, case, parts.items(), &mut told);
    told.push()?;
    call.commit(&[number])
}

/// The time of a fault that can be slashed.
fn check_fault(fault: &Word, earliest: u64, now: u64) -> Result<u64, Revert> {
    let time = word::to_u128_saturating(fault);
    let is_valid = time >= u128::from(earliest) && time <= u128::from(now);
    if !is_valid && !mutant(Mutant::FaultAnytime) {
        return Err(errors::fault_time_invalid(fault, earliest, now));
    }
    Ok(time as u64)
}

/// Refuses evidence, and the fault of a day, that was used.
fn check_unused(evidence: &Word, id: u32, fault: u64) -> Result<(), Revert> {
    let evidence_slot = proposals::used_slot(evidence);
    let fault_slot = proposals::fault_slot(id, fault);
    for (slot, escape) in [(evidence_slot, Mutant::EvidenceTwice), (fault_slot, Mutant::FaultTwice)]
    {
        let proposal = host::load(&slot);
        if proposal != word::ZERO && !mutant(escape) {
            return Err(errors::evidence_used(evidence, &proposal));
        }
    }
    Ok(())
}

/// Refuses while a proposal is pending, and what the window has not left. The part, in bps.
fn check_room(
    head: &Head,
    window: &Window,
    id: &Word,
    bps: &Word,
    now: u64,
) -> Result<u64, Revert> {
    if window.pending != 0 {
        let until = proposals::load_numbered(window.pending).times.execute_until;
        return Err(errors::slash_pending(id, until));
    }
    let room = window.room(now, head.rules.max_slash);
    match word::to_u128_saturating(bps) {
        part if part == 0 || part > u128::from(room) => Err(errors::slash_too_large(bps, room)),
        part => Ok(part as u64),
    }
}

/// Provisions what pools may lose.
#[inline(never)]
fn provide(staking: &Account, case: Case, parts: &[Word], told: &mut Told) {
    let registered = staking::pools(staking);
    let mut count = 0;
    for (pool, part) in registered.items().iter().zip(parts) {
        let (pool, part) = (Account::low(pool), word::low_u128(part));
        if part > 0 {
            pools::provide(case.number, count, &pool, part);
            told.add(&pool);
            count = count.saturating_add(1);
        }
    }
    Case { proposal: Proposal { pools: count, ..case.proposal }, ..case }.store();
}
