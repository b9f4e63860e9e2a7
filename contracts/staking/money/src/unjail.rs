//! The way out of jail.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerStaking::Unjailed,
    entry::{Change, Outcome},
    host,
    staking::{sequencer::Identity, status},
    word::Immediate,
};

use crate::{
    access, errors, rewards, rules,
    sequencer::{self, Sequencer},
};

const UNJAILED: Immediate = Immediate::new(Unjailed::SIGNATURE_HASH.0);

/// Leaves jail after the term, and pays what parked there. A sequencer on its way out has no duty to
/// come back to: then anyone may, so that its delegators get their rewards.
///
/// # Errors
/// `SequencerUnknown`, `CallerNotOwner`, `SequencerNotJailed`, `SlashPending`, `JailTermRunning`,
/// `BondTooSmall`.
///
/// # Events
/// `RewardsAccrued`, `Unjailed`.
pub(crate) fn unjail(call: Change<'_>) -> Outcome {
    let [id] = call.words()?;
    let (mut sequencer, now) = (sequencer::load(id)?, host::timestamp());
    let identity = sequencer.identity();
    if !sequencer.money.exiting {
        access::check_owner(&identity.owner)?;
    }
    if !sequencer.money.jailed {
        return Err(errors::sequencer_not_jailed(id));
    }
    if let Some(hold) = sequencer.live_hold(now) {
        return Err(errors::slash_pending(id, hold.until));
    }
    if now < identity.jailed_until {
        return Err(errors::jail_term_running(id, identity.jailed_until));
    }
    let needed = status::bond_needed(sequencer.money.stake(), &rules::load());
    if sequencer.money.bond < needed && !sequencer.money.exiting {
        return Err(errors::bond_too_small(sequencer.money.bond, needed));
    }
    rewards::touch(&mut sequencer);

    sequencer.money.count_change();
    free(&mut sequencer, &identity);
    sequencer.save(now);
    call.commit(&[])
}

/// Opens the jail and tells it. The sequencer is left to be written.
///
/// # Events
/// `RewardsAccrued`, `Unjailed`.
pub(crate) fn free(sequencer: &mut Sequencer, identity: &Identity) {
    sequencer.money.jailed = false;
    sequencer.store_identity(&Identity { jailed_until: 0, ..*identity });
    rewards::free(sequencer);
    host::log(&[UNJAILED.word(), sequencer.word(), sequencer.nonce()], 2);
}
