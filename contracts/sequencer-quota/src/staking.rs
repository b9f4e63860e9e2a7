//! What the quota asks of the staking program.

use alloy_sol_types::SolCall;
use emetis_common::{
    abi::ISequencerStaking as I,
    account::Account,
    guard,
    mutants::{Mutant, mutant},
    quota::plan::SEQUENCERS,
    staking::rules::POOL_LIMIT,
    word::{self, Word},
};

/// Words of a list with an item for each pool: offset, length, items.
const POOLS: usize = 2 + POOL_LIMIT as usize;
/// Words of a list with an item for each live sequencer.
const LIVE: usize = 2 + SEQUENCERS;

/// An Active sequencer, as the staking program numbers what there is.
pub(crate) const ACTIVE: u64 = 2;
/// The last status in which a sequencer takes delegations.
pub(crate) const OPEN: u64 = ACTIVE;

/// The books of all.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Totals {
    /// All stake.
    pub(crate) stake: u128,
    /// Bonds in it.
    pub(crate) bonds: u128,
    /// Pools' stake in it.
    pub(crate) pooled: u128,
}

/// The parameters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameters {
    pub(crate) threshold: u128,
    pub(crate) max_lock: u128,
    pub(crate) min_bond: u128,
    pub(crate) min_bond_bps: u128,
}

/// The staking program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Staking(pub(crate) Account);

impl Staking {
    /// What a sequencer is.
    pub(crate) fn status(&self, id: &Word) -> u64 {
        self.figures(&[word::of_selector(I::statusCall::SELECTOR), *id], &mut [0]) as u64
    }

    /// How many sequencers there ever were.
    pub(crate) fn count(&self) -> u128 {
        self.figures(&[word::of_selector(I::countCall::SELECTOR)], &mut [0])
    }

    /// The stake of one operator group as staking knows it.
    pub(crate) fn group_stake(&self, group: u64) -> u128 {
        let question = [word::of_selector(I::groupStakeCall::SELECTOR), word::count(group)];
        self.figures(&question, &mut [0])
    }

    /// Whether a pool is registered, and its stake.
    pub(crate) fn pool(&self, pool: &Account) -> (bool, u128) {
        let mut told = [0; 2];
        let question = [word::of_selector(I::poolOfCall::SELECTOR), *pool.word()];
        let registered = self.figures(&question, &mut told);
        let [_, stake] = told;
        (registered != 0, stake)
    }

    /// The books of all.
    pub(crate) fn totals(&self) -> Totals {
        let mut told = [0; 3];
        self.figures(&[word::of_selector(I::totalsCall::SELECTOR)], &mut told);
        let [stake, bonds, pooled] = told;
        Totals { stake, bonds, pooled }
    }

    /// The parameters.
    pub(crate) fn parameters(&self) -> Parameters {
        let mut told = [0; 4];
        self.figures(&[word::of_selector(I::parametersCall::SELECTOR)], &mut told);
        let [threshold, max_lock, min_bond, min_bond_bps] = told;
        Parameters { threshold, max_lock, min_bond, min_bond_bps }
    }

    /// Status, bond, delegations, shares, shares of direct positions, nonce, group.
    pub(crate) fn sequencer(&self, id: u32) -> [u128; 7] {
        let mut told = [0; 7];
        let question = [word::of_selector(I::sequencerCall::SELECTOR), word::count(u64::from(id))];
        self.figures(&question, &mut told);
        told
    }

    /// Shares, what they stand for, whether they count as a pool's.
    pub(crate) fn position(&self, account: &Account, id: u32) -> [u128; 3] {
        let mut told = [0; 3];
        let id = word::count(u64::from(id));
        let question = [word::of_selector(I::positionCall::SELECTOR), *account.word(), id];
        self.figures(&question, &mut told);
        told
    }

    /// The live sequencers by id, and how many there are.
    #[inline(never)]
    pub(crate) fn live(&self) -> ([u32; SEQUENCERS], usize) {
        let mut words = [[0; 32]; LIVE];
        self.ask(&[word::of_selector(I::liveCall::SELECTOR)], &mut words);
        let mut ids = [0; SEQUENCERS];
        let items = items(&words);
        for (at, word) in items.iter().enumerate() {
            insert(&mut ids, at, word::low_u128(word) as u32);
        }
        (ids, items.len())
    }

    /// The stake of the third largest of the other pools.
    #[inline(never)]
    pub(crate) fn third_of_others(&self, pool: &Account) -> u128 {
        let mut words = [[0; 32]; POOLS];
        self.ask(&[word::of_selector(I::poolsCall::SELECTOR)], &mut words);
        // The largest three, in order.
        let (mut first, mut second, mut third) = (0, 0, 0);
        for other in items(&words) {
            let other = Account::low(other);
            if other == *pool && !mutant(Mutant::FourthIsOwn) {
                continue;
            }
            let (_, stake) = self.pool(&other);
            third = third.max(stake.min(second));
            second = second.max(stake.min(first));
            first = first.max(stake);
        }
        third
    }

    /// Reads amounts from the start of an answer. The first.
    #[inline(never)]
    fn figures(&self, question: &[Word], told: &mut [u128]) -> u128 {
        let mut words = [[0; 32]; 7];
        let answer = words.get_mut(..told.len()).unwrap_or_default();
        self.ask(question, answer);
        for (to, word) in told.iter_mut().zip(answer) {
            *to = word::low_u128(word);
        }
        told.first().copied().unwrap_or(0)
    }

    #[inline(never)]
    fn ask(&self, question: &[Word], answer: &mut [Word]) {
        guard::look(&self.0, word::after_selector(question), answer);
    }
}

/// The items of a list; those of one that is too long are left out.
fn items(words: &[Word]) -> &[Word] {
    let [_, length, items @ ..] = words else { return &[] };
    // As a number: bytes to compare with would lie in the data section.
    let length = usize::try_from(word::to_u128_saturating(length)).unwrap_or(usize::MAX);
    items.get(..length).unwrap_or(items)
}

/// Puts an id at its place among the first `count`, which are in order.
fn insert(ids: &mut [u32], count: usize, id: u32) {
    let mut carried = id;
    for place in ids.iter_mut().take(count) {
        if *place > carried {
            core::mem::swap(place, &mut carried);
        }
    }
    if let Some(last) = ids.get_mut(count) {
        *last = carried;
    }
}
