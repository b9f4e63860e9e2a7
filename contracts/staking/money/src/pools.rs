//! Registered pools: whose stake is counted apart, and who is told what it may lose.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerStaking::{PoolRegistered, PoolRemoved},
    account::Account,
    entry::{Change, Outcome, Restricted},
    host,
    mutants::{Mutant, mutant},
    slots::{self, staking},
    staking::{METIS, hold::Hold, position::Position, rules::POOL_LIMIT, totals::Counts},
    storage,
    word::{self, Immediate, Word},
};

use crate::{
    books, errors,
    sequencer::Sequencer,
    unbond::{Scope, Side},
};

const POOL_REGISTERED: Immediate = Immediate::new(PoolRegistered::SIGNATURE_HASH.0);
const POOL_REMOVED: Immediate = Immediate::new(PoolRemoved::SIGNATURE_HASH.0);

/// The mark of a registered pool's stake.
const REGISTERED: u64 = 1;

/// As many amounts as there can be pools.
pub(crate) type PerPool<T> = [T; POOL_LIMIT as usize];

/// Registers a pool.
///
/// # Errors
/// `PoolInvalid`, `PoolsFull`.
///
/// # Events
/// `PoolRegistered`.
///
/// # Access
/// Whom the authority lets in: the curator.
pub(crate) fn register_pool(call: Restricted<'_>) -> Outcome {
    let [pool] = call.words()?;
    let pool = call.address(pool)?;
    if !host::has_code(&pool) || pool == host::contract() || is_registered(&pool) {
        return Err(errors::pool_invalid(&pool));
    }
    let counts = books::counts();
    if counts.pools >= POOL_LIMIT {
        return Err(errors::pools_full());
    }

    let pools = counts.pools.saturating_add(1);
    storage::store_account(place(counts.pools), &pool);
    let mut weight = books::pool(&pool);
    weight.mark = REGISTERED;
    books::store_pool(&pool, &weight);
    books::store_counts(&Counts { pools, ..counts });
    host::log(&[POOL_REGISTERED.word(), *pool.word(), word::count(pools)], 2);
    call.commit(&[])
}

/// Removes a pool without stake; what rounding left of it counts as direct from now on.
///
/// # Errors
/// `PoolUnknown`, `PoolInUse`.
///
/// # Events
/// `PoolRemoved`.
///
/// # Access
/// Whom the authority lets in: the curator.
pub(crate) fn remove_pool(call: Restricted<'_>) -> Outcome {
    let [pool] = call.words()?;
    let pool = call.address(pool)?;
    let mut weight = books::pool(&pool);
    if weight.mark != REGISTERED {
        return Err(errors::pool_unknown(&pool));
    }
    let rest = weight.stake;
    if rest >= METIS {
        return Err(errors::pool_in_use(&pool, rest));
    }

    let counts = books::counts();
    let last = counts.pools.saturating_sub(1);
    for at in 0..counts.pools {
        if storage::load_account(place(at)) == pool {
            storage::store_account(place(at), &storage::load_account(place(last)));
            host::store(&slots::variable(place(last)), &word::count(0));
        }
    }
    weight.set(0, host::timestamp());
    weight.mark = 0;
    books::store_pool(&pool, &weight);
    let mut ledger = books::ledger();
    ledger.pooled = ledger.pooled.saturating_sub(rest);
    books::store_ledger(&ledger);
    books::store_counts(&Counts { pools: last, ..counts });
    host::log(&[POOL_REMOVED.word(), *pool.word(), word::count(last)], 2);
    call.commit(&[])
}

/// Whether an account is a registered pool.
pub(crate) fn is_registered(account: &Account) -> bool {
    books::pool(account).mark == REGISTERED
}

/// The pool at a place of the list.
pub(crate) fn get(at: u64) -> Account {
    storage::load_account(place(at))
}

/// What an account has with a sequencer. What a pool had left when it was removed is direct from now on.
pub(crate) fn position(sequencer: &mut Sequencer, account: &Account) -> Position {
    let mut position = sequencer.position(account);
    let stays = mutant(Mutant::RemovedPoolStays);
    if position.pooled && !is_registered(account) && !stays {
        position.pooled = false;
        sequencer.shares.direct = sequencer.shares.direct.saturating_add(position.shares);
    }
    position
}

/// Moves a pool's stake. By how much it fell: rounding may have left less of it than is taken.
pub(crate) fn move_stake(pool: &Account, was: u128, is: u128, now: u64) -> u128 {
    let mut weight = books::pool(pool);
    let before = weight.stake;
    weight.set(books::moved(before, was, is), now);
    books::store_pool(pool, &weight);
    before.saturating_sub(weight.stake)
}

/// What of a pool is in the scope of a hold.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Value {
    /// What its shares stand for.
    pub(crate) stake: u128,
    /// What of buckets is its.
    pub(crate) unbonding: u128,
}

/// What of a pool is in the scope of a hold, rounded down.
#[inline(never)]
pub(crate) fn at_risk(sequencer: &Sequencer, hold: &Hold, pool: &Account) -> Value {
    let shares = sequencer.position(pool).shares;
    let stake = sequencer.shares.assets_down(shares, sequencer.money.delegated);
    let mut unbonding = 0_u128;
    for number in Scope::new(sequencer, hold) {
        let entry = Side::Delegations.load_entry(sequencer.id, number, pool);
        if entry.nominal != 0 {
            let bucket = Side::Delegations.load(sequencer.id, number);
            unbonding = unbonding.saturating_add(entry.share_down(&bucket, bucket.assets));
        }
    }
    Value { stake, unbonding }
}

/// What of each pool is in the scope of a hold.
pub(crate) fn values(sequencer: &Sequencer, hold: &Hold) -> PerPool<Value> {
    let mut values = [Value::default(); POOL_LIMIT as usize];
    for (at, value) in (0..books::counts().pools).zip(&mut values) {
        *value = at_risk(sequencer, hold, &get(at));
    }
    values
}

/// What each pool lost against what it had, taken off its stake; and what all lost of their stake.
pub(crate) fn lost(
    sequencer: &Sequencer,
    hold: &Hold,
    before: &PerPool<Value>,
    now: u64,
) -> (PerPool<u128>, u128) {
    let mut losses = [0; POOL_LIMIT as usize];
    let mut pooled = 0_u128;
    for ((at, was), loss) in (0..books::counts().pools).zip(before).zip(&mut losses) {
        let pool = get(at);
        let is = at_risk(sequencer, hold, &pool);
        let of_stake = was.stake.saturating_sub(is.stake);
        *loss = of_stake.saturating_add(was.unbonding.saturating_sub(is.unbonding));
        // What it had before it was registered is direct, and counted nowhere else.
        let is_counted = of_stake != 0 && sequencer.position(&pool).pooled;
        if is_counted && !mutant(Mutant::SlashKeepsPoolStake) {
            pooled = pooled.saturating_add(move_stake(&pool, of_stake, 0, now));
        }
    }
    (losses, pooled)
}

/// Answers with an amount for each pool.
pub(crate) fn reply(call: Change<'_>, amount: impl Fn(&Account) -> u128) -> Outcome {
    let mut amounts = [0; POOL_LIMIT as usize];
    for (at, to) in (0..books::counts().pools).zip(&mut amounts) {
        *to = amount(&get(at));
    }
    reply_all(call, &amounts)
}

/// Answers with the amounts of all pools.
pub(crate) fn reply_all(call: Change<'_>, amounts: &PerPool<u128>) -> Outcome {
    let count = books::counts().pools;
    let mut answer = [word::count(0); POOL_LIMIT as usize + 2];
    let [offset, size, words @ ..] = &mut answer;
    (*offset, *size) = (word::count(32), word::count(count));
    for (to, amount) in words.iter_mut().zip(amounts) {
        *to = word::amount(*amount);
    }
    call.commit(head(&answer, count))
}

/// The words of an answer with a list of so many.
pub(crate) fn head(answer: &[Word], count: u64) -> &[Word] {
    answer.get(..(count as usize).saturating_add(2)).unwrap_or(answer)
}

const fn place(at: u64) -> u64 {
    staking::POOLS.saturating_add(at)
}
