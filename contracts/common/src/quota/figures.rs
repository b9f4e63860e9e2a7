//! What the stake is just before an entry, as staking tells it.

use crate::{
    account::Account,
    word::{self, Word},
};

/// The figures of `ISequencerQuota`, in wei of METIS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// The pool that delegates; zero for a direct position.
    pub pool: Account,
    /// The sequencer.
    pub id: u64,
    /// What is to be delegated.
    pub assets: u128,
    /// The sequencer's operator group.
    pub group: u64,
    /// Bond and delegations of the sequencer.
    pub sequencer_stake: u128,
    /// Bond of the sequencer.
    pub sequencer_bond: u128,
    /// What direct positions have in the sequencer.
    pub sequencer_direct: u128,
    /// Bonds and delegations of the group.
    pub group_stake: u128,
    /// What the pool has in all sequencers.
    pub pool_stake: u128,
    /// What the position has in the sequencer.
    pub pair_stake: u128,
    /// What direct positions have in all sequencers.
    pub direct_stake: u128,
    /// All stake: the caps' measure.
    pub total_stake: u128,
    /// Stake from which a sequencer is Active: what the worst may hold.
    pub activation_threshold: u128,
    /// What the best may hold.
    pub max_lock: u128,
}

impl Default for Figures {
    /// No stake at all, of a direct position.
    fn default() -> Self {
        Self {
            pool: Account::ZERO,
            id: 0,
            assets: 0,
            group: 0,
            sequencer_stake: 0,
            sequencer_bond: 0,
            sequencer_direct: 0,
            group_stake: 0,
            pool_stake: 0,
            pair_stake: 0,
            direct_stake: 0,
            total_stake: 0,
            activation_threshold: 0,
            max_lock: 0,
        }
    }
}

impl Figures {
    /// Reads the argument of `check`; none if the pool is no address, or the sequencer or the group
    /// needs more than 64 bits. Amounts beyond 128 bits are the largest there is.
    #[must_use]
    pub fn read(words: &[Word; 14]) -> Option<Self> {
        let [pool, id, assets, group, amounts @ ..] = words;
        let [stake, bond, direct, in_group, in_pool, pair, all_direct, all, threshold, lock] =
            amounts;
        Some(Self {
            pool: Account::read(pool)?,
            id: word::to_u64(id)?,
            assets: large(assets),
            group: word::to_u64(group)?,
            sequencer_stake: large(stake),
            sequencer_bond: large(bond),
            sequencer_direct: large(direct),
            group_stake: large(in_group),
            pool_stake: large(in_pool),
            pair_stake: large(pair),
            direct_stake: large(all_direct),
            total_stake: large(all),
            activation_threshold: large(threshold),
            max_lock: large(lock),
        })
    }

    /// Whether a pool delegates.
    #[must_use]
    pub fn is_pooled(&self) -> bool {
        !self.pool.is_zero()
    }
}

/// An amount of any size. A call, as eleven of them would take much space.
#[inline(never)]
fn large(word: &Word) -> u128 {
    word::to_u128_saturating(word)
}
