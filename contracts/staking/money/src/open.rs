//! A sequencer comes into being.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerStaking::Opened,
    account::Account,
    entry::{Outcome, Pay, Revert},
    host,
    slots::{self, staking},
    staking::{
        rules::{LIVE_LIMIT, Rules},
        sequencer::Identity,
        status::Status,
        totals::Counts,
    },
    word::{self, Immediate, Word},
};

use crate::{access, books, errors, exit, live, rules, sequencer};

const OPENED: Immediate = Immediate::new(Opened::SIGNATURE_HASH.0);

/// Takes the METIS sent as the bond of a new sequencer.
///
/// # Errors
/// `CallerNotRegistry`, `EntriesPaused`, `AccountZero`, `BondTooSmall`, `MaxLockExceeded`,
/// `SequencersFull`, `SequencerUnknown`, `DisplacementRefused`, `LedgerOverflow`.
///
/// # Events
/// Those of [`exit::exit`] for the one that makes room, `Opened`.
///
/// # Access
/// The registry.
pub(crate) fn open(call: Pay<'_>) -> Outcome {
    let [owner, recipient, commission, displaced] = call.words()?;
    let (owner, recipient) = (call.address(owner)?, call.address(recipient)?);
    let commission = call.number::<32>(commission)?;
    access::check_registry()?;
    let (rules, now) = (rules::open()?, host::timestamp());
    if owner.is_zero() || recipient.is_zero() {
        return Err(errors::account_zero());
    }
    let bond = word::to_u128_saturating(&call.assets());
    if bond < rules.min_bond {
        return Err(errors::bond_too_small(bond, rules.min_bond));
    }
    rules::check_max_lock(bond)?;
    make_room(displaced, bond, &rules, now)?;
    let mut ledger = books::ledger_with(bond)?;

    let counts = books::counts();
    let sequencers = counts.sequencers.saturating_add(1);
    #[cfg(feature = "mutants")]
    let sequencers = crate::broken::opened(sequencers);
    let group = group_of(&owner, &counts);
    let groups = counts.groups.max(group);
    books::store_counts(&Counts { sequencers, groups, ..counts });
    // Its slots are empty, and are about to be written.
    let mut sequencer = sequencer::at(sequencers as u32);
    sequencer.money.group = group;
    let before = sequencer.money;
    (sequencer.money.bond, sequencer.money.commission) = (bond, commission);
    live::add(sequencer.id);
    sequencer.store_identity(&Identity { owner, registered: now, jailed_until: 0 });
    sequencer::store_field(staking::RECIPIENT, sequencer.id, recipient.word());
    ledger.bonds = ledger.bonds.saturating_add(bond);
    books::store_ledger(&ledger);
    books::move_stake(&before, &sequencer.money, now);
    sequencer.commit(now);
    let event = [
        OPENED.word(),
        sequencer.word(),
        *owner.word(),
        *recipient.word(),
        word::count(group),
        word::amount(bond),
        sequencer.nonce(),
    ];
    host::log(&event, 4);
    call.commit(&[sequencer.word()])
}

/// Makes sure that there is room on the list, if need be in place of an idle sequencer.
///
/// # Errors
/// `SequencersFull`, `SequencerUnknown`, `DisplacementRefused`.
fn make_room(displaced: &Word, bond: u128, rules: &Rules, now: u64) -> Result<(), Revert> {
    let is_full = books::counts().live >= LIVE_LIMIT;
    if word::halves(displaced) == (0, 0) {
        return if is_full { Err(errors::sequencers_full()) } else { Ok(()) };
    }
    let mut idle = sequencer::load(displaced)?;
    let makes_room = is_full
        && idle.status(rules) == Status::Candidate
        && exit::is_idle(&idle, now)
        && bond > idle.money.bond;
    if !makes_room {
        return Err(errors::displacement_refused(displaced, idle.money.bond, bond));
    }
    exit::retire(&mut idle)
}

/// The operator group of an owner, a new one for a new owner.
fn group_of(owner: &Account, counts: &Counts) -> u64 {
    let slot = slots::keyed(staking::GROUP_OF, 0, 0, owner);
    match word::low_u128(&host::load(&slot)) as u64 {
        0 => {
            let group = counts.groups.saturating_add(1);
            host::store(&slot, &word::count(group));
            group
        }
        group => group,
    }
}
