//! What pools may lose and have lost, and telling them.

use alloy_sol_types::{SolCall, SolEvent};
use emetis_common::{
    abi::{
        ILossReceiver::onLossCall,
        ISlashingCourt::{LossPushFailed, LossPushed},
    },
    account::Account,
    court::{Loss, PUSH_GAS},
    entry::Revert,
    guard, host,
    mutants::{Mutant, mutant},
    slots::{self, court},
    staking::rules::POOL_LIMIT,
    word::{self, Immediate, Word},
};

use crate::errors;

const PUSHED: Immediate = Immediate::new(LossPushed::SIGNATURE_HASH.0);
const PUSH_FAILED: Immediate = Immediate::new(LossPushFailed::SIGNATURE_HASH.0);

/// Pools of one proposal and of another at most.
const MOST: usize = 2 * POOL_LIMIT as usize;
/// Sub of the first pool of a proposal.
const FIRST: u32 = 16;

/// Pools that are to be told, each once.
pub(crate) struct Told {
    pools: [Word; MOST],
    count: usize,
}

impl Told {
    /// Nobody.
    pub(crate) fn new() -> Self {
        Self { pools: [[0; 32]; MOST], count: 0 }
    }

    /// One more. There is room: each proposal has at most as many pools as can be registered.
    pub(crate) fn add(&mut self, pool: &Account) {
        let known = self.pools.get(..self.count).unwrap_or_default();
        if known.contains(pool.word()) {
            return;
        }
        if let Some(place) = self.pools.get_mut(self.count) {
            *place = *pool.word();
            self.count = self.count.saturating_add(1);
        }
    }

    /// Tells them, with all figures in the state by then. Whoever refuses stops nothing.
    ///
    /// # Errors
    /// None; of a mutant `PushFailed`.
    ///
    /// # Events
    /// `LossPushed` or `LossPushFailed` for each.
    pub(crate) fn push(self) -> Result<(), Revert> {
        for pool in self.pools.get(..self.count).unwrap_or_default() {
            let pool = Account::low(pool);
            let loss = load(&pool);
            if push(&pool, &loss) {
                log(&PUSHED.word(), &pool, &loss);
            } else if mutant(Mutant::PushFailureReverts) {
                return Err(errors::push_failed(&pool));
            } else {
                log(&PUSH_FAILED.word(), &pool, &loss);
            }
        }
        Ok(())
    }
}

/// Tells one pool.
///
/// # Errors
/// `PushFailed`.
///
/// # Events
/// `LossPushed`.
pub(crate) fn tell(pool: &Account) -> Result<(), Revert> {
    let loss = load(pool);
    if !push(pool, &loss) {
        return Err(errors::push_failed(pool));
    }
    log(&PUSHED.word(), pool, &loss);
    Ok(())
}

/// What a pool may lose and has lost.
pub(crate) fn load(pool: &Account) -> Loss {
    Loss::unpack(&host::load(&slot(pool)))
}

/// Provisions what a pool may lose by a proposal.
pub(crate) fn provide(proposal: u32, index: u32, pool: &Account, part: u128) {
    host::store(&part_slot(proposal, index), &pool.with_upper(part));
    let loss = load(pool);
    // Amounts are 84 bits: saturation is out of reach.
    store(pool, &Loss { provisioned: loss.provisioned.saturating_add(part), ..loss });
}

/// A pool of a proposal, and what it may lose by it.
pub(crate) fn part(proposal: u32, index: u32) -> (Account, u128) {
    let slot = host::load(&part_slot(proposal, index));
    (Account::low(&slot), Account::upper(&slot))
}

/// Lifts a provision.
pub(crate) fn lift(pool: &Account, part: u128) {
    let loss = load(pool);
    store(pool, &Loss { provisioned: loss.provisioned.saturating_sub(part), ..loss });
}

/// Notes what a pool has lost.
pub(crate) fn realise(pool: &Account, lost: u128) {
    let loss = load(pool);
    store(pool, &Loss { realised: loss.realised.saturating_add(lost), ..loss });
}

fn store(pool: &Account, loss: &Loss) {
    host::store(&slot(pool), &loss.pack());
}

fn slot(pool: &Account) -> Word {
    slots::keyed(court::LOSS, 0, 0, pool)
}

fn part_slot(proposal: u32, index: u32) -> Word {
    slots::numbered(court::PROPOSAL, proposal, index.saturating_add(FIRST))
}

#[inline(never)]
fn push(pool: &Account, loss: &Loss) -> bool {
    let push = [
        word::of_selector(onLossCall::SELECTOR),
        word::of_u128(loss.provisioned),
        word::of_u128(loss.realised),
    ];
    guard::push(pool, word::after_selector(&push), PUSH_GAS)
}

#[inline(never)]
fn log(name: &Word, pool: &Account, loss: &Loss) {
    let event =
        [*name, *pool.word(), word::of_u128(loss.provisioned), word::of_u128(loss.realised)];
    host::log(&event, 2);
}
