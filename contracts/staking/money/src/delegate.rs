//! METIS in, shares of a sequencer out.

use alloy_sol_types::{SolCall, SolEvent};
use emetis_common::{
    abi::{ISequencerQuota::checkCall, ISequencerStaking::Delegated},
    account::Account,
    entry::{Outcome, Pay, Revert},
    guard, host,
    mutants::{Mutant, mutant},
    staking::{
        LIMIT, METIS, SHARES_LIMIT,
        position::Position,
        rules::{Ceiling, Rules},
        status,
    },
    word::{self, Immediate, Word},
};

use crate::{
    books, errors, pools, rewards, rules,
    sequencer::{self, Sequencer},
};

const DELEGATED: Immediate = Immediate::new(Delegated::SIGNATURE_HASH.0);

/// Gas that the quota gets. It needs 9,700 for a pool, and the most where 16 groups share a cap and the
/// answer depends on 16 pools: 4,000 to enter and read its own four slots, 10,500 for those of groups, 15
/// questions for their stake of 3,300 each, 38,000 for the list of pools and 15 questions of 3,600. A test
/// measures 175,000; the rest is reserve for prices that change.
const QUOTA_GAS: u64 = 250_000;

/// Delegates the METIS sent.
///
/// # Rounding
/// Shares down.
///
/// # Errors
/// `EntriesPaused`, `SequencerUnknown`, `AssetsZero`, `SequencerExiting`, `SlashPending`,
/// `SequencerJailed`, `BondTooSmall`, `MaxLockExceeded`, `SharesOverflow`, `DelegationTooSmall`,
/// `LedgerOverflow`; those of the quota, `QuotaUnavailable`.
///
/// # Events
/// `RewardsAccrued`, `Delegated`.
pub(crate) fn delegate(call: Pay<'_>) -> Outcome {
    let [id] = call.words()?;
    let (account, now) = (host::caller(), host::timestamp());
    let rules = rules::open()?;
    let mut sequencer = sequencer::load(id)?;
    let assets = word::to_u128_saturating(&call.assets());
    if assets == 0 {
        return Err(errors::assets_zero());
    }
    check_open(&sequencer, now)?;
    let index = if mutant(Mutant::EntrantEarnsPast) {
        rewards::index(sequencer.id).index
    } else {
        rewards::touch(&mut sequencer)
    };

    let before = sequencer.money;
    let ceiling = rules::ceiling();
    sequencer.money.delegated = grown(&sequencer, assets, &rules, &ceiling)?;
    let minted = shares_down(&sequencer, before.delegated, assets)?;
    let position = opened(pools::position(&mut sequencer, &account), &account);
    let minted = minted.saturating_add(u128::from(mutant(Mutant::DelegateRoundsUp)));
    let shares = position.shares.saturating_add(minted);
    sequencer.shares.total = sequencer.shares.total.saturating_add(minted);
    let value = sequencer.shares.assets_down(shares, sequencer.money.delegated);
    if value < METIS {
        return Err(errors::delegation_too_small(value));
    }
    let mut ledger = books::ledger_with(assets)?;
    let request = Request { sequencer: &sequencer, before: before.delegated, minted };
    ask_quota(&request, &account, assets, &position, &ceiling)?;

    if position.pooled {
        ledger.pooled = ledger.pooled.saturating_add(assets);
        pools::move_stake(&account, 0, assets, now);
    } else {
        sequencer.shares.direct = sequencer.shares.direct.saturating_add(minted);
    }
    let after = position.with_shares(shares, index);
    #[cfg(feature = "mutants")]
    let (after, ledger) = crate::broken::delegated(position, after, ledger);
    sequencer.store_position(&account, &after);
    books::store_ledger(&ledger);
    if !mutant(Mutant::DelegateSkipsTotal) {
        books::move_stake(&before, &sequencer.money, now);
    }
    sequencer.commit(now);
    let event = [
        DELEGATED.word(),
        *account.word(),
        sequencer.word(),
        word::amount(assets),
        word::amount(minted),
        word::amount(sequencer.money.delegated),
        sequencer.nonce(),
    ];
    host::log(&event, 3);
    call.commit(&[word::amount(minted)])
}

/// Refuses while a sequencer takes no delegations.
///
/// # Errors
/// `SequencerExiting`, `SlashPending`, `SequencerJailed`.
fn check_open(sequencer: &Sequencer, now: u64) -> Result<(), Revert> {
    let id = sequencer.word();
    if sequencer.money.exiting {
        return Err(errors::sequencer_exiting(&id));
    }
    if sequencer.money.held && mutant(Mutant::DelegateIgnoresHold) {
        return Ok(());
    }
    if let Some(hold) = sequencer.live_hold(now) {
        return Err(errors::slash_pending(&id, hold.until));
    }
    if sequencer.money.jailed {
        return Err(errors::sequencer_jailed(&id));
    }
    Ok(())
}

/// What is delegated with so much more.
///
/// # Errors
/// `BondTooSmall`, `MaxLockExceeded`.
fn grown(
    sequencer: &Sequencer,
    assets: u128,
    rules: &Rules,
    ceiling: &Ceiling,
) -> Result<u128, Revert> {
    let money = &sequencer.money;
    let delegated = money.delegated.saturating_add(assets);
    let stake = money.bond.saturating_add(delegated);
    let needed = status::bond_needed(stake, rules);
    if money.bond < needed && !mutant(Mutant::DelegateIgnoresBond) {
        return Err(errors::bond_too_small(money.bond, needed));
    }
    if stake > ceiling.max_lock.min(LIMIT) && !mutant(Mutant::MaxLockIgnored) {
        return Err(errors::max_lock_exceeded(stake, ceiling.max_lock));
    }
    Ok(delegated)
}

/// Shares for assets, rounded down.
///
/// # Errors
/// `SharesOverflow`.
fn shares_down(sequencer: &Sequencer, delegated: u128, assets: u128) -> Result<u128, Revert> {
    let shares = &sequencer.shares;
    let minted = shares.shares_down(assets, delegated).unwrap_or(u128::MAX);
    match shares.total.checked_add(minted) {
        Some(total) if total <= SHARES_LIMIT => Ok(minted),
        _ => Err(errors::shares_overflow(shares.total, minted)),
    }
}

/// A position that is about to get shares. What an empty one counts as is decided now.
fn opened(mut position: Position, account: &Account) -> Position {
    if position.shares == 0 && !mutant(Mutant::PoolCountsAsDirect) {
        position.pooled = pools::is_registered(account);
    }
    position
}

/// A sequencer with what is about to be delegated, and what was before.
struct Request<'a> {
    sequencer: &'a Sequencer,
    before: u128,
    minted: u128,
}

/// Asks the quota, with every figure of stake as it is before the delegation.
///
/// # Errors
/// Those of the quota, `QuotaUnavailable`.
#[inline(never)]
fn ask_quota(
    request: &Request<'_>,
    account: &Account,
    assets: u128,
    position: &Position,
    ceiling: &Ceiling,
) -> Result<(), Revert> {
    let Request { sequencer, before, minted } = *request;
    let money = &sequencer.money;
    let shares = sequencer.shares;
    let shares = emetis_common::staking::sequencer::Shares {
        total: shares.total.saturating_sub(minted),
        ..shares
    };
    let (all, ledger) = (books::stake().stake, books::ledger());
    let nobody = Account::low(&word::count(0));
    let (pool, pool_stake) =
        if position.pooled { (account, books::pool(account).stake) } else { (&nobody, 0) };
    let direct = all.saturating_sub(ledger.bonds).saturating_sub(ledger.pooled);
    let question: [Word; 15] = [
        word::of_selector(checkCall::SELECTOR),
        *pool.word(),
        sequencer.word(),
        word::amount(assets),
        word::count(money.group),
        word::amount(money.bond.saturating_add(before)),
        word::amount(money.bond),
        word::amount(shares.assets_down(shares.direct, before)),
        word::amount(books::group_stake(money.group)),
        word::amount(pool_stake),
        word::amount(shares.assets_down(position.shares, before)),
        word::amount(direct),
        word::amount(all),
        word::amount(rules::load().activation_threshold),
        word::amount(ceiling.max_lock),
    ];
    let magic = word::of_bytes4(checkCall::SELECTOR);
    let quota = &ceiling.quota;
    if guard::consult(quota, word::after_selector(&question), QUOTA_GAS, &magic)? {
        Ok(())
    } else {
        Err(errors::quota_unavailable(quota))
    }
}
