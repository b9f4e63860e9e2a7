//! Shares in; METIS begins to unbond.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerStaking::Undelegated,
    entry::{Change, Outcome},
    host,
    mutants::{Mutant, mutant},
    staking::METIS,
    word::{self, Immediate},
};

use crate::{
    books, errors, pools, rewards,
    sequencer::{self, Sequencer},
    unbond::{self, Side},
};

const UNDELEGATED: Immediate = Immediate::new(Undelegated::SIGNATURE_HASH.0);

/// Starts to unbond shares of the caller. Nothing closes it, and it asks nobody.
///
/// # Rounding
/// Assets down; the last shares take all that is left.
///
/// # Errors
/// `SequencerUnknown`, `SharesZero`, `SharesExceeded`, `DelegationTooSmall`.
///
/// # Events
/// `RewardsAccrued`, `Undelegated`.
pub(crate) fn undelegate(call: Change<'_>) -> Outcome {
    let [id, shares] = call.words()?;
    let (account, now) = (host::caller(), host::timestamp());
    let burned = word::to_u128_saturating(shares);
    let mut sequencer = sequencer::load(id)?;
    let position = pools::position(&mut sequencer, &account);
    if burned == 0 {
        return Err(errors::shares_zero());
    }
    let Some(left) = position.shares.checked_sub(burned) else {
        return Err(errors::shares_exceeded(shares, position.shares));
    };
    #[cfg(feature = "mutants")]
    crate::broken::leaving()?;
    let index = rewards::touch(&mut sequencer);

    let before = sequencer.money;
    let assets = remove(&mut sequencer, burned);
    let value = sequencer.shares.assets_down(left, sequencer.money.delegated);
    if left != 0 && value < METIS {
        return Err(errors::delegation_too_small(value));
    }

    if position.pooled {
        let mut ledger = books::ledger();
        ledger.pooled = ledger.pooled.saturating_sub(pools::move_stake(&account, assets, 0, now));
        books::store_ledger(&ledger);
    } else {
        sequencer.shares.direct = sequencer.shares.direct.saturating_sub(burned);
    }
    let position =
        if mutant(Mutant::UndelegateForgetsEarned) { position.claimed(index) } else { position };
    let mut position = position.with_shares(left, index);
    position.pooled = position.pooled && left != 0;
    sequencer.store_position(&account, &position);
    let bucket = unbond::join(&mut sequencer, Side::Delegations, &account, assets, now)?;
    if !mutant(Mutant::UndelegateKeepsGroup) {
        books::move_stake(&before, &sequencer.money, now);
    }
    sequencer.commit(now);
    let event = [
        UNDELEGATED.word(),
        *account.word(),
        sequencer.word(),
        bucket,
        *shares,
        word::amount(assets),
        word::amount(sequencer.money.delegated),
        sequencer.nonce(),
    ];
    host::log(&event, 4);
    call.commit(&[word::amount(assets), bucket])
}

/// Takes shares out of a sequencer. What they stood for.
fn remove(sequencer: &mut Sequencer, burned: u128) -> u128 {
    let (shares, money) = (&mut sequencer.shares, &mut sequencer.money);
    let assets = shares.assets_down(burned, money.delegated);
    shares.total = shares.total.saturating_sub(burned);
    money.delegated = money.delegated.saturating_sub(assets);
    assets.saturating_add(u128::from(mutant(Mutant::UndelegateRoundsUp)))
}
