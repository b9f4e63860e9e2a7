//! The operator's own METIS, in and on its way out.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerStaking::{BondIncreased, BondUnlockRequested},
    account::Account,
    entry::{Change, Outcome, Pay, Revert},
    host,
    mutants::{Mutant, mutant},
    word::{self, Immediate, Word},
};

use crate::{
    access, books, errors, rewards, rules,
    sequencer::{self, Sequencer},
    unbond::{self, Side},
};

const BOND_INCREASED: Immediate = Immediate::new(BondIncreased::SIGNATURE_HASH.0);
const BOND_UNLOCK_REQUESTED: Immediate = Immediate::new(BondUnlockRequested::SIGNATURE_HASH.0);

/// Adds the METIS sent to the bond. Neither pause nor jail closes it, nor delegations: only the bond
/// itself is measured, so that it can always be restored. It waits for a proposal that is pending to end,
/// so that what is slashed is what was there.
///
/// # Errors
/// `SequencerUnknown`, `CallerNotOwner`, `AssetsZero`, `SequencerExiting`, `SlashPending`,
/// `MaxLockExceeded`, `LedgerOverflow`.
///
/// # Events
/// `RewardsAccrued`, `BondIncreased`.
pub(crate) fn increase_bond(call: Pay<'_>) -> Outcome {
    let [id] = call.words()?;
    let (mut sequencer, now) = (sequencer::load(id)?, host::timestamp());
    let owner = sequencer.identity().owner;
    access::check_owner(&owner)?;
    let assets = word::to_u128_saturating(&call.assets());
    if assets == 0 {
        return Err(errors::assets_zero());
    }
    if sequencer.money.exiting {
        return Err(errors::sequencer_exiting(&sequencer.word()));
    }
    let joins = mutant(Mutant::BondJoinsHold);
    if let Some(hold) = sequencer.live_hold(now).filter(|_| !joins) {
        return Err(errors::slash_pending(id, hold.until));
    }
    rules::check_max_lock(sequencer.money.bond.saturating_add(assets))?;
    let mut ledger = books::ledger_with(assets)?;
    rewards::touch(&mut sequencer);

    let before = sequencer.money;
    sequencer.money.bond = sequencer.money.bond.saturating_add(assets);
    ledger.bonds = ledger.bonds.saturating_add(assets);
    books::store_ledger(&ledger);
    books::move_stake(&before, &sequencer.money, now);
    sequencer.commit(now);
    let event = [
        BOND_INCREASED.word(),
        sequencer.word(),
        *owner.word(),
        word::amount(assets),
        word::amount(sequencer.money.bond),
        sequencer.nonce(),
    ];
    host::log(&event, 3);
    call.commit(&[])
}

/// Starts to unbond a part of the bond. Nothing closes it.
///
/// # Errors
/// `SequencerUnknown`, `CallerNotOwner`, `AssetsZero`, `BondExceeded`.
///
/// # Events
/// `RewardsAccrued`, `BondUnlockRequested`.
pub(crate) fn request_bond_unlock(call: Change<'_>) -> Outcome {
    let [id, assets] = call.words()?;
    let (mut sequencer, now) = (sequencer::load(id)?, host::timestamp());
    let owner = sequencer.identity().owner;
    access::check_owner(&owner)?;
    let unlocked = word::to_u128_saturating(assets);
    if unlocked == 0 {
        return Err(errors::assets_zero());
    }
    if unlocked > sequencer.money.bond {
        return Err(errors::bond_exceeded(assets, sequencer.money.bond));
    }
    rewards::touch(&mut sequencer);

    sequencer.money.count_change();
    let bucket = unlock(&mut sequencer, &owner, unlocked, now)?;
    sequencer.save(now);
    call.commit(&[bucket])
}

/// Moves bond into the bucket of today, for its owner, and tells it. The number of the bucket. The
/// sequencer is left to be written.
///
/// # Errors
/// `LedgerOverflow`, out of reach while the books fit.
///
/// # Events
/// `BondUnlockRequested`.
pub(crate) fn unlock(
    sequencer: &mut Sequencer,
    owner: &Account,
    assets: u128,
    now: u64,
) -> Result<Word, Revert> {
    let before = sequencer.money;
    sequencer.money.bond = sequencer.money.bond.saturating_sub(assets);
    let mut ledger = books::ledger();
    ledger.bonds = ledger.bonds.saturating_sub(assets);
    books::store_ledger(&ledger);
    books::move_stake(&before, &sequencer.money, now);
    let bucket = unbond::join(sequencer, Side::Bond, owner, assets, now)?;
    let event = [
        BOND_UNLOCK_REQUESTED.word(),
        sequencer.word(),
        *owner.word(),
        bucket,
        word::amount(assets),
        word::amount(sequencer.money.bond),
        sequencer.nonce(),
    ];
    host::log(&event, 4);
    Ok(bucket)
}
